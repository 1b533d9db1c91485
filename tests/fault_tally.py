"""What the fault tests of a run came to, whichever worker ran them; told at its end with the seed of their choices."""

from __future__ import annotations

import os
import secrets
from collections import Counter

import pytest

SEED = "FAULT_SEED"
FAULTS = "faults"
"""The property under which a test reports its counts."""


def choose_seed() -> None:
    """The seed of this run: the given one, or a new one. Workers take it over."""
    if not os.environ.get(SEED):
        os.environ[SEED] = str(secrets.randbelow(10**6))


def tell_faults(reporter: pytest.TerminalReporter) -> None:
    """Says what was killed and what it cost."""
    tally: Counter[str] = Counter()
    for reports in reporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "teardown":
                tally.update(dict(report.user_properties).get(FAULTS, {}))
    if not tally:
        return
    kills = sum(count for what, count in tally.items() if what.startswith("kills"))
    reporter.section("faults")
    reporter.line(f"{kills} processes killed, {SEED}={os.environ[SEED]}")
    for what, count in sorted(tally.items()):
        reporter.line(f"{count:6d}  {what}")
