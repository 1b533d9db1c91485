"""`zuruf nlu`: evaluate an engine on files of your own, or read single messages.

Figures and readings go to standard output, progress to standard error. A wrong file ends it with one line, exit 2.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from app.settings import Settings, read_settings
from desk.classifying import Classifier, TextToRead
from desk.errors import SettingsInvalid
from desk.people import Locale
from desk.reading import Reading
from nlu.embedded import EmbeddedClassifier
from nlu.evaluation import Quality, measure
from nlu.fallback import FirstThatAnswers
from nlu.rasa import RasaClassifier
from nlu.rasa_project import RasaFailed, RasaMissing
from routing.decide import ContactFacts, Roster, decide
from routing.policy import Policy, parse_policy
from routing.storm import StormLevel

TRAINING = Path(__file__).resolve().parent.parent / "nlu" / "training" / "data"
_VOLUNTEERS_AT_HAND = 3
_LOCALES = click.Choice([locale.value for locale in Locale])
_FILE = click.Path(path_type=Path)


@click.group()
def nlu() -> None:
    """Read messages, and measure how well they are read."""


@nlu.command()
@click.option("--engine", type=click.Choice(["embedded", "rasa"]), default="embedded", show_default=True)
@click.option(
    "--train", "train", type=_FILE, required=True, multiple=True, help="Rasa NLU file or folder to learn from"
)
@click.option("--test", "test", type=_FILE, required=True, multiple=True, help="Rasa NLU file or folder to be asked")
@click.option("--json", "as_json", is_flag=True, help="one JSON object instead of the table")
def evaluate(engine: str, train: tuple[Path, ...], test: tuple[Path, ...], as_json: bool) -> None:
    """Train an engine on some files and measure it on others."""
    # Training needs the heavy libraries: only here, not for every other command.
    from nlu.trained import trained_embedded, trained_rasa
    from nlu.training_files import load_training

    async def run() -> tuple[Quality, float]:
        asked = load_training(test).utterances
        click.echo(f"Training {engine} ...", err=True)
        if engine == "embedded":
            classifier, seconds = trained_embedded(train)
            click.echo(f"Trained in {seconds:.1f} s. Reading {len(asked)} messages ...", err=True)
            return await measure(classifier, asked), seconds
        async with trained_rasa(train) as (client, seconds):
            click.echo(f"Trained in {seconds:.1f} s. Reading {len(asked)} messages ...", err=True)
            return await measure(client, asked), seconds

    found, seconds = _or_exit(run())
    if as_json:
        click.echo(json.dumps(_figures(found, seconds, engine)))
    else:
        click.echo(_table(found, seconds))


@nlu.command()
@click.argument("text")
@click.option("--jsonl", is_flag=True, help="with TEXT -: lines are JSON objects with `text`")
@click.option("--spoken", type=_LOCALES, default=None, help="the language of the conversation so far")
@click.option("--train", "train", type=_FILE, default=TRAINING, help="training files of your own")
def read(text: str, jsonl: bool, spoken: str | None, train: Path) -> None:
    """Read TEXT, or one message a line from standard input when TEXT is `-`. One JSON object a line."""

    async def run() -> None:
        settings = read_settings()
        policy = parse_policy(settings.policy_file.read_text(encoding="utf-8"), str(settings.policy_file))
        classifier = await _engines(settings, train)
        try:
            for message in _messages(text, jsonl, Locale(spoken) if spoken else None):
                reading = (await classifier.read([message]))[0]
                click.echo(json.dumps(_as_json(reading, policy), ensure_ascii=False))
        finally:
            await classifier.close()

    _or_exit(run())


async def _engines(settings: Settings, train: Path) -> FirstThatAnswers:
    embedded = await EmbeddedClassifier.load_or_train(train, settings.data_dir / "models")
    engines: list[Classifier] = [embedded]
    if settings.rasa_url:
        engines.insert(0, RasaClassifier(settings.rasa_url, embedded.rules))
    return FirstThatAnswers(engines, timeout=10, language=embedded.rules.language)


def _messages(text: str, jsonl: bool, spoken: Locale | None) -> Iterator[TextToRead]:
    if text != "-":
        yield TextToRead(text, spoken)
        return
    lines = (line.decode("utf-8", "replace").rstrip("\r\n") for line in sys.stdin.buffer)
    for number, line in enumerate(lines, 1):
        yield TextToRead(_text_of(line, number) if jsonl else line, spoken)


def _text_of(line: str, number: int) -> str:
    try:
        text = json.loads(line)["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        text = None
    if not isinstance(text, str):
        raise SettingsInvalid(f'standard input, line {number}: expected a JSON object with "text"')
    return text


def _as_json(reading: Reading, policy: Policy) -> dict[str, Any]:
    """The reading by the names of the contract, and what the desk would decide with volunteers at hand."""
    decision = decide(reading, ContactFacts(), Roster(_VOLUNTEERS_AT_HAND), StormLevel.CALM, policy, datetime.now(UTC))
    return {
        **asdict(reading),
        "decision": {
            "lane": decision.lane.value,
            "unit": decision.unit,
            "priority": decision.priority.value,
            "reasons": [str(reason) for reason in decision.reasons],
        },
    }


def _figures(found: Quality, seconds: float, engine: str) -> dict[str, Any]:
    figures = {key: value for key, value in asdict(found).items() if key != "intents"}
    return {"engine": engine, **figures, "train_seconds": seconds}


def _table(found: Quality, seconds: float) -> str:
    rows = [f"{'intent':28} {'texts':>6} {'precision':>9} {'recall':>7} {'F1':>6}  most often taken for"]
    rows += [
        f"{f.intent[:28]:28} {f.texts:6} {f.precision:9.1%} {f.recall:7.1%} {f.f1:6.1%}  {f.taken_for}"
        for f in found.intents
    ]
    rows += ["", f"accuracy in scope       {found.accuracy:7.2%}", f"macro F1                {found.macro_f1:7.2%}"]
    rows += [f"in scope and kept       {found.in_scope_kept:7.2%}"]
    if found.oos_recall is not None and found.oos_precision is not None:
        rows += [
            f"out of scope, recall    {found.oos_recall:7.2%}",
            f"out of scope, precision {found.oos_precision:7.2%}",
        ]
    rows += [f"calibration error       {found.ece:7.2%}", f"training                {seconds:7.1f} s"]
    rows += [f"one message, p50 / p99  {found.latency_ms_p50:7.2f} / {found.latency_ms_p99:.2f} ms"]
    rows += [f"messages a second       {found.messages_per_second:7.0f}"]
    return "\n".join(rows)


def _or_exit(work: Any) -> Any:
    try:
        return asyncio.run(work)
    except (SettingsInvalid, RasaMissing, RasaFailed) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
