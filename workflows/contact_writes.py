"""A contact writes: the message is stored once, its ticket opened, appended to, reopened or followed up.

Steps, in the caller's transaction: the conversation is created or locked; the live ticket found, or opened (linked
to the closed one before it when that is not long ago); the message stored under its unique key, where a
duplicate stops; the status moved on. The stored message, not yet read, is the job for triage.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk.conversation import AuthorKind, Conversation, Direction, MessageId, Surface
from desk.inbound import InboundMessage, Receipt
from desk.phrases import marked as _
from desk.store import ClockKind, NewMessage
from desk.ticket import Lane, Status, Ticket, Trigger, after
from workflows.care_desk import Topic
from workflows.ticket_moves import hand_to_staff
from workflows.voice import Voice

READ_A_MINUTE = 30
"""Messages of one conversation that are read in a minute; nobody types faster who wants an answer."""

KINDS = {
    "location": _("location"),
    "venue": _("place"),
    "contact": _("contact card"),
    "poll": _("poll"),
    "dice": _("dice"),
    "game": _("game"),
    "story": _("story"),
    "sticker": _("sticker"),
}
"""What nobody can relay, by the platforms' names. Others stay as the platform calls them."""


async def contact_writes(voice: Voice, event: InboundMessage, key: str, conversation: Conversation | None) -> Receipt:
    """Stores the message and moves its ticket. `conversation` is locked, or None when this is the first word."""
    work, now = voice.work, voice.now
    first_word = False
    if conversation is None:
        conversation, first_word = await work.conversations.open(
            event.author, event.address, key, event.surface, now=now
        )
    ticket = None if first_word else await work.tickets.live(conversation.id)
    if ticket is None and not conversation.blocked and event.unsupported is not None and event.is_empty:
        return await _nothing_asked_yet(voice, event, conversation)
    if ticket is None and not conversation.blocked:
        # Where nobody spoke before there is neither a duplicate nor a closed ticket to look for.
        existing = None if first_word else await work.messages.by_external_id(event.channel, event.external_id)
        if existing is not None:
            return Receipt(duplicate=True, message_id=existing.id)
        closed = None if first_word else await work.tickets.latest_closed(conversation.id)
        ticket = await _open_ticket(voice, conversation, closed)
    added = await _keep(voice, event, conversation, ticket)
    if added is None:
        known = await work.messages.by_external_id(event.channel, event.external_id)
        return Receipt(duplicate=True, message_id=known.id if known else None)
    message_id, to_read = added
    await _store_files(voice, event, message_id)
    if ticket is not None and not conversation.blocked:
        await _move_on(voice, ticket)
        if to_read:
            await _after_storing(voice, event, conversation, ticket)
        else:
            await _calm_flood(voice, conversation, ticket)
    return Receipt(message_id=message_id)


async def _nothing_asked_yet(voice: Voice, event: InboundMessage, conversation: Conversation) -> Receipt:
    """The first word is one that nobody can read: it is kept and refused by name, but it is no question yet."""
    added = await _keep(voice, event, conversation, None)
    if added is None:
        known = await voice.work.messages.by_external_id(event.channel, event.external_id)
        return Receipt(duplicate=True, message_id=known.id if known else None)
    await _refuse_by_name(voice, conversation, None, event.unsupported or "")
    return Receipt(message_id=added[0])


async def _keep(
    voice: Voice, event: InboundMessage, conversation: Conversation, ticket: Ticket | None
) -> tuple[MessageId, bool] | None:
    """Stores the message. Its id and whether it shall be read; None when it was there before."""
    message = NewMessage(
        conversation_id=conversation.id,
        ticket_id=ticket.id if ticket else None,
        direction=Direction.INBOUND,
        author=AuthorKind.CONTACT,
        body=_body(event),
        channel=event.channel,
        external_id=event.external_id,
        created_at=voice.now,
        to_read=ticket is not None and not conversation.blocked,
    )
    since = voice.now - timedelta(minutes=1)
    return await voice.work.messages.add_inbound(message, most=READ_A_MINUTE, since=since)


async def _after_storing(voice: Voice, event: InboundMessage, conversation: Conversation, ticket: Ticket) -> None:
    if conversation.surface is Surface.PUBLIC:
        await voice.work.conversations.set_last_external_id(conversation.id, event.external_id)
    if event.unsupported is not None:
        await _refuse_by_name(voice, conversation, ticket, event.unsupported)
    voice.wake(Topic.UNREAD)


async def _calm_flood(voice: Voice, conversation: Conversation, ticket: Ticket) -> None:
    """Beyond the limit messages are kept, not read one by one; contact and staff are told once an hour. Unread words
    can go to no volunteer: the ticket is staff's."""
    ticket = await voice.work.tickets.by_id(ticket.id)
    if ticket.lane is not Lane.STAFF:
        ticket = await hand_to_staff(voice, ticket, conversation, tell=False)
    hour = f"{conversation.id}:{voice.now:%Y%m%d%H}"
    if not await voice.work.events.first_time("flood", hour, now=voice.now):
        return
    text = voice.say(
        conversation.locale,
        _("You are sending very many messages. All are kept, and a person will look at them. Please wait a little."),
    )
    await voice.to_contact(conversation, text, ticket=ticket)
    told = voice.say(
        voice.desk.locale, _("⚠ This contact is sending very many messages; the newest appear on the console only.")
    )
    await voice.to_staff(ticket, told)


def _body(event: InboundMessage) -> str:
    if event.unsupported is not None and not event.text:
        return f"[{event.unsupported}]"
    return f"**{event.title}**\n{event.text}" if event.title else event.text


async def _open_ticket(voice: Voice, conversation: Conversation, closed: Ticket | None) -> Ticket:
    """A new ticket; a follow-up when the conversation's last one closed not long ago."""
    horizon = voice.now - voice.desk.policy().silence.follow_up_window
    follow_up = closed if closed is not None and (closed.solved_at or closed.opened_at) > horizon else None
    ticket = await voice.work.tickets.open(
        conversation,
        locale=conversation.locale or voice.desk.locale,
        follow_up_of=follow_up.id if follow_up else None,
        now=voice.now,
    )
    await voice.work.events.add("TicketOpened", now=voice.now, ticket_id=ticket.id)
    return ticket


async def _store_files(voice: Voice, event: InboundMessage, message_id: MessageId) -> None:
    for file in event.files:
        if file.storage_key is not None:
            await voice.work.messages.add_stored_file(message_id, event.channel, file, storage_key=file.storage_key)
    named = [file for file in event.files if file.storage_key is None]
    if named:
        await voice.work.messages.add_files(message_id, event.channel, named)
        voice.wake(Topic.ATTACHMENTS, event.channel)


async def _move_on(voice: Voice, ticket: Ticket) -> None:
    """The contact's word moves the status. A ticket that was solved is reopened and decided anew."""
    status = after(ticket.status, Trigger.CONTACT_WROTE)
    moved = replace(ticket, status=status, waiting_since=ticket.waiting_since or voice.now)
    if ticket.status is Status.SOLVED:
        moved = replace(moved, assignee_id=None, lease_expires_at=None, solved_at=None)
        await voice.work.events.add("TicketReopened", now=voice.now, ticket_id=ticket.id)
    if moved == ticket:
        return
    await voice.work.tickets.save(moved)
    if ticket.status in (Status.PENDING, Status.SOLVED):
        await voice.work.clocks.stop(ticket.id, ClockKind.SILENCE, ClockKind.CLOSE)


async def _refuse_by_name(voice: Voice, conversation: Conversation, ticket: Ticket | None, name: str) -> None:
    text = voice.say(
        conversation.locale,
        _("I cannot pass on this kind of message ({name}). Please say it in words or send a photo."),
        name=voice.say(conversation.locale, KINDS.get(name, name)),
    )
    await voice.to_contact(conversation, text, ticket=ticket)
