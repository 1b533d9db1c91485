"""What waits for a second pair of eyes: answers of newcomers to look over, others' answers that experts may endorse."""

from __future__ import annotations

from collections.abc import Sequence

from desk.answer import Answer
from desk.people import Responder
from desk.phrases import marked as _
from desk.trust import may_endorse, may_review
from workflows.answer_messages import shown
from workflows.ticket_moves import history
from workflows.voice import Voice

MOST_AT_ONCE = 5


async def to_review(voice: Voice, responder: Responder) -> Sequence[Answer]:
    """Answers they are asked to look over now."""
    return await voice.work.answers.to_review(responder.id) if may_review(responder.trust) else []


async def to_endorse(voice: Voice, responder: Responder) -> Sequence[Answer]:
    """Others' answers of the last days, on their topics."""
    if not may_endorse(responder.trust) or responder.role.is_staff:
        return []
    return await voice.work.answers.to_endorse(responder, now=voice.now, limit=MOST_AT_ONCE)


async def show_reviews(voice: Voice, responder: Responder) -> int:
    """Sends each with its buttons. Returns how many."""
    waiting = list(await to_review(voice, responder))[:MOST_AT_ONCE]
    for answer in waiting:
        await _show(
            voice, responder, answer, _("🔎 Waits for your look:\n\n{talk}\n\nThe answer of a newcomer:\n{answer}")
        )
    endorsable = await to_endorse(voice, responder)
    for answer in endorsable:
        await _show(voice, responder, answer, _("Would you endorse this?\n\n{talk}\n\nThe answer:\n{answer}"))
    return len(waiting) + len(endorsable)


async def _show(voice: Voice, responder: Responder, answer: Answer, text: str) -> None:
    messages = await voice.work.messages.of_ticket(answer.ticket_id)
    before = [one for one in messages if one.id != answer.message_id]
    said = voice.say(
        responder.locale,
        text,
        talk=shown(history(before, voice, responder.locale, masked=True)),
        answer=shown(answer.body),
    )
    buttons = voice.buttons(responder.locale)
    rows = buttons.review(answer.id) if answer.is_under_way else buttons.endorse(answer.id)
    await voice.to_responder(responder, said, ticket_id=answer.ticket_id, buttons=rows)
