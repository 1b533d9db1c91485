"""A volunteer answers, or asks back, on their own page. What they can do there they can also do in chat.

The box on the page is the draft, so one tap sends it. What the check refuses stays stored and in the box, with the
reasons beside it.
"""

from __future__ import annotations

from desk.answer import AnswerKind, AnswerState
from desk.people import Responder
from desk.ticket import TicketId
from workflows.accept_offer import held_by
from workflows.draft_answer import draft_answer, refusal_words, show_draft
from workflows.send_draft import ALREADY, send_draft
from workflows.voice import Origin, Voice


async def answer_from_page(
    voice: Voice,
    responder: Responder,
    ticket_id: TicketId,
    text: str,
    *,
    origin: Origin,
    kind: AnswerKind = AnswerKind.ANSWER,
) -> tuple[str, str | None]:
    """Sends the words of whoever holds the ticket, or has them looked over. Returns what they are told, and why nothing
    was sent (None: it was). Raises NotAllowed, NotFound, IllegalTransition."""
    ticket, _conversation = await held_by(voice, responder, ticket_id)
    answer = await draft_answer(voice, responder, ticket, text, origin=origin, anew=True)
    if answer is None:
        return ALREADY, None
    if answer.state is AnswerState.REFUSED:
        await show_draft(voice, responder, ticket, answer)
        return "", refusal_words(voice, responder, answer)
    return await send_draft(voice, responder, answer.id, kind), None
