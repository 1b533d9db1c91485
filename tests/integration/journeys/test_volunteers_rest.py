"""Volunteers come and go: nobody waits for somebody who cannot answer, and nobody is asked who does not want to be."""

from __future__ import annotations

from datetime import timedelta

from desk.errors import ContactUnreachable
from desk.inbound import ReachabilityChanged
from desk.people import Reachability, Responder, Role
from desk.ticket import Lane
from routing.waves import IGNORED_UNTIL_PAUSE
from tests.integration.journeys.care import STAFF_ROOM, Care
from workflows.change_team import set_active
from workflows.receive_event import receive_event

WAVE = timedelta(minutes=3)


async def as_it_is(care: Care, responder: Responder) -> Responder:
    async with care.desk.store.begin() as work:
        return await work.people.responder(responder.id)


async def test_who_ignores_many_offers_in_a_row_is_asked_and_left_in_peace(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    for number in range(IGNORED_UNTIL_PAUSE):
        assert (await as_it_is(care, vera)).paused_until is None
        await care.writes(f"klara{number}", "Mein Paket ist weg")
        await care.pass_time(WAVE)
    assert (await as_it_is(care, vera)).paused_until is not None
    assert "Still with us?" in care.seen_by("vera")[-1]
    await care.commands("vera", "pause", "0")
    await care.writes("kurt", "Mein Paket ist weg")
    assert care.offered == {"vera"}


async def test_passing_is_an_answer(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    for number in range(IGNORED_UNTIL_PAUSE + 1):
        await care.writes(f"klara{number}", "Mein Paket ist weg")
        if number == 2:
            await care.taps("vera", "Pass")
        await care.pass_time(WAVE)
    assert (await as_it_is(care, vera)).paused_until is None


async def test_an_offer_that_cannot_arrive_holds_up_nothing(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    care.chat.fails.append(ContactUnreachable("blocked"))
    await care.writes("klara", "Mein Paket ist weg")
    if care.offered:  # the acknowledgement met the fault
        care.chat.fails.append(ContactUnreachable("blocked"))
        await care.commands("vera", "offers")
    assert await care.lane_of("klara") is Lane.STAFF, "nobody else is there; nobody waits three minutes for vera"


async def test_blocking_the_bot_or_leaving_the_team_ends_offers_at_once(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    viktor = await care.joins("viktor", Role.VOLUNTEER)
    anna = await care.joins("anna", Role.ADMIN)
    await care.writes("klara", "Mein Paket ist weg")
    await receive_event(care.desk, ReachabilityChanged("telegram", care.author("vera"), Reachability.BLOCKED))
    await care.settle()
    assert care.offered == {"viktor"}
    await set_active(care.desk, anna, viktor.id, active=False)
    await care.settle()
    assert care.offered == set()
    assert await care.lane_of("klara") is Lane.STAFF


async def test_an_answered_question_takes_no_room(care: Care) -> None:
    care.policy = care.policy.model_copy(update={"peer": care.policy.peer.model_copy(update={"most_at_once": 1})})
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist weg")
    await care.taps("vera", "Take it")
    await care.writes("kurt", "Mein Paket ist weg")
    assert await care.lane_of("kurt") is Lane.STAFF, "vera has her hands full"
    await care.answers("vera", "Frag die Nachbarn.")
    await care.writes("karl", "Mein Paket ist weg")
    assert care.offered == {"vera"}


async def test_the_card_warns_of_public_places(care: Care) -> None:
    await care.writes("klara", "Meine Rechnung stimmt nicht", chat="fans")
    assert "In public" in care.transcript(STAFF_ROOM)
    before = len(care.seen_by(STAFF_ROOM))
    await care.writes("kurt", "Meine Rechnung stimmt nicht")
    assert before <= len(care.seen_by(STAFF_ROOM))
    assert care.transcript(STAFF_ROOM).count("In public") == 1
