"""An expert puts their name behind an answer that a contact has: the contact sees it marked, its author is told."""

from __future__ import annotations

from dataclasses import replace

from desk.answer import AnswerId, AnswerKind, AnswerState
from desk.errors import IllegalTransition, NotAllowed, NotFound
from desk.people import Responder
from desk.phrases import marked as _
from desk.trust import may_endorse
from workflows.copies import edit_copies
from workflows.ticket_moves import ticket_name
from workflows.voice import Voice

MOST_SHOWN = 200
"""Newest answers among which one may be endorsed: what is older than these helped whoever it could."""


async def endorse_answer(voice: Voice, expert: Responder, answer_id: AnswerId) -> None:
    """Marks it, once; the first endorsement stands. Raises NotFound, NotAllowed, IllegalTransition."""
    seen = await voice.work.answers.by_id(answer_id)
    if seen is None:
        raise NotFound("no such answer")
    ticket, _conversation = await voice.work.tickets.lock(seen.ticket_id)
    answer = await voice.work.answers.by_id(answer_id) or seen
    may = expert.active and not expert.role.is_staff and may_endorse(expert.trust)
    if not may or answer.author_id == expert.id:
        raise NotAllowed("not theirs to endorse")
    if answer.endorsed_by is not None:
        return
    if answer.state is not AnswerState.SENT or answer.kind is AnswerKind.QUESTION or answer.message_id is None:
        raise IllegalTransition("answer", answer.state, "endorse")
    if answer.id not in {
        one.id for one in await voice.work.answers.to_endorse(expert, now=voice.now, limit=MOST_SHOWN)
    }:
        raise NotAllowed("not on their topics, or the question is their own")
    await voice.work.answers.save(replace(answer, endorsed_by=expert.id), now=voice.now)
    await voice.work.events.add(
        "AnswerEndorsed", now=voice.now, ticket_id=ticket.id, responder_id=answer.author_id, by=expert.id
    )
    message = await voice.work.messages.by_id(answer.message_id)
    if message.deleted_at is None:
        await edit_copies(voice, message, message.body, ticket)
    author = await voice.work.people.responder(answer.author_id)
    text = _("✔ An experienced member endorsed your answer to {name}.")
    said = voice.say(author.locale, text, name=ticket_name(ticket.id))
    await voice.to_responder(author, said, ticket_id=ticket.id)
