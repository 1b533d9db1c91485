"""Staff act on what the community has, and on what a colleague left behind; nobody is left in the dark."""

from __future__ import annotations

from desk.people import Role
from desk.ticket import Lane, Status
from tests.integration.journeys.care import STAFF_ROOM, Care
from workflows.change_team import set_active
from workflows.change_ticket import hold_ticket, solve_ticket
from workflows.voice import speaking


async def test_what_staff_hold_is_theirs_and_asks_no_volunteer_any_more(care: Care) -> None:
    agnes = await care.joins("agnes", Role.AGENT)
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist weg")
    async with speaking(care.desk) as voice:
        await hold_ticket(voice, agnes, (await care.ticket_of("klara")).id)
    await care.settle()
    ticket = await care.ticket_of("klara")
    assert (ticket.status, ticket.lane, ticket.assignee_id) == (Status.ON_HOLD, Lane.STAFF, agnes.id)
    assert care.offered == set()


async def test_a_volunteer_hears_that_staff_solved_what_they_had(care: Care) -> None:
    agnes = await care.joins("agnes", Role.AGENT)
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist weg")
    await care.taps("vera", "Take it")
    async with speaking(care.desk) as voice:
        await solve_ticket(voice, agnes, (await care.ticket_of("klara")).id)
    await care.settle()
    assert "Staff are now taking care" in care.seen_by("vera")[-1]


async def test_what_somebody_held_who_left_is_back_in_the_queue_and_says_so(care: Care) -> None:
    anna = await care.joins("anna", Role.ADMIN)
    agnes = await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    await care.writes("agnes", "Ich sehe nach.", chat=STAFF_ROOM, thread=thread)
    await set_active(care.desk, anna, agnes.id, active=False)
    await care.settle()
    ticket = await care.ticket_of("klara")
    assert ticket.assignee_id is None
    assert ticket.waiting_since is not None
    assert "back in the queue" in care.seen_by(STAFF_ROOM, thread)[-1]


async def test_every_verdict_is_answered(care: Care) -> None:
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    await care.commands("klara", "unsolved")
    assert "Wir bleiben dran" in care.seen_by("klara")[-1]
    await care.commands("klara", "solved")
    await care.commands("klara", "solved")
    assert "Danke" in care.seen_by("klara")[-1]
