"""Speaking: puts words on the outbox inside a transaction, in the hearer's language, split to what the channel takes.

Streams keep order: everything to one conversation leaves in the order in which it was committed (its row is locked
while we speak), likewise everything about one ticket in one staff room, and everything to one responder.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import NamedTuple

from desk.conversation import (
    Address,
    AttachmentId,
    AuthorKind,
    ButtonRows,
    Conversation,
    Direction,
    MessageId,
    Surface,
)
from desk.outbound import OutboxEntry, one_a_message
from desk.people import Account, Locale, Reachability, Responder
from desk.store import NewMessage, Work
from desk.ticket import Ticket, TicketId
from workflows.buttons import ButtonTexts
from workflows.care_desk import CareDesk, Topic

CONSOLE = "console"
"""The channel of accounts that live on the web console: they see pages, nothing is sent to them."""

ROOM_FOR_FORMATTING = 96
SHORTEST_LIMIT = 2000


class Origin(NamedTuple):
    """Where a responder wrote the message that we pass on: a redelivery of it must change nothing."""

    channel: str
    external_id: str


@asynccontextmanager
async def speaking(desk: CareDesk) -> AsyncIterator[Voice]:
    """One transaction with a voice in it: what was said is written at its end, workers are woken after the commit."""
    async with desk.store.begin() as work:
        voice = Voice(desk, work, desk.clock.now())
        yield voice
        await voice.flush()
    voice.pokes()


class Voice:
    """Speaks for the desk in one transaction; made by `speaking`, which calls `flush` at the end.

    What is said is gathered and goes to the outbox in one statement, in the order it was said.
    """

    def __init__(self, desk: CareDesk, work: Work, now: datetime) -> None:
        self.desk, self.work, self.now = desk, work, now
        self._said: list[OutboxEntry] = []
        self._to_wake: set[tuple[str, str]] = set()

    def say(self, locale: Locale | None, text: str, /, **values: object) -> str:
        """A phrase in `locale`."""
        return self.desk.phrases.say(locale, text, **values)

    def buttons(self, locale: Locale | None) -> ButtonTexts:
        """Buttons in `locale`."""
        return ButtonTexts(self.desk.phrases, locale)

    def wake(self, topic: str, detail: str = "") -> None:
        """Remembers a worker to wake: before the commit it would find nothing."""
        self._to_wake.add((topic, detail))

    def pokes(self) -> None:
        """Wakes the workers that have something to do now. After the commit."""
        for topic, detail in self._to_wake:
            self.desk.poke(topic, detail)
        self.desk.poke(Topic.CONSOLE)

    async def to_contact(
        self,
        conversation: Conversation,
        text: str,
        *,
        ticket: Ticket | None,
        buttons: ButtonRows = (),
        author: AuthorKind = AuthorKind.BOT,
        responder: Responder | None = None,
        attachments: Sequence[AttachmentId] = (),
        label: str = "",
        further: str = "",
        origin: Origin | None = None,
    ) -> MessageId | None:
        """Stores and sends it. `label` stands before the text on the channel only, `further` before each other part."""
        message_id = await self.work.messages.add(
            NewMessage(
                conversation_id=conversation.id,
                ticket_id=ticket.id if ticket else None,
                direction=Direction.OUTBOUND,
                author=author,
                responder_id=responder.id if responder else None,
                body=text,
                channel=origin.channel if origin else conversation.address.channel,
                external_id=origin.external_id if origin else None,
                buttons=buttons,
                created_at=self.now,
            )
        )
        if message_id is None:
            return None
        said = f"{label}{text}"
        await self.deliver_to_contact(
            conversation, message_id, said, ticket=ticket, buttons=buttons, attachments=attachments, further=further
        )
        return message_id

    async def deliver_to_contact(
        self,
        conversation: Conversation,
        message_id: MessageId,
        text: str,
        *,
        ticket: Ticket | None,
        buttons: ButtonRows = (),
        attachments: Sequence[AttachmentId] = (),
        further: str = "",
    ) -> None:
        """Puts a stored message on the conversation's stream."""
        reply_to = conversation.last_external_id if conversation.surface is Surface.PUBLIC else None
        whole = OutboxEntry(
            stream=f"conversation:{conversation.id}",
            address=conversation.address,
            text=text,
            buttons=buttons,
            message_id=message_id,
            ticket_id=ticket.id if ticket else None,
            reply_to=reply_to,
        )
        await self._put(whole, attachments, further)
        self.wake(Topic.CONVERSATION, f"{conversation.address.channel} {conversation.key}")

    async def to_staff(
        self,
        ticket: Ticket,
        text: str,
        *,
        buttons: ButtonRows = (),
        message_id: MessageId | None = None,
        attachments: Sequence[AttachmentId] = (),
        except_channel: str | None = None,
    ) -> None:
        """Into the ticket's thread of every staff room."""
        for room in self.desk.staff_rooms:
            if room.channel == except_channel:
                continue
            whole = OutboxEntry(
                stream=f"staff:{room.channel}:{ticket.id}",
                address=room,
                text=text,
                buttons=buttons,
                message_id=message_id,
                ticket_id=ticket.id,
                staff_ticket_id=ticket.id,
            )
            await self._put(whole, attachments)

    async def to_responder(
        self,
        responder: Responder,
        text: str,
        *,
        ticket_id: TicketId | None = None,
        buttons: ButtonRows = (),
        message_id: MessageId | None = None,
        attachments: Sequence[AttachmentId] = (),
    ) -> None:
        """To the responder's own chat. A responder who lives on the console only sees it there."""
        await self.to_responders(
            [(responder, text, buttons)], ticket_id=ticket_id, message_id=message_id, attachments=attachments
        )

    async def to_responders(
        self,
        told: Sequence[tuple[Responder, str, ButtonRows]],
        *,
        ticket_id: TicketId | None = None,
        message_id: MessageId | None = None,
        attachments: Sequence[AttachmentId] = (),
        channel: str | None = None,
    ) -> None:
        """To several responders, each in words of their own, about one ticket; on `channel` where they are there."""
        accounts = await self.work.people.accounts([responder.id for responder, _text, _buttons in told])
        for responder, text, buttons in told:
            account = preferred([one for one in accounts if one.responder_id == responder.id], channel)
            if account is None or account.chat is None:
                continue
            whole = OutboxEntry(
                stream=f"responder:{account.channel}:{responder.id}",
                address=Address(account.channel, account.chat),
                text=text,
                buttons=buttons,
                message_id=message_id,
                ticket_id=ticket_id,
                responder_id=responder.id,
            )
            await self._put(whole, attachments)

    async def to_address(self, address: Address, text: str, *, buttons: ButtonRows = ()) -> None:
        """An answer to a command, where it was given."""
        stream = f"chat:{address.channel}:{address.key}"
        await self._put(OutboxEntry(stream=stream, address=address, text=text, buttons=buttons))

    async def put(self, entries: Sequence[OutboxEntry]) -> None:
        """Puts ready entries (edits, deletions) on the outbox."""
        self._said += entries

    async def flush(self) -> None:
        """Writes what was said so far."""
        said, self._said = self._said, []
        if said:
            await self.work.outbox.put(said, now=self.now)
            for entry in said:
                self.wake(Topic.OUTBOX, entry.address.channel)

    def room_for(self, channel: str) -> int:
        """How many characters of ours one message of the channel holds."""
        limits = self.desk.limits.get(channel)
        return (limits.characters if limits else SHORTEST_LIMIT) - ROOM_FOR_FORMATTING

    async def _put(self, whole: OutboxEntry, attachments: Sequence[AttachmentId] = (), further: str = "") -> None:
        room = self.room_for(whole.address.channel)
        await self.put(one_a_message(whole, attachments, characters=room, further=further))


def preferred(accounts: Sequence[Account], channel: str | None = None) -> Account | None:
    """Where a responder is told things: the newest reachable account that is a chat, on `channel` if there is one. With
    none, whoever lives on the console sees them there; for anybody else one that was not reachable is tried again."""
    chats = [one for one in accounts if one.channel != CONSOLE and one.chat is not None]
    reachable = [one for one in chats if one.reachability is Reachability.REACHABLE]
    if reachable:
        return sorted(reachable, key=lambda one: one.channel == channel)[-1]
    on_console = any(one.channel == CONSOLE for one in accounts)
    return chats[-1] if chats and not on_console else None
