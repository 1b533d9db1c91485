"""A fuse: kills its own process with SIGKILL right after the n-th effect.

Effects are all that others can see: a commit, a statement outside of transactions (each is committed by itself), a
platform's answer. A kill between two statements inside a transaction is the same to everybody as one just before its
commit, which is a point of its own. A claim that found nothing is no effect.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any

from asyncpg.pool import Pool
from asyncpg.transaction import Transaction

from db.session import Session

NEVER = 0
CALLS = ("send", "edit", "delete", "open_thread", "close_thread")


class Fuse:
    """Counts effects by name; dies after number `at`."""

    def __init__(self, at: int, told: Callable[[str], None]) -> None:
        self._at, self._told, self._count = at, told, 0

    def burn(self, effect: str) -> None:
        """One effect happened."""
        self._count += 1
        self._told(effect)
        if self._count == self._at:
            os.kill(os.getpid(), signal.SIGKILL)

    def lay(self, channel: Any) -> None:
        """From now on every effect of this process burns it. For processes of their own only."""
        for name in ("all", "one", "value", "run"):
            setattr(Session, name, self._statement(getattr(Session, name)))
        Transaction.commit = self._commit(Transaction.commit)
        for name in CALLS:
            setattr(channel, name, self._after(getattr(channel, name), name))

    def _statement(self, run: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def wrapped(session: Session, sql: str, *values: object) -> Any:
            answer = await run(session, sql, *values)
            if isinstance(session._connection, Pool) and answer != []:
                self.burn("statement")
            return answer

        return wrapped

    def _commit(self, commit: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        async def wrapped(transaction: Transaction) -> None:
            self.burn("before commit")
            await commit(transaction)
            self.burn("commit")

        return wrapped

    def _after(self, call: Callable[..., Awaitable[Any]], name: str) -> Callable[..., Awaitable[Any]]:
        async def wrapped(*values: Any) -> Any:
            answer = await call(*values)
            self.burn(name)
            return answer

        return wrapped
