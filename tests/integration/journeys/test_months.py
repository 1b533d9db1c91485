"""The picture of the month: once, when the month is over where they live, in their hours, and only to who wants it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.volunteer_care import VolunteerCare
from desk.honours import MonthOfHelp, month_before
from desk.people import Responder, Role
from desk.record import AnswerVerdict
from desk.ticket import Ticket
from desk.volunteering import ALWAYS, Availability, Span, Wishes
from tests.integration.journeys.care import Care
from tests.integration.journeys.test_trust import solves, vera
from workflows.grant_perks import choose_profile
from workflows.leave import leave
from workflows.note_outcome import note_outcome
from workflows.tell_month import tell_months
from workflows.voice import speaking

__all__ = ["vera"]  # a fixture

FIRST_OF_APRIL = datetime(2026, 4, 1, 0, 30, tzinfo=UTC)


@dataclass
class Drawn:
    """Remembers what was to be drawn."""

    months: list[MonthOfHelp] = field(default_factory=list)

    async def __call__(self, month: MonthOfHelp) -> bytes:
        self.months.append(month)
        return b"picture"


async def lives(care: Care, who: Responder, zone: str, *, hours: tuple[tuple[Span, ...], ...] = ALWAYS) -> None:
    async with care.desk.store.begin() as work:
        await work.volunteers.save_wishes(who.id, Wishes(Availability(zone, hours)), now=care.clock.now())


async def at(care: Care, when: datetime) -> int:
    care.clock.time = when
    told = await tell_months(care.desk, Drawn())
    await care.settle()
    return told


async def test_it_is_told_once_with_the_picture_and_the_sums(care: Care, vera: Responder) -> None:
    await solves(care, "max", "lea")
    care.clock.time = FIRST_OF_APRIL
    drawn = Drawn()
    assert await tell_months(care.desk, drawn) == 1
    assert await tell_months(care.desk, drawn) == 0
    (month,) = drawn.months
    assert (month.first, month.people, month.topics, month.thanks) == (date(2026, 3, 1), 2, [("Technical fault", 2)], 0)
    await care.settle()
    assert care.seen_by("vera")[-2].startswith("💛 Thank you for last month! People you helped: 2.")
    assert care.seen_by("vera")[-1] == "<2026-03.png>"


async def test_many_workers_tell_it_once(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    care.clock.time = FIRST_OF_APRIL
    assert sum(await asyncio.gather(*(tell_months(care.desk, Drawn()) for _ in range(4)))) == 1
    await care.settle()
    assert care.seen_by("vera").count("<2026-03.png>") == 1


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ("Pacific/Kiritimati", datetime(2026, 3, 31, 10, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 3, 31, 22, tzinfo=UTC)),
        ("Pacific/Honolulu", datetime(2026, 4, 1, 10, tzinfo=UTC)),
    ],
)
async def test_the_month_is_over_when_it_is_over_where_they_live(
    care: Care, vera: Responder, zone: str, begins: datetime
) -> None:
    await lives(care, vera, zone)
    await solves(care, "max")
    assert await at(care, begins - timedelta(minutes=1)) == 0
    assert await at(care, begins) == 1


async def test_it_waits_for_their_hours(care: Care, vera: Responder) -> None:
    evenings = ((Span(18 * 60, 22 * 60),),) * 7
    await lives(care, vera, "Europe/Berlin", hours=evenings)
    async with speaking(care.desk) as voice:
        await note_outcome(voice, await ticket(care), vera.id, AnswerVerdict.SOLVED)
    assert await at(care, datetime(2026, 4, 1, 15, 59, tzinfo=UTC)) == 0
    assert await at(care, datetime(2026, 4, 1, 16, 1, tzinfo=UTC)) == 1


async def ticket(care: Care) -> Ticket:
    await care.writes("max", "Mein Router blinkt rot")
    return await care.ticket_of("max")


async def test_after_the_middle_of_the_month_it_is_too_late(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    assert await at(care, datetime(2026, 4, 16, 12, tzinfo=UTC)) == 0


async def test_nobody_is_told_of_an_empty_month_or_against_their_will(care: Care, vera: Responder) -> None:
    await care.joins("ida", Role.VOLUNTEER)
    await solves(care, "max")
    async with speaking(care.desk) as voice:
        await choose_profile(voice, vera, named=True, monthly=False)
    assert await at(care, FIRST_OF_APRIL) == 0
    async with speaking(care.desk) as voice:
        await choose_profile(voice, vera, named=True, monthly=True)
    assert await at(care, datetime(2026, 5, 1, 8, tzinfo=UTC)) == 0
    assert "💛" not in care.transcript("ida") + care.transcript("vera")


async def test_who_leaves_takes_the_record_along_and_the_picture_is_gone(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    assert await at(care, FIRST_OF_APRIL) == 1
    await leave(care.desk, vera)
    async with care.desk.store.begin() as work:
        assert await work.honours.pictures(vera.id) == []
        assert (await work.honours.help_of(vera.id)).people == 1
        taken = await work.honours.take_along(vera.id)
    assert isinstance(taken["record"], list)
    assert taken["record"][0]["verdict"] == "solved"
    assert await at(care, datetime(2026, 4, 2, tzinfo=UTC)) == 0


async def test_who_left_the_team_is_not_told(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    async with care.desk.store.begin() as work:
        await work.people.update_responder(replace(vera, active=False))
    assert await at(care, FIRST_OF_APRIL) == 0


async def test_the_real_picture_is_drawn_and_kept(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    care.clock.time = FIRST_OF_APRIL
    assert await VolunteerCare(care.desk).step() == 1
    async with care.desk.store.begin() as work:
        ((first, number),) = await work.honours.pictures(vera.id)
        file = await work.messages.attachment(number)
    assert first == date(2026, 3, 1)
    assert file is not None
    assert (file.media_type, file.message_id) == ("image/png", None)
    assert (file.size or 0) > 5_000


def test_a_month_is_whole_across_a_change_of_clocks() -> None:
    march = month_before(datetime(2026, 4, 1, tzinfo=UTC), "Europe/Berlin")
    assert march.ends_at - march.begins_at == timedelta(days=31, hours=-1)
    assert month_before(datetime(2027, 1, 1, tzinfo=UTC), "Europe/Berlin").first == date(2026, 12, 1)
