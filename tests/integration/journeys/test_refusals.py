"""What is refused changes nothing, and whoever may not act cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk.errors import NotFound
from desk.people import Role
from desk.ticket import Status
from tests.integration.journeys.care import STAFF_ROOM, Care


async def let_go(care: Care, who: str) -> None:
    async with care.desk.store.begin() as work:
        responder = await work.people.responder_of_account("telegram", who)
        assert responder is not None
        await work.people.update_responder(replace(responder, active=False))


async def test_an_answer_after_the_end_is_refused_and_not_sent(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    await care.writes("agnes", "Korrigiert.", chat=STAFF_ROOM, thread=thread)
    await care.commands("agnes", "solve", chat=STAFF_ROOM, thread=thread)
    await care.pass_time(timedelta(hours=97))
    await care.writes("agnes", "Zu spät", chat=STAFF_ROOM, thread=thread)
    assert "Zu spät" not in care.transcript("klara")
    assert "moved on" in care.seen_by(STAFF_ROOM, thread)[-1]


async def test_whoever_left_the_team_answers_nobody(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("kurt", "Mein Paket ist nie angekommen")
    await care.taps("vera", "Take it")
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    for who in ("agnes", "vera"):
        await let_go(care, who)
    await care.writes("agnes", "Ich wieder", chat=STAFF_ROOM, thread=thread)
    await care.taps("agnes", "Claim", chat=STAFF_ROOM, thread=thread)
    await care.writes("vera", "Ich auch")
    assert "Ich wieder" not in care.transcript("klara")
    assert "Ich auch" not in care.transcript("kurt")
    assert (await care.ticket_of("klara")).assignee_id is None


async def test_a_solved_question_is_offered_to_nobody_any_more(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    await care.commands("klara", "solved")
    assert (await care.ticket_of("klara")).status is Status.SOLVED
    assert care.offered == set()
    assert "solved already" in care.seen_by("vera")[-1]


async def test_a_misspelt_command_of_staff_is_no_question(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    await care.commands("agnes", "clami", chat=STAFF_ROOM, thread=thread)
    await care.commands("agnes", "clami")
    assert "/help" in care.seen_by(STAFF_ROOM, thread)[-1]
    assert "/help" in care.seen_by("agnes")[-1]
    async with care.desk.store.begin() as work:
        try:
            await work.tickets.by_number("1002")
        except NotFound:
            return
    raise AssertionError("the command opened a ticket")
