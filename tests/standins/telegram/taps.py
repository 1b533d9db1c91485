"""A person's tap on an inline button: the callback query, and the bot's answer to it.

The bot has `tap_seconds` to answer once; later, or a second time, the platform says the query is too old.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from .messages import StoredMessage

if TYPE_CHECKING:
    from .accounts import Account


@dataclass(frozen=True)
class Answer:
    """What the person sees on the tap: a passing notice, or a box to close when `alert`."""

    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass(eq=False)
class Tap:
    """One tap under way. `await tap.answered()` waits for the bot."""

    id: str
    person: Account
    message: StoredMessage
    data: str
    at: float = field(default_factory=monotonic)
    result: asyncio.Future[Answer] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def is_open(self, seconds: float) -> bool:
        return not self.result.done() and monotonic() - self.at <= seconds

    async def answered(self, timeout: float = 5) -> Answer:
        """Raises AssertionError, with the chat, when the bot lets the person wait."""
        try:
            return await asyncio.wait_for(asyncio.shield(self.result), timeout)
        except TimeoutError:
            chat = self.message.chat.transcript()
            raise AssertionError(f"no answer to {self.person.name}'s tap {self.data!r}\n{chat}") from None
