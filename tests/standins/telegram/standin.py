"""A test's handle on the stand-in: people, chats, trouble, and what the bot did.

    async with TelegramStandIn() as telegram:
        anna = telegram.person("Anna", language="de")
        anna.writes("Wo ist mein Paket?")
        answer = await anna.private_chat().wait_for("Paket")

It listens on a free loopback port; `url` goes into TelegramAPIServer.from_base and `token` into Bot.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from .chats import Chat
from .faults import Fault
from .messages import StoredMessage
from .people import Person
from .server import BotApiServer
from .updates import Update


class TelegramStandIn(BotApiServer):
    """Telegram as a test steers it."""

    # --- people and chats ---

    def person(self, name: str, last_name: str = "", username: str = "", language: str = "de") -> Person:
        return self.platform.add_person(name, last_name, username, language)

    def group(
        self, title: str, members: Sequence[Person] = (), bot_status: str = "member", supergroup: bool = False
    ) -> Chat:
        """A group with the bot in it ("left": without); the first member owns it."""
        kind = "supergroup" if supergroup else "group"
        return self.platform.add_group(title, list(members), kind, bot_status, forum=False)

    def forum(self, title: str, members: Sequence[Person] = (), bot_status: str = "administrator") -> Chat:
        return self.platform.add_group(title, list(members), "supergroup", bot_status, forum=True)

    def transcript(self, chat: Chat | None = None) -> str:
        """One chat, or all that were written in, as people read them."""
        chats = [chat] if chat else [each for each in self.platform.chats.values() if each.messages]
        return "\n".join(each.transcript() for each in chats)

    # --- trouble ---

    def fail_next(self, method: str = "*", code: int = 500, chat: Chat | None = None, **how: Any) -> Fault:
        """The next call is refused. `how`: retry_after, description, times, stored, delay, body (raw), do."""
        fault = Fault(method, code, chat_id=chat.id if chat else None, **how)
        self.faults.append(fault)
        return fault

    def drop_next(self, method: str = "*", stored: bool = False, **how: Any) -> Fault:
        """The next call's connection breaks; when `stored`, after it took effect. `do` runs just before."""
        return self.fail_next(method, 0, stored=stored, **how)

    def slow_next(self, method: str, seconds: float, **how: Any) -> Fault:
        return self.fail_next(method, 200, delay=seconds, stored=True, **how)

    def redeliver_last(self, count: int = 1) -> list[Update]:
        """Forgets that the last updates were acknowledged: they come again."""
        return self.platform.updates.redeliver(count)

    def raw_update(self, payload: dict[str, Any], lane: int = 0) -> Update:
        """Queues an update as it is, malformed or foreign; it gets an update_id unless it has one."""
        return self.platform.updates.put_raw(payload, lane)

    def expire_taps(self) -> None:
        """Every tap so far is too old to answer."""
        self.platform.taps.clear()

    @property
    def is_polled(self) -> bool:
        return self.platform.updates.is_polled

    @property
    def pending(self) -> list[Update]:
        """Updates the bot has not acknowledged."""
        return list(self.platform.updates.pending)

    async def until(self, look: Callable[[], object], what: str = "it", timeout: float = 5) -> None:
        """Waits until `look` is true, asking every few milliseconds. Seconds."""
        end = asyncio.get_running_loop().time() + timeout
        while not look():
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"waited {timeout} s for {what} in vain\n{self.transcript()}")
            await asyncio.sleep(0.005)

    async def caught_up(self, timeout: float = 5) -> None:
        """Waits until every update was acknowledged."""
        await self.until(lambda: not self.platform.updates.pending, "the acknowledgement", timeout)

    @property
    def messages(self) -> list[StoredMessage]:
        """The bot's standing messages in all chats."""
        return [message for chat in self.platform.chats.values() for message in chat.from_bot]
