"""How soon a firestorm is noticed by numbers and by words: `python -m tests.eval.firestorms [--seed N] [--days N]`.

At 3,000 messages a day, contacts write what they write on any day (routing/made_traffic.py says when and on which
topic; the words are training questions of twenty intents, some far more often than others, typed in a hurry). From the
ninth day on a firestorm begins every eight hours or so: as made traffic has them, from a tenth of the desk's rate R on,
doubling every 12 to 45 minutes, but cut at twice R. Its words are an event of told_events.py, each text once before any
comes again; half of the events were for choosing weights (`--half TUNING`), the other is reported.

The early warning hears topics and signs, 12 in 100 of them wrong, and who wrote; the clusters hear words and who wrote,
from a day before the first storm on, and are looked at every two minutes. A cluster is right when most of what it got
within the hour is of the storm; any other that is proposed is false. Delays are minutes since a tenth of R.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate
from statistics import median

import numpy as np
import yaml
from threadpoolctl import threadpool_limits

from desk.conversation import MessageId
from nlu.sentence_vectors import sentence_vectors
from routing.cluster import Told
from routing.clusters import Clusterer
from routing.made_traffic import DAY, TOPICS, StormKind, made_traffic, storm_wave, topic_name
from routing.storm_detector import Detector
from tests.eval.told_events import BEGIN, EVENTS, TRAINING, Half, events_of, with_slips

A_DAY = 3000
STORM_EVERY = DAY / 3
DOUBLINGS = 4.4
WRONG, NEGATIVE, WRITTEN_ONCE = 0.12, 0.85, 7 / 8
CLUSTERED_FROM_DAY, STORMS_FROM_DAY = 7, 8
LOOK_EVERY = 2
PROPOSED_ONCE = DAY / 2
NEVER = float("inf")
_ENCODED_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `storm`: which one it belongs to, None for everyday ones."""

    second: int
    topic: int
    negative: bool
    contact: str
    text: str
    storm: int | None = None


@dataclass(frozen=True, slots=True)
class Storm:
    """Where one truly is, in minutes."""

    start: int
    end: int
    topic: int


def everyday(days: int, seed: int, dice: random.Random) -> Iterator[Line]:
    """What is written on any day."""
    by_intent = intents()
    names = sorted(by_intent, key=lambda name: -len(by_intent[name]))[:TOPICS]
    texts = [dice.sample(by_intent[name], len(by_intent[name])) for name in names]
    often = [list(accumulate(1 / (1 + place) ** 0.5 for place in range(len(one)))) for one in texts]
    made = made_traffic(A_DAY, days, seed)
    for second, topic, negative, contact in zip(
        made.seconds.tolist(), made.topics.tolist(), made.negative.tolist(), made.contacts.tolist(), strict=True
    ):
        text = dice.choices(texts[topic], cum_weights=often[topic])[0]
        yield Line(second, topic, negative, f"contact {contact}", with_slips(text, dice))


def intents() -> dict[str, list[str]]:
    """The questions of the training files by intent, without their marks and without outages."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(TRAINING.glob("*/*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if entry.get("intent") not in (None, "outage"):
                lines = [line[2:].strip() for line in str(entry.get("examples", "")).splitlines()]
                plain = (re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})", r"\1", line) for line in lines if line)
                found[entry["intent"]] += plain
    return found


def firestorms(days: int, half: Half, seed: int, dice: random.Random) -> tuple[list[Storm], list[Line]]:
    """Storms and their messages."""
    chance = np.random.default_rng(seed + 10_000)
    events = list(events_of(EVENTS / "care.txt", half).values())
    storms: list[Storm] = []
    lines: list[Line] = []
    minute = (STORMS_FROM_DAY + chance.uniform()) * DAY
    while minute < (days - 0.5) * DAY:
        wave, doubling = storm_wave(StormKind.FIRESTORM, chance)
        counts = chance.poisson(A_DAY / DAY * WRITTEN_ONCE * wave[: int(doubling * DOUBLINGS)])
        storm = Storm(int(minute), int(minute) + len(counts), int(chance.integers(TOPICS)))
        texts = events[len(storms) % len(events)]
        pool: list[str] = []
        for second in (
            60 * (storm.start + place) + dice.randrange(60) for place in np.repeat(range(len(counts)), counts)
        ):
            pool = pool or dice.sample(texts, len(texts))
            topic = dice.randrange(TOPICS) if dice.random() < WRONG else storm.topic
            negative = (dice.random() < NEGATIVE) != (dice.random() < WRONG)
            lines.append(
                Line(int(second), topic, negative, f"upset {len(lines)}", with_slips(pool.pop(), dice), len(storms))
            )
        storms.append(storm)
        minute += STORM_EVERY * chance.uniform(0.8, 1.2)
    return storms, lines


@dataclass(slots=True)
class Watch:
    """Clusters as they grow. `lately`: of each cluster the newest messages: when, of which storm."""

    clusterer: Clusterer = field(default_factory=Clusterer)
    lately: dict[int, list[tuple[int, int | None]]] = field(default_factory=lambda: defaultdict(list))
    proposed: dict[int, int] = field(default_factory=dict)
    found: list[tuple[int, int | None]] = field(default_factory=list)
    """When a cluster was proposed, and which storm it is; None: false."""

    def look(self, minute: int) -> None:
        """Clusters that grow are proposed once in PROPOSED_ONCE minutes: events come again, two days later at least."""
        for growing in self.clusterer.growing(BEGIN + timedelta(minutes=minute)):
            cluster = int(growing.cluster.id)
            if self.proposed.get(cluster, -PROPOSED_ONCE) > minute - PROPOSED_ONCE:
                continue
            self.proposed[cluster] = minute
            hour = [storm for second, storm in self.lately[cluster] if second > 60 * (minute - 60)]
            most = max(set(hour), key=hour.count)
            self.found.append((minute, most if 2 * hour.count(most) > len(hour) else None))

    def add(self, number: int, line: Line, vector: np.ndarray[tuple[int], np.dtype[np.float32]]) -> None:
        """A message came."""
        at = BEGIN + timedelta(seconds=line.second)
        assigned = self.clusterer.add(Told(MessageId(number), at, line.text, line.text, vector, line.contact))
        self.lately[int(assigned.cluster_id)].append((line.second, line.storm))
        for merge in assigned.merged:
            self.lately[int(merge.into)] += self.lately.pop(int(merge.cluster_id), [])
            if int(merge.cluster_id) in self.proposed:
                self.proposed[int(merge.into)] = self.proposed[int(merge.cluster_id)]


def by_numbers(lines: Sequence[Line]) -> list[tuple[float, tuple[str, ...]]]:
    """When alerts were raised (minutes), and the topics they came to have."""
    detector, alerts = Detector(), {}
    for line in lines:
        at = BEGIN + timedelta(seconds=line.second)
        for alert in detector.observe(at, topic_name(line.topic), line.negative, line.contact):
            alerts[alert.number] = ((alert.raised_at - BEGIN).total_seconds() / 60, alert.topics)
    return list(alerts.values())


def by_words(lines: Sequence[Line]) -> Watch:
    """Clusters that were proposed."""
    watch, look = Watch(), CLUSTERED_FROM_DAY * DAY
    told = [line for line in lines if line.second >= 60 * look]
    for start in range(0, len(told), _ENCODED_AT_ONCE):
        some = told[start : start + _ENCODED_AT_ONCE]
        for place, (line, vector) in enumerate(
            zip(some, sentence_vectors().of([one.text for one in some]), strict=True)
        ):
            while line.second > 60 * (look + LOOK_EVERY):
                look += LOOK_EVERY
                watch.look(look)
            watch.add(start + place, line, vector)
    return watch


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=15)
    parser.add_argument("--seed", type=int, default=501)
    parser.add_argument("--half", type=Half.__getitem__, default=Half.REPORTED, help="TUNING or REPORTED")
    given = parser.parse_args()
    dice = random.Random(given.seed)
    storms, upset = firestorms(given.days, given.half, given.seed, dice)
    lines = sorted([*everyday(given.days, given.seed, dice), *upset], key=lambda line: line.second)
    alerts = by_numbers(lines)
    with threadpool_limits(1):
        watch = by_words(lines)
    numbers, words = [], []
    for number, storm in enumerate(storms):
        within = (
            at for at, topics in alerts if storm.start <= at <= storm.end + 60 and topic_name(storm.topic) in topics
        )
        numbers.append(min(within, default=NEVER) - storm.start)
        words.append(min((at for at, which in watch.found if which == number), default=NEVER) - storm.start)
    first = [min(both) for both in zip(numbers, words, strict=True)]
    for name, delays in (("numbers", numbers), ("words", words), ("either", first)):
        ordered = sorted(delays)
        found, late = sum(delay < NEVER for delay in delays), ordered[int(len(ordered) * 0.9)]
        print(f"{name:8} {found:3}/{len(storms)}  median {median(delays):5.1f}  p90 {late:5.1f}")
    false = sum(not any(storm.start <= at <= storm.end + 60 for storm in storms) for at, _topics in alerts)
    print(f"false    alerts {false}, proposals {sum(which is None for _at, which in watch.found)}")


if __name__ == "__main__":
    main()
