"""What a volunteer's page and a ticket's page show about answers, read in one transaction. Volunteers see no personal
data. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.answer import Answer, AnswerKind
from desk.conversation import AuthorKind, Direction, MessageId
from desk.people import Responder, ResponderId
from desk.store import Work
from desk.ticket import Ticket, TicketId
from desk.trust import may_endorse, may_review
from workflows.care_desk import CareDesk
from workflows.console_reads import MaskedLine, masked_line
from workflows.ticket_moves import ticket_name

MOST_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class SeenAnswer:
    """Somebody's answer with the talk before it, as another volunteer may see it."""

    answer: Answer
    ticket: Ticket
    name: str
    lines: Sequence[MaskedLine]
    also: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class AnswersOnPage:
    """`drafts`: theirs, by the question they hold; `reviews`: what they may look over; `endorsable`: what they may
    endorse."""

    drafts: Mapping[TicketId, Answer]
    reviews: Sequence[SeenAnswer]
    endorsable: Sequence[SeenAnswer]


async def answers_on_page(desk: CareDesk, responder: Responder) -> AnswersOnPage:
    """For a volunteer's own page."""
    async with desk.store.begin() as work:
        held = await work.tickets.held_by(responder.id)
        drafts = [await work.answers.under_way(ticket.id) for ticket in held]
        reviews = await work.answers.to_review(responder.id) if may_review(responder.trust) else []
        endorsable: Sequence[Answer] = []
        if may_endorse(responder.trust):
            endorsable = await work.answers.to_endorse(responder, now=desk.clock.now(), limit=MOST_AT_ONCE)
        return AnswersOnPage(
            {one.ticket_id: one for one in drafts if one is not None and one.author_id == responder.id},
            [await _seen(work, one, responder.id) for one in reviews],
            [await _seen(work, one, responder.id) for one in endorsable],
        )


async def _seen(work: Work, answer: Answer, reader: ResponderId) -> SeenAnswer:
    ticket = await work.tickets.by_id(answer.ticket_id)
    lines = [
        masked_line(message, reader)
        for message in await work.messages.of_ticket(ticket.id)
        if message.direction is not Direction.NOTE
        and message.author is not AuthorKind.BOT
        and message.id != answer.message_id
    ]
    return SeenAnswer(answer, ticket, ticket_name(ticket.id), lines)


async def answers_of(desk: CareDesk, ticket_id: TicketId) -> tuple[Answer | None, Mapping[MessageId, Answer]]:
    """For staff: the answer under way on a ticket, and those that the contact has, by their message."""
    async with desk.store.begin() as work:
        all_of_them = await work.answers.of_ticket(ticket_id)
    under_way = next((one for one in all_of_them if one.is_under_way), None)
    said = {one.message_id: one for one in all_of_them if one.message_id and one.kind is AnswerKind.ANSWER}
    return under_way, said
