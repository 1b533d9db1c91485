"""Streams of messages about events that run at the same time, with the event each one is about.

The texts are ours (data/events): some events told in many words, in German and English. A stream takes some of the
events, tells each text of them once and a few of them again (passed on word for word, with slips, shortened, with
another hashtag), spreads each event over its own hours, densest soon after its beginning, and mixes in questions that
have nothing to do with any of them, from the files the models are trained on. Each of those is labelled as an event of
its own, so whoever puts one into an event, or two of them together, loses precision.

Half of the events (`Half.TUNING`) is there to choose constants by, the other to report.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

import yaml

EVENTS = Path(__file__).parent / "data" / "events"
TRAINING = Path(__file__).parents[2] / "nlu" / "training" / "data"
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
TOLD_AGAIN = 0.5
"""So many messages tell a text again, for each that tells one for the first time."""
SLIPS = 0.03
"""Letters that are swapped, dropped or doubled in a text with slips."""


class Half(Enum):
    """Which events."""

    TUNING = 0
    REPORTED = 1


@dataclass(frozen=True, slots=True)
class Told:
    """One message: what it says, and which event it is about."""

    at: datetime
    text: str
    label: str


def events_of(path: Path, half: Half | None = None) -> dict[str, list[str]]:
    """The texts of each event of a file. Every other event is for tuning."""
    events: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            texts = events.setdefault(line[3:].strip(), [])
        elif line.strip() and not line.startswith("# "):
            texts.append(line)
    return {name: texts for n, (name, texts) in enumerate(events.items()) if half is None or n % 2 == half.value}


def stream(events: dict[str, list[str]], days: float, noise: int, seed: int) -> list[Told]:
    """The events' messages within so many days, and `noise` other questions; in time order."""
    dice = random.Random(seed)
    told = [one for name, texts in events.items() for one in _event(name, texts, days, dice)]
    for number, text in enumerate(dice.sample(questions(), noise)):
        told.append(Told(BEGIN + timedelta(days=dice.random() * days), text, f"question {number}"))
    return sorted(told, key=lambda one: one.at)


def questions() -> list[str]:
    """What contacts ask on any day, without the marks of the training files."""
    found = []
    for path in sorted(TRAINING.glob("*/*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line[2:].strip() for line in str(entry.get("examples", "")).splitlines()]
            found += [re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})", r"\1", line) for line in lines if line]
    return sorted(set(found))


def _event(name: str, texts: Sequence[str], days: float, dice: random.Random) -> Iterator[Told]:
    start = dice.random() * days * 0.8
    length = days * dice.uniform(0.05, 0.2)
    tags = sorted({tag for text in texts for tag in re.findall(r"#\w+", text)})
    again = [_again(dice.choice(texts), tags, dice) for _ in range(int(len(texts) * TOLD_AGAIN * dice.expovariate(1)))]
    for text in [*texts, *again]:
        after = min(dice.gammavariate(1.2, length), days * 1.5)
        yield Told(BEGIN + timedelta(days=start + after), text, name)


def _again(text: str, tags: Sequence[str], dice: random.Random) -> str:
    way = dice.random()
    if way < 0.3:
        return text if text.startswith("RT") else f"RT @{dice.choice(_NAMES)}{dice.randrange(99)}: {text}"[:140]
    if way < 0.7:
        return with_slips(text, dice)
    if way < 0.85 and tags:
        return f"{text} {dice.choice(tags)}"
    words = text.split()
    return " ".join(words[: max(3, int(len(words) * 0.7))])


_NAMES = ("anna", "mike", "newsdesk", "lucy_w", "tom", "karim", "jule", "local")


def with_slips(text: str, dice: random.Random) -> str:
    """The text as typed in a hurry."""
    letters = list(text.lower() if dice.random() < 0.5 else text)
    for place in range(len(letters) - 1):
        if letters[place].isalpha() and dice.random() < SLIPS:
            slip = dice.randrange(3)
            if slip == 0:
                letters[place], letters[place + 1] = letters[place + 1], letters[place]
            else:
                letters[place] *= 2 if slip == 1 else 0
    return "".join(letters)
