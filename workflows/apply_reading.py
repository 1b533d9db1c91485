"""Applies one reading to its ticket, in one transaction. See workflows/triage.py for the four cases.

A message that the contact changed is read again (workflows/mirror_change.py) and takes the same ways.
"""

from __future__ import annotations

from dataclasses import replace

from desk.conversation import Conversation, Message
from desk.people import Locale, ResponderId
from desk.phrases import marked as _
from desk.reading import Reading, Urgency
from desk.store import Candidate, ClockKind, UnreadMessage
from desk.ticket import Lane, Priority, Status, Ticket, Trigger
from routing.decide import ContactFacts, Decision, Roster, decide
from routing.storm import StormLevel
from routing.waves import at_hand
from workflows.accept_offer import release_to_peers
from workflows.acknowledge import acknowledge
from workflows.care_desk import CareDesk
from workflows.offer_wave import candidates_for, offer_wave
from workflows.reopen import reopened_by, settle_again, solved_by_contact, tell_reopened
from workflows.small_talk import SMALL_TALK, small_talk
from workflows.ticket_moves import files_named, hand_to_staff, move
from workflows.voice import Voice, speaking

SAID = _("💬 {text}")
CHANGED = _("✏ The contact changed a message:\n{text}")


async def apply_reading(desk: CareDesk, unread: UnreadMessage, reading: Reading) -> None:
    """Stores the reading and does what it asks for. Nothing happens when the message was read meanwhile."""
    async with speaking(desk) as voice:
        ticket, conversation = await voice.work.tickets.lock(unread.ticket_id)
        if not await voice.work.messages.save_reading(unread.id, reading, now=voice.now):
            return
        message = await voice.work.messages.by_id(unread.id)
        if message.deleted_at is None and ticket.status is not Status.CLOSED:
            conversation, ticket = await _note_language(voice, conversation, ticket, reading)
            if ticket.status is Status.SOLVED:
                await _overtaken(voice, ticket, conversation, message, reading)
                return
            await _route(voice, ticket, conversation, message, reading)


async def _overtaken(
    voice: Voice, ticket: Ticket, conversation: Conversation, message: Message, reading: Reading
) -> None:
    """It was solved between writing and reading. If the contact said so, it is; whoever else did had not seen this."""
    if await solved_by_contact(voice, ticket):
        if ticket.lane is Lane.STAFF:
            await _relay_to_staff(voice, ticket, message, reading, SAID)
        return
    opened = await move(voice, ticket, Trigger.RESUMED, waiting_since=message.created_at)
    await _route(voice, opened, conversation, message, reading)


async def apply_edit(
    voice: Voice, ticket: Ticket, conversation: Conversation, message: Message, reading: Reading, *, staff_see_it: bool
) -> None:
    """A contact changed a message that was read before; those who read it get the new text. The ticket is locked."""
    if not ticket.is_live or ticket.lane is None or ticket.status is Status.SOLVED:
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
        if reading.was_read and reading.intent in SMALL_TALK and not _only_for_staff(voice, ticket, reading):
            await settle_again(voice, ticket, conversation, reading)
            return
        if ticket.lane is Lane.STAFF:
            await tell_reopened(voice, ticket, conversation)
    if ticket.assignee_id is not None:
        await _relay_to_assignee(voice, ticket, ticket.assignee_id, conversation, message, reading, mark)
    elif ticket.lane is Lane.STAFF:
        await _relay_to_staff(voice, ticket, message, reading, mark)
    elif ticket.lane is Lane.PEER and await voice.work.offers.open_of_ticket(ticket.id):
        decision = _decide(voice, ticket, reading, at_hand_count=1)
        if decision.lane is Lane.STAFF and _must_leave_volunteer(voice, reading, decision):
            await _apply_decision(voice, ticket, conversation, message, reading, decision, [])
    else:
        await _decide_anew(voice, ticket, conversation, message, reading)


async def _decide_anew(
    voice: Voice, ticket: Ticket, conversation: Conversation, message: Message, reading: Reading
) -> None:
    if reading.was_read and reading.intent in SMALL_TALK and not _only_for_staff(voice, ticket, reading):
        await small_talk(voice, ticket, conversation, reading)
        return
    route = voice.desk.policy().route(reading.intent)
    wanted = replace(ticket, unit=route.unit, intent=reading.intent)
    candidates: list[Candidate] = []
    if route.lane is Lane.PEER and ticket.wave < len(voice.desk.policy().peer.waves):
        candidates = at_hand(await candidates_for(voice, wanted), voice.desk.policy().peer)
    decision = _decide(voice, wanted, reading, at_hand_count=len(candidates))
    await _apply_decision(voice, wanted, conversation, message, reading, decision, candidates)


def _decide(voice: Voice, ticket: Ticket, reading: Reading, *, at_hand_count: int) -> Decision:
    facts = ContactFacts(rejections=ticket.rejections)
    return decide(reading, facts, Roster(at_hand_count), StormLevel.CALM, voice.desk.policy(), voice.now)


def _only_for_staff(voice: Voice, ticket: Ticket, reading: Reading) -> bool:
    return _decide(voice, ticket, reading, at_hand_count=1).lane is Lane.STAFF


async def _apply_decision(
    voice: Voice,
    ticket: Ticket,
    conversation: Conversation,
    message: Message,
    reading: Reading,
    decision: Decision,
    candidates: list[Candidate],
) -> None:
    first = ticket.lane is None
    ticket = replace(
        ticket,
        lane=decision.lane,
        unit=decision.unit,
        intent=reading.intent if reading.was_read else ticket.intent,
        priority=max(ticket.priority, decision.priority, key=lambda one: one.rank) if not first else decision.priority,
    )
    await voice.work.tickets.add_decision(
        ticket.id,
        message.id,
        lane=decision.lane.value,
        unit=decision.unit,
        priority=decision.priority,
        reasons=[voice.say(voice.desk.locale, one.text, **one.values) for one in decision.reasons],
        now=voice.now,
    )
    await acknowledge(voice, ticket, conversation, reading)
    if decision.lane is Lane.PEER:
        await offer_wave(voice, ticket, conversation, candidates)
    else:
        await hand_to_staff(voice, ticket, conversation, tell=False)


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
    decision = _decide(voice, ticket, reading, at_hand_count=1)
    if decision.lane is Lane.STAFF and _must_leave_volunteer(voice, reading, decision):
        await _apply_decision(voice, ticket, conversation, message, reading, decision, [])
        return
    lease = voice.now + voice.desk.policy().peer.lease
    await voice.work.tickets.save(replace(ticket, lease_expires_at=lease))
    await voice.work.clocks.set(ticket.id, ClockKind.LEASE_END, lease)
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
