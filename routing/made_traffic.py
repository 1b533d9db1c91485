"""Made traffic: months of messages as a desk might read them, with storms in them or without. For drills and figures.

Every minute has a rate a topic: the desk's volume x the time of day (two humps) x the weekday x slow swings of the
whole desk (half-lives 45 minutes and 12 hours) and of each topic (5 days) x campaigns (6 to 48 hours at up to 1.8 to 4
times, with as many complaints among them as ever). Counts are Poisson with these rates; one message in seven is written
again in other words within minutes, which makes them clump. Topics have shares like 1/rank^0.8, and 12 to 60 % of a
topic's messages are negative. What the desk sees is what a classifier makes of it: 12 % of topics and 12 % of signs are
wrong.

Storms, sizes in the desk's average rate R (messages a minute over the week), 85 % of their messages negative:

    outage       rises in 5 to 20 minutes to 4 to 12 R on one topic, lasts 1 to 4 hours, ends within 30 minutes
    firestorm    from R/10, doubling every 12 to 45 minutes up to 3 to 8 R, two hours there, ends within an hour
    creeping     in 3 hours to 0.5 to 0.9 R more on one topic: the desk's load stays under twice normal; lasts 9 hours
    murmur       in 3 hours the topic's own complaints rise to 1.7 to 1.95 times, nothing else; lasts 9 hours

A murmur is the hardest reading of "creeping": on a small topic it is a handful of messages.

Pure: the seed makes everything. Units: minutes from the beginning (a Monday, midnight); instants are seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

TOPICS = 20
DAY = 1440
_WRONG = 0.12
_AGAIN = 1 / 7
_STORM_NEGATIVE = 0.85

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


class StormKind(StrEnum):
    """See the module's docstring."""

    OUTAGE = "outage"
    FIRESTORM = "firestorm"
    CREEPING = "creeping"
    MURMUR = "murmur"


@dataclass(frozen=True, slots=True)
class MadeStorm:
    """Where a storm truly is: minutes, and the topic's number. `doubling`: of a firestorm, in minutes; else 0."""

    kind: StormKind
    start: int
    end: int
    topic: int
    doubling: float = 0.0


@dataclass(frozen=True, slots=True)
class Campaign:
    """A bump that is no storm."""

    start: int
    end: int
    topic: int


@dataclass(frozen=True)
class Traffic:
    """Messages in time order: seconds from the beginning, topic's number, whether it reads as negative, and who wrote
    it: what is written again has the same contact."""

    seconds: Numbers
    topics: Numbers
    negative: NDArray[np.bool_]
    contacts: Numbers
    storms: tuple[MadeStorm, ...]
    campaigns: tuple[Campaign, ...]

    def __iter__(self) -> Iterator[tuple[int, str, bool]]:
        for second, topic, negative in zip(
            self.seconds.tolist(), self.topics.tolist(), self.negative.tolist(), strict=True
        ):
            yield second, topic_name(topic), negative


def topic_name(number: int) -> str:
    """The name of topic `number`."""
    return f"topic-{number}"


def made_traffic(
    a_day: float, days: int, seed: int, kind: StormKind | None = None, every_days: float = 4.0, quiet_days: int = 21
) -> Traffic:
    """`a_day` messages on average; after `quiet_days` a storm of `kind` every `every_days` or so."""
    chance = np.random.default_rng(seed)
    average = a_day / DAY
    base, campaigns = _ordinary(average, days, chance)
    share_negative = chance.uniform(0.12, 0.6, TOPICS)
    negative, other = base * share_negative, base * (1 - share_negative)
    storms = []
    minute = int(DAY * (quiet_days + chance.uniform()))
    while kind is not None and minute < (days - 1) * DAY:
        storms.append(_add_storm(kind, minute, average, negative, other, chance))
        minute += int(DAY * every_days * chance.uniform(0.8, 1.2))
    return _read(negative, other, tuple(storms), campaigns, chance)


def _swing(length: int, step: int, half_life: float, spread: float, chance: np.random.Generator) -> Floats:
    """exp of an Ornstein-Uhlenbeck walk: every `step` minutes a knot, straight lines between."""
    keep = 0.5 ** (step / half_life)
    kicks = chance.normal(size=length // step + 2) * spread * np.sqrt(1 - keep * keep)
    walk = [chance.normal() * spread]
    for kick in kicks.tolist():
        walk.append(keep * walk[-1] + kick)
    found: Floats = np.exp(np.interp(np.arange(length), np.arange(len(walk)) * step, walk))
    return found


def _ordinary(average: float, days: int, chance: np.random.Generator) -> tuple[Floats, tuple[Campaign, ...]]:
    """Rates of a desk without storms, minute by topic, and its campaigns."""
    length = days * DAY
    minutes = np.arange(length)
    hour = minutes / 60 % 24
    time_of_day = 0.15 + np.exp(-(((hour - 11) / 3.5) ** 2)) + 1.1 * np.exp(-(((hour - 19.5) / 2.6) ** 2))
    weekdays = np.array([1.232, 1.142, 1.098, 1.086, 1.064, 0.7, 0.7])
    desk = time_of_day / time_of_day.mean() * (weekdays / weekdays.mean())[minutes // DAY % 7]
    desk *= _swing(length, 5, 12 * 60, 0.12, chance) * _swing(length, 5, 45, 0.06, chance)
    shares = 1 / np.arange(1, TOPICS + 1) ** 0.8
    shares = chance.permutation(shares / shares.sum())
    rates = average * desk[:, None] * shares[None, :]
    for topic in range(TOPICS):
        rates[:, topic] *= _swing(length, 60, 5 * DAY, 0.15, chance)
    campaigns = []
    for _ in range(days // 10 + 1):
        start, lasting = int(chance.integers(0, length)), int(chance.uniform(6, 48) * 60)
        topic, times = int(chance.integers(TOPICS)), chance.uniform(1.8, 4)
        end = min(length, start + lasting)
        gone = np.arange(end - start)
        rates[start:end, topic] *= 1 + (times - 1) * np.minimum(1, gone / chance.uniform(20, 180)) * np.exp(
            -2 * gone / lasting
        )
        campaigns.append(Campaign(start, end, topic))
    return rates, tuple(campaigns)


def _add_storm(
    kind: StormKind, start: int, average: float, negative: Floats, other: Floats, chance: np.random.Generator
) -> MadeStorm:
    """Adds its messages to the rates."""
    topic = int(chance.integers(TOPICS))
    if kind is StormKind.MURMUR:
        rise = np.clip(np.arange(9 * 60) / 180, 0, 1) * chance.uniform(0.7, 0.95)
        end = min(start + len(rise), len(negative))
        negative[start:end, topic] *= 1 + rise[: end - start]
        return MadeStorm(kind, start, end, topic)
    shape, doubling = storm_wave(kind, chance)
    wave = average * shape
    end = min(start + len(wave), len(negative))
    negative[start:end, topic] += _STORM_NEGATIVE * wave[: end - start]
    other[start:end, topic] += (1 - _STORM_NEGATIVE) * wave[: end - start]
    return MadeStorm(kind, start, end, topic, doubling)


def storm_wave(kind: StormKind, chance: np.random.Generator) -> tuple[Floats, float]:
    """A storm's messages a minute over the desk's average, and a firestorm's doubling time."""
    doubling = 0.0
    if kind is StormKind.OUTAGE:
        ramp, lasting, fall = chance.uniform(5, 20), int(chance.uniform(60, 240)), 30
        gone = np.arange(lasting)
        wave = chance.uniform(4, 12) * np.clip((gone + 1) / ramp, 0, 1)
    elif kind is StormKind.FIRESTORM:
        doubling, fall = chance.uniform(12, 45), 60
        gone = np.arange(int(doubling * 7) + 120)
        wave = np.minimum(chance.uniform(3, 8), 0.1 * 2 ** (gone / doubling))
    else:
        fall = 30
        gone = np.arange(9 * 60)
        wave = chance.uniform(0.5, 0.9) * np.clip(gone / 180, 0, 1)
    found: Floats = wave * np.clip((len(gone) - gone) / fall, 0, 1)
    return found, doubling


def _read(
    negative: Floats,
    other: Floats,
    storms: tuple[MadeStorm, ...],
    campaigns: tuple[Campaign, ...],
    chance: np.random.Generator,
) -> Traffic:
    """Draws messages, lets some be written again, and reads them as a classifier would."""
    parts = [_drawn(rates / (1 + _AGAIN), chance) for rates in (negative, other)]
    seconds = np.concatenate([part[0] for part in parts])
    topics = np.concatenate([part[1] for part in parts])
    signs = np.repeat([True, False], [len(part[0]) for part in parts])
    again = np.flatnonzero(chance.random(len(seconds)) < _AGAIN)
    seconds = np.concatenate([seconds, seconds[again] + chance.integers(5, 300, len(again))])
    contacts = np.concatenate([np.arange(len(topics)), again])
    topics, signs = np.concatenate([topics, topics[again]]), np.concatenate([signs, signs[again]])
    wrong = chance.random(len(topics)) < _WRONG
    topics = np.where(wrong, (topics + chance.integers(1, TOPICS, len(topics))) % TOPICS, topics)
    signs = signs ^ (chance.random(len(signs)) < _WRONG)
    order = np.argsort(seconds, kind="stable")
    return Traffic(seconds[order], topics[order], signs[order], contacts[order], storms, campaigns)


def _drawn(rates: Floats, chance: np.random.Generator) -> tuple[Numbers, Numbers]:
    counts = chance.poisson(rates)
    minutes, topics = np.nonzero(counts)
    often = counts[minutes, topics]
    minutes, topics = np.repeat(minutes, often), np.repeat(topics, often)
    return minutes * 60 + chance.integers(0, 60, len(minutes)), topics
