"""`zuruf storm playbook` and `zuruf storm relearn`: the playbook checked, shown, tried; what is usual, learned anew."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import click

from app.offline_desk import offline_desk
from app.settings import read_settings
from desk.errors import SettingsInvalid
from desk.intents import INTENT
from routing.playbook import Playbook, parse_playbook
from routing.storm import StormLevel
from workflows.change_playbook import playbook_sheet, what_would_happen
from workflows.relearn_storms import relearn as relearn_storms

LEVELS = [one.value for one in StormLevel if one is not StormLevel.CALM]


@click.group()
def playbook() -> None:
    """The playbook: what happens at each level of a storm."""


@playbook.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Checks FILE. Errors name line and key."""
    found = _read(file)
    click.echo(
        f"{file}: good ({len(found.shifts)} shifts, {len(found.topics)} topics, {len(found.statements)} templates)"
    )


@playbook.command()
def show() -> None:
    """Prints the playbook in force."""

    async def go() -> str:
        async with offline_desk(read_settings()) as desk:
            return (await playbook_sheet(desk)).text

    click.echo(asyncio.run(go()), nl=False)


@playbook.command("dry-run")
@click.option("--level", type=click.Choice(LEVELS), default=StormLevel.STORM.value, show_default=True)
@click.option("--topic", default="outage", show_default=True, help="An intent.")
@click.option("--file", type=click.Path(path_type=Path), help="Another playbook than the one in force.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def dry_run(level: str, topic: str, file: Path | None, as_json: bool) -> None:
    """Says what would happen now and to whom. Nothing is done."""
    if topic not in INTENT:
        raise SettingsInvalid(f"--topic: expected an intent such as outage, not {topic!r}")
    other = None if file is None else _read(file)
    settings = read_settings()

    async def go() -> list[str]:
        async with offline_desk(settings) as desk:
            await desk.storms.renew(desk.store, desk.clock.now())
            told = await what_would_happen(desk, StormLevel(level), topic, other)
            return [desk.phrases.say(settings.locale, one.text, **one.values) for one in told]

    told = asyncio.run(go())
    if as_json:
        click.echo(json.dumps({"level": level, "topic": topic, "told": told}, ensure_ascii=False))
        return
    for line in told:
        click.echo(f"- {line}")


@click.command()
@click.option("--weeks", type=click.IntRange(1, 52), default=8, show_default=True, help="How far back to learn from.")
def relearn(weeks: int) -> None:
    """Learns anew what is usual, from the readings in the database. A running desk goes on from there."""

    async def go() -> float | None:
        async with offline_desk(read_settings()) as desk:
            return (await relearn_storms(desk, timedelta(weeks=weeks))).learning_days

    learning = asyncio.run(go())
    if learning is None:
        click.echo("Learned: what is usual is known.")
    else:
        click.echo(f"Learned from {learning:.1f} days: it is still learning, and a plain rule stands in until then.")


def _read(file: Path) -> Playbook:
    """Raises SettingsInvalid."""
    try:
        return parse_playbook(file.read_text(encoding="utf-8"), str(file))
    except OSError as error:
        raise SettingsInvalid(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise SettingsInvalid(f"{file}: expected UTF-8 text") from None
