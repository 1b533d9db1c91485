"""The web chat as a channel: sending is waking the pages that show the conversation.

What is said is stored before it is sent, and pages read it from there (bots/web_events.py), so a message can
neither get lost nor double on its way, and a page that sleeps finds everything when it comes back. Nothing comes in
by `listen`: pages write to the HTTP API (bots/web_chat.py).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

from desk.conversation import Address
from desk.errors import MessageRefused
from desk.outbound import ChannelLimits, OutboundMessage
from desk.ports import Poke, ReceiveEvent
from desk.splitting import units
from workflows.care_desk import Topic
from workflows.web_talk import WEB

CHARACTERS = 20_000
CHAT_ID = re.compile(r"[A-Za-z0-9_-]{22}")


class WebChannel:
    """Port `Channel` for the web chat. `poke` reaches the pages of every process."""

    name = WEB
    limits = ChannelLimits(
        characters=CHARACTERS,
        caption=CHARACTERS,
        per_second=1000.0,
        per_chat_second=50.0,
        file_bytes=20 * 1024 * 1024,
    )
    health = "connected"

    def __init__(self, poke: Poke) -> None:
        self._poke = poke

    async def check(self) -> str:
        """Who answers here: the desk itself, always."""
        return "web chat"

    async def listen(self, receive: ReceiveEvent) -> None:
        """Waits until cancelled: pages come to us."""
        await asyncio.Event().wait()

    async def send(self, to: Address, message: OutboundMessage) -> str:
        """Shows a stored message. The same attempt again shows nothing twice."""
        if units(message.text) > CHARACTERS:
            raise MessageRefused(f"longer than {CHARACTERS} characters")
        self._show(to)
        return f"{WEB}:{message.idempotency_key}"

    async def edit(self, to: Address, external_id: str, message: OutboundMessage) -> None:
        """Shows the new version, which is stored already."""
        if not external_id.startswith(f"{WEB}:"):
            raise MessageRefused("not a message of the web chat")
        self._show(to)

    async def delete(self, to: Address, external_id: str) -> None:
        """Shows that it is gone."""
        self._show(to)

    async def open_thread(self, room: Address, title: str) -> Address:
        """There are no staff rooms here."""
        raise MessageRefused("the web chat has no staff rooms")

    async def close_thread(self, thread: Address) -> None:
        """There is nothing to close."""

    async def private_chat(self, account: str) -> Address | None:
        """Nobody is in public here."""
        return None

    async def hide(self, place: Address, external_id: str) -> bool:
        """Nobody else reads along here: there is nothing to hide."""
        return False

    async def fetch(self, source: str) -> AsyncIterator[bytes]:
        """Uploads are stored as they come; nothing is fetched later."""
        raise MessageRefused("uploads are stored as they come")
        yield b""

    async def close(self) -> None:
        """Holds nothing."""

    def _show(self, to: Address) -> None:
        if to.channel != WEB or not CHAT_ID.fullmatch(to.chat):
            raise MessageRefused("not a web chat")
        self._poke(Topic.CONVERSATION, f"{WEB} {to.chat}")
