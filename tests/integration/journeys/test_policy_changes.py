"""A coordinator changes the policy while questions are under way: nobody's question falls through."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from desk.people import Role
from desk.ticket import Lane
from routing.policy import Policy, parse_policy
from tests.integration.journeys.care import STAFF_ROOM, Care

SHIPPED = Path(__file__).parents[3] / "routing" / "policy.yml"


def without(unit: str) -> Policy:
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if f"{unit}:" not in line and f"unit: {unit}," not in line]
    return parse_policy("\n".join(kept), "policy.yml")


async def test_a_unit_and_its_intents_are_taken_out_under_a_question_that_is_offered(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist weg")
    assert care.offered == {"vera"}
    care.policy = without("logistics")
    await care.taps("vera", "Take it")
    await care.writes("klara", "Das Paket ist rot")
    await care.pass_time(timedelta(hours=1))
    assert await care.lane_of("klara") is Lane.STAFF
    assert "Das Paket ist rot" in care.transcript(STAFF_ROOM)


async def test_fewer_waves_under_a_question_that_is_past_them_end_with_staff(care: Care) -> None:
    for who in ("vera", "viktor", "vroni", "vito"):
        await care.joins(who, Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist weg")
    peer = care.policy.peer
    care.policy = care.policy.model_copy(update={"peer": peer.model_copy(update={"waves": peer.waves[:1]})})
    await care.pass_time(timedelta(minutes=4))
    assert await care.lane_of("klara") is Lane.STAFF
    assert care.offered == set()
