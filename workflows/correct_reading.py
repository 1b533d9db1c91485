"""Somebody says what a message really was: it goes on the review list, for the model, and its ticket is filed anew.

What staff say counts at once for the ticket: its unit and priority follow the policy for the right intent. A question
that only staff may have leaves the volunteers; one that was with staff stays there, since somebody may have begun on
it. An undecided one, whose contact was asked what it is about, is decided. What a contact or a volunteer lets us know
by what they choose changes nothing here; it is only noted.

Only masked words are kept, and no more of them than models read. One correction of a message waits for review at a
time, the last one; what staff said does not give way to others.
"""

from __future__ import annotations

from dataclasses import replace

from desk.asking import AskingTrigger
from desk.conversation import AuthorKind, Conversation, Message, MessageId
from desk.errors import InputRejected, NotAllowed, NotFound
from desk.intents import intent_name
from desk.learning import CorrectionSource, NewCorrection
from desk.people import Responder, ResponderId
from desk.phrases import Term
from desk.phrases import marked as _
from desk.reading import OUT_OF_SCOPE, SAFETY_HAZARD, Reading, Urgency
from desk.ticket import Lane, Status, Ticket, TicketId
from workflows.end_asking import end_asking, open_asking
from workflows.file_ticket import decided, file_ticket
from workflows.note_outcome import outcomes_refiled
from workflows.permissions import staff_only
from workflows.refile_ticket import call_to_staff
from workflows.voice import Voice

MOST_CHARACTERS = 2500
"""As much as models read of a message: most from its beginning, the rest from its end."""

_END_CHARACTERS = 500


async def correct_reading(
    voice: Voice, responder: Responder, ticket_id: TicketId, message_id: MessageId, *, intent: str, refile: bool = True
) -> Ticket:
    """Staff say what a contact's message was. Raises NotAllowed, NotFound, InputRejected for an unknown intent."""
    staff_only(responder)
    if intent not in voice.desk.policy().intents:
        raise InputRejected("intent: not one of the policy's intents")
    ticket, conversation = await voice.work.tickets.lock(ticket_id)
    message, reading = await _read(voice, ticket_id, message_id)
    known = (await voice.work.corrections.readings_of(ticket_id)).get(message_id)
    said_before = known.corrected if known is not None else None
    if intent == (said_before or reading.intent):
        return ticket
    await _note_staffs(voice, responder, message, reading, intent)
    await voice.work.events.add(
        "ReadingCorrected",
        now=voice.now,
        ticket_id=ticket_id,
        responder_id=responder.id,
        message_id=message_id,
        read_as=reading.intent,
        intent=intent,
    )
    if not refile or not ticket.is_live or ticket.intent not in (None, reading.intent, said_before):
        return ticket
    return await _file_anew(voice, responder, ticket, conversation, message, as_said(reading, intent))


async def note_correction(
    voice: Voice,
    message: Message,
    reading: Reading,
    intent: str,
    *,
    source: CorrectionSource,
    by: ResponderId | None = None,
) -> bool:
    """Puts it on the review list. False: there is nothing to learn, or staff said otherwise."""
    words = message.masked or reading.masked
    if message.author is not AuthorKind.CONTACT or message.deleted_at is not None or not words.strip():
        return False
    return await voice.work.corrections.propose(
        NewCorrection(
            message_id=message.id,
            source=source,
            text=_capped(words),
            language=reading.language,
            intent_read=reading.intent,
            confidence=reading.confidence,
            engine=reading.engine,
            model=reading.model,
            intent=intent,
            responder_id=by,
            at=voice.now,
        )
    )


async def _note_staffs(voice: Voice, responder: Responder, message: Message, reading: Reading, intent: str) -> None:
    """Whoever says that the reading was right takes back what waits; what was accepted must be reviewed again."""
    if intent == reading.intent and message.ticket_id is not None:
        await voice.work.corrections.withdraw(message.id)
        known = (await voice.work.corrections.readings_of(message.ticket_id)).get(message.id)
        if known is None or known.corrected is None:
            return
    await note_correction(voice, message, reading, intent, source=CorrectionSource.STAFF, by=responder.id)


def as_said(reading: Reading, intent: str) -> Reading:
    """The reading with this intent, without doubt. What made it urgent because of danger goes with the danger."""
    right = replace(
        reading,
        intent=intent,
        confidence=1.0,
        certain=True,
        runners_up=(),
        also=tuple(other for other in reading.also if other not in (intent, SAFETY_HAZARD)),
        out_of_scope=intent == OUT_OF_SCOPE,
    )
    if reading.danger is None or intent == SAFETY_HAZARD:
        return right
    return replace(right, danger=None, urgency=Urgency.NORMAL)


async def _read(voice: Voice, ticket_id: TicketId, message_id: MessageId) -> tuple[Message, Reading]:
    message = await voice.work.messages.by_id(message_id)
    if message.ticket_id != ticket_id:
        raise NotFound("no such message on this ticket")
    reading = await voice.work.messages.reading(message_id)
    if message.author is not AuthorKind.CONTACT or message.deleted_at is not None:
        raise NotAllowed("only what a contact wrote is read")
    if reading is None or not reading.was_read:
        raise NotAllowed("the message was not read")
    return message, reading


async def _file_anew(
    voice: Voice, responder: Responder, ticket: Ticket, conversation: Conversation, message: Message, reading: Reading
) -> Ticket:
    asking = await open_asking(voice, ticket)
    if asking is not None:
        await end_asking(voice, asking, AskingTrigger.OVERTAKE)
        await file_ticket(voice, ticket, conversation, message, reading)
        return await voice.work.tickets.by_id(ticket.id)
    decision = decided(voice, ticket, reading, at_hand_count=1)
    moved = replace(ticket, intent=reading.intent, unit=decision.unit, priority=decision.priority)
    await voice.work.tickets.save(moved)
    await outcomes_refiled(voice, moved)
    leaves = decision.lane is Lane.STAFF and ticket.lane is not Lane.STAFF and ticket.status is not Status.SOLVED
    intent = Term(intent_name(reading.intent))
    reason = voice.say(voice.desk.locale, _("{name}: this is really “{intent}”"), name=responder.name, intent=intent)
    others = [voice.say(voice.desk.locale, one.text, **one.values) for one in decision.reasons[1:]]
    await voice.work.tickets.add_decision(
        ticket.id,
        message.id,
        lane=(Lane.STAFF if leaves else ticket.lane or Lane.STAFF).value,
        unit=decision.unit,
        priority=decision.priority,
        reasons=[reason, *(others if leaves else ())],
        now=voice.now,
    )
    if leaves:
        return await call_to_staff(voice, responder, ticket.id)
    if moved.lane is Lane.STAFF:
        await voice.to_staff(moved, f"🗂 {reason}")
    return moved


def _capped(words: str) -> str:
    if len(words) <= MOST_CHARACTERS:
        return words
    return f"{words[: MOST_CHARACTERS - _END_CHARACTERS]} {words[-_END_CHARACTERS:]}"
