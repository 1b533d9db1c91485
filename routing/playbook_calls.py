"""Who is called about an alert, and when again: the playbook's steps against the people who are there.

Calls count from 0. Each step holds for its `times`; the last goes on until somebody acknowledges. A step that reaches
nobody (no shift at this hour, nobody of that name) is passed over, and when no step reaches anybody all coordinators
and admins are called: an alert that nobody hears is none.

Pure: no I/O, no clock. Callers pass `now` (aware UTC).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.people import Responder, Role
from desk.volunteering import may_be_asked
from routing.playbook import ROLES, STAFF_ROOMS, TOPIC_UNIT, UNIT, CallStep, Play, Playbook

AGAIN_AFTER = timedelta(minutes=10)
LAST_RESORT = (Role.COORDINATOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Call:
    """One call: these people in their own chats (on `by`, if they have it there), and perhaps the staff rooms."""

    people: tuple[Responder, ...]
    rooms: bool
    by: str
    again_after: timedelta

    @property
    def reaches_somebody(self) -> bool:
        """Whether anybody is called."""
        return bool(self.people) or self.rooms


def call_number(
    calls: int, play: Play, playbook: Playbook, people: Sequence[Responder], unit: str, now: datetime
) -> Call | None:
    """The call after `calls` others at this level; None when the level calls nobody. `unit` owns the topic."""
    if not play.call:
        return None
    begun = _step_of(calls, play.call)
    for step in play.call[begun:]:
        call = _resolved(step, playbook, people, unit, now)
        if call.reaches_somebody:
            return call
    for step in reversed(play.call[:begun]):
        call = _resolved(step, playbook, people, unit, now)
        if call.reaches_somebody:
            return call
    return Call(last_resort(people), rooms=False, by="chat", again_after=AGAIN_AFTER)


def last_resort(people: Sequence[Responder]) -> tuple[Responder, ...]:
    """Coordinators and admins; without any, all staff."""
    steering = tuple(one for one in people if one.active and one.role in LAST_RESORT)
    return steering or tuple(one for one in people if one.active and one.role.is_staff)


def on_call(name: str, playbook: Playbook, now: datetime) -> frozenset[str]:
    """The names of a shift whose turn it is, in small letters."""
    shift = playbook.shifts[name]
    turns = [turn for turn in shift.turns if may_be_asked(shift.hours_of(turn), now)]
    return frozenset(person.strip().lower() for turn in turns for person in turn.names)


def _step_of(calls: int, steps: Sequence[CallStep]) -> int:
    for place, step in enumerate(steps[:-1]):
        if calls < step.times:
            return place
        calls -= step.times
    return len(steps) - 1


def _resolved(step: CallStep, playbook: Playbook, people: Sequence[Responder], unit: str, now: datetime) -> Call:
    staff = [one for one in people if one.active and one.role.is_staff]
    found = {one.id: one for whom in step.whom for one in _people(whom, playbook, staff, unit, now)}
    return Call(tuple(found.values()), STAFF_ROOMS in step.whom, step.by, step.again_after)


def _people(whom: str, playbook: Playbook, staff: Sequence[Responder], unit: str, now: datetime) -> Iterator[Responder]:
    if whom in ROLES:
        yield from (one for one in staff if one.role is ROLES[whom])
    elif whom in playbook.shifts:
        names = on_call(whom, playbook, now)
        yield from (one for one in staff if one.name.lower() in names)
    elif whom == TOPIC_UNIT or whom.startswith(UNIT):
        wanted = unit if whom == TOPIC_UNIT else whom.removeprefix(UNIT)
        yield from (one for one in staff if wanted in one.units)
