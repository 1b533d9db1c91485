"""The copies of a message: what of it was, or will be, delivered to the contact, to staff rooms, to a volunteer.

A copy is one or more platform messages (a long text is split). What was not delivered yet is never sent; what was is
edited or deleted, after everything before it in its stream.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from desk.answer import Answer, AnswerState
from desk.conversation import AuthorKind, Direction, Message
from desk.outbound import Operation, OutboxEntry, OutboxRow, one_a_message
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import Ticket
from workflows.answer_label import answer_label, further_label
from workflows.voice import Voice


async def withdraw_copies(voice: Voice, message: Message) -> None:
    """Deletes a stored message and every copy of it. Its ticket is locked."""
    await voice.flush()  # what was said of it in this transaction is a copy too
    await voice.work.messages.delete(message.id, at=voice.now)
    await voice.work.outbox.withdraw(message.id)
    rows = await voice.work.outbox.deliveries(message.id)
    await voice.put([_on(row, Operation.DELETE) for row in rows])


async def edit_copies(voice: Voice, message: Message, text: str, ticket: Ticket) -> bool:
    """Edits every copy in place. A volunteer's copy of the contact's words is not touched: it is masked. True: staff
    have a copy."""
    writer = None if message.responder_id is None else await voice.work.people.responder(message.responder_id)
    answer = None if writer is None else await voice.work.answers.of_message(message.id)
    copies: dict[str, list[OutboxRow]] = defaultdict(list)
    for row in await voice.work.outbox.deliveries(message.id):
        is_masked = row.entry.responder_id is not None and message.author is AuthorKind.CONTACT
        if row.entry.attachment_id is None and row.entry.text and not is_masked:
            copies[row.entry.stream].append(row)
    for rows in copies.values():
        in_staff_room = rows[0].entry.staff_ticket_id is not None
        said = _as_said(voice, message, writer, ticket, text, answer, in_staff_room=in_staff_room)
        further = "" if writer is None or in_staff_room else further_label(voice, writer, ticket)
        entries = _rewritten(rows, said, voice.room_for(rows[0].entry.address.channel), further)
        is_recalled = answer is not None and answer.state is AnswerState.RECALLED
        await voice.put([replace(one, buttons=()) for one in entries] if is_recalled else entries)
    return any(rows[0].entry.staff_ticket_id is not None for rows in copies.values())


def _rewritten(rows: Sequence[OutboxRow], text: str, characters: int, further: str) -> list[OutboxEntry]:
    """The rows of one copy, saying `text` instead: more parts than there are messages end in an ellipsis, messages
    that are left over are deleted. The buttons stay under the last."""
    parts = one_a_message(replace(rows[-1].entry, text=text), (), characters=characters, further=further)
    if len(parts) > len(rows):
        last = parts[len(rows) - 1]
        parts = [*parts[: len(rows) - 1], replace(last, text=f"{last.text} …", buttons=rows[-1].entry.buttons)]
    edits = [
        replace(_on(row, Operation.EDIT), text=part.text, buttons=part.buttons)
        for row, part in zip(rows, parts, strict=False)
    ]
    return edits + [_on(row, Operation.DELETE) for row in rows[len(parts) :]]


def _on(row: OutboxRow, operation: Operation) -> OutboxEntry:
    """An edit or deletion of what the row sent. It belongs to the message too, so that its words go with it."""
    return replace(
        row.entry, operation=operation, text="", buttons=(), attachment_id=None, reply_to=None, target_id=row.id
    )


def _as_said(
    voice: Voice,
    message: Message,
    writer: Responder | None,
    ticket: Ticket,
    text: str,
    answer: Answer | None,
    *,
    in_staff_room: bool,
) -> str:
    """The text with what stood before it when it was said first."""
    if message.direction is Direction.INBOUND:
        return f"💬 {text}"
    if writer is None:
        return text
    if message.direction is Direction.NOTE:
        return voice.say(voice.desk.locale, _("📝 {name}: {text}"), name=writer.name, text=text)
    if in_staff_room:
        return voice.say(voice.desk.locale, _("↪ {name} replied: {text}"), name=writer.name, text=text)
    return f"{answer_label(voice, writer, ticket, answer)}{text}"
