"""A volunteer works on their own page: answers, rests. What they can do there they can also do in chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk.conversation import MessageId
from desk.errors import InputRejected
from desk.people import Responder
from desk.ticket import TicketId
from workflows.accept_offer import held_by
from workflows.responder_writes import send_answer
from workflows.voice import Origin, Voice

LONGEST_PAUSE = timedelta(days=90)


async def answer_from_page(
    voice: Voice, responder: Responder, ticket_id: TicketId, text: str, *, origin: Origin
) -> MessageId | None:
    """Sends the answer of whoever holds the ticket. None: this form was sent before. Raises NotAllowed, NotFound,
    IllegalTransition."""
    ticket, conversation = await held_by(voice, responder, ticket_id)
    return await send_answer(voice, responder, ticket, conversation, text, origin=origin)


async def pause_offers(voice: Voice, responder: Responder, rest: timedelta) -> Responder:
    """No offers for so long; no time at all: back again. Raises InputRejected."""
    if not timedelta() <= rest <= LONGEST_PAUSE:
        raise InputRejected("hours: expected 0 to 2160")
    resting = replace(responder, paused_until=voice.now + rest if rest else None)
    await voice.work.people.update_responder(resting)
    kind = "Paused" if rest else "Resumed"
    await voice.work.events.add(kind, now=voice.now, responder_id=responder.id)
    return resting
