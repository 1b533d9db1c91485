"""Answers that hold nothing are not sent, and whoever is gone is not waited for."""

from __future__ import annotations

from dataclasses import replace

from desk.people import Role
from desk.ticket import Lane, Status
from tests.integration.journeys.care import STAFF_ROOM, Care


async def test_what_cannot_be_passed_on_is_not_sent_as_an_empty_answer(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("kurt", "Mein Paket ist weg")
    await care.taps("vera", "Take it")
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    heard = len(care.seen_by("klara")), len(care.seen_by("kurt"))
    await care.writes("vera", "", unsupported="poll")
    await care.writes("agnes", "", unsupported="dice", chat=STAFF_ROOM, thread=thread)
    await care.writes("agnes", "//", chat=STAFF_ROOM, thread=thread)
    assert (len(care.seen_by("klara")), len(care.seen_by("kurt"))) == heard
    assert "nothing was sent" in care.seen_by("vera")[-1]
    assert "nothing was sent" in care.seen_by(STAFF_ROOM, thread)[-1]
    assert (await care.ticket_of("kurt")).status is Status.OPEN


async def test_a_contact_who_comes_back_to_somebody_who_left_is_passed_on(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    for who, back in (("klara", "Es ist immer noch weg"), ("kurt", "")):
        await care.writes(who, "Mein Paket ist weg")
        await care.taps("vera", "Take it")
        await care.answers("vera", "Frag die Nachbarn.")
        async with care.desk.store.begin() as work:
            await work.people.update_responder(replace(vera, active=False))
        if back:
            await care.writes(who, back)
        else:
            await care.taps(who, "❌")
        ticket = await care.ticket_of(who)
        assert ticket.lane is Lane.STAFF, "nobody else is there"
        assert ticket.assignee_id is None
        async with care.desk.store.begin() as work:
            await work.people.update_responder(vera)
