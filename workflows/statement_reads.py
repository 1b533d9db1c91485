"""What the statement's page shows: versions, the draft and what the check says to it, broadcasts and how far they are.

Nothing here changes anything. Finishing times are honest: by the pace that was measured, or none at all when a channel
takes nothing now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from desk.answer_check import REASONS, Finding, excerpt
from desk.broadcast import Broadcast, BroadcastState, ChannelProgress, time_left, time_needed
from desk.incident import Incident, IncidentId
from desk.people import Locale, Responder, ResponderId, Role
from desk.statement import Statement, StatementId, StatementState, gaps, pointed_out, refused
from desk.store import Work
from workflows.care_desk import CareDesk
from workflows.put_slices import pace_of
from workflows.write_statement import findings_in

MOST_BROADCASTS = 10


@dataclass(frozen=True, slots=True)
class Objection:
    """Something in a draft: why, in words for a person, and where. `blocks`: it cannot be submitted so."""

    language: Locale
    reason: str
    place: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class Audience:
    """Who would be told. `takes`: how long, None when a channel is not in service."""

    by_channel: Mapping[str, int]
    takes: timedelta | None

    @property
    def count(self) -> int:
        """Of questions."""
        return sum(self.by_channel.values())


@dataclass(frozen=True, slots=True)
class BroadcastLine:
    """A broadcast, how far it is on each channel, and how long it takes still: None while it is paused, and when
    nobody can say."""

    broadcast: Broadcast
    version: int | None
    progress: Mapping[str, ChannelProgress]
    left: timedelta | None

    @property
    def is_live(self) -> bool:
        """It may still tell somebody."""
        return self.broadcast.is_live

    @property
    def total(self) -> int:
        """All of its questions."""
        return sum(one.total for one in self.progress.values())

    @property
    def settled(self) -> int:
        """Those about which nothing is left to do."""
        return self.total - sum(one.waiting + one.under_way for one in self.progress.values())

    def sum(self, name: str) -> int:
        """Of one number of the progress, over all channels."""
        return sum(getattr(one, name) for one in self.progress.values())


@dataclass(frozen=True, slots=True)
class StatementSheet:
    """All of it. `waiting`: who has not got the one in force; `corrected`: who would get a new version as a correction.
    `uncorrected`: questions that got a text, while none is in force.
    `approvers`: who else may approve the draft."""

    incident: Incident
    in_force: Statement | None
    draft: Statement | None
    over: Sequence[Statement]
    objections: Sequence[Objection]
    waiting: Audience
    corrected: Audience
    broadcasts: Sequence[BroadcastLine]
    people: Mapping[ResponderId, Responder]
    coordinators: int
    uncorrected: int = 0


async def statement_sheet(desk: CareDesk, incident_id: IncidentId) -> StatementSheet:
    """Raises NotFound."""
    async with desk.store.begin() as work:
        incident = await work.incidents.incident(incident_id)
        versions = await work.statements.of_incident(incident_id)
        in_force = next((one for one in versions if one.state is StatementState.APPROVED), None)
        waiting, corrected = await work.broadcasts.would_tell(incident_id, in_force.id if in_force else None)
        # A next version corrects this one too, and so reaches whoever has it.
        _all, next_ones = await work.broadcasts.would_tell(incident_id, None)
        numbers = {one.id: one.version for one in versions}
        broadcasts = list(await work.broadcasts.of_incident(incident_id))[:MOST_BROADCASTS]
        lines = [await _line(desk, work, one, numbers) for one in broadcasts]
        everybody = {one.id: one for one in await work.people.responders()}
    draft = next((one for one in versions if one.is_under_way), None)
    return StatementSheet(
        incident=incident,
        in_force=in_force,
        draft=draft,
        over=[one for one in versions if one is not draft and one is not in_force],
        objections=_objections(desk, draft) if draft else (),
        waiting=_audience(desk, waiting),
        corrected=_audience(desk, next_ones if draft else corrected),
        broadcasts=lines,
        people=everybody,
        uncorrected=0 if in_force else sum(next_ones.values()),
        coordinators=sum(one.active and one.role in (Role.COORDINATOR, Role.ADMIN) for one in everybody.values()),
    )


async def _line(desk: CareDesk, work: Work, one: Broadcast, numbers: Mapping[StatementId, int]) -> BroadcastLine:
    now = desk.clock.now()
    progress = await work.broadcasts.progress(one.id, now=now)
    left = None
    if one.state is BroadcastState.RUNNING:
        pace = {channel: pace_of(desk, channel) for channel in progress}
        left = time_left(progress, pace, now - one.running_since)
    return BroadcastLine(one, numbers.get(one.statement_id) if one.statement_id else None, progress, left)


def _audience(desk: CareDesk, by_channel: Mapping[str, int]) -> Audience:
    pace = {channel: pace_of(desk, channel) for channel in by_channel}
    return Audience(by_channel, time_needed(by_channel, pace) if all(pace.values()) else None)


def _objections(desk: CareDesk, draft: Statement) -> Sequence[Objection]:
    found: list[Objection] = []
    for locale, findings in findings_in(desk, draft).items():
        text = draft.text(locale)
        found += [_objection(locale, text, one, blocks=True) for one in refused(findings)]
        found += [Objection(locale, "", gap, True) for gap in gaps(text)]
        found += [_objection(locale, text, one, blocks=False) for one in pointed_out(findings)]
    return found


def _objection(locale: Locale, text: str, finding: Finding, *, blocks: bool) -> Objection:
    return Objection(locale, REASONS[finding.rule], excerpt(text, finding), blocks)
