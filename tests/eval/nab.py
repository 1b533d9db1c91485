"""One series of numbers, by the rules of the Numenta Anomaly Benchmark (NAB): `python -m tests.eval.nab FOLDER`.

FOLDER holds the series as CSV files timestamp,value (in folders as NAB has them) and windows.json, for each file the
windows of its anomalies. Written after the paper (Lavin & Ahmad 2015: standard profile, scores by the sigmoid of the
place in the window, 0.11 taken off for a false find, 15 % of a series free at its beginning), not with NAB's code: the
first find in a window counts, each window missed costs 1, and one threshold for all files is chosen to score best. A
hundred is perfect, 0 what a detector gets that says nothing.
"""

from __future__ import annotations

import json
import math
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from routing.storm_records import parse_series
from routing.storm_series import SeriesDetector

FALSE_FIND = 0.11
FREE_SHARE, FREE_MOST = 0.15, 750
FAR_BEHIND = 3.0
THRESHOLDS = 400


@dataclass(frozen=True)
class Scored:
    """A series: each row's score, and what a find in the row is worth: in which window (None: false), how much."""

    name: str
    windows: int
    rows: tuple[tuple[float, int | None, float], ...]


def sigmoid(place: float) -> float:
    """What a find is worth by its place: -1 the start of the window, 0 its end, above 0 behind it."""
    return 2 / (1 + math.exp(min(5 * place, 700))) - 1


def worth(count: int, windows: Sequence[tuple[int, int]]) -> list[tuple[int | None, float]]:
    """Of a find in each of `count` rows; `windows`: first and last row of each."""
    found: list[tuple[int | None, float]] = []
    for row in range(count):
        inside = next((number for number, (first, last) in enumerate(windows) if first <= row <= last), None)
        before = [window for window in windows if window[1] < row]
        if inside is not None:
            first, last = windows[inside]
            found.append((inside, sigmoid(-(last - row + 1) / (last - first + 1)) / sigmoid(-1)))
        elif not before:
            found.append((None, -1.0))
        else:
            first, last = before[-1]
            place = (row - last) / max(1, last - first)
            found.append((None, -1.0 if place > FAR_BEHIND else sigmoid(place)))
    return found


def total(series: Scored, threshold: float) -> float:
    """NAB's sum: at most one find a window, each miss -1, each false find a little."""
    best: list[float | None] = [None] * series.windows
    false = 0.0
    free = int(min(FREE_SHARE * len(series.rows), FREE_MOST))
    for score, window, value in series.rows[free:]:
        if score < threshold:
            continue
        if window is None:
            false += FALSE_FIND * value
        else:
            known = best[window]
            best[window] = value if known is None else max(known, value)
    return false + sum(-1.0 if value is None else value for value in best)


def normal(found: float, windows: int) -> float:
    """0: nothing found, and nothing falsely; 100: all at once."""
    return 100 * (found + windows) / (2 * windows)


def scored(folder: Path) -> list[Scored]:
    """Every series that windows.json names and the folder holds."""
    every = []
    for name, spans in json.loads((folder / "windows.json").read_text(encoding="utf-8")).items():
        path = folder / name
        if not path.exists():
            continue
        detector = SeriesDetector()
        with path.open(encoding="utf-8") as lines:
            judged = [detector.judge(record.at, record.value) for record in parse_series(lines, name, UTC)]
        times = [row.at for row in judged]
        windows = [(bisect_left(times, _time(a)), bisect_right(times, _time(b)) - 1) for a, b in spans]
        rows = zip((row.score for row in judged), worth(len(judged), windows), strict=True)
        every.append(Scored(name, len(windows), tuple((score, *value) for score, value in rows)))
    return every


def _time(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def main(folder: str) -> None:
    """Prints each series and all, at the threshold that is best for all."""
    every = scored(Path(folder))
    scores = sorted({score for series in every for score, _window, _value in series.rows if score}, reverse=True)
    tried = {scores[int(len(scores) * (step / THRESHOLDS) ** 3)] for step in range(THRESHOLDS)}
    best = max(tried, key=lambda threshold: sum(total(series, threshold) for series in every))
    for series in every:
        print(f"{series.name:64} {normal(total(series, best), series.windows):6.1f}")
    windows = sum(series.windows for series in every)
    found = sum(total(series, best) for series in every)
    print(f"{'all, at threshold ' + format(best, '.3f'):64} {normal(found, windows):6.1f}")


if __name__ == "__main__":
    main(sys.argv[1])
