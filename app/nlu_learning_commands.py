"""`zuruf nlu train`, `rollback` and `models`: candidates are made, compared and put in service; one is put back.

Figures go to standard output, progress to standard error. What cannot be done ends with one line, exit 2.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from app.database import database
from app.nlu_files import FILE, HOLDOUT, TRAINING, or_exit
from app.offline_desk import offline_desk
from app.settings import Settings, read_settings
from db.locks import only_one
from desk.errors import SettingsInvalid
from desk.learning import ReadingModel, Service
from nlu.comparison import Check
from workflows.care_desk import CareDesk
from workflows.change_model import NothingBefore, OvertakenByAnother, roll_back

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
_INTENTS_SHOWN = 5


@click.command()
@click.option("--holdout", type=FILE, default=HOLDOUT, help="Rasa NLU file or folder to judge by; else our own.")
@click.option("--dry-run", is_flag=True, help="Compares only; whatever comes out, nothing is put in service.")
@_AS_JSON
def train(holdout: Path, dry_run: bool, as_json: bool) -> None:
    """Makes a candidate with all accepted corrections, and compares it with the model in service.

    It comes into service only when nothing that matters got worse on the hold-out. Running desks change to it within
    seconds, without a restart.
    """
    from app.model_training import Outcome, Place
    from app.model_training import train as make_and_compare

    async def run() -> Outcome:
        settings = read_settings()
        place = Place([TRAINING], holdout, settings.data_dir / "models", lambda said: click.echo(said, err=True))
        async with _alone(settings) as desk:
            return await make_and_compare(desk, place, promotes=not dry_run)

    outcome = or_exit(_in_words(run()))
    if as_json:
        click.echo(json.dumps(asdict(outcome), ensure_ascii=False))
        return
    if outcome.comparison is not None:
        click.echo(_table(outcome.comparison.checks) + "\n")
        changed = [check for check in outcome.comparison.intents if check.worse or check.before > check.after]
        if changed:
            click.echo("Intents that fell most:\n" + _table(changed[:_INTENTS_SHOWN]) + "\n")
    click.echo(f"corrections learned: {outcome.corrections}, of them new: {outcome.fresh}")
    click.echo(f"{outcome.candidate}: {outcome.verdict}" + "".join(f"\n  {reason}" for reason in outcome.reasons))


@click.command()
@_AS_JSON
def rollback(as_json: bool) -> None:
    """Puts the model before the present one back in service. Running desks change to it within seconds."""
    from app.model_training import version_here
    from nlu.material import material_of

    async def run() -> ReadingModel:
        async with _alone(read_settings()) as desk:
            return await roll_back(desk, material_of([TRAINING]).base, version_here([TRAINING]))

    model = or_exit(_in_words(run()))
    if as_json:
        click.echo(json.dumps({"version": model.version, "corrections": len(model.corrections)}))
    else:
        click.echo(f"{model.version} is in service again, with {len(model.corrections)} corrections learned.")


@click.command()
@_AS_JSON
def models(as_json: bool) -> None:
    """Lists the models that were made, with their figures, and when each was in service."""

    async def run() -> tuple[Sequence[ReadingModel], Sequence[Service]]:
        async with offline_desk(read_settings()) as desk, desk.store.begin() as work:
            return await work.models.all(), await work.models.services()

    made, services = or_exit(_in_words(run()))
    listed = [_model_line(one, services) for one in made]
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False))
        return
    click.echo(f"{'version':16}  {'made':16}  {'corrections':>11}  {'accuracy':>8}  {'sensitive':>9}  state")
    for line in listed:
        shares = [f"{line['figures'][name]:.1%}" if name in line["figures"] else "-" for name in _SHOWN]
        head = f"{line['version']:16}  {line['made_at'][:16]:16}  {line['corrections']:11}"
        click.echo(f"{head}  {shares[0]:>8}  {shares[1]:>9}  {line['state']}")


_SHOWN = ("accuracy", "sensitive, recall")


@asynccontextmanager
async def _alone(settings: Settings) -> AsyncIterator[CareDesk]:
    """The desk, while nobody else trains or rolls back. Raises SettingsInvalid when somebody does."""
    async with database(settings) as memory, only_one(memory.url, "training") as alone:
        if not alone:
            raise SettingsInvalid("another training or rollback is under way; wait for its end")
        async with offline_desk(settings) as desk:
            yield desk


async def _in_words(work: Any) -> Any:
    """Refusals as one line that says what to do."""
    from nlu.training_apart import ModelNotMade

    try:
        return await work
    except NothingBefore:
        raise SettingsInvalid("there is nothing to go back to: no other corrections were in service before") from None
    except OvertakenByAnother:
        raise SettingsInvalid("another model came into service meanwhile; nothing was changed, try again") from None
    except ModelNotMade as error:
        raise SettingsInvalid(f"the model could not be made ({error}); nothing was changed") from None


def _model_line(model: ReadingModel, services: Sequence[Service]) -> dict[str, Any]:
    """For people and programs. `services`: newest first."""
    times = [one for one in services if one.model.version == model.version]
    state = "not in service"
    if services and services[0].model.version == model.version:
        state = f"in service since {services[0].began_at:%Y-%m-%d %H:%M}"
    elif model.rolled_back_at is not None:
        state = f"rolled back {model.rolled_back_at:%Y-%m-%d %H:%M}"
    elif times:
        state = f"was in service from {times[0].began_at:%Y-%m-%d %H:%M}"
    elif model.figures.get("worse"):
        state = "refused"
    return {
        "version": model.version,
        "base": model.base,
        "made_at": model.made_at.isoformat(),
        "corrections": len(model.corrections),
        "figures": dict(model.figures),
        "state": state,
        "in_service_from": [one.began_at.isoformat() for one in times],
    }


def _table(checks: Sequence[Check]) -> str:
    rows = [f"{'':32} {'texts':>6} {'in service':>10} {'candidate':>10} {'lost':>5} {'won':>5} {'chance':>7}"]
    for check in checks:
        lost, won = ("" if count is None else str(count) for count in (check.lost, check.won))
        chance = "" if check.chance is None else f"{check.chance:.0%}"
        rows.append(
            f"{check.measure[:32]:32} {check.texts:6} {check.before:10.1%} {check.after:10.1%} {lost:>5} {won:>5} "
            f"{chance:>7}{'  worse' if check.worse else ''}"
        )
    return "\n".join(rows)
