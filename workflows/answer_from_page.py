"""A volunteer answers on their own page. What they can do there they can also do in chat."""

from __future__ import annotations

from desk.conversation import MessageId
from desk.people import Responder
from desk.ticket import TicketId
from workflows.accept_offer import held_by
from workflows.responder_writes import send_answer
from workflows.voice import Origin, Voice


async def answer_from_page(
    voice: Voice, responder: Responder, ticket_id: TicketId, text: str, *, origin: Origin
) -> MessageId | None:
    """Sends the answer of whoever holds the ticket. None: this form was sent before. Raises NotAllowed, NotFound,
    IllegalTransition."""
    ticket, conversation = await held_by(voice, responder, ticket_id)
    return await send_answer(voice, responder, ticket, conversation, text, origin=origin)
