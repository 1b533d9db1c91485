"""`zuruf nlu evaluate`: how good an engine is, as a table, as JSON, and as a report with pictures.

Without `--train`, the embedded engine is the model in service; without `--test`, the texts are our own hold-out, which
nothing is trained on.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from app.catalogues import load_phrases
from app.nlu_files import FILE, HOLDOUT, TRAINING, or_exit, policy_in_force
from app.nlu_read_command import decided
from app.settings import Settings, read_settings
from desk.classifying import Classifier
from desk.people import Locale
from desk.reading import OUT_OF_SCOPE
from desk.ticket import Lane
from nlu.embedded import EmbeddedClassifier
from nlu.evaluation import Answers, Quality, ask, quality
from nlu.label_figures import LabelFigures, label_figures
from nlu.training_files import Utterance
from routing.policy import STAFF_ONLY_INTENTS, Policy

_LOCALES = click.Choice([locale.value for locale in Locale])


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came of it."""

    engine: Classifier
    asked: tuple[Utterance, ...]
    answers: Answers
    quality: Quality
    labels: LabelFigures
    train_seconds: float | None


@click.command()
@click.option("--engine", type=click.Choice(["embedded", "rasa"]), default="embedded", show_default=True)
@click.option("--train", "train", type=FILE, multiple=True, help="File or folder to learn from. [default: our own]")
@click.option("--test", "test", type=FILE, multiple=True, help="File or folder to be asked. [default: our hold-out]")
@click.option("--report", "report", type=FILE, help="Write a page with pictures into this folder.")
@click.option("--locale", type=_LOCALES, default=None, help="The report's language. [default: the desk's]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of the table.")
def evaluate(
    engine: str, train: tuple[Path, ...], test: tuple[Path, ...], report: Path | None, locale: str | None, as_json: bool
) -> None:
    """Measure how well an engine reads: the one in service, or one trained on files of yours."""
    found = or_exit(_evaluated(engine, train, test or (HOLDOUT,)))
    if report:
        _write(found, report, Locale(locale) if locale else None, ", ".join(path.name for path in test or (HOLDOUT,)))
    if as_json:
        click.echo(json.dumps(_figures(found)))
    else:
        click.echo(_table(found))


async def _evaluated(engine: str, train: tuple[Path, ...], test: tuple[Path, ...]) -> Evaluated:
    from nlu.training_files import load_training

    settings = read_settings()
    policy = policy_in_force(settings)
    asked = tuple(load_training(test).utterances)
    async with _engine(engine, train, settings) as (classifier, seconds):
        trained = f"Trained in {seconds:.1f} s. " if seconds is not None else ""
        click.echo(f"{trained}Reading {len(asked)} messages ...", err=True)
        answers = await ask(classifier, asked)
    measured = quality(asked, answers.readings, answers.latencies, answers.rate)
    return Evaluated(classifier, asked, answers, measured, _labels(asked, answers, policy), seconds)


@asynccontextmanager
async def _engine(
    name: str, train: tuple[Path, ...], settings: Settings
) -> AsyncIterator[tuple[Classifier, float | None]]:
    # Training needs the heavy libraries: only here, not for every other command.
    from nlu.trained import trained_embedded, trained_rasa

    if name == "embedded" and not train:
        own = await EmbeddedClassifier.load_or_train(TRAINING, settings.data_dir / "models")
        yield own, own.trained_seconds
        return
    click.echo(f"Training {name} ...", err=True)
    if name == "embedded":
        yield trained_embedded(train)
        return
    async with trained_rasa(train or (TRAINING,)) as made:
        yield made


def _labels(asked: tuple[Utterance, ...], answers: Answers, policy: Policy) -> LabelFigures:
    staffs = {intent for intent, route in policy.intents.items() if route.lane is Lane.STAFF} - {OUT_OF_SCOPE}
    return label_figures(
        asked,
        answers.readings,
        decides=lambda reading: decided(reading, policy).lane,
        staffs=staffs,
        sensitive=STAFF_ONLY_INTENTS - {OUT_OF_SCOPE},
    )


def _write(found: Evaluated, folder: Path, locale: Locale | None, tested_on: str) -> None:
    # Pictures need a library that no other command does.
    from app.nlu_report import read_texts, report_of, strangenesses
    from insight.evaluation_report import write_report
    from insight.wording import Wording

    settings = read_settings()
    say = Wording(load_phrases(settings.locale), locale or settings.locale)
    strange = strangenesses(found.engine, found.asked, found.answers.readings)
    texts = read_texts(found.asked, found.answers.readings, strange)
    report = report_of(
        texts,
        found.quality,
        found.labels,
        engine=found.engine.name,
        model=found.answers.readings[0].model,
        tested_on=tested_on,
        made_at=datetime.now(UTC),
        say=say,
    )
    try:
        page = write_report(report, folder, say)
    except OSError as error:
        raise click.ClickException(f"{folder}: the report cannot be written there ({error.strerror})") from None
    click.echo(f"Report: {page}", err=True)


def _figures(found: Evaluated) -> dict[str, Any]:
    figures = {key: value for key, value in asdict(found.quality).items() if key != "intents"}
    languages = sorted({u.language.value for u in found.asked if u.language})
    return {
        "engine": found.engine.name,
        **figures,
        "train_seconds": found.train_seconds,
        **asdict(found.labels),
        "accuracy_by_language": {language: _accuracy_in(found, language) for language in languages},
    }


def _accuracy_in(found: Evaluated, language: str) -> float:
    pairs = [(u, r) for u, r in zip(found.asked, found.answers.readings, strict=True) if u.language == language]
    return quality([u for u, _ in pairs], [r for _, r in pairs], found.answers.latencies, found.answers.rate).accuracy


def _table(found: Evaluated) -> str:
    measured = found.quality
    rows = [f"{'intent':28} {'texts':>6} {'precision':>9} {'recall':>7} {'F1':>6}  most often taken for"]
    rows += [
        f"{f.intent[:28]:28} {f.texts:6} {f.precision:9.1%} {f.recall:7.1%} {f.f1:6.1%}  {f.taken_for}"
        for f in measured.intents
    ]
    shares: list[tuple[str, float | None]] = [
        ("accuracy in scope", measured.accuracy),
        ("macro F1", measured.macro_f1),
        ("in scope and kept", measured.in_scope_kept),
        ("out of scope, recall", measured.oos_recall),
        ("out of scope, precision", measured.oos_precision),
        ("calibration error", measured.ece),
        *((name.replace("_", " "), value) for name, value in asdict(found.labels).items()),
    ]
    rows += ["", *(f"{name:24}{value:7.2%}" for name, value in shares if value is not None)]
    if found.train_seconds is not None:
        rows += [f"{'training':24}{found.train_seconds:7.1f} s"]
    rows += [f"{'one message, p50 / p99':24}{measured.latency_ms_p50:7.2f} / {measured.latency_ms_p99:.2f} ms"]
    return "\n".join([*rows, f"{'messages a second':24}{measured.messages_per_second:7.0f}"])
