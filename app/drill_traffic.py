"""What is written in a drill: recorded messages, or made ones with a storm in them.

Recorded: JSON lines in time order, `{"at", "text"}`, and if present `"author"` and `"storm": true` on messages of the
storm. Made: weeks of ordinary traffic (routing/made_traffic.py) in our own example texts, then one storm in daytime,
whose messages say the same in many ways.

What is older than the calm before the storm is only learned from, as if it had been read in those weeks. Raises
DrillFileBroken for a file that cannot be used, with its line.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from routing.made_traffic import DAY, TOPICS, StormKind, made_traffic

QUIET_DAYS = 21
MONDAY = datetime(2026, 2, 2, tzinfo=UTC)
"""Minute 0 of made traffic."""

FIRST_HOUR, LAST_HOUR = 8, 17
_TRIES = 60
_LONGEST_LINE = 20_000

OUTAGE_TEXTS = (
    "Internet ist seit eben komplett weg, was ist da los?!",
    "Bei mir geht das Internet nicht mehr, der ganze Router blinkt rot. So ein Mist",
    "Totalausfall! Kein Internet, kein Telefon, ich arbeite von zu Hause, das ist eine Katastrophe",
    "Schon wieder kein Internet in der ganzen Straße, ihr seid unmöglich",
    "Internet tot seit einer halben Stunde, warum sagt einem keiner was? Frechheit",
    "Störung? Hier läuft gar nichts mehr, Internet komplett ausgefallen, ich bin stinksauer",
    "kein netz kein internet nix geht, echt zum kotzen",
    "Das Internet ist ausgefallen und die Hotline ist besetzt. Unverschämt!",
    "internet is down in the whole street, this is unacceptable",
    "No internet since this morning, what a terrible service",
    "My internet connection is dead, nothing works, I am really angry",
    "Is there an outage? Internet completely gone here, this is awful",
)

GRUMBLES = ("Das ist wirklich ärgerlich!", "This is really annoying!")
"""On other days people are upset, too."""


class DrillFileBroken(Exception):
    """The file cannot be used: what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class DrillMessage:
    """One message. `of_storm`: it belongs to the storm that is drilled."""

    at: datetime
    author: str
    text: str
    of_storm: bool


@dataclass(frozen=True)
class DrillTraffic:
    """`history` teaches, `messages` are played. `storm_at`: when the storm truly begins; None: nobody said."""

    history: Sequence[DrillMessage]
    messages: Sequence[DrillMessage]
    storm_at: datetime | None

    @property
    def starts_at(self) -> datetime:
        """When the play begins."""
        return self.messages[0].at

    @property
    def storm_ends_at(self) -> datetime:
        """The last message of the storm, or of all."""
        return max((one.at for one in self.messages if one.of_storm), default=self.messages[-1].at)


def made_drill(
    kind: StormKind, *, a_day: float, calm: timedelta, storm: timedelta, seed: int, texts: Mapping[str, Sequence[str]]
) -> DrillTraffic:
    """A storm of `kind` in daytime, cut after `storm`. `texts`: what is written on each intent; the storm is an
    outage."""
    for number in range(seed, seed + _TRIES):
        traffic = made_traffic(a_day, QUIET_DAYS + 4, number, kind, quiet_days=QUIET_DAYS)
        if traffic.storms and FIRST_HOUR <= traffic.storms[0].start % DAY / 60 < LAST_HOUR:
            break
    place = traffic.storms[0]
    chance = random.Random(seed)  # noqa: S311 - a play, not a secret
    named = _intents(texts, place.topic)
    storm_at = MONDAY + timedelta(minutes=place.start)
    until = min(MONDAY + timedelta(minutes=place.end), storm_at + storm)
    every = list[DrillMessage]()
    for number, (second, topic, negative) in enumerate(traffic):
        at = MONDAY + timedelta(seconds=second)
        if at > until + timedelta(minutes=45):
            break
        name = int(topic.rpartition("-")[2])
        of_storm = negative and name == place.topic and storm_at <= at <= until
        if name == place.topic and at > until:
            continue
        words = chance.choice(OUTAGE_TEXTS if of_storm else texts[named[name]])
        if negative and not of_storm:
            words = f"{words} {chance.choice(GRUMBLES)}"
        every.append(DrillMessage(at, f"contact {number}", words, of_storm))
    return _cut(every, storm_at, calm)


def _intents(texts: Mapping[str, Sequence[str]], storm_topic: int) -> list[str]:
    """Which intent each made topic is; the storm's is an outage."""
    names = [name for name in sorted(texts) if name != "outage"]
    named = [names[number % len(names)] for number in range(TOPICS)]
    named[storm_topic] = "outage"
    return named


def recorded_drill(path: Path, *, calm: timedelta) -> DrillTraffic:
    """From a file. Raises DrillFileBroken."""
    every = list(_lines(path))
    if not every:
        raise DrillFileBroken(f"{path}: no messages in it")
    if any(later.at < earlier.at for earlier, later in itertools.pairwise(every)):
        raise DrillFileBroken(f"{path}: expected messages in time order")
    storm_at = next((one.at for one in every if one.of_storm), None)
    return _cut(every, storm_at, calm) if storm_at else DrillTraffic((), every, None)


def _cut(every: Sequence[DrillMessage], storm_at: datetime, calm: timedelta) -> DrillTraffic:
    history = [one for one in every if one.at < storm_at - calm]
    return DrillTraffic(history, every[len(history) :], storm_at)


def _lines(path: Path) -> Iterator[DrillMessage]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _message(line, f"{path}:{number}", number)
    except (OSError, UnicodeDecodeError) as error:
        raise DrillFileBroken(f"{path}: cannot be read as UTF-8 text ({error})") from None


def _message(line: str, where: str, number: int) -> DrillMessage:
    try:
        said: Any = json.loads(line) if len(line) <= _LONGEST_LINE else None
    except ValueError:
        said = None
    if not isinstance(said, dict) or not isinstance(said.get("text"), str) or not said["text"].strip():
        raise DrillFileBroken(f'{where}: expected a JSON object with "at" and "text"')
    try:
        at = datetime.fromisoformat(said["at"])
    except (KeyError, TypeError, ValueError):
        raise DrillFileBroken(f"{where}: at: expected a time like 2026-03-02T09:00:00+00:00") from None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return DrillMessage(at, str(said.get("author") or f"contact {number}"), said["text"], said.get("storm") is True)
