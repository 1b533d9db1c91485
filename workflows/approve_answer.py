"""Whoever looks an answer over approves it, as it is or with a change: it goes to the contact as its author's."""

from __future__ import annotations

from dataclasses import replace

from desk.answer import Answer, AnswerId, AnswerTrigger, after
from desk.people import Responder
from desk.phrases import marked as _
from workflows.answer_messages import retire, shown
from workflows.check_words import check_words, note_refusal, objections
from workflows.review_answer import SOMEBODY_ELSE, back_to_author, endorses, under_review
from workflows.send_draft import deliver_answer
from workflows.unsent_answer import end_review
from workflows.voice import Voice


async def approve_answer(
    voice: Voice, reviewer: Responder, answer_id: AnswerId, *, changed: str | None = None
) -> str | None:
    """Sends it. `changed`: as it should read instead. Returns what the check has against the change, None: it is sent.
    Raises NotFound, NotAllowed, ReviewOver."""
    answer, ticket, conversation = await under_review(voice, reviewer, answer_id)
    body = answer.body if changed is None else changed.strip()
    findings = check_words(voice.desk, body)
    if findings:
        await note_refusal(voice, reviewer, ticket.id, findings)
        return objections(voice, reviewer, body, findings)
    author = await voice.work.people.responder(answer.author_id)
    approved = replace(
        answer,
        state=after(answer.state, AnswerTrigger.APPROVE),
        body=body,
        reviewed_by=reviewer.id,
        endorsed_by=reviewer.id if endorses(reviewer) else None,
    )
    await end_review(voice, answer, SOMEBODY_ELSE, but=reviewer.id)
    ticket = await back_to_author(voice, ticket, answer)
    await deliver_answer(voice, author, ticket, conversation, approved)
    kind = "AnswerApproved" if changed is None else "AnswerApprovedChanged"
    await voice.work.events.add(kind, now=voice.now, ticket_id=ticket.id, responder_id=reviewer.id)
    await retire(voice, answer, [reviewer.id], _("✔ Approved and sent. Thank you!"))
    await _tell_author(voice, author, approved, changed=changed is not None)
    return None


async def _tell_author(voice: Voice, author: Responder, answer: Answer, *, changed: bool) -> None:
    text = _("✔ Your answer was looked over and sent. I will tell you what the contact says.")
    if changed:
        text = _("✔ Your answer was looked over and sent, with a change:\n{answer}")
    said = voice.say(author.locale, text, answer=shown(answer.body))
    await voice.to_responder(author, said, ticket_id=answer.ticket_id)
