"""The bot's messages about an answer: to its author and to those who look it over. What is over loses its buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desk.answer import Answer
from desk.outbound import Operation, OutboxEntry, OutboxRow
from desk.people import Responder, ResponderId
from desk.phrases import marked as _
from workflows.buttons import ABOUT_ANSWERS
from workflows.voice import Voice

SHOWN_CHARACTERS = 1500
"""As much of a draft as its author is shown again; the contact gets all of it."""

NOT_NEEDED = _("Not needed any more. Thank you!")


def shown(text: str) -> str:
    """The text, shortened for whoever knows it already."""
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS].rstrip()} …"


async def retire(voice: Voice, answer: Answer, whom: Sequence[ResponderId], text: str = "", **values: object) -> None:
    """Replaces the last message with buttons about the answer that each of them has; without a text it is deleted."""
    await voice.flush()  # what was said in this transaction may be the last message
    people = await voice.work.people.responders_by_id(list(whom))
    newest: dict[ResponderId, OutboxRow] = {}
    for row in await voice.work.outbox.to_responders(list(whom), answer.ticket_id):
        if row.entry.responder_id is not None and _is_about(row, answer):
            newest[row.entry.responder_id] = row
    await voice.put([_over(voice, row, people[whose], text, values) for whose, row in newest.items()])


def _is_about(row: OutboxRow, answer: Answer) -> bool:
    pattern = re.compile(rf"(?:{'|'.join(ABOUT_ANSWERS)}):{answer.id}")
    return any(pattern.fullmatch(button.action) for line in row.entry.buttons for button in line)


def _over(voice: Voice, row: OutboxRow, reader: Responder, text: str, values: dict[str, object]) -> OutboxEntry:
    said = voice.say(reader.locale, text, **values) if text else ""
    return OutboxEntry(
        stream=row.entry.stream,
        address=row.entry.address,
        operation=Operation.EDIT if text else Operation.DELETE,
        text=said,
        target_id=row.id,
        ticket_id=row.entry.ticket_id,
        responder_id=reader.id,
    )
