"""The author says: send it. As an answer, which somebody may look over first, or as a question back to the contact.

A second tap changes nothing. After the lease, or when the question went elsewhere, nothing is sent and the author is
told so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desk.answer import Answer, AnswerId, AnswerKind, AnswerState, AnswerTrigger, after
from desk.conversation import AuthorKind, Conversation, MessageId
from desk.errors import NotAllowed, NotFound
from desk.inbound import InboundFile
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import Ticket
from workflows.accept_offer import held_by
from workflows.answer_label import answer_label, further_label
from workflows.answer_messages import retire
from workflows.care_desk import Topic
from workflows.check_words import check_words
from workflows.draft_answer import is_reviewed, judge, show_draft
from workflows.review_answer import submit
from workflows.ticket_moves import answered, asked_back
from workflows.voice import Origin, Voice

MOST_ASKED_BACK = 3
"""Questions back on one ticket by somebody whose answers are reviewed: a question is no way round the review."""

ALREADY = _("It has been sent already.")
SENT = _("✔ Sent. I will tell you what the contact says.")
IN_REVIEW = _("⏳ Somebody with experience looks it over first; then it goes to the contact. I will tell you.")


async def send_draft(voice: Voice, author: Responder, answer_id: AnswerId, kind: AnswerKind) -> str:
    """Sends, or has it looked over. Returns what the author is told at once. Raises NotAllowed, NotFound,
    IllegalTransition."""
    answer = await voice.work.answers.by_id(answer_id)
    if answer is None:
        raise NotFound("no such answer")
    if answer.author_id != author.id:
        raise NotAllowed("somebody else's answer")
    ticket, conversation = await held_by(voice, author, answer.ticket_id)
    answer = await voice.work.answers.by_id(answer_id) or answer
    if answer.state is AnswerState.SENT:
        return ALREADY
    if answer.state is AnswerState.IN_REVIEW:
        return _("It is being looked over already.")
    if check_words(voice.desk, answer.body):  # a rule may be newer than the draft
        answer = await judge(voice, author, ticket, answer)
        await show_draft(voice, author, ticket, answer)
        return _("Not sent: see why.")
    if kind is AnswerKind.QUESTION:
        return await _ask_back(voice, author, ticket, conversation, answer)
    return await send_or_submit(voice, author, ticket, conversation, answer)


async def send_or_submit(
    voice: Voice, author: Responder, ticket: Ticket, conversation: Conversation, answer: Answer
) -> str:
    """A checked draft goes to the contact, or to somebody who looks it over first."""
    if is_reviewed(voice, author):
        await submit(voice, author, ticket, conversation, answer)
        await retire(voice, answer, [author.id], IN_REVIEW)
        return _("It is being looked over.")
    sent = replace(answer, state=after(answer.state, AnswerTrigger.SEND))
    await deliver_answer(voice, author, ticket, conversation, sent)
    await retire(voice, answer, [author.id], SENT)
    return _("Sent.")


async def _ask_back(voice: Voice, author: Responder, ticket: Ticket, conversation: Conversation, answer: Answer) -> str:
    before = [one for one in await voice.work.answers.of_ticket(ticket.id) if one.kind is AnswerKind.QUESTION]
    if is_reviewed(voice, author) and len(before) >= MOST_ASKED_BACK:
        return _("You have asked back three times. Please answer now, or hand it on.")
    asked = replace(answer, kind=AnswerKind.QUESTION, state=after(answer.state, AnswerTrigger.SEND))
    await deliver_answer(voice, author, ticket, conversation, asked)
    await retire(voice, answer, [author.id], _("✔ Asked. Your time stands still until the contact replies."))
    return _("Asked.")


async def deliver_answer(
    voice: Voice, author: Responder, ticket: Ticket, conversation: Conversation, answer: Answer
) -> MessageId | None:
    """An answer (or question) in state `sent` goes to the contact; saved. None: it went out before."""
    parts = await voice.work.answers.parts(answer.id)
    origin = Origin(parts[0].channel, parts[0].external_id) if parts else None
    is_question = answer.kind is AnswerKind.QUESTION
    buttons = voice.buttons(conversation.locale)
    message_id = await voice.to_contact(
        conversation,
        answer.body,
        ticket=ticket,
        author=AuthorKind.VOLUNTEER,
        responder=author,
        label=answer_label(voice, author, ticket, answer),
        further=further_label(voice, author, ticket),
        buttons=buttons.human(ticket.id) if is_question else buttons.verdict(ticket.id),
        origin=origin,
    )
    if message_id is None:
        return None
    await voice.work.answers.save(replace(answer, message_id=message_id), now=voice.now)
    for part in parts:
        await _send_files(voice, author, ticket, conversation, answer, message_id, part.channel, part.files)
    await (asked_back if is_question else answered)(voice, ticket)
    kind = "AskedBack" if is_question else "Answered"
    await voice.work.events.add(kind, now=voice.now, ticket_id=ticket.id, responder_id=author.id, answer=answer.id)
    return message_id


async def _send_files(
    voice: Voice,
    author: Responder,
    ticket: Ticket,
    conversation: Conversation,
    answer: Answer,
    message_id: MessageId,
    channel: str,
    files: Sequence[InboundFile],
) -> None:
    """Under the text; without one the first file carries the label."""
    if not files:
        return
    added = await voice.work.messages.add_files(message_id, channel, files)
    label = further_label(voice, author, ticket) if answer.body.strip() else answer_label(voice, author, ticket, answer)
    await voice.deliver_to_contact(conversation, message_id, "", ticket=ticket, attachments=added, further=label)
    voice.wake(Topic.ATTACHMENTS, channel)
