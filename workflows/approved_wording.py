"""The approved wording that fits a question, and the button that sends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desk.conversation import Button, ButtonRows
from desk.people import Responder
from desk.phrases import marked as _
from desk.statement import Statement
from desk.ticket import Ticket, TicketId
from workflows.care_desk import CareDesk
from workflows.voice import Voice, speaking


async def wording_for(voice: Voice, ticket: Ticket) -> Statement | None:
    """The approved wording on the incident that the ticket follows, else on the newest live one of its topic."""
    incidents = voice.work.incidents
    followed = await incidents.followed_by(ticket.id)
    about = [followed] if followed is not None else await incidents.live_on(ticket.intent) if ticket.intent else []
    for incident in about:
        statement = await voice.work.statements.in_force(incident.id)
        if statement is not None and not voice.desk.is_practice(incident.drill):
            return statement
    return None


async def wording_buttons(voice: Voice, responder: Responder, ticket: Ticket) -> ButtonRows:
    """Under a question somebody holds; none without an approved wording."""
    if await wording_for(voice, ticket) is None:
        return ()
    return ((Button(voice.say(responder.locale, _("📣 Send the approved wording")), f"wording:{ticket.id}"),),)


async def wordings_for(desk: CareDesk, held: Sequence[Ticket]) -> Mapping[TicketId, str]:
    """The approved wording for each question that has one, as its contact would read it."""
    if not held:
        return {}
    async with speaking(desk) as voice:
        found = [(ticket, await wording_for(voice, ticket)) for ticket in held]
    return {ticket.id: one.text(ticket.locale) for ticket, one in found if one is not None}
