"""The verdict: the contact says *solved* or *not solved*, and rates 1 to 5.

Solved settles the ticket and asks for stars once; nobody objecting closes it later. Not solved goes on with the
history: with whoever has it the first time, with staff at the latest after the second time.
"""

from __future__ import annotations

from dataclasses import replace

from desk.conversation import Conversation
from desk.errors import InputRejected, TicketClosed
from desk.phrases import marked as _
from desk.ticket import Lane, Status, Ticket, Trigger
from routing.decide import REJECTIONS_UNTIL_STAFF
from workflows.accept_offer import release_to_peers
from workflows.lease import start_lease
from workflows.note_outcome import answer_not_solved, answer_rated, answer_solved
from workflows.offer_wave import offer_wave
from workflows.say_thanks import may_be_thanked
from workflows.talk_of_incident import said_not_over
from workflows.ticket_moves import hand_to_staff, move, settle_quietly
from workflows.voice import Voice

SOLVED_BY_CONTACT = "SolvedByContact"


async def mark_solved(voice: Voice, ticket: Ticket, conversation: Conversation) -> Ticket:
    """The contact is content. Raises TicketClosed when the ticket is closed, IllegalTransition."""
    _still_live(ticket)
    if ticket.status is Status.SOLVED:
        return ticket
    await voice.work.events.add(SOLVED_BY_CONTACT, now=voice.now, ticket_id=ticket.id)
    await answer_solved(voice, ticket)
    moved = await settle(voice, ticket, conversation, by_contact=True)
    await _tell_assignee(voice, moved, _("🎉 The contact says your answer solved it. Thank you!"))
    return moved


async def settle(voice: Voice, ticket: Ticket, conversation: Conversation, *, by_contact: bool) -> Ticket:
    """The ticket is solved; the contact is asked for a rating once, staff threads are told."""
    moved = await settle_quietly(voice, ticket)
    ask = (
        _("Glad it is solved! How was it, from 1 to 5 stars?")
        if by_contact
        else _("We believe your question is solved. How was it, from 1 to 5 stars? Just write if it is not.")
    )
    texts = voice.buttons(conversation.locale)
    buttons = texts.rating_and_thanks(ticket.id) if await may_be_thanked(voice, ticket) else texts.rating(ticket.id)
    await voice.to_contact(conversation, voice.say(conversation.locale, ask), ticket=moved, buttons=buttons)
    if ticket.lane is Lane.STAFF:
        text = voice.say(voice.desk.locale, _("✅ {number} is solved."), number=ticket.number)
        await voice.to_staff(moved, text)
    return moved


async def mark_unsolved(voice: Voice, ticket: Ticket, conversation: Conversation) -> Ticket:
    """It goes on. Raises TicketClosed when the ticket is closed."""
    _still_live(ticket)
    if ticket.status in (Status.NEW, Status.OPEN):
        return ticket
    moved = await move(voice, ticket, Trigger.REJECTED, rejections=ticket.rejections + 1, waiting_since=voice.now)
    await voice.work.events.add("Rejected", now=voice.now, ticket_id=ticket.id, times=moved.rejections)
    await answer_not_solved(voice, moved)
    if moved.lane is Lane.STAFF:
        await _sorry(voice, moved, conversation)
        await voice.to_staff(moved, voice.say(voice.desk.locale, _("❌ The contact says it is not solved.")))
        return moved
    await said_not_over(voice, moved)
    if moved.rejections >= REJECTIONS_UNTIL_STAFF or moved.lane is not Lane.PEER:
        return await hand_to_staff(voice, moved, conversation)
    await _sorry(voice, moved, conversation)
    return await _again_with_peers(voice, moved, conversation)


async def rate(voice: Voice, ticket: Ticket, stars: int | None) -> Ticket:
    """Keeps the rating; a later one replaces it. Raises InputRejected."""
    if stars is None or not 1 <= stars <= 5:
        raise InputRejected("a rating is 1 to 5")
    rated = replace(ticket, csat=stars)
    await voice.work.tickets.save(rated)
    await voice.work.events.add("Rated", now=voice.now, ticket_id=ticket.id, csat=stars)
    await answer_rated(voice, rated, stars)
    return rated


async def _again_with_peers(voice: Voice, ticket: Ticket, conversation: Conversation) -> Ticket:
    """The first time, the volunteer who answered mends it; they have the lease for that. When they are gone, others
    are asked."""
    if ticket.assignee_id is None:
        return await offer_wave(voice, ticket, conversation)
    if not (await voice.work.people.responder(ticket.assignee_id)).active:
        return await release_to_peers(voice, ticket, conversation)
    moved = await start_lease(voice, ticket)
    await _tell_assignee(voice, moved, _("The contact says it is not solved yet. Can you help once more?"))
    return moved


async def _tell_assignee(voice: Voice, ticket: Ticket, text: str) -> None:
    if ticket.assignee_id is None:
        return
    responder = await voice.work.people.responder(ticket.assignee_id)
    if responder.role.is_staff:
        return
    buttons = voice.buttons(responder.locale).holding(ticket.id) if ticket.status is Status.OPEN else ()
    await voice.to_responder(responder, voice.say(responder.locale, text), ticket_id=ticket.id, buttons=buttons)


async def _sorry(voice: Voice, ticket: Ticket, conversation: Conversation) -> None:
    text = voice.say(
        conversation.locale,
        _("Sorry about that. We are still on it. What is still missing? Write it here if you like."),
    )
    await voice.to_contact(
        conversation, text, ticket=ticket, buttons=voice.buttons(conversation.locale).human(ticket.id)
    )


def _still_live(ticket: Ticket) -> None:
    if not ticket.is_live:
        raise TicketClosed("the ticket is closed")
