"""Journey 2: a volunteer answers, the contact judges, silence and hand-back move the ticket on."""

from __future__ import annotations

from datetime import timedelta

from desk.people import Role
from desk.ticket import Lane, Status
from tests.integration.journeys.care import STAFF_ROOM, Care

WAVE = timedelta(minutes=3)


async def test_a_question_is_offered_taken_answered_and_solved(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.joins("viktor", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    assert care.offered == {"vera", "viktor"}
    assert "Z-1001" in care.seen_by("klara")[0]
    taken = await care.taps("vera", "Take it")
    assert taken.notice == "It is yours!"
    assert care.offered == set()
    await care.answers("vera", "Frag bei der Filiale nach, oft liegt es dort.")
    assert any("Frag bei der Filiale" in text for text in care.seen_by("klara"))
    await care.taps("klara", "✅")
    assert (await care.ticket_of("klara")).status is Status.SOLVED
    await care.taps("klara", "⭐⭐⭐")
    assert (await care.ticket_of("klara")).csat == 3
    assert any("solved it" in text for text in care.seen_by("vera"))


async def test_silence_moves_the_ticket_from_volunteers_to_staff(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    assert care.offered == {"vera"}
    await care.pass_time(WAVE)
    assert await care.lane_of("klara") is Lane.STAFF
    assert care.offered == set()
    assert "Mein Paket" in care.transcript(STAFF_ROOM)


async def test_of_two_taps_one_wins(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.joins("viktor", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    offer = next(
        b.action for s in care.chat.sent if s.to.chat == "viktor" for b in s.buttons if b.action.startswith("take")
    )
    await care.taps("vera", "Take it")
    late = await care.presses("viktor", offer)
    assert late.alert
    assert "Somebody else" in (late.notice or "")


async def test_nobody_presses_the_button_of_somebody_else(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.joins("viktor", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    offer = next(
        b.action for s in care.chat.sent if s.to.chat == "viktor" for b in s.buttons if b.action.startswith("take")
    )
    assert (await care.presses("vera", offer)).alert
    assert (await care.presses("klara", offer)).alert
    assert care.offered == {"vera", "viktor"}


async def test_volunteers_never_see_personal_data(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket fehlt, ich bin Klara Sommer, 0171 2345678, klara@example.org")
    await care.taps("vera", "Take it")
    await care.writes("klara", "Oder ruf an: +49 30 1234567")
    told = care.transcript("vera")
    assert "2345678" not in told
    assert "1234567" not in told
    assert "klara@" not in told
    assert "Sommer" not in told
    assert "[Telefon]" in told


async def test_a_lease_that_ends_asks_somebody_else(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    await care.taps("vera", "Take it")
    await care.joins("viktor", Role.VOLUNTEER)
    await care.pass_time(timedelta(minutes=30))
    assert care.offered == {"viktor"}
    assert any("Still with it" in text for text in care.seen_by("vera"))
    assert any("Time is up" in text for text in care.seen_by("vera"))


async def test_handing_back_and_handing_to_staff(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.joins("viktor", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    await care.taps("vera", "Take it")
    await care.taps("vera", "Hand back")
    assert await care.lane_of("klara") is Lane.STAFF, "viktor was asked before; nobody is left"


async def test_not_solved_twice_goes_to_staff_with_the_history(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    await care.taps("vera", "Take it")
    await care.answers("vera", "Warte noch einen Tag.")
    await care.taps("klara", "❌")
    assert await care.lane_of("klara") is Lane.PEER
    await care.answers("vera", "Dann frag die Nachbarn.")
    await care.taps("klara", "❌")
    assert await care.lane_of("klara") is Lane.STAFF
    assert "Warte noch einen Tag." in care.transcript(STAFF_ROOM)


async def test_a_word_from_staff_only_territory_takes_it_from_the_volunteer(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    await care.taps("vera", "Take it")
    await care.writes("klara", "Sonst gehe ich zum Anwalt")
    assert await care.lane_of("klara") is Lane.STAFF
    assert "Anwalt" not in care.transcript("vera")


async def test_passing_costs_nothing_and_opens_the_next_wave(care: Care) -> None:
    for name in ("vera", "viktor", "vroni", "vito"):
        await care.joins(name, Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    first = set(care.offered)
    assert len(first) == 3
    for name in sorted(first):
        await care.taps(name, "Pass")
    assert care.offered == {"vera", "viktor", "vroni", "vito"} - first
