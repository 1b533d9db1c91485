"""Somebody writes under a question that another person asked in public: kept as an answer, as talk, or as nothing.

Who it is decides: the one who asked goes on with their question; a volunteer's answer waits for the asker's word, and
while they talk there nobody else is asked; staff who answer take the question over; of a bystander's words only the
masked text is kept. The words are read before they are stored, outside any transaction; personal data lead into
private.

None is returned when the message is about nobody else's question.
"""

from __future__ import annotations

from desk.classifying import ClassifierUnavailable, TextToRead
from desk.conversation import AuthorKind, Conversation, Direction, MessageId, Surface
from desk.inbound import InboundMessage, Receipt
from desk.offer import OfferState
from desk.people import Author, Responder
from desk.phrases import marked as _
from desk.public_answer import TALK, WAVES_WAIT, PublicAnswer, fingerprint, is_answer, to_hide
from desk.reading import OUT_OF_SCOPE, Reading
from desk.store import ClockKind, NewMessage, Work
from desk.ticket import Lane, Status, Ticket, TicketId
from workflows.care_desk import CareDesk
from workflows.change_ticket import take_over
from workflows.contact_writes import contact_writes
from workflows.hide_in_public import protect
from workflows.public_line import show_answers
from workflows.ticket_moves import answered, withdraw_offers
from workflows.voice import Voice, speaking

ANSWERED_WHERE_ASKED = _("Somebody is answering this where it was asked. Thank you!")
NOT_OURS = Receipt(ignored=True)
UNREAD = Reading(language="other", intent=OUT_OF_SCOPE, confidence=0.0)


async def overhear(desk: CareDesk, event: InboundMessage) -> Receipt | None:
    """Keeps what belongs to somebody's public question. See the module."""
    if event.surface is not Surface.PUBLIC or event.calls_bot or desk.in_staff_room(event.address):
        return None
    async with desk.store.begin() as work:
        responder = await work.people.responder_of_account(event.channel, event.author.external_id)
        ticket_id = await _about(desk, work, event, responder)
        if ticket_id is None:
            return None
        ticket = await work.tickets.by_id(ticket_id)
        by_asker = await work.public_answers.is_asker(ticket.contact_id, event.author)
    if by_asker:
        return await _goes_on(desk, event, ticket_id) if event.overheard else None
    reading = await read_words(desk, event)
    async with speaking(desk) as voice:
        ticket, conversation = await voice.work.tickets.lock(ticket_id)
        if not ticket.is_live or conversation.surface is not Surface.PUBLIC or conversation.blocked:
            return NOT_OURS
        answer = await keep(voice, event, ticket, responder, reading)
        if answer is None:
            return Receipt(duplicate=True)
        await _follow_up(voice, ticket, conversation, answer, responder)
        if to_hide(reading.personal_data):
            await protect(voice, conversation, answer.message_id, event.external_id, event.author.external_id)
    return Receipt(message_id=answer.message_id)


async def read_words(desk: CareDesk, event: InboundMessage) -> Reading:
    """What the words hold. Unread when no engine answers."""
    try:
        return (await desk.classifier.read([TextToRead(event.text, event.author.locale)]))[0]
    except ClassifierUnavailable:
        return UNREAD


async def keep(
    voice: Voice, event: InboundMessage, ticket: Ticket, responder: Responder | None, reading: Reading
) -> PublicAnswer | None:
    """Stores the words of somebody who did not ask. None: they were stored before. The ticket is locked."""
    masked = reading.masked if reading.was_read else ""
    message_id = await voice.work.messages.add(
        NewMessage(
            conversation_id=ticket.conversation_id,
            ticket_id=ticket.id,
            direction=Direction.OUTBOUND,
            author=_kind(responder),
            responder_id=responder.id if responder else None,
            body=event.text if responder else masked,
            masked=masked,
            channel=event.channel,
            external_id=event.external_id,
            created_at=voice.now,
        )
    )
    if message_id is None:
        return None
    answer = PublicAnswer(
        message_id=message_id,
        ticket_id=ticket.id,
        author=fingerprint(event.channel, event.author.external_id),
        responder_id=responder.id if responder else None,
        is_answer=is_answer(event.text),
        said_at=voice.now,
        text=masked,
    )
    await voice.work.public_answers.add(answer)
    return answer


def _kind(responder: Responder | None) -> AuthorKind:
    if responder is None:
        return AuthorKind.BYSTANDER
    return AuthorKind.AGENT if responder.role.is_staff else AuthorKind.VOLUNTEER


async def _about(desk: CareDesk, work: Work, event: InboundMessage, responder: Responder | None) -> TicketId | None:
    """Whose question: that of the message it answers, of the thread it stands in, or, for responders where everything
    is heard, the newest one. A stranger's answer to the bot itself is a question of their own."""
    for named in (event.reply_to, event.thread_root):
        followed = await work.public_answers.ticket_about(event.channel, named) if named else None
        if followed is not None:
            return None if followed.ours and responder is None and not event.overheard else followed.ticket_id
    if responder is None or event.overheard or event.reply_to or event.album:
        return None
    place = event.address
    since = desk.clock.now() - TALK
    return await work.public_answers.newest_question(place.channel, place.chat, place.thread, since=since)


async def _goes_on(desk: CareDesk, event: InboundMessage, ticket_id: TicketId) -> Receipt:
    """The asker's further words, in a thread below their question or in answer to somebody."""
    async with speaking(desk) as voice:
        ticket, conversation = await voice.work.tickets.lock(ticket_id)
        if not ticket.is_live:
            return NOT_OURS
        return await contact_writes(voice, event, conversation.key, conversation)


async def _follow_up(
    voice: Voice, ticket: Ticket, conversation: Conversation, answer: PublicAnswer, responder: Responder | None
) -> None:
    """What the words change: who is still asked, whose turn it is, who hears of them."""
    if responder is not None and responder.role.is_staff:
        if answer.is_answer and ticket.status is not Status.SOLVED:
            await answered(voice, await take_over(voice, ticket, responder))
    elif responder is not None:
        ticket = await _volunteer_talks(voice, ticket, answer)
    await _tell_others(voice, ticket, answer)
    if answer.is_answer and ticket.status is not Status.SOLVED:
        await show_answers(voice, ticket, conversation)


async def _volunteer_talks(voice: Voice, ticket: Ticket, answer: PublicAnswer) -> Ticket:
    """Nobody else is asked now. An answer to what nobody has is the community's, and it is the asker's turn."""
    if await withdraw_offers(voice, ticket, OfferState.WITHDRAWN, ANSWERED_WHERE_ASKED):
        await voice.work.clocks.set(ticket.id, ClockKind.WAVE_END, voice.now + WAVES_WAIT)
    nobodys = ticket.lane is Lane.PEER and ticket.assignee_id is None
    if not (answer.is_answer and nobodys and ticket.status in (Status.NEW, Status.OPEN)):
        return ticket
    await voice.work.clocks.stop(ticket.id, ClockKind.WAVE_END)
    await voice.work.events.add(
        "AnsweredInPublic", now=voice.now, ticket_id=ticket.id, responder_id=answer.responder_id
    )
    return await answered(voice, ticket)


async def _tell_others(voice: Voice, ticket: Ticket, answer: PublicAnswer) -> None:
    """Staff and the volunteer who have the ticket read along."""
    if not answer.text or ticket.assignee_id == answer.responder_id is not None:
        return
    words = _("👥 Somebody wrote where it was asked:\n{text}")
    if ticket.lane is Lane.STAFF:
        await voice.to_staff(ticket, voice.say(voice.desk.locale, words, text=answer.text))
    elif ticket.assignee_id is not None:
        holder = await voice.work.people.responder(ticket.assignee_id)
        await voice.to_responder(holder, voice.say(holder.locale, words, text=answer.text), ticket_id=ticket.id)


async def question_about(voice: Voice, event: InboundMessage, author: Author) -> TicketId | None:
    """The live public question of `author` that a message belongs to."""
    for named in (event.external_id, event.reply_to, event.thread_root):
        followed = await voice.work.public_answers.ticket_about(event.channel, named) if named else None
        if followed is not None:
            ticket = await voice.work.tickets.by_id(followed.ticket_id)
            asks = await voice.work.public_answers.is_asker(ticket.contact_id, author)
            return ticket.id if asks else None
    return None


async def about_message(voice: Voice, event: InboundMessage, ticket: Ticket) -> MessageId | None:
    """The stored message that a command was given on. One that the desk could not hear is stored now."""
    known = await voice.work.messages.by_external_id(event.channel, event.external_id)
    if known is not None:
        return known.id if known.conversation_id == ticket.conversation_id else None
    responder = await voice.work.people.responder_of_account(event.channel, event.author.external_id)
    answer = await keep(voice, event, ticket, responder, UNREAD)
    return answer.message_id if answer else None
