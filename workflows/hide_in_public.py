"""Personal data stand where everybody reads them: they go to a private chat, and out of the public place.

1. `protect`, with the message's reading: a row on the outbox.
2. `go_private`, when it is the row's turn: the words are sent to their author alone. When the author is who asked,
   their question goes on there: the ticket moves to the private conversation. Then the row of the third step.
3. `hide`: the message is deleted where the bot may. In public the bot says what it did, or what the author should do;
   never what stood there. When the author takes no private messages, it names the web chat.

What the desk hides is kept for whoever answers; a deletion of the author's own is not (workflows/mirror_change.py).
"""

from __future__ import annotations

from dataclasses import replace

from desk.conversation import (
    Address,
    AuthorKind,
    Conversation,
    Direction,
    Message,
    MessageId,
    Surface,
    conversation_key,
)
from desk.errors import DeliveryError
from desk.outbound import Operation, OutboundMessage, OutboxEntry, OutboxRow
from desk.people import Author, Locale
from desk.phrases import marked as _
from desk.ports import Channel
from desk.splitting import split
from desk.store import NewMessage
from desk.ticket import Lane, Ticket
from workflows.care_desk import CareDesk, Topic
from workflows.ticket_moves import settle_quietly
from workflows.voice import Voice, speaking

WENT_PRIVATE = "private"
ROOM_FOR_WORDS = 400
YOURS_MOVED = _(
    "🔒 Your message held personal data, and everybody could read it. Let us go on here, where only you and we read:"
    "\n\n{text}"
)
YOURS_RETURNED = _(
    "🔒 Your message held personal data, and everybody could read it. Here it is; please say it without them:\n\n{text}"
)
STAFF_KNOW = _("🔒 It goes on in private: from now on only the contact reads your answers.")
HIDDEN_MOVED = _("🔒 I have hidden a message with personal data and written to its author in private.")
HIDDEN = _("🔒 I have hidden a message with personal data. In private you can write to us here: {link}")
WARNED_MOVED = _(
    "🔒 Everybody can read along here. Please delete the message with personal data; I have written to you in private."
)
WARNED = _(
    "🔒 Everybody can read along here. Please delete the message with personal data. In private you can write to us"
    " here: {link}"
)


async def protect(
    voice: Voice, conversation: Conversation, message_id: MessageId, external_id: str, account: str
) -> None:
    """Begins it for a message, once. The conversation is the public one, locked."""
    if not await voice.work.events.first_time("desk", f"protect:{message_id}", now=voice.now):
        return
    await voice.put(
        [
            OutboxEntry(
                stream=f"conversation:{conversation.id}",
                address=conversation.address,
                operation=Operation.GO_PRIVATE,
                text=account,
                reply_to=external_id,
                message_id=message_id,
            )
        ]
    )


async def go_private(desk: CareDesk, channel: Channel, row: OutboxRow) -> None:
    """The second step. Raises DeliveryError when it may work later."""
    async with desk.store.begin() as work:
        message = await work.messages.by_id(_id(row))
        conversation = await work.conversations.by_id(message.conversation_id)
        is_askers = message.author is AuthorKind.CONTACT
    if message.deleted_at is not None:
        return
    private = await _written_to(desk, channel, row, message, conversation.locale)
    async with speaking(desk) as voice:
        conversation = await voice.work.conversations.lock(conversation.id)
        await voice.work.public_answers.note_hidden(message.id, now=voice.now)
        if private is not None and is_askers:
            await _go_on_in_private(voice, row, message, conversation, private)
        hide_it = replace(
            row.entry,
            operation=Operation.HIDE,
            text=WENT_PRIVATE if private else "",
            attachment_id=message.attachments[0].id if message.attachments else None,
        )
        await voice.put([hide_it])


async def hide(desk: CareDesk, channel: Channel, row: OutboxRow) -> None:
    """The third step. Raises DeliveryError when it may work later."""
    try:
        hidden = await channel.hide(row.entry.address, row.entry.reply_to or "")
    except DeliveryError as error:
        if not error.permanent:
            raise
        hidden = False
    async with speaking(desk) as voice:
        message = await voice.work.messages.by_id(_id(row))
        conversation = await voice.work.conversations.lock(message.conversation_id)
        if not await voice.work.events.first_time("desk", f"hidden:{message.id}", now=voice.now):
            return
        await voice.work.events.add(
            "HiddenInPublic" if hidden else "WarnedInPublic", now=voice.now, ticket_id=message.ticket_id
        )
        moved = row.entry.text == WENT_PRIVATE
        text = (HIDDEN_MOVED if moved else HIDDEN) if hidden else (WARNED_MOVED if moved else WARNED)
        said = voice.say(conversation.locale, text, link=f"{desk.public_url}/chat")
        place = replace(conversation, last_external_id=None if hidden else message.external_id)
        await voice.to_contact(place, said, ticket=None)


async def _written_to(
    desk: CareDesk, channel: Channel, row: OutboxRow, message: Message, locale: Locale | None
) -> Address | None:
    """Sends the author their words alone. None: they take none. Sent again, after a crash, under the same key."""
    private = await channel.private_chat(row.entry.text)
    if private is None:
        return None
    words = YOURS_MOVED if message.author is AuthorKind.CONTACT else YOURS_RETURNED
    own = split(_own_words(message), channel.limits.characters - ROOM_FOR_WORDS)[0]
    text = desk.phrases.say(locale, words, text=own)
    try:
        await channel.send(private, OutboundMessage(text, idempotency_key=f"zuruf-p{row.id}"))
    except DeliveryError as error:
        if not error.permanent:
            raise
        return None
    return private


def _own_words(message: Message) -> str:
    quoted = "\n".join(f"> {line}" for line in message.body.splitlines())
    return quoted or "> …"


async def _go_on_in_private(
    voice: Voice, row: OutboxRow, message: Message, public: Conversation, address: Address
) -> None:
    """The ticket moves to the private conversation; where a question is live there, the words are added to that one."""
    ticket = await voice.work.tickets.live(public.id)
    identities = await voice.work.people.identities(public.contact_id)
    name = next((one.name for one in identities if one.external_id == row.entry.text), "")
    author = Author(address.channel, row.entry.text, name, public.locale)
    key = conversation_key(address, Surface.PRIVATE, author.external_id)
    private, _new = await voice.work.conversations.open(author, address, key, Surface.PRIVATE, now=voice.now)
    if ticket is None or private.contact_id != public.contact_id or private.blocked:
        return
    if public.locale is not None:
        await voice.work.people.set_locale(private.id, public.locale)
    await voice.work.events.add("ContinuedInPrivate", now=voice.now, ticket_id=ticket.id)
    other = await voice.work.tickets.live(private.id)
    if other is None:
        await voice.work.tickets.continue_in(ticket.id, private.id)
        if ticket.lane is Lane.STAFF:
            await voice.to_staff(ticket, voice.say(voice.desk.locale, STAFF_KNOW))
    else:
        await _add_to(voice, other, private, message)
        await settle_quietly(voice, ticket)


async def _add_to(voice: Voice, ticket: Ticket, private: Conversation, message: Message) -> None:
    await voice.work.messages.add(
        NewMessage(
            conversation_id=private.id,
            ticket_id=ticket.id,
            direction=Direction.INBOUND,
            author=AuthorKind.CONTACT,
            body=message.body,
            channel=private.address.channel,
            created_at=voice.now,
            to_read=True,
        )
    )
    voice.wake(Topic.UNREAD)


def _id(row: OutboxRow) -> MessageId:
    assert row.entry.message_id is not None  # noqa: S101 - such rows always name one
    return row.entry.message_id
