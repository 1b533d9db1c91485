"""A volunteer sends the approved wording as their answer, by one tap.

It was approved by people already, so nobody looks it over again, not a newcomer's either; unchanged it needs no check
of words. Whoever wants to change it writes an answer of their own, which goes the usual way.
"""

from __future__ import annotations

from dataclasses import replace

from desk.answer import AnswerState, AnswerTrigger, after
from desk.errors import NotFound
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import TicketId
from workflows.accept_offer import held_by
from workflows.approved_wording import wording_for
from workflows.send_draft import ALREADY, SENT, deliver_answer
from workflows.unsent_answer import give_up
from workflows.voice import Voice


async def use_wording(voice: Voice, responder: Responder, ticket_id: TicketId) -> str:
    """Sends it. Returns what they are told at once. Raises NotAllowed, NotFound, IllegalTransition."""
    ticket, conversation = await held_by(voice, responder, ticket_id)
    statement = await wording_for(voice, ticket)
    if statement is None:
        raise NotFound("no approved wording")
    text = statement.text(conversation.locale or ticket.locale)
    if any(one.state is AnswerState.SENT and one.body == text for one in await voice.work.answers.of_ticket(ticket.id)):
        return ALREADY
    under_way = await voice.work.answers.under_way(ticket.id)
    if under_way is not None:
        await give_up(voice, under_way)
    draft = await voice.work.answers.add(ticket.id, responder.id, now=voice.now)
    sent = replace(draft, body=text, state=after(draft.state, AnswerTrigger.SEND))
    await deliver_answer(voice, responder, ticket, conversation, sent)
    await voice.to_responder(responder, voice.say(responder.locale, SENT), ticket_id=ticket.id)
    return _("Sent.")
