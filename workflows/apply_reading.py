"""Applies one reading to its ticket, in one transaction. See workflows/triage.py for the four cases.

A message that the contact changed is read again (workflows/mirror_change.py) and takes the same ways. Whoever is in
danger is told at once where to find help, before anything else (workflows/look_after.py).
"""

from __future__ import annotations

from dataclasses import replace

from desk.asking import Asking, AskingTrigger
from desk.conversation import Conversation, Message, Surface
from desk.people import Locale, ResponderId
from desk.phrases import marked as _
from desk.public_answer import to_hide
from desk.reading import GREETING, Reading, Urgency
from desk.store import UnreadMessage
from desk.ticket import Lane, Priority, Status, Ticket, Trigger
from routing.decide import Decision
from workflows.accept_offer import release_to_peers
from workflows.ask_which import ask_if_it_helps
from workflows.care_desk import CareDesk
from workflows.end_asking import end_asking, open_asking
from workflows.file_ticket import carry_out, decided, facts_of, file_ticket, only_for_staff
from workflows.hide_in_public import protect
from workflows.lease import start_lease
from workflows.look_after import look_after
from workflows.note_outcome import outcome_taken_back
from workflows.reopen import reopened_by, settle_again, solved_by_contact, tell_reopened
from workflows.small_talk import SMALL_TALK, small_talk
from workflows.talk_of_incident import ask_if_same, follow_if_same, said_while_waiting, staff_hear_not_over
from workflows.tell_wait import tell_wait_again
from workflows.ticket_moves import files_named, move
from workflows.voice import Voice, speaking

SAID = _("💬 {text}")
CHANGED = _("✏ The contact changed a message:\n{text}")


async def apply_reading(
    desk: CareDesk, unread: UnreadMessage, reading: Reading, together: Reading | None = None
) -> None:
    """Stores the reading and does what it asks for. Nothing happens when the message was read meanwhile. `together`:
    of the message with the words before it, which the contact was asked about."""
    async with speaking(desk) as voice:
        ticket, conversation = await voice.work.tickets.lock(unread.ticket_id)
        if not await voice.work.messages.save_reading(unread.id, reading, now=voice.now):
            return
        message = await voice.work.messages.by_id(unread.id)
        if message.deleted_at is None and ticket.status is not Status.CLOSED:
            conversation, ticket = await _note_language(voice, conversation, ticket, reading)
            exposed = conversation.surface is Surface.PUBLIC and to_hide(reading.personal_data)
            await look_after(voice, ticket, conversation, reading)
            asking = await open_asking(voice, ticket)
            if asking is not None:
                await _said_more(voice, ticket, conversation, message, together or reading, asking)
            elif ticket.status is Status.SOLVED:
                await _overtaken(voice, ticket, conversation, message, reading)
            else:
                await _route(voice, ticket, conversation, message, reading)
            if exposed and message.external_id is not None:
                await protect(voice, conversation, message.id, message.external_id, conversation.account)


async def _said_more(
    voice: Voice, ticket: Ticket, conversation: Conversation, message: Message, reading: Reading, asking: Asking
) -> None:
    """Words instead of a tap: decided by all of them, without asking a second time. A mere picture says nothing new."""
    if any(char.isalpha() for char in message.body):
        state = await end_asking(voice, asking, AskingTrigger.WRITE)
        await file_ticket(voice, ticket, conversation, message, reading, facts_of(ticket, state))


async def _overtaken(
    voice: Voice, ticket: Ticket, conversation: Conversation, message: Message, reading: Reading
) -> None:
    """It was solved between writing and reading. If the contact said so, it is; whoever else did had not seen this."""
    if reading.danger is None and await solved_by_contact(voice, ticket):
        if ticket.lane is Lane.STAFF:
            await _relay_to_staff(voice, ticket, message, reading, SAID)
        return
    opened = await move(voice, ticket, Trigger.RESUMED, waiting_since=message.created_at)
    await _route(voice, opened, conversation, message, reading)


async def apply_edit(
    voice: Voice, ticket: Ticket, conversation: Conversation, message: Message, reading: Reading, *, staff_see_it: bool
) -> None:
    """A contact changed a message that was read before; those who read it get the new text. The ticket is locked."""
    if not ticket.is_live or ticket.status is Status.SOLVED:
        return
    await look_after(voice, ticket, conversation, reading)
    if ticket.lane is None:
        asking = await open_asking(voice, ticket)
        if asking is not None:
            await _said_more(voice, ticket, conversation, message, reading, asking)
        return
    if ticket.lane is Lane.STAFF and staff_see_it:
        return
    await _route(voice, ticket, conversation, message, reading, mark=CHANGED)


async def _note_language(
    voice: Voice, conversation: Conversation, ticket: Ticket, reading: Reading
) -> tuple[Conversation, Ticket]:
    """The contact is answered in the language they wrote last."""
    if reading.language == "other" or not reading.was_read or conversation.locale == reading.language:
        return conversation, ticket
    locale = Locale(reading.language)
    await voice.work.people.set_locale(conversation.id, locale)
    ticket = replace(ticket, locale=locale)
    if ticket.lane is not None:  # else it is decided now, and saved then
        await voice.work.tickets.save(ticket)
    return replace(conversation, locale=locale), ticket


async def _route(
    voice: Voice, ticket: Ticket, conversation: Conversation, message: Message, reading: Reading, mark: str = SAID
) -> None:
    if await reopened_by(voice, ticket, message):
        if reading.was_read and reading.intent in SMALL_TALK and not only_for_staff(voice, ticket, reading):
            await settle_again(voice, ticket, conversation, reading)
            return
        await outcome_taken_back(voice, ticket)
        if ticket.lane is Lane.STAFF:
            await tell_reopened(voice, ticket, conversation)
    if ticket.assignee_id is not None:
        await _relay_to_assignee(voice, ticket, ticket.assignee_id, conversation, message, reading, mark)
    elif ticket.lane is Lane.STAFF:
        await _relay_to_staff(voice, ticket, message, reading, mark)
        await tell_wait_again(voice, ticket, conversation, reading)
    elif ticket.lane is Lane.PEER and await voice.work.offers.open_of_ticket(ticket.id):
        decision = decided(voice, ticket, reading, at_hand_count=1)
        if decision.lane is Lane.STAFF and _must_leave_volunteer(voice, reading, decision):
            await carry_out(voice, ticket, conversation, message, reading, decision, [])
    else:
        await _decide_anew(voice, ticket, conversation, message, reading)


async def _decide_anew(
    voice: Voice, ticket: Ticket, conversation: Conversation, message: Message, reading: Reading
) -> None:
    if await said_while_waiting(voice, ticket, conversation, message, reading):
        return
    if _is_small_talk(voice, ticket, reading):
        await small_talk(voice, ticket, conversation, reading)
    elif not await follow_if_same(voice, ticket, conversation, message, reading):
        if not await ask_if_it_helps(voice, ticket, conversation, message, reading):
            await file_ticket(voice, ticket, conversation, message, reading)
        await ask_if_same(voice, ticket, conversation, message, reading)
        await staff_hear_not_over(voice, ticket)


def _is_small_talk(voice: Voice, ticket: Ticket, reading: Reading) -> bool:
    """Thanks and goodbyes end a talk: before anybody has answered they must be certain. A greeting only begins one."""
    if not reading.was_read or reading.intent not in SMALL_TALK or only_for_staff(voice, ticket, reading):
        return False
    return reading.certain or reading.intent == GREETING or ticket.answered_at is not None


async def _relay_to_assignee(
    voice: Voice,
    ticket: Ticket,
    assignee_id: ResponderId,
    conversation: Conversation,
    message: Message,
    reading: Reading,
    mark: str,
) -> None:
    """The contact's further words go to whoever has the ticket; a volunteer sees them masked."""
    responder = await voice.work.people.responder(assignee_id)
    if responder.role.is_staff:
        await _relay_to_staff(voice, ticket, message, reading, mark)
        return
    if not responder.active:
        await _route(voice, await release_to_peers(voice, ticket, conversation), conversation, message, reading, mark)
        return
    if reading.was_read and reading.intent in SMALL_TALK and ticket.answered_at is not None:
        await small_talk(voice, ticket, conversation, reading)
        return
    decision = decided(voice, ticket, reading, at_hand_count=1)
    if decision.lane is Lane.STAFF and _must_leave_volunteer(voice, reading, decision):
        await carry_out(voice, ticket, conversation, message, reading, decision, [])
        return
    await start_lease(voice, ticket)
    words = f"{message.masked or ''}{files_named(message)}".strip()
    await voice.to_responder(
        responder,
        voice.say(responder.locale, mark, text=words or voice.say(responder.locale, _("[a file]"))),
        ticket_id=ticket.id,
        message_id=message.id,
        buttons=voice.buttons(responder.locale).holding(ticket.id),
    )


def _must_leave_volunteer(voice: Voice, reading: Reading, decision: Decision) -> bool:
    """In mid-talk short words read unsurely ("yes, the red one"); only clear signs take the ticket away."""
    return (
        reading.wants_human
        or not reading.was_read
        or any(span.kind in voice.desk.policy().staff_only_data for span in reading.personal_data)
        or (not reading.out_of_scope and reading.confidence >= 0.7)
        or decision.priority is Priority.URGENT
    )


async def _relay_to_staff(voice: Voice, ticket: Ticket, message: Message, reading: Reading, mark: str) -> None:
    if reading.was_read and reading.urgency is Urgency.URGENT and ticket.priority is not Priority.URGENT:
        await voice.work.tickets.save(replace(ticket, priority=Priority.URGENT))
    locale = voice.desk.locale
    text = voice.say(locale, mark, text=message.body or voice.say(locale, _("[a file]")))
    files = [] if mark == CHANGED else [attachment.id for attachment in message.attachments]
    await voice.to_staff(ticket, text, message_id=message.id, attachments=files)
