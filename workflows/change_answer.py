"""The author of an answer edits or deletes a message it is made of, on their platform or their page.

not sent yet    the draft changes and is checked anew; from a review it comes back first
sent            the new words must pass the check too: then the contact's copy changes, else it stays as it is and
                the author is told why
gone elsewhere  nothing happens
"""

from __future__ import annotations

from dataclasses import replace

from desk.answer import Answer, AnswerPart, AnswerState
from desk.conversation import Conversation, Message
from desk.inbound import Receipt
from desk.people import Responder
from desk.phrases import marked as _
from desk.store import Work
from desk.ticket import Ticket
from workflows.care_desk import CareDesk
from workflows.check_words import check_words, note_refusal, objections
from workflows.copies import edit_copies
from workflows.draft_answer import judge, show_draft
from workflows.take_back import take_back
from workflows.unsent_answer import give_up
from workflows.voice import Voice, speaking


async def edit_part(desk: CareDesk, part: AnswerPart, text: str) -> Receipt:
    """Other words for one part of an answer."""
    async with speaking(desk) as voice:
        answer, ticket, _conversation = await _locked(voice, part)
        again = await voice.work.answers.part(part.channel, part.external_id)
        if again is None or again.body == text:
            return Receipt(duplicate=True)
        author = await voice.work.people.responder(answer.author_id)
        if answer.state is AnswerState.SENT:
            await _edit_sent(voice, author, ticket, answer, part, text)
        elif answer.is_under_way and ticket.assignee_id == author.id:
            await voice.work.answers.edit_part(part.channel, part.external_id, text)
            await show_draft(voice, author, ticket, await judge(voice, author, ticket, answer))
        return Receipt(message_id=answer.message_id)


async def _edit_sent(
    voice: Voice, author: Responder, ticket: Ticket, answer: Answer, part: AnswerPart, text: str
) -> None:
    parts = await voice.work.answers.parts(answer.id)
    bodies = [text if one.external_id == part.external_id else one.body for one in parts]
    body = "\n".join(one for one in bodies if one.strip())
    if await change_sent(voice, author, ticket, answer, body):
        await voice.work.answers.edit_part(part.channel, part.external_id, text)


async def change_sent(voice: Voice, author: Responder, ticket: Ticket, answer: Answer, body: str) -> bool:
    """Other words for an answer that the contact has, if the check lets them pass."""
    findings = check_words(voice.desk, body)
    if findings:
        await note_refusal(voice, author, ticket.id, findings)
        said = voice.say(
            author.locale,
            _("✋ Your change was not passed on; the contact still reads what you sent before:\n{reasons}"),
            reasons=objections(voice, author, body, findings),
        )
        await voice.to_responder(author, said, ticket_id=ticket.id)
        return False
    message = await _message(voice, answer)
    if message is None:
        return False
    await voice.work.messages.edit(message.id, body=body, masked=None, at=voice.now)
    await edit_copies(voice, message, body, ticket)
    await voice.work.answers.save(replace(answer, body=body), now=voice.now)
    return True


async def delete_part(desk: CareDesk, part: AnswerPart) -> Receipt:
    """One part of an answer is gone; with the last one the answer."""
    async with speaking(desk) as voice:
        answer, ticket, _conversation = await _locked(voice, part)
        if await voice.work.answers.part(part.channel, part.external_id) is None:
            return Receipt(duplicate=True)
        parts = await voice.work.answers.parts(answer.id)
        left = [one for one in parts if one.external_id != part.external_id]
        author = await voice.work.people.responder(answer.author_id)
        if answer.state is AnswerState.SENT and left:
            body = "\n".join(one.body for one in left if one.body.strip())
            if body and await change_sent(voice, author, ticket, answer, body):
                await voice.work.answers.drop_parts(answer.id, external_id=part.external_id)
        elif answer.state is AnswerState.SENT:
            message = await _message(voice, answer)
            if message is not None:
                await take_back(voice, message)
        elif answer.is_under_way and left:
            await voice.work.answers.drop_parts(answer.id, external_id=part.external_id)
            await show_draft(voice, author, ticket, await judge(voice, author, ticket, answer))
        elif answer.is_under_way:
            await give_up(voice, answer)
        return Receipt(message_id=answer.message_id)


async def part_of(work: Work, channel: str, external_id: str) -> AnswerPart | None:
    """The part of an answer that a platform's message is."""
    return await work.answers.part(channel, external_id)


async def _locked(voice: Voice, part: AnswerPart) -> tuple[Answer, Ticket, Conversation]:
    answer = await voice.work.answers.by_id(part.answer_id)
    if answer is None:
        raise LookupError(part.answer_id)  # its foreign key forbids it
    ticket, conversation = await voice.work.tickets.lock(answer.ticket_id)
    return await voice.work.answers.by_id(answer.id) or answer, ticket, conversation


async def _message(voice: Voice, answer: Answer) -> Message | None:
    if answer.message_id is None:
        return None
    message = await voice.work.messages.by_id(answer.message_id)
    return None if message.deleted_at is not None else message
