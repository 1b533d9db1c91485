"""Processes to kill. They are forked from a parent that has imported everything, so a start costs milliseconds.

Kills are counted for the whole run and told at its end, like what the platform got twice because of them.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

PRELOADED = ["tests.faults.duties"]
JOIN_SECONDS = 30


class Victims:
    """Starts and kills. All that still runs dies at the end of the block."""

    def __init__(self, tally: Counter[str]) -> None:
        self.tally = tally
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(PRELOADED)
        self._running: list[BaseProcess] = []

    def start(self, duty: Callable[..., None], *values: Any) -> BaseProcess:
        """A process that does its duty until it is killed."""
        process = self._context.Process(target=duty, args=values, daemon=True)
        process.start()
        self._running.append(process)
        return process

    def start_reporting(self, duty: Callable[..., None], *values: Any) -> tuple[BaseProcess, Connection]:
        """Likewise; what it reports comes out of the connection."""
        ours, theirs = self._context.Pipe(duplex=False)
        process = self.start(duty, *values, theirs)
        theirs.close()
        return process, ours

    @property
    def newest(self) -> BaseProcess:
        """The process started last."""
        return self._running[-1]

    def kill(self, process: BaseProcess, kind: str) -> None:
        """kill -9, counted if it met a living process."""
        if process.is_alive():
            process.kill()
            process.join(JOIN_SECONDS)
            self.died(process, kind)

    def died(self, process: BaseProcess, kind: str) -> None:
        """Counts a death, whoever brought it."""
        assert process.exitcode == -9, f"a process ended by itself with {process.exitcode}: see what it printed"
        self.tally[f"kills: {kind}"] += 1

    async def ended(self, process: BaseProcess) -> int:
        """Waits for the end. Returns the exit code."""
        await asyncio.to_thread(process.join, JOIN_SECONDS)
        assert process.exitcode is not None, f"still alive after {JOIN_SECONDS} s"
        return process.exitcode

    def __enter__(self) -> Victims:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running:
            if process.is_alive():
                process.kill()
            process.join(JOIN_SECONDS)


def reports(connection: Connection) -> list[Any]:
    """Everything a process has reported, also after its death."""
    said = []
    with suppress(EOFError, OSError):
        while connection.poll():
            said.append(connection.recv())
    return said
