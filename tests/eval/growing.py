"""How often clusters are taken for incidents, and how soon: `python -m tests.eval.growing [--days N] [--seed N]`.

At 300, 3,000 and 30,000 messages a day, contacts ask what they ask on any day: questions drawn from our training files,
some far more often than others, more by day than by night, and twice as many of everything on the last day. In the
afternoon of that day something happens: for an hour, one and a half times as many as write on average about everything
else write about an outage (an event of told_events.py).

Looked at is every ten minutes; a proposed cluster is not proposed again. A proposal is right when most of what its
cluster got within the hour is about the outage: `delay` is from the first such message to the first, `proposals` how
many there were (one is best). Any other proposal is a false alarm.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile

from threadpoolctl import threadpool_limits

from desk.conversation import MessageId
from nlu.sentence_vectors import sentence_vectors
from routing.cluster import Told
from routing.cluster_usual import Floats
from routing.clusters import Clusterer
from tests.eval.told_events import BEGIN, EVENTS, events_of, questions, with_slips
from tests.eval.told_events import Told as TellsOf

LOOK_EVERY = timedelta(minutes=10)
RATES = 300, 3000, 30_000
HAPPENS = "outage-internet-koeln"
_ENCODED_AT_ONCE = 64


def quiet(rate: int, days: int, dice: random.Random) -> Iterator[TellsOf]:
    """What is asked on any day; twice as much on the last."""
    texts = questions()
    dice.shuffle(texts)
    often = [1 / (1 + place) ** 0.5 for place in range(len(texts))]
    for day in range(days):
        for text in dice.choices(texts, often, k=rate * (2 if day == days - 1 else 1)):
            hour = next(h for h in iter(lambda: dice.random() * 24, None) if dice.random() < _share(h))
            yield TellsOf(BEGIN + timedelta(days=day, hours=hour), with_slips(text, dice), "")


def event(rate: int, days: int, dice: random.Random) -> Iterator[TellsOf]:
    """An hour in which as many write about what happened as about everything else."""
    texts = events_of(EVENTS / "care.txt")[HAPPENS]
    begin = BEGIN + timedelta(days=days - 1, hours=15)
    for _ in range(max(8, round(2 * rate / 24 * 1.5))):
        yield TellsOf(begin + timedelta(hours=dice.random()), with_slips(dice.choice(texts), dice), HAPPENS)


def _share(hour: float) -> float:
    return 0.55 - 0.45 * math.cos((hour - 3) / 24 * 2 * math.pi)


@dataclass(slots=True)
class Watch:
    """What was proposed. `homes` and `into`: where each message went."""

    clusterer: Clusterer = field(default_factory=Clusterer)
    told: list[TellsOf] = field(default_factory=list)
    homes: list[int] = field(default_factory=list)
    into: dict[int, int] = field(default_factory=dict)
    proposed: set[int] = field(default_factory=set)
    false: int = 0
    right: list[datetime] = field(default_factory=list)

    def look(self, now: datetime) -> None:
        """Clusters that grow are proposed, unless they or one that became part of them were."""
        done = {self.home(one) for one in self.proposed}
        for growing in self.clusterer.growing(now):
            cluster = int(growing.cluster.id)
            if cluster in done:
                continue
            self.proposed.add(cluster)
            lately = [one.label for one, home in self._newest(now) if self.home(home) == cluster]
            if 2 * lately.count(HAPPENS) > len(lately):
                self.right.append(now)
            else:
                self.false += 1
                print(f"    false: {growing.cluster.title}: {', '.join(map(str, growing.reasons))}")

    def add(self, one: TellsOf, vector: Floats) -> None:
        """A message came."""
        found = self.clusterer.add(Told(MessageId(len(self.told)), one.at, one.text, one.text, vector))
        self.told.append(one)
        self.homes.append(int(found.cluster_id))
        self.into |= {int(merge.cluster_id): int(merge.into) for merge in found.merged}

    def home(self, cluster: int) -> int:
        """Where a cluster is after merges."""
        while cluster in self.into:
            cluster = self.into[cluster]
        return cluster

    def _newest(self, now: datetime) -> list[tuple[TellsOf, int]]:
        both = zip(reversed(self.told), reversed(self.homes), strict=True)
        return list(takewhile(lambda pair: pair[0].at > now - timedelta(hours=1), both))


def measure(rate: int, days: int, seed: int) -> str:
    """One line of the table."""
    dice = random.Random(seed)
    told = sorted([*quiet(rate, days, dice), *event(rate, days, dice)], key=lambda one: one.at)
    first = next(one.at for one in told if one.label)
    watch, look = Watch(), BEGIN + LOOK_EVERY
    for start in range(0, len(told), _ENCODED_AT_ONCE):
        some = told[start : start + _ENCODED_AT_ONCE]
        for one, vector in zip(some, sentence_vectors().of([one.text for one in some]), strict=True):
            while one.at > look:
                watch.look(look)
                look += LOOK_EVERY
            watch.add(one, vector)
    delay = f"{(watch.right[0] - first).total_seconds() / 60:.0f} min" if watch.right else "never"
    return f"{rate:>8}  {len(told):>8}  {watch.false / days * 7:>19.1f}  {delay:>8}  {len(watch.right):>9}"


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--rates", type=int, nargs="*", default=RATES)
    given = parser.parse_args()
    print("   a day  messages  false alarms a week     delay  proposals")
    with threadpool_limits(1):
        for rate in given.rates:
            print(measure(rate, given.days, given.seed), flush=True)


if __name__ == "__main__":
    main()
