"""How early the warning comes, and how often it is wrong, on made months:
`python -m tests.eval.storm [300] [3000] [30000] [--seed N] [--small]`.

Traffic is made by routing/made_traffic.py: days and weeks with their seasons, swings, campaigns, messages written
twice, 12 % of topics and signs read wrong. The detector has its default settings at every volume. Its constants were
chosen with seeds 1 to 12; this runs on others. The first seven days of each run are its learning; false alarms are
counted after that (and said apart for it).

An alarm is true when it is raised between a storm's first and last minute and names the storm's topic. All others are
false, those in campaigns too. Delays are from the storm's first minute to the message that raised the alarm; for a
firestorm, which begins with a tenth of the desk's average rate, also from when it has grown to a fifth. `ended`:
minutes from a storm's last message to level recovery. `again`: alerts beyond the first on one storm.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import process_time

from routing.made_traffic import DAY, MadeStorm, StormKind, Traffic, made_traffic, topic_name
from routing.storm_alert import StormAlert
from routing.storm_detector import Detector

START = datetime(2026, 1, 5, tzinfo=UTC)
LEARNING_DAYS, QUIET_DAYS = 7, 21
STORM_EVERY_DAYS = 2.0
FIRST_SEED = 501
MOST_ENDED = 30
IN_TIME = 360


@dataclass(frozen=True)
class Plan:
    """How much is run at a volume: months without storms, and with them."""

    quiet_runs: int
    quiet_days: int
    storm_runs: int
    storm_days: int


PLANS = {300: Plan(4, 84, 2, 49), 3000: Plan(4, 70, 2, 49), 30000: Plan(2, 49, 1, 42)}
SMALL = Plan(1, 28, 1, 35)


@dataclass
class Found:
    """What came of some runs of one kind. Delays in minutes; `weeks`: after learning."""

    name: str
    storms: int = 0
    again: int = 0
    false: int = 0
    in_campaigns: int = 0
    learning: int = 0
    weeks: float = 0.0
    delays: list[float] = field(default_factory=list)
    from_a_fifth: list[float] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)


def minute(at: datetime) -> float:
    """Minutes from the beginning."""
    return (at - START).total_seconds() / 60


def watched(traffic: Traffic) -> tuple[list[StormAlert], int, float]:
    """Alerts as they were last, messages, and seconds of processor time the detector took."""
    first = int(START.timestamp())
    rows = [(datetime.fromtimestamp(first + second, UTC), topic, negative) for second, topic, negative in traffic]
    detector, alerts = Detector(), {}
    begun = process_time()
    for at, topic, negative in rows:
        for alert in detector.observe(at, topic, negative):
            alerts[alert.number] = alert
    return list(alerts.values()), len(rows), process_time() - begun


def judge(found: Found, traffic: Traffic, alerts: Sequence[StormAlert], days: int) -> None:
    """Adds one run to `found`."""
    found.weeks += (days - LEARNING_DAYS) / 7
    explained: set[int] = set()
    for storm in traffic.storms:
        within = [alert for alert in alerts if storm.start <= minute(alert.raised_at) <= storm.end]
        explained |= {alert.number for alert in within}
        found.storms += 1
        found.again += max(0, len(within) - 1)
        true = [alert for alert in within if topic_name(storm.topic) in alert.topics]
        if true:
            _note(found, storm, true)
    for alert in alerts:
        if alert.number not in explained:
            _note_false(found, traffic, alert)


def _note(found: Found, storm: MadeStorm, true: Sequence[StormAlert]) -> None:
    delay = minute(true[0].raised_at) - storm.start
    found.delays.append(delay)
    found.from_a_fifth.append(max(0.0, delay - storm.doubling))
    eased = true[-1].eased_at
    found.ended.append(minute(eased) - storm.end if eased else float("inf"))


def _note_false(found: Found, traffic: Traffic, alert: StormAlert) -> None:
    at = minute(alert.raised_at)
    if at < LEARNING_DAYS * DAY:
        found.learning += 1
        return
    found.false += 1
    found.in_campaigns += any(
        one.start <= at <= one.end and topic_name(one.topic) == alert.topic for one in traffic.campaigns
    )


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of them lie; nan of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def run(a_day: int, plan: Plan, seed: int, kind: StormKind | None) -> tuple[Found, int, float]:
    """Some runs of one kind at one volume, messages and seconds."""
    found, messages, seconds = Found(kind.value if kind else "quiet"), 0, 0.0
    runs, days = (plan.storm_runs, plan.storm_days) if kind else (plan.quiet_runs, plan.quiet_days)
    for number in range(runs):
        traffic = made_traffic(a_day, days, seed + number, kind, STORM_EVERY_DAYS, QUIET_DAYS)
        alerts, count, took = watched(traffic)
        judge(found, traffic, alerts, days)
        messages, seconds = messages + count, seconds + took
    return found, messages, seconds


def line(a_day: int, found: Found) -> str:
    """One line of the table."""
    alarms = f"{found.false / found.weeks:5.2f} | {found.in_campaigns:3} | {found.learning:3} |"
    if not found.storms:
        return f"| {a_day:6} | {found.name:9} |         |      |       |       |       |       |     |       | {alarms}"
    in_time = sum(delay <= IN_TIME for delay in found.delays)
    late = sum(ended > MOST_ENDED for ended in found.ended)
    fifth = f"{quantile(found.from_a_fifth, 0.5):5.1f}" if found.name == StormKind.FIRESTORM else "     "
    return (
        f"| {a_day:6} | {found.name:9} | {len(found.delays):3}/{found.storms:3} | {in_time / found.storms:4.2f} "
        f"| {quantile(found.delays, 0.5):5.1f} | {quantile(found.delays, 0.9):5.1f} | {fifth} "
        f"| {quantile(found.ended, 0.5):5.1f} | {late:3} | {found.again:5} | {alarms}"
    )


HEAD = """\
| a day  | storms    | found   | 6 h  | med.  | p90   | fifth | ended | >30 | again | false | cmp | lrn |
|---|---|---|---|---|---|---|---|---|---|---|---|---|"""


def main(arguments: Iterable[str]) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("volumes", nargs="*", type=int, default=[], help="messages a day; all three if none")
    parser.add_argument("--seed", type=int, default=FIRST_SEED)
    parser.add_argument("--small", action="store_true", help="one short run of each, to see that it works")
    asked = parser.parse_args(list(arguments))
    print(HEAD)
    for a_day in asked.volumes or PLANS:
        messages, seconds = 0, 0.0
        for kind in (None, *StormKind):
            plan = SMALL if asked.small else PLANS.get(a_day, SMALL)
            found, count, took = run(a_day, plan, asked.seed, kind)
            messages, seconds = messages + count, seconds + took
            print(line(a_day, found), flush=True)
        print(f"{messages} messages, {messages / seconds:.0f} a second of one core", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
