"""Broadcasts go out in slices: as many as a channel's share of its pace allows, again and again until nobody waits.

A slice is one transaction: the channel's pace is taken (one process at a time), those who wait longest are locked, each
is told or passed over, and the rows say so. A process that is killed in it leaves nothing behind; one that is killed
after it has put nobody twice. Busy conversations are passed over until the next slice, so nobody waits for this.

An outcome answers the question, unless it is with staff: then a person still answers it.
"""

from __future__ import annotations

from desk.broadcast import Broadcast, BroadcastKind, RowDone, Waiting, allowance, skipped, used_until
from desk.conversation import Conversation, MessageId
from desk.offer import OfferState
from desk.people import Locale
from desk.phrases import marked as _
from desk.ticket import Lane, Ticket
from workflows.care_desk import CareDesk
from workflows.end_asking import overtake_asking
from workflows.statement_words import statement_words
from workflows.tell_statement import is_first_there
from workflows.ticket_moves import answered, withdraw_offers
from workflows.unsent_answer import drop_unsent
from workflows.voice import Voice, speaking

BACKLOG_COUNTED = 200


async def put_slices(desk: CareDesk) -> int:
    """One slice a channel. Returns how many were put or passed over."""
    async with desk.store.begin() as work:
        finished = await work.broadcasts.finish_told(now=desk.clock.now())
        channels = await work.broadcasts.waited_for()
    done = finished
    for channel in channels:
        if channel in desk.limits:
            done += await _put_slice(desk, channel)
    return done


def pace_of(desk: CareDesk, channel: str) -> float:
    """Messages a second that broadcasts may send on a channel; 0 on one that is not in service."""
    limits = desk.limits.get(channel)
    return limits.per_second * desk.policy().storm.broadcast_share if limits else 0.0


async def _put_slice(desk: CareDesk, channel: str) -> int:
    async with speaking(desk) as voice:
        broadcasts = voice.work.broadcasts
        until = await broadcasts.take_pace(channel, now=voice.now)
        if until is None:
            return 0
        backlog = await broadcasts.backlog(channel, now=voice.now, most=BACKLOG_COUNTED)
        rate, unused = pace_of(desk, channel), voice.now - until
        count = allowance(unused, rate, backlog)
        broadcast = await broadcasts.next_on(channel) if count else None
        if broadcast is None:
            return 0
        waiting = await broadcasts.take_rows(broadcast, channel, limit=count)
        rows = [await _tell(voice, broadcast, one) for one in waiting]
        await broadcasts.rows_done(broadcast.id, rows, now=voice.now)
        put = sum(row.message_id is not None for row in rows)
        await broadcasts.use_pace(channel, used_until(voice.now, unused, rate, put))
    return len(rows)


async def _tell(voice: Voice, broadcast: Broadcast, waiting: Waiting) -> RowDone:
    why = skipped(broadcast.kind, waiting)
    if why is not None:
        return RowDone(waiting.ticket_id, why=why)
    ticket, conversation = await voice.work.tickets.lock(waiting.ticket_id)
    answers = broadcast.kind is BroadcastKind.OUTCOME and ticket.lane is not Lane.STAFF
    if answers:
        await _end_efforts(voice, ticket)
    message_id = await _say(voice, broadcast, waiting, ticket, conversation)
    if answers:
        await answered(voice, ticket)
    if broadcast.statement_id is not None:
        await voice.work.statements.tell(
            ticket.id, broadcast.statement_id, message_id, broadcast_id=broadcast.id, now=voice.now
        )
    return RowDone(ticket.id, message_id)


async def _say(
    voice: Voice, broadcast: Broadcast, waiting: Waiting, ticket: Ticket, conversation: Conversation
) -> MessageId | None:
    """None: it stands in their thread already. Whose question goes its own way need not say so again."""
    outcome = broadcast.kind is BroadcastKind.OUTCOME
    post, itself = (None, broadcast.id) if outcome else (broadcast.statement_id, None)
    if not await is_first_there(voice, conversation, post=post, broadcast=itself):
        return None
    locale: Locale | None = conversation.locale
    buttons = voice.buttons(locale)
    head = BroadcastKind.CORRECTION if waiting.corrects else BroadcastKind.STATEMENT
    kind = broadcast.kind if outcome else head
    text = statement_words(voice.desk, locale, kind, broadcast.text_de, broadcast.text_en, drill=broadcast.drill)
    under_text = buttons.statement(ticket.id) if waiting.follows else buttons.human(ticket.id)
    rows = buttons.verdict(ticket.id) if outcome else under_text
    return await voice.to_contact(conversation, text, ticket=ticket, buttons=rows)


async def _end_efforts(voice: Voice, ticket: Ticket) -> None:
    """It is answered for everybody: nobody need work on it any more."""
    await overtake_asking(voice, ticket)
    await drop_unsent(voice, ticket)
    await withdraw_offers(voice, ticket, OfferState.WITHDRAWN, _("{number} is solved already. Thank you for looking!"))
