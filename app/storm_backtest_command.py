"""`zuruf storm backtest`: what the early warning would have said, on anybody's series or messages.

Figures go to standard output, progress to standard error. A wrong file ends it with one line, exit 2.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, tzinfo
from itertools import chain, islice
from pathlib import Path
from time import perf_counter
from typing import Any, TextIO, cast
from zoneinfo import ZoneInfo

import click

from desk.errors import SettingsInvalid
from routing.storm_backtest import Alarm, MessageBacktest, ScoredRow, SeriesBacktest
from routing.storm_records import is_series, parse_messages, parse_series

_AT_ONCE = 20_000
_TOLD_EVERY = 500_000


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--scores", type=click.Path(path_type=Path), help="Write timestamp,value,anomaly_score,level a row here.")
@click.option("--timezone", "zone_name", default="UTC", help="Whose hours and weekdays count, such as Europe/Berlin.")
@click.option("--false-alarms", default=1.0, help="How many false alarms a week are borne. The only thing to set.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of the table.")
def backtest(file: Path, scores: Path | None, zone_name: str, false_alarms: float, as_json: bool) -> None:
    """Replay FILE through the early warning and tell its alerts.

    FILE is a CSV file timestamp,value (one series of numbers) or JSON lines {"at", "topic", "negative"}, one message a
    line, with "contact" if you have it: then nobody is counted twice. An alert starts when it was raised and ends when
    the wave was over. docs/storm.md says how it is found.
    """
    zone = _zone(zone_name)
    if not false_alarms > 0:
        raise SettingsInvalid(f"--false-alarms {false_alarms:g}: write a number above 0")
    with ExitStack() as files:
        lines = _lines(files.enter_context(_opened(file, "r")), str(file))
        rows = csv.writer(files.enter_context(_opened(scores, "w")), lineterminator="\n") if scores else None
        if rows:
            rows.writerow(["timestamp", "value", "anomaly_score", "level"])
        done, seconds, alarms = _replay(lines, str(file), zone, false_alarms, rows)
    figures = {
        "alerts": [_told(alarm) for alarm in alarms],
        "updates": done,
        "updates_per_second": round(done / seconds, 1) if seconds else 0.0,
    }
    click.echo(json.dumps(figures) if as_json else _table(figures))


def _replay(
    lines: Iterator[str], name: str, zone: tzinfo, false_alarms: float, scores: Any
) -> tuple[int, float, Sequence[Alarm]]:
    """Updates done, seconds they took without reading the file and writing the scores, alerts."""
    backtest: SeriesBacktest | MessageBacktest
    first = next((line for line in lines if line.strip()), "")
    every = chain([first], lines)
    if is_series(first):
        backtest = SeriesBacktest(false_alarms)
        records: Iterator[Any] = parse_series(every, name, zone)
    else:
        backtest = MessageBacktest(false_alarms, zone)
        records = parse_messages(every, name, zone)
    done, seconds = 0, 0.0
    while part := list(islice(records, _AT_ONCE)):
        begun = perf_counter()
        rows = backtest.feed(part)
        seconds += perf_counter() - begun
        if scores:
            scores.writerows(map(_row, rows))
        done += len(part)
        if done % _TOLD_EVERY == 0:
            click.echo(f"{done} updates replayed", err=True)
    if not done:
        raise SettingsInvalid(f"{name}: no record in it; write timestamp,value or JSON lines")
    return done, seconds, backtest.alarms


def _row(row: ScoredRow) -> tuple[str, str, str, str]:
    return row.written, f"{row.value:.10g}", f"{row.score:.9f}", row.level.value


def _told(alarm: Alarm) -> dict[str, Any]:
    return {
        "start": alarm.start.isoformat(),
        "end": alarm.end and alarm.end.isoformat(),
        "level": alarm.level.value,
        "topic": alarm.topic,
        "topics": list(alarm.topics),
        "peak": round(alarm.peak, 3),
        "reasons": [str(reason) for reason in alarm.reasons],
    }


def _table(figures: dict[str, Any]) -> str:
    lines = []
    for alert in figures["alerts"]:
        lines.append(f"{alert['start']}  to {alert['end'] or 'now'}  {alert['topic']}  peak {alert['peak']}")
        lines.extend(f"    {reason}" for reason in alert["reasons"])
    lines.append(
        f"{len(figures['alerts'])} alerts, {figures['updates']} updates, {figures['updates_per_second']:.0f}/s"
    )
    return "\n".join(lines)


def _zone(name: str) -> tzinfo:
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise SettingsInvalid(f"--timezone {name!a}: no such zone; write one such as Europe/Berlin") from None


def _opened(path: Path, mode: str) -> TextIO:
    try:
        return cast(TextIO, path.open(mode, encoding="utf-8", newline=""))
    except OSError as error:
        raise SettingsInvalid(f"{path}: cannot be opened ({error.strerror})") from None


def _lines(file: TextIO, name: str) -> Iterator[str]:
    try:
        yield from file
    except UnicodeDecodeError:
        raise SettingsInvalid(f"{name}: is not UTF-8; save the file as UTF-8") from None
