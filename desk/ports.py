"""Ports: what the desk needs from outside. Adapters are joined to them in app/wiring.py only.

The storage ports stand in desk/store/, the classifier in desk/classifying.py.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime
from typing import Protocol

from desk.conversation import Address
from desk.inbound import InboundEvent, Receipt
from desk.outbound import ChannelLimits, OutboundMessage
from desk.people import Locale

ReceiveEvent = Callable[[InboundEvent], Awaitable[Receipt]]
"""Commits the event, then returns. Raises InputRejected for hostile input, StorageUnavailable when nothing could be
committed: the adapter must then not acknowledge, and try again."""


class Channel(Protocol):
    """A platform on which contacts, volunteers and staff write.

    `send` returns the platform's id of the new message, in the same form in which `InboundMessage.external_id` and
    `reply_to` name messages of this channel. Errors are desk.errors.DeliveryError and its children only.
    """

    name: str
    limits: ChannelLimits

    async def listen(self, receive: ReceiveEvent) -> None:
        """Runs until cancelled: connects, catches up, hands each update to `receive`, acknowledges when it returns."""

    async def send(self, to: Address, message: OutboundMessage) -> str:
        """Sends one message. Returns its external id."""

    async def edit(self, to: Address, external_id: str, message: OutboundMessage) -> None:
        """Replaces text and buttons of a message sent before. Unchanged is no error."""

    async def delete(self, to: Address, external_id: str) -> None:
        """Takes a message back. Already gone is no error."""

    async def open_thread(self, room: Address, title: str) -> Address:
        """Opens a forum topic or thread in a staff room."""

    async def close_thread(self, thread: Address) -> None:
        """Closes or archives it. Already gone is no error."""

    async def private_chat(self, account: str) -> Address | None:
        """Where the bot can write to somebody alone, as far as the platform tells. None: nowhere."""

    async def hide(self, place: Address, external_id: str) -> bool:
        """Takes somebody's message out of a public place; already gone counts. False: the bot may not."""

    def fetch(self, source: str) -> AsyncIterator[bytes]:
        """Streams the file that InboundFile.source names. Raises DeliveryError."""

    async def close(self) -> None:
        """Lets go of sockets and sessions."""


class Files(Protocol):
    """Own storage for attachments."""

    async def store(self, chunks: AsyncIterator[bytes], *, limit: int) -> tuple[str, int]:
        """Keeps a stream. Returns its key and size in bytes. Raises InputRejected above `limit` bytes."""

    def open(self, key: str) -> AsyncIterator[bytes]:
        """Streams what is kept. Raises NotFound."""

    async def forget(self, key: str) -> None:
        """Deletes it. Unknown is no error."""


class Clock(Protocol):
    """Tells the time, aware UTC."""

    def now(self) -> datetime:
        """The instant now."""


class Poke(Protocol):
    """Wakes workers early. Never needed for correctness: they look by themselves now and then."""

    def __call__(self, topic: str, detail: str = "") -> None:
        """Says that there is work of this kind, after the commit. Coalesced, never blocks, never raises."""


class Phrases(Protocol):
    """Texts in the contact's language (gettext catalogues)."""

    def say(self, locale: Locale | None, text: str, /, **values: object) -> str:
        """The translation of the English `text`, with {values} filled in. None: the desk's own locale."""


class CursorStore(Protocol):
    """Where an adapter keeps how far it has read (Discord's last message a channel)."""

    async def position(self, channel: str, source: str) -> str | None:
        """The last stored position, or None."""

    async def positions(self, channel: str) -> Mapping[str, str]:
        """All stored positions of a channel."""

    async def advance(self, channel: str, source: str, position: str) -> None:
        """Stores a position. Never goes backwards (compared by length, then text)."""
