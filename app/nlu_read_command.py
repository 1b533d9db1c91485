"""`zuruf nlu read`: what the desk makes of a message, as JSON, or why, in words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from app.nlu_explained import explained
from app.nlu_files import FILE, TRAINING, or_exit, policy_in_force
from app.settings import Settings, read_settings
from desk.classifying import Classifier, TextToRead
from desk.errors import SettingsInvalid
from desk.people import Locale
from desk.reading import Reading
from nlu.embedded import EmbeddedClassifier
from nlu.fallback import FirstThatAnswers
from nlu.rasa import RasaClassifier
from routing.decide import ContactFacts, Decision, Roster, decide
from routing.policy import Policy
from routing.storm import StormLevel

VOLUNTEERS_AT_HAND = 3
_LOCALES = click.Choice([locale.value for locale in Locale])


@click.command()
@click.argument("text")
@click.option("--jsonl", is_flag=True, help="With TEXT -: lines are JSON objects with `text`.")
@click.option("--spoken", type=_LOCALES, default=None, help="The language of the conversation so far.")
@click.option("--train", "train", type=FILE, default=TRAINING, help="Training files of your own.")
@click.option("--explain", is_flag=True, help="Say why, in words: the features that mattered to the embedded engine.")
@click.option("--json", "as_json", is_flag=True, help="With --explain: as `explanation` in the JSON object.")
def read(text: str, jsonl: bool, spoken: str | None, train: Path, explain: bool, as_json: bool) -> None:
    """Read TEXT, or one message a line from standard input when TEXT is `-`. One JSON object a line."""
    messages = _messages(text, jsonl, Locale(spoken) if spoken else None)
    or_exit(_explain(messages, train, as_json=as_json) if explain else _read(messages, train))


async def _read(messages: Iterator[TextToRead], train: Path) -> None:
    settings = read_settings()
    policy = policy_in_force(settings)
    classifier = await _engines(settings, train)
    try:
        for message in messages:
            reading = (await classifier.read([message]))[0]
            click.echo(json.dumps(_as_json(reading, policy), ensure_ascii=False))
    finally:
        await classifier.close()


async def _engines(settings: Settings, train: Path) -> FirstThatAnswers:
    embedded = await EmbeddedClassifier.load_or_train(train, settings.data_dir / "models")
    engines: list[Classifier] = [embedded]
    if settings.rasa_url:
        engines.insert(0, RasaClassifier(settings.rasa_url, embedded.rules))
    return FirstThatAnswers(engines, timeout=10, language=embedded.rules.language)


async def _explain(messages: Iterator[TextToRead], train: Path, *, as_json: bool) -> None:
    from nlu.explaining import explain
    from nlu.explaining_rules import explain_rules
    from nlu.kept_vectors import kept_vectors
    from nlu.training_files import load_training

    settings = read_settings()
    policy = policy_in_force(settings)
    engine = await EmbeddedClassifier.load_or_train(train, settings.data_dir / "models")
    examples = load_training([train]).utterances
    texts = [engine.model.speller.mended(u.text) for u in examples]
    vectors = kept_vectors(texts, settings.data_dir / "models", making=_say_making)
    for message in messages:
        reading = engine.read_now([message])[0]
        why = explain(engine.model, message, reading, examples, vectors)
        rules = explain_rules(message, reading, engine.model.scores([message.text])[0], engine.rules)
        if as_json:
            explanation = {**asdict(why), "rules": [asdict(rule) for rule in rules]}
            found = {**_as_json(reading, policy), "explanation": explanation}
            click.echo(json.dumps(found, ensure_ascii=False))
        else:
            click.echo(explained(reading, why, rules, decided(reading, policy)))


def _say_making(amount: int) -> None:
    click.echo(f"Making sentence vectors of {amount} examples, once ...", err=True)


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


def decided(reading: Reading, policy: Policy) -> Decision:
    """What the desk would decide with volunteers at hand and nothing else going on."""
    return decide(reading, ContactFacts(), Roster(VOLUNTEERS_AT_HAND), StormLevel.CALM, policy, datetime.now(UTC))


def _as_json(reading: Reading, policy: Policy) -> dict[str, Any]:
    """The reading by the names of the contract, and what the desk would decide."""
    decision = decided(reading, policy)
    return {
        **asdict(reading),
        "decision": {
            "lane": decision.lane.value,
            "unit": decision.unit,
            "priority": decision.priority.value,
            "reasons": [str(reason) for reason in decision.reasons],
        },
    }
