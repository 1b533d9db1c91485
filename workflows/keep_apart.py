"""Two people do not want to meet again: /avoid. No reason is asked for, nobody learns who it was, nobody is told.

A contact says it of the volunteer who answered last, a volunteer of whoever asked the question they have, or had last.
Coordinators see who is avoided by several.
"""

from __future__ import annotations

from desk.conversation import Conversation
from desk.errors import NotAllowed
from desk.people import Responder
from desk.phrases import marked as _
from desk.store import KeptApartBy
from desk.ticket import Lane, Ticket, TicketId
from workflows.accept_offer import hand_back
from workflows.note_outcome import answerers
from workflows.voice import Voice

NOBODY_TO_AVOID = _("There is nobody here whom you could avoid.")
APART = _("Understood. You two will not meet here again. Nobody is told.")
SEVERAL_AVOID = 3
"""So many others avoid somebody: coordinators see it."""


async def contact_avoids(voice: Voice, conversation: Conversation) -> str:
    """The volunteers who answered the contact's question, which is somebody else's now. Returns what to say."""
    tickets = voice.work.tickets
    ticket = await tickets.live(conversation.id) or await tickets.latest_closed(conversation.id)
    if ticket is None:
        return NOBODY_TO_AVOID
    ticket, _conversation = await tickets.lock(ticket.id)
    whom = await _volunteers_of(voice, ticket)
    for one in whom:
        await voice.work.abuse.keep_apart(ticket.contact_id, one.id, KeptApartBy.CONTACT, now=voice.now)
        if ticket.assignee_id == one.id and ticket.is_live:
            await hand_back(voice, one, ticket.id)
    return APART if whom else NOBODY_TO_AVOID


async def volunteer_avoids(voice: Voice, responder: Responder) -> str:
    """Whoever asked what they have, which goes back, or had last. Returns what to say. Raises NotAllowed."""
    if responder.role.is_staff:
        raise NotAllowed("staff answer everybody")
    held = await voice.work.tickets.held_by(responder.id)
    contact_id = held[-1].contact_id if held else await voice.work.abuse.last_met(responder.id)
    if contact_id is None:
        return NOBODY_TO_AVOID
    await voice.work.abuse.keep_apart(contact_id, responder.id, KeptApartBy.RESPONDER, now=voice.now)
    if held:
        await hand_back(voice, responder, held[-1].id)
    return APART


async def avoid_asker(voice: Voice, responder: Responder, ticket_id: TicketId) -> None:
    """The same of one question that the volunteer has, which goes back. Raises NotAllowed, NotFound."""
    if responder.role.is_staff:
        raise NotAllowed("staff answer everybody")
    ticket = await voice.work.tickets.by_id(ticket_id)
    await voice.work.abuse.keep_apart(ticket.contact_id, responder.id, KeptApartBy.RESPONDER, now=voice.now)
    await hand_back(voice, responder, ticket_id)


async def _volunteers_of(voice: Voice, ticket: Ticket) -> list[Responder]:
    ids = set(await answerers(voice, ticket))
    if ticket.assignee_id is not None and ticket.lane is Lane.PEER:
        ids.add(ticket.assignee_id)
    people = await voice.work.people.responders_by_id(sorted(ids))
    return [one for one in people.values() if not one.role.is_staff]
