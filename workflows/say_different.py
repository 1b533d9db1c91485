"""The contact says that theirs is another problem than the incident's: a person looks at it.

Under a statement in public everybody who asked there may tap: it is then about their own question.
"""

from __future__ import annotations

from desk.conversation import Conversation
from desk.errors import NotAllowed
from desk.incident import LeftWhy
from desk.phrases import marked as _
from desk.ticket import Ticket, TicketId
from workflows.leave_incident import leave_incident
from workflows.voice import Voice


async def say_different(voice: Voice, ticket_id: TicketId, conversation: Conversation | None) -> str:
    """What the tapper hears at once. Raises NotFound, NotAllowed, TicketClosed."""
    ticket = await _theirs(voice, ticket_id, conversation)
    if conversation is not None and conversation.blocked:
        return _("Thank you!")
    ticket, there = await voice.work.tickets.lock(ticket.id)
    if ticket.is_live and await voice.work.incidents.followed_by(ticket.id) is None:
        return _("Your question goes its own way already.")
    await leave_incident(voice, ticket, there, LeftWhy.DIFFERENT)
    return _("Thank you for telling us. A person looks at your question.")


async def _theirs(voice: Voice, ticket_id: TicketId, conversation: Conversation | None) -> Ticket:
    """The ticket of the button, or the tapper's own that follows the same incident."""
    named = await voice.work.tickets.by_id(ticket_id)
    if conversation is None:
        raise NotAllowed("somebody else's ticket")
    if conversation.contact_id == named.contact_id:
        return named
    own = await voice.work.tickets.live(conversation.id)
    theirs = await voice.work.incidents.followed_by(own.id) if own else None
    incident = await voice.work.incidents.followed_by(named.id)
    if own is None or theirs is None or incident is None or theirs.id != incident.id:
        raise NotAllowed("somebody else's ticket")
    return own
