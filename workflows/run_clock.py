"""A stored due time has come: a contact did not say what they mean, a wave ends, a lease ends, silence is taken for
content, a solved ticket closes.

Each clock is one transaction under the conversation's lock; it is taken only if it still stands as it was seen,
so that any number of workers run each clock once, and a clock that was moved meanwhile does nothing.
"""

from __future__ import annotations

from typing import assert_never

from desk.conversation import Conversation
from desk.offer import OfferState
from desk.outbound import Operation, OutboxEntry
from desk.phrases import marked as _
from desk.store import ClockKind, DueClock
from desk.ticket import Lane, Status, Ticket, Trigger
from workflows.accept_offer import release_to_peers
from workflows.ask_which import nobody_chose
from workflows.care_desk import CareDesk
from workflows.look_after import watched_over
from workflows.note_outcome import answer_met_silence
from workflows.offer_wave import offer_wave
from workflows.pause_offers import pause_who_ignores
from workflows.review_answer import review_end
from workflows.ticket_moves import move, withdraw_offers
from workflows.voice import Voice, speaking


async def run_due_clocks(desk: CareDesk, *, limit: int = 100) -> int:
    """Runs what is due. Returns how many clocks were seen."""
    due = await desk.store.queues.due_clocks(limit=limit, now=desk.clock.now())
    for clock in due:
        await run_clock(desk, clock)
    return len(due)


async def run_clock(desk: CareDesk, clock: DueClock) -> None:
    """Runs one clock, if it is still ours to run."""
    async with speaking(desk) as voice:
        work = voice.work
        ticket, conversation = await work.tickets.lock(clock.ticket_id)
        if not await work.clocks.take(clock):
            return
        match clock.kind:
            case ClockKind.ASKING_END:
                await nobody_chose(voice, ticket, conversation)
            case ClockKind.WAVE_END:
                await _wave_end(voice, ticket, conversation)
            case ClockKind.LEASE_REMINDER:
                await _lease_reminder(voice, ticket)
            case ClockKind.LEASE_END:
                await _lease_end(voice, ticket, conversation)
            case ClockKind.REVIEW_END:
                await review_end(voice, ticket, conversation)
            case ClockKind.SILENCE:
                await _silence(voice, ticket, conversation)
            case ClockKind.CLOSE:
                await _close(voice, ticket)
            case _:
                assert_never(clock.kind)


async def _wave_end(voice: Voice, ticket: Ticket, conversation: Conversation) -> None:
    if ticket.lane is not Lane.PEER or ticket.assignee_id is not None or not ticket.is_live:
        return
    expired = await withdraw_offers(voice, ticket, OfferState.EXPIRED, _("This offer has ended. That is fine!"))
    await pause_who_ignores(voice, expired)
    await offer_wave(voice, ticket, conversation)


async def _lease_reminder(voice: Voice, ticket: Ticket) -> None:
    if ticket.assignee_id is None or ticket.status is not Status.OPEN or ticket.lease_expires_at is None:
        return
    responder = await voice.work.people.responder(ticket.assignee_id)
    minutes = max(1, round((ticket.lease_expires_at - voice.now).total_seconds() / 60))
    text = voice.say(
        responder.locale, _("Still with it? In {minutes} minutes we will ask somebody else."), minutes=minutes
    )
    buttons = voice.buttons(responder.locale).holding(ticket.id)
    await voice.to_responder(responder, text, ticket_id=ticket.id, buttons=buttons)


async def _lease_end(voice: Voice, ticket: Ticket, conversation: Conversation) -> None:
    if ticket.assignee_id is None or ticket.status is not Status.OPEN or ticket.lease_expires_at is None:
        return
    responder = await voice.work.people.responder(ticket.assignee_id)
    text = voice.say(responder.locale, _("Time is up; we are asking somebody else now. Thank you for trying!"))
    await voice.to_responder(responder, text, ticket_id=ticket.id)
    await voice.work.events.add("LeaseEnded", now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    await release_to_peers(voice, ticket, conversation)


async def _silence(voice: Voice, ticket: Ticket, conversation: Conversation) -> None:
    if ticket.status is not Status.PENDING:
        return
    if await watched_over(voice, ticket):
        await _still_silent(voice, ticket)
        return
    frozen_until = voice.desk.storms.frozen_until(ticket.intent, voice.now)
    if frozen_until is not None:
        await voice.work.clocks.set(ticket.id, ClockKind.SILENCE, frozen_until)
        return
    moved = await move(voice, ticket, Trigger.FELL_SILENT)
    await voice.work.clocks.set(ticket.id, ClockKind.CLOSE, voice.now + voice.desk.policy().silence.close_after)
    await voice.work.events.add("FellSilent", now=voice.now, ticket_id=ticket.id)
    await answer_met_silence(voice, moved)
    if ticket.lane is not Lane.KNOWLEDGE:
        text = voice.say(
            conversation.locale,
            _("We have not heard from you, so we consider your question ({number}) solved. Just write to go on."),
            number=ticket.number,
        )
        buttons = voice.buttons(conversation.locale).rating(ticket.id)
        await voice.to_contact(conversation, text, ticket=moved, buttons=buttons)


async def _still_silent(voice: Voice, ticket: Ticket) -> None:
    """Silence after words of danger is no content: a person looks again, and again until a person settles it."""
    again = voice.now + voice.desk.policy().silence.solve_after
    await voice.work.clocks.set(ticket.id, ClockKind.SILENCE, again)
    text = _("⚠ No word from the contact since your answer. Somebody may have been in danger: please look again.")
    await voice.to_staff(ticket, voice.say(voice.desk.locale, text))


async def _close(voice: Voice, ticket: Ticket) -> None:
    if ticket.status is not Status.SOLVED:
        return
    await move(voice, ticket, Trigger.EXPIRED)
    await voice.work.events.add("TicketClosed", now=voice.now, ticket_id=ticket.id)
    await voice.put(
        [
            OutboxEntry(
                stream=f"staff:{thread.channel}:{ticket.id}",
                address=thread,
                operation=Operation.CLOSE_THREAD,
                ticket_id=ticket.id,
            )
            for thread in await voice.work.tickets.staff_threads(ticket.id)
        ]
    )
