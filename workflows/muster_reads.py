"""What pages show of a muster: to those who steer it, and to each volunteer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.incident import Incident, IncidentId, IncidentState
from desk.muster import Briefing, Muster, MusterFigures, MusterTerms, can_be_called_off
from desk.muster_call import Call, Reply
from desk.people import Locale, Responder
from desk.statement import Statement
from desk.store import OptedIn
from workflows.accept_offer import owing
from workflows.answer_call import briefing_for, briefings_open_to
from workflows.call_muster import WouldBeCalled, topics_of, usual_terms, would_be_called
from workflows.care_desk import CareDesk
from workflows.incident_name import public_name
from workflows.send_calls import briefing_in
from workflows.voice import Voice, speaking


@dataclass(frozen=True, slots=True)
class Called:
    """One line of the board. `answering`: they have a question now."""

    call: Call
    responder: Responder
    answering: bool


@dataclass(frozen=True, slots=True)
class MusterSheet:
    """An incident's muster: the live one, else the newest; before any, what the form starts with."""

    incident: Incident
    statement: Statement | None
    muster: Muster | None
    figures: MusterFigures
    briefings: Mapping[Locale, Briefing]
    board: Sequence[Called]
    before: Sequence[tuple[Muster, MusterFigures]]
    terms: MusterTerms
    would: WouldBeCalled
    opted_in: OptedIn
    asks_volunteers: bool

    @property
    def can_be_undone(self) -> bool:
        """The call has not gone to all yet."""
        return self.muster is not None and can_be_called_off(self.muster, self.figures)

    @property
    def can_be_called(self) -> bool:
        """The form is shown."""
        is_live = self.muster is not None and self.muster.is_live
        return self.incident.state is IncidentState.CONFIRMED and not is_live


async def muster_sheet(desk: CareDesk, incident_id: IncidentId) -> MusterSheet:
    """Raises NotFound."""
    async with speaking(desk) as voice:
        musters = voice.work.musters
        incident = await voice.work.incidents.seen(incident_id) or await voice.work.incidents.incident(incident_id)
        every = await musters.of_incident(incident_id)
        newest = every[0] if every else None
        terms = usual_terms(voice, incident)
        return MusterSheet(
            incident=incident,
            statement=await voice.work.statements.in_force(incident_id),
            muster=newest,
            figures=await musters.figures(newest.id) if newest else MusterFigures(),
            briefings=await musters.briefings(newest.id) if newest else {},
            board=await _board(voice, newest) if newest and newest.is_live else (),
            before=[(one, await musters.figures(one.id)) for one in every if not one.is_live],
            terms=terms,
            would=await would_be_called(voice, incident, terms),
            opted_in=await musters.opted_in(),
            asks_volunteers=_asks_volunteers(voice, incident),
        )


def _asks_volunteers(voice: Voice, incident: Incident) -> bool:
    """Whether anything the storm is about may go to volunteers at all."""
    topics, policy = topics_of(voice.desk.policy(), incident), voice.desk.policy()
    return not topics or any(policy.route(one).lane.value == "peer" for one in topics if one in policy.intents)


async def _board(voice: Voice, muster: Muster) -> list[Called]:
    lines = []
    for call, who in await voice.work.musters.calls(muster.id):
        held = await voice.work.tickets.held_by(who.id) if call.reply is Reply.IN else ()
        lines.append(Called(call, who, bool(owing(held))))
    return lines


@dataclass(frozen=True, slots=True)
class MusterOfMine:
    """A live muster as a volunteer sees it. `reply` None: nobody called them, they are champions. `briefing`: only for
    those who may read it."""

    muster: Muster
    title: str
    reply: Reply | None
    happened: str
    briefing: str | None


async def musters_of(desk: CareDesk, responder: Responder) -> list[MusterOfMine]:
    """Live musters that called them and wait for nothing but their word, and those whose briefing they may read."""
    async with speaking(desk) as voice:
        live = await voice.work.musters.live()
        if not live:
            return []
        replies = {one.muster_id: one.reply for one in await voice.work.musters.replies_of(responder.id)}
        readable = {one.id for one in await briefings_open_to(voice, responder)}
        shown = [one for one in live if one.id in readable or replies.get(one.id, Reply.WAITING) is not Reply.WAITING]
        return [await _mine(voice, responder, one, replies.get(one.id), one.id in readable) for one in shown]


async def _mine(voice: Voice, responder: Responder, muster: Muster, reply: Reply | None, reads: bool) -> MusterOfMine:
    incident = await voice.work.incidents.seen(muster.incident_id)
    if incident is None:
        return MusterOfMine(muster, "-", reply, "", None)
    briefing = briefing_in(voice, await voice.work.musters.briefings(muster.id), responder, incident)
    said = await briefing_for(voice, responder, muster) if reads else None
    return MusterOfMine(muster, public_name(voice, responder.locale, incident), reply, briefing.happened, said)
