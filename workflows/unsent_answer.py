"""The end of an answer that the contact never saw: the question went elsewhere, or its author gave it up.

Those who were asked to look it over are told; the words stay stored, as evidence of what was refused and for whoever
asks what became of them.
"""

from __future__ import annotations

from dataclasses import replace

from desk.answer import Answer, AnswerState, AnswerTrigger, after
from desk.phrases import marked as _
from desk.store import ClockKind
from desk.ticket import Ticket
from workflows.answer_messages import NOT_NEEDED, retire
from workflows.voice import Voice

DRAFT_OVER = _("This draft is not needed any more; the question went elsewhere.")


async def drop_unsent(voice: Voice, ticket: Ticket) -> None:
    """Drops what is under way on a locked ticket; nothing is under way: nothing happens."""
    answer = await voice.work.answers.under_way(ticket.id)
    if answer is None:
        return
    if answer.state is AnswerState.IN_REVIEW:
        await end_review(voice, answer, NOT_NEEDED)
    await voice.work.answers.save(replace(answer, state=after(answer.state, AnswerTrigger.DROP)), now=voice.now)
    await retire(voice, answer, [answer.author_id], DRAFT_OVER)


async def end_review(voice: Voice, answer: Answer, text: str, *, but: int | None = None) -> None:
    """Nobody needs to look it over any more. `but`: who knows already."""
    await voice.work.clocks.stop(answer.ticket_id, ClockKind.REVIEW_END)
    asked = [one for one in await voice.work.answers.asked_reviewers(answer.id) if one != but]
    if asked:
        await retire(voice, answer, asked, text)


async def give_up(voice: Voice, answer: Answer) -> None:
    """Its author gives it up; the question stays theirs."""
    if answer.state is AnswerState.IN_REVIEW:
        await end_review(voice, answer, NOT_NEEDED)
    await voice.work.answers.save(replace(answer, state=after(answer.state, AnswerTrigger.DROP)), now=voice.now)
    await retire(voice, answer, [answer.author_id])
