"""A ticket follows a confirmed incident: nobody else is asked, its contact is told, and it waits for the outcome.

It waits `on_hold` in the knowledge lane: the brand owes nothing that a person could do now, and no statistic calls it
answered. Whoever works on a ticket goes on with it, and what only staff may have stays with them; both follow as well,
and hear of the outcome. What follows while the incident is only proposed is routed as ever, and taken in when it is
confirmed: by `take_in_all`, a few at a time, each under its own conversation's lock.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable

from desk.conversation import Conversation
from desk.errors import StorageUnavailable, TicketClosed
from desk.incident import Incident, IncidentId, IncidentState, JoinedHow, LeftWhy
from desk.offer import OfferState
from desk.phrases import marked as _
from desk.store import ClockKind
from desk.ticket import Lane, Status, Ticket, TicketId, Trigger
from routing.decide import staff_at_once
from workflows.care_desk import CareDesk
from workflows.end_asking import overtake_asking
from workflows.file_ticket import facts_of
from workflows.incident_name import public_name
from workflows.leave_incident import leave_incident
from workflows.statement_words import DRILL
from workflows.tell_statement import tell_statement
from workflows.ticket_moves import move, withdraw_offers
from workflows.unsent_answer import drop_unsent
from workflows.voice import Voice, speaking

log = logging.getLogger(__name__)

FOLLOWS = "FollowsIncident"
MOST_AT_A_TIME = 20
"""A process takes some in every two seconds: what their contacts are told is a third of the slowest platform's pace, so
that replies to others need not wait."""


KNOWN = _(
    "Thank you! We know of this: {title}. We are on it, and I will tell you here as soon as there is news."
    " You need not do anything ({number})."
)
IS_IT_THIS = _("We know of this problem: {title}. Is it yours, too?")
ASKED_IF_SAME = "AskedIfSameIncident"
ANSWERED_FOR_ALL = _("{number} is answered for everybody at once now. Thank you for looking!")


async def follow_incident(
    voice: Voice, ticket: Ticket, conversation: Conversation, incident: Incident, how: JoinedHow, why: str
) -> bool:
    """The ticket follows and, when the incident is confirmed, is taken in. False: it follows one, or left this one
    before. `why` is kept as the reason of the decision. The conversation is locked."""
    if not await voice.work.incidents.follow(incident.id, [ticket.id], how, now=voice.now):
        return False
    await voice.work.events.add(FOLLOWS, now=voice.now, ticket_id=ticket.id, incident=incident.id, how=how.value)
    if incident.state is IncidentState.CONFIRMED:
        await take_in(voice, ticket, conversation, incident, why)
    return True


async def take_in(
    voice: Voice, ticket: Ticket, conversation: Conversation, incident: Incident, why: str, *, unlike: bool = False
) -> None:
    """The ticket waits for the incident, and its contact is told, once. The conversation is locked. `unlike`: it is on
    the topic but does not say the same: it goes its way, and its contact is asked whether it is this."""
    if not await voice.work.followers.take_in(incident.id, ticket.id, now=voice.now):
        return
    if ticket.status in (Status.SOLVED, Status.CLOSED) or conversation.blocked:
        return
    if await _is_with_people(voice, ticket):
        return
    if unlike:
        await ask_whether(voice, ticket, conversation, incident)
    else:
        await park(voice, ticket, conversation, incident, why)


async def park(voice: Voice, ticket: Ticket, conversation: Conversation, incident: Incident, why: str) -> None:
    """It waits, and its contact reads the statement; while there is none, that the problem is known."""
    waited = waits(ticket)
    moved = await wait_for_outcome(voice, ticket, why)
    if not await tell_statement(voice, moved, conversation, incident) and not waited:
        text = _said(voice, conversation, incident, KNOWN, number=ticket.number)
        buttons = voice.buttons(conversation.locale).statement(ticket.id)
        await voice.to_contact(conversation, text, ticket=moved, buttons=buttons)


async def ask_whether(voice: Voice, ticket: Ticket, conversation: Conversation, incident: Incident) -> None:
    """Is it this? Once; the answer comes by a button (workflows/talk_of_incident.py)."""
    if any(event.kind == ASKED_IF_SAME for event in await voice.work.events.of_ticket(ticket.id)):
        return
    await voice.work.events.add(ASKED_IF_SAME, now=voice.now, ticket_id=ticket.id, incident=incident.id)
    buttons = voice.buttons(conversation.locale).is_it_this(ticket.id, incident.id)
    text = _said(voice, conversation, incident, IS_IT_THIS)
    await voice.to_contact(conversation, text, ticket=ticket, buttons=buttons)


def _said(voice: Voice, conversation: Conversation, incident: Incident, text: str, **values: object) -> str:
    """About the incident, in the contact's language; practice says that it is."""
    words = voice.say(conversation.locale, text, title=public_name(voice, conversation.locale, incident), **values)
    return f"{voice.say(conversation.locale, DRILL)}\n{words}" if incident.drill else words


def waits(ticket: Ticket) -> bool:
    """Whether the ticket waits for the outcome of an incident it follows."""
    return ticket.status is Status.ON_HOLD and ticket.lane is Lane.KNOWLEDGE


async def wait_for_outcome(voice: Voice, ticket: Ticket, why: str) -> Ticket:
    """Offers and askings end, nothing that was begun is sent."""
    await overtake_asking(voice, ticket)
    await drop_unsent(voice, ticket)
    await withdraw_offers(voice, ticket, OfferState.WITHDRAWN, ANSWERED_FOR_ALL)
    await voice.work.clocks.stop(ticket.id, ClockKind.WAVE_END)
    if waits(ticket):
        return ticket
    if ticket.lane is not Lane.KNOWLEDGE:
        await voice.work.tickets.add_decision(
            ticket.id,
            None,
            lane=Lane.KNOWLEDGE.value,
            unit=ticket.unit or "-",
            priority=ticket.priority,
            reasons=[why],
            now=voice.now,
        )
    return await move(voice, ticket, Trigger.HELD, lane=Lane.KNOWLEDGE, lease_expires_at=None, wave=0)


async def _is_with_people(voice: Voice, ticket: Ticket) -> bool:
    """Whether somebody works on it or has put it on hold, or only staff may have it, by any of its contact's words."""
    if ticket.assignee_id is not None or (ticket.status is Status.ON_HOLD and not waits(ticket)):
        return True
    if ticket.lane is not Lane.STAFF:
        return False
    wanted = any(event.kind == "HumanWanted" for event in await voice.work.events.of_ticket(ticket.id))
    return wanted or await _any_is_staffs(voice, ticket)


async def _any_is_staffs(voice: Voice, ticket: Ticket) -> bool:
    policy, facts = voice.desk.policy(), facts_of(ticket)
    for message in await voice.work.messages.of_ticket(ticket.id):
        reading = await voice.work.messages.reading(message.id)
        if reading is not None and staff_at_once(reading, facts, policy) is not None:
            return True
    return False


def follows_because(voice: Voice, incident: Incident) -> str:
    """The reason of a ticket that followed before the incident was confirmed, or was put there by hand."""
    return voice.say(voice.desk.locale, _("it follows the incident “{title}”"), title=incident.title)


async def take_in_all(desk: CareDesk, *, limit: int = MOST_AT_A_TIME) -> int:
    """Takes in what follows a confirmed incident, and lets go what follows a dismissed one. Each ticket is one short
    transaction; a second process that takes the same finds it done. Returns how many there were."""
    async with desk.store.begin() as work:
        waiting = await work.followers.to_take_in(limit=limit)
        leaving = await work.followers.to_let_go(limit=limit)
    for incident_id, ticket_id, how in waiting:
        await _apart(_take_in_one(desk, incident_id, ticket_id, how))
    for ticket_id in leaving:
        await _apart(_let_go(desk, ticket_id))
    return len(waiting) + len(leaving)


async def _apart(one: Awaitable[None]) -> None:
    """A ticket that fails is tried again next time, and holds up no other."""
    try:
        await one
    except StorageUnavailable:
        raise
    except Exception:
        log.exception("a ticket could not be taken in or let go")


async def _take_in_one(desk: CareDesk, incident_id: IncidentId, ticket_id: TicketId, how: JoinedHow) -> None:
    unlike = how is JoinedHow.TOPIC and await _is_unlike(desk, incident_id, ticket_id)
    async with speaking(desk) as voice:
        ticket, conversation = await voice.work.tickets.lock(ticket_id)
        incident = await voice.work.incidents.followed_by(ticket_id)
        if incident is not None and incident.state is IncidentState.CONFIRMED:
            why = follows_because(voice, incident)
            await take_in(voice, ticket, conversation, incident, why, unlike=unlike)


async def _is_unlike(desk: CareDesk, incident_id: IncidentId, ticket_id: TicketId) -> bool:
    """By the words it was opened with, as far as they were read."""
    if desk.known_incidents is None:
        return False
    async with desk.store.begin() as work:
        for message in await work.messages.of_ticket(ticket_id):
            reading = await work.messages.reading(message.id)
            if reading is not None:
                break
        else:
            return False
    return await desk.known_incidents.is_unlike(desk.store, incident_id, reading)


async def _let_go(desk: CareDesk, ticket_id: TicketId) -> None:
    """What waited is routed anew; a ticket that closed meanwhile only ends to follow."""
    async with speaking(desk) as voice:
        ticket, conversation = await voice.work.tickets.lock(ticket_id)
        incident = await voice.work.incidents.followed_by(ticket_id)
        if incident is None or incident.state is not IncidentState.DISMISSED:
            return
        try:
            await leave_incident(voice, ticket, conversation, LeftWhy.BY_HAND)
        except TicketClosed:
            await voice.work.incidents.leave(ticket_id, LeftWhy.BY_HAND, now=voice.now)
