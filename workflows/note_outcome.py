"""What became of a volunteer's answer is noted, and their level judged, in the transaction of the verdict.

The contact says *solved* or *not solved*, rates, falls silent, or comes back after all; staff recall an answer, or say
that the verdict was not about it. What turns out to be an outage or a matter for staff is left out by rule, when
it speaks against the volunteer: nobody can help that. A ticket's lock is held by whoever calls.
"""

from __future__ import annotations

from collections.abc import Sequence

from desk.conversation import AuthorKind, Direction
from desk.errors import InputRejected, NotFound
from desk.people import Responder, ResponderId
from desk.record import AnswerVerdict, Exclusion, Outcome
from desk.ticket import Lane, Ticket, TicketId
from workflows.judge_trust import judge_volunteer
from workflows.permissions import staff_only
from workflows.voice import Voice

OUTAGE = "outage"


async def answer_solved(voice: Voice, ticket: Ticket) -> None:
    """The contact is content with whoever has it, if that is a volunteer who answered."""
    await _note_for_holder(voice, ticket, AnswerVerdict.SOLVED)


async def answer_not_solved(voice: Voice, ticket: Ticket) -> None:
    """The contact is not content. A later *solved* for the same volunteer replaces it."""
    await _note_for_holder(voice, ticket, AnswerVerdict.UNSOLVED)


async def answer_met_silence(voice: Voice, ticket: Ticket) -> None:
    """The contact never said."""
    await _note_for_holder(voice, ticket, AnswerVerdict.SILENT)


async def answer_rated(voice: Voice, ticket: Ticket, stars: int) -> None:
    """The contact rated a solved ticket."""
    for responder_id in await voice.work.records.rate(ticket.id, stars):
        await judge_volunteer(voice, responder_id)


async def answer_recalled(voice: Voice, ticket: Ticket, author_id: ResponderId) -> None:
    """It was wrong, and was taken back."""
    await note_outcome(voice, ticket, author_id, AnswerVerdict.RECALLED)


async def outcome_taken_back(voice: Voice, ticket: Ticket) -> None:
    """The contact came back with more: whether it was solved is open again."""
    for outcome in await voice.work.records.of_ticket(ticket.id):
        if outcome.verdict in (AnswerVerdict.SOLVED, AnswerVerdict.SILENT):
            await voice.work.records.take_back(ticket.id, outcome.responder_id)
            await judge_volunteer(voice, outcome.responder_id)


async def note_outcome(voice: Voice, ticket: Ticket, responder_id: ResponderId, verdict: AnswerVerdict) -> None:
    """For one volunteer, also when they answered in public and never held the ticket."""
    why = Exclusion.NEVER_SAID if verdict is AnswerVerdict.SILENT else None
    outcome = Outcome(
        responder_id=responder_id,
        ticket_id=ticket.id,
        ticket_number=ticket.number,
        topic=ticket.intent or ticket.unit,
        locale=ticket.locale,
        verdict=verdict,
        csat=ticket.csat if verdict is AnswerVerdict.SOLVED else None,
        excluded=why or (None if verdict is AnswerVerdict.SOLVED else _beyond_them(voice, ticket)),
        at=voice.now,
    )
    await voice.work.records.note(outcome)
    await judge_volunteer(voice, responder_id)


async def outcomes_refiled(voice: Voice, ticket: Ticket) -> None:
    """The ticket is filed under something else: what speaks against a volunteer may have been beyond them."""
    why = _beyond_them(voice, ticket)
    for outcome in await voice.work.records.of_ticket(ticket.id):
        if outcome.is_good or outcome.verdict in (AnswerVerdict.SILENT, AnswerVerdict.RECALLED):
            continue
        if await voice.work.records.exclude(ticket.id, outcome.responder_id, why, by=None):
            await judge_volunteer(voice, outcome.responder_id)


async def exclude_outcome(
    voice: Voice, by: Responder, ticket_id: TicketId, responder_id: ResponderId, why: Exclusion | None
) -> None:
    """A person leaves an outcome out, or counts it again. Raises NotAllowed, NotFound, InputRejected."""
    staff_only(by)
    if why not in (None, Exclusion.NOT_THE_ANSWER, Exclusion.SUSPICIOUS):
        raise InputRejected("why: a person says that it was not about the answer, or that it is suspicious")
    if not any(one.responder_id == responder_id for one in await voice.work.records.of_ticket(ticket_id)):
        raise NotFound("no such outcome")
    if not await voice.work.records.exclude(ticket_id, responder_id, why, by=by.id):
        return
    kind = "OutcomeLeftOut" if why is not None else "OutcomeCounted"
    await voice.work.events.add(
        kind, now=voice.now, ticket_id=ticket_id, responder_id=by.id, whom=responder_id, why=why.value if why else None
    )
    await judge_volunteer(voice, responder_id)


def _beyond_them(voice: Voice, ticket: Ticket) -> Exclusion | None:
    if ticket.intent == OUTAGE:
        return Exclusion.OUTAGE
    if ticket.intent is not None and voice.desk.policy().route(ticket.intent).lane is Lane.STAFF:
        return Exclusion.STAFF_MATTER
    return None


async def _note_for_holder(voice: Voice, ticket: Ticket, verdict: AnswerVerdict) -> None:
    if ticket.assignee_id is None:
        return
    holder = await voice.work.people.responder(ticket.assignee_id)
    if holder.role.is_staff or holder.id not in await answerers(voice, ticket):
        return
    await note_outcome(voice, ticket, holder.id, verdict)


async def answerers(voice: Voice, ticket: Ticket) -> Sequence[ResponderId]:
    """Volunteers whose words the contact has got, in the order of their last ones."""
    found: dict[ResponderId, None] = {}
    for message in await voice.work.messages.of_ticket(ticket.id):
        said_to_contact = message.direction is Direction.OUTBOUND and message.deleted_at is None
        if message.author is AuthorKind.VOLUNTEER and said_to_contact and message.responder_id is not None:
            found.pop(message.responder_id, None)
            found[message.responder_id] = None
    return list(found)
