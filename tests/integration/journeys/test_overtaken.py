"""People are faster than models: what was decided before a message was read neither loses it nor is undone by it."""

from __future__ import annotations

from desk.people import Role
from desk.ticket import Status
from tests.integration.journeys.care import STAFF_ROOM, Care


async def test_solved_by_the_contact_before_it_was_read_asks_nobody(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    care.workers_sleep = True
    await care.writes("klara", "Mein Paket ist weg")
    await care.commands("klara", "solved")
    care.workers_sleep = False
    await care.settle()
    assert care.offered == set()
    assert (await care.ticket_of("klara")).status is Status.SOLVED


async def test_solved_by_staff_who_had_not_seen_the_last_word_is_open_again(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    care.workers_sleep = True
    await care.writes("klara", "Und die Rechnung vom Mai auch nicht")
    await care.commands("agnes", "solve", chat=STAFF_ROOM, thread=thread)
    care.workers_sleep = False
    await care.settle()
    assert (await care.ticket_of("klara")).status is Status.OPEN
    assert any("vom Mai" in text for text in care.seen_by(STAFF_ROOM, thread))
