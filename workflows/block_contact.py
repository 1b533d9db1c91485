"""The block list: what a blocked contact writes is kept in the conversation, and nobody is bothered with it.

Nor do their commands, buttons and edits do anything for others to see.
"""

from __future__ import annotations

from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import TicketId
from workflows.permissions import staff_only
from workflows.voice import Voice


async def block_contact(voice: Voice, responder: Responder, ticket_id: TicketId, *, blocked: bool) -> None:
    """Puts the ticket's contact on the list, or takes them off. Raises NotAllowed, NotFound."""
    staff_only(responder)
    ticket, _conversation = await voice.work.tickets.lock(ticket_id)
    await voice.work.conversations.block(ticket.contact_id, blocked)
    kind = "Blocked" if blocked else "Unblocked"
    await voice.work.events.add(kind, now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    text = (
        _("🚫 This contact is blocked: what they write is kept, nobody is told. /unblock undoes it.")
        if blocked
        else _("This contact is no longer blocked.")
    )
    await voice.to_staff(ticket, voice.say(voice.desk.locale, text))
