"""Order and honesty of a test run: quick folders first, and at the end which tests were left out for want of what.

With CI set to true a test left out is a failure: what was not run proves nothing.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.fault_tally import tell_faults

ORDER = ("architecture", "unit", "contract", "integration", "acceptance", "browser", "eval")
HERE = Path(__file__).parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick folders first; within a folder as collected."""
    items.sort(key=lambda item: _rank(item.path))


def _rank(path: Path) -> int:
    folder = path.relative_to(HERE).parts[0] if path.is_relative_to(HERE) else ""
    return ORDER.index(folder) if folder in ORDER else len(ORDER)


def _reasons(reporter: pytest.TerminalReporter) -> Counter[str]:
    reasons: Counter[str] = Counter()
    for report in reporter.stats.get("skipped", []):
        said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[said.removeprefix("Skipped: ")] += 1
    return reasons


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true, a run that left tests out ends with a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and _is_ci() and _reasons(reporter) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says what was left out, and before that what the fault tests came to."""
    tell_faults(terminalreporter)
    reasons = _reasons(terminalreporter)
    if not reasons:
        terminalreporter.write_line("No test was left out.")
        return
    terminalreporter.section("left out", red=_is_ci(), yellow=not _is_ci())
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"{count} test{'s' if count > 1 else ''}: {reason}")
    if _is_ci():
        terminalreporter.write_line("CI=true: a test left out counts as a failure.")


def _is_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}
