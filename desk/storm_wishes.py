"""Storm wishes: whether a volunteer may be called in a storm, when, and how much they take on then.

Nobody is called who did not say so: both wishes are off until somebody switches them on. `is_called` means calls in
their own hours; `outside_hours` adds any other hour but their quiet time, which holds in a storm, too. Their caps of a
storm are the most that a storm may ask of them; without any said, their usual caps hold.

Pure: no I/O, no clock. Callers pass `now` (aware UTC).
Raises: InputRejected for numbers that cannot be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desk.errors import InputRejected
from desk.volunteering import ALWAYS, LARGEST_A_DAY, LARGEST_AT_ONCE, Availability, may_be_asked, next_time


@dataclass(frozen=True, slots=True)
class StormWishes:
    """What a volunteer says about storms. Caps None: as usual."""

    is_called: bool = False
    outside_hours: bool = False
    most_at_once: int | None = None
    most_a_day: int | None = None


NEVER = StormWishes()


@dataclass(frozen=True, slots=True)
class Caps:
    """How much somebody takes on: offers and questions that wait for them, offers of the last 24 hours."""

    at_once: int
    a_day: int


def checked_storm_wishes(wishes: StormWishes) -> StormWishes:
    """The same in good order. Raises InputRejected."""
    if wishes.most_at_once is not None and not 1 <= wishes.most_at_once <= LARGEST_AT_ONCE:
        raise InputRejected(f"storm_at_once: expected 1 to {LARGEST_AT_ONCE}")
    if wishes.most_a_day is not None and not 1 <= wishes.most_a_day <= LARGEST_A_DAY:
        raise InputRejected(f"storm_a_day: expected 1 to {LARGEST_A_DAY}")
    return wishes if wishes.is_called else replace(wishes, outside_hours=False)


def hours_in_storm(wishes: StormWishes, availability: Availability | None) -> Availability | None:
    """When they may be asked in a storm: their hours, or all but their quiet time. None: always."""
    if availability is None or not wishes.outside_hours:
        return availability
    return replace(availability, hours=ALWAYS)


def may_be_called(wishes: StormWishes, availability: Availability | None, now: datetime) -> bool:
    """Whether a call may reach them now."""
    return wishes.is_called and may_be_asked(hours_in_storm(wishes, availability), now)


def call_time(
    wishes: StormWishes, availability: Availability | None, now: datetime, until: datetime
) -> datetime | None:
    """The first instant from `now` on and before `until` at which a call may reach them; None: there is none."""
    if not wishes.is_called:
        return None
    at = next_time(hours_in_storm(wishes, availability), now)
    return at if at is not None and at < until else None


def caps_in_storm(wishes: StormWishes, usual: Caps, raised: Caps) -> Caps:
    """What holds for somebody who is in: their usual caps raised to the muster's, and never above what they said they
    take on in a storm."""
    return Caps(
        _cap(wishes.most_at_once, usual.at_once, raised.at_once), _cap(wishes.most_a_day, usual.a_day, raised.a_day)
    )


def _cap(said: int | None, usual: int, raised: int) -> int:
    return usual if said is None else min(said, max(usual, raised))
