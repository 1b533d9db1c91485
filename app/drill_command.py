"""`zuruf drill`: practise a storm. Nothing of it reaches anybody, and no table of the desk is touched."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import click

from app.drill_traffic import DrillFileBroken, DrillTraffic, made_drill, recorded_drill
from app.settings import Settings, read_settings
from desk.people import Locale
from routing.made_traffic import StormKind

ROWS = (
    ("detection_seconds", "alert after"),
    ("acknowledged_seconds", "somebody looks after"),
    ("confirmed_seconds", "confirmed after"),
    ("statement_seconds", "statement approved after"),
    ("muster_seconds", "volunteers called after"),
    ("first_volunteer_seconds", "a volunteer answered after"),
    ("false_alarms", "false alarms before"),
    ("calm_minutes", "calm before, minutes"),
    ("storm_messages", "messages of the storm"),
    ("questions", "questions in the incident"),
    ("told", "of them told"),
    ("solved_by_statement", "solved by the statement"),
    ("solved_by_volunteers", "solved by volunteers"),
    ("not_solved", "not solved"),
    ("called", "volunteers called"),
    ("came", "volunteers in"),
    ("messages", "messages played"),
    ("sent", "messages sent in the room"),
    ("played_minutes", "minutes played"),
    ("took_seconds", "took, seconds"),
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--kind", type=click.Choice([one.value for one in StormKind]), default="outage", show_default=True)
@click.option("--a-day", type=click.FloatRange(50, 100_000), default=1000, show_default=True, help="Usual messages.")
@click.option("--calm", type=click.FloatRange(0.2, 48), default=2, show_default=True, help="Hours before the storm.")
@click.option("--minutes", type=click.FloatRange(10, 1440), default=90, show_default=True, help="Of the storm.")
@click.option("--volunteers", type=click.IntRange(0, 2000), default=40, show_default=True)
@click.option("--speed", type=click.FloatRange(0.1, 1e6), help="Seconds a second. Left out: as fast as it goes.")
@click.option("--seed", type=click.IntRange(0, 10**9), default=3, show_default=True)
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), help="The incident's report goes here.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def drill(
    file: Path | None,
    kind: str,
    a_day: float,
    calm: float,
    minutes: float,
    volunteers: int,
    speed: float | None,
    seed: int,
    pdf: Path | None,
    as_json: bool,
) -> None:
    """Practise a storm: FILE is replayed (JSON lines at, text, and if present author, storm), or one is made.

    It runs against the real paths in a database of its own on the server of the settings, which is dropped at the end.
    Coordinators, volunteers and contacts are played; no message leaves.
    """
    settings, before = read_settings(), timedelta(hours=calm)
    try:
        if file is not None:
            traffic = recorded_drill(file, calm=before)
        else:
            length = timedelta(minutes=minutes)
            texts = example_texts()
            traffic = made_drill(StormKind(kind), a_day=a_day, calm=before, storm=length, seed=seed, texts=texts)
    except DrillFileBroken as error:
        click.echo(f"zuruf: {error}", err=True)
        raise click.exceptions.Exit(2) from None
    asyncio.run(_run(settings, traffic, volunteers, speed, seed, pdf, as_json))


async def _run(
    settings: Settings,
    traffic: DrillTraffic,
    volunteers: int,
    speed: float | None,
    seed: int,
    pdf: Path | None,
    as_json: bool,
) -> None:
    from app.catalogues import load_phrases
    from app.drill import play
    from app.metrics import Metrics
    from app.storm_reports import StormReports
    from app.wiring import make_classifier

    def progress(said: str) -> None:
        click.echo(f"DRILL {said}", err=True)

    classifier = await make_classifier(settings, Metrics())
    played = await play(settings, classifier, traffic, volunteers=volunteers, speed=speed, seed=seed, progress=progress)
    if pdf is not None and played.record is not None:
        phrases = load_phrases(settings.locale)
        reports = StormReports(phrases, brand=settings.brand, zone=settings.zone)
        written = await reports.pdf(played.record, Locale(settings.locale))
        await asyncio.to_thread(pdf.write_bytes, written)
    _show(played.figures.as_dict(), as_json)


def _show(figures: dict[str, float | int | None], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(figures))
        return
    click.echo("DRILL: nothing of this happened. Times are from the beginning of the storm.")
    width = max(len(name) for _key, name in ROWS)
    for key, name in ROWS:
        click.echo(f"{name.ljust(width)}  {_said(key, figures[key])}")


def _said(key: str, value: float | int | None) -> str:
    if value is None:
        return "-"
    if key.endswith("_seconds") and key != "took_seconds":
        return f"{int(value // 60)} min {int(value % 60):02d} s"
    return f"{value:,.0f}" if isinstance(value, float) else f"{value:,}"


def example_texts() -> dict[str, list[str]]:
    """Our own examples of what is written on each intent that people write about."""
    from app.nlu_files import TRAINING
    from nlu.training_files import load_training

    texts = dict[str, list[str]]()
    for one in load_training([TRAINING]).utterances:
        if one.intent not in _TALK:
            texts.setdefault(one.intent, []).append(one.text)
    return {intent: said[:_MOST_TEXTS] for intent, said in texts.items()}


_TALK = {"greeting", "thanks", "goodbye", "out_of_scope", "human_please", "safety_hazard", "legal_threat"}
_MOST_TEXTS = 12
