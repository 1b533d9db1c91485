"""Many questions in the same instant: no volunteer gets more than they may, and no question is left behind."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from desk.errors import HandsFull
from desk.offer import Offer
from desk.people import Role
from desk.ticket import Lane
from desk.volunteering import Availability, Wishes
from tests.integration.journeys.care import Care
from workflows.accept_offer import accept_offer
from workflows.voice import speaking

CROWD = 24


async def _all_at_once(care: Care) -> None:
    care.workers_sleep = True
    for number in range(CROWD):
        await care.writes(f"c{number}", "Mein Paket ist nicht da")
    care.workers_sleep = False
    await care.settle()


async def _most_open(pool: Any) -> int:
    return int(
        await pool.fetchval(
            "select max(open) from (select count(*) as open from offer where state = 'open' group by responder_id) o"
        )
    )


async def test_a_crowd_at_once_exceeds_nobodys_cap(care: Care, pool: Any) -> None:
    for name in ("vera", "viktor", "wim"):
        await care.joins(name, Role.VOLUNTEER)
    await _all_at_once(care)
    assert await _most_open(pool) <= care.policy.peer.most_at_once
    await care.pass_time(timedelta(seconds=30))
    assert await _most_open(pool) <= care.policy.peer.most_at_once
    for number in range(CROWD):
        ticket = await care.ticket_of(f"c{number}")
        async with care.desk.store.begin() as work:
            asked = await work.offers.open_of_ticket(ticket.id)
        assert asked or ticket.lane is Lane.STAFF, "nobody waits for nothing"


async def test_offers_at_once_are_held_apart(care: Care) -> None:
    vera, viktor = await care.joins("vera", Role.VOLUNTEER), await care.joins("viktor", Role.VOLUNTEER)
    now = care.clock.now()
    async with care.desk.store.begin() as first:
        assert set(await first.offers.hold([vera.id], now=now)) == {vera.id}
        async with care.desk.store.begin() as second:
            assert set(await second.offers.hold([vera.id, viktor.id], now=now)) == {viktor.id}
    async with care.desk.store.begin() as third:
        held = await third.offers.hold([vera.id, viktor.id], now=now)
        assert {(one.load, one.open_offers, one.offers_today) for one in held.values()} == {(0, 0, 0)}
        assert await third.offers.hold([], now=now) == {}


async def test_claims_at_once_exceed_no_cap_of_ones_own(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    for name in ("max", "lea", "kim"):
        await care.writes(name, "Mein Paket ist nicht da")
    wishes = Wishes(Availability("Europe/Berlin"), most_at_once=1)
    async with care.desk.store.begin() as work:
        await work.volunteers.save_wishes(vera.id, wishes, now=care.clock.now())
        offers = await work.offers.open_of_responder(vera.id)
    assert len(offers) == 3

    async def claim(offer: Offer) -> bool:
        async with speaking(care.desk) as voice:
            await accept_offer(voice, vera, offer.id)
        return True

    done = await asyncio.gather(*map(claim, offers), return_exceptions=True)
    assert done.count(True) == 1
    assert sum(isinstance(one, HandsFull) for one in done) == 2
