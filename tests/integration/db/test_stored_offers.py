"""Offers, clocks and the audit log."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from db.store import PostgresStore
from desk.offer import OfferId, OfferState
from desk.people import Author
from desk.store import ClockKind
from tests.integration.db.desk_life import NOW, SOON, many_tickets, ticket, volunteer


async def test_a_wave_leaves_out_who_was_asked_before(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        vera, viktor = await volunteer(work, "Vera"), await volunteer(work, "Viktor")
        (first,) = await work.offers.add(
            asked.id, [vera.id], wave=1, reasons=[["knows", "awake"]], now=NOW, expires_at=SOON
        )
        (second,) = await work.offers.add(
            asked.id, [vera.id, viktor.id], wave=2, reasons=[["again"], []], now=NOW, expires_at=SOON
        )
        assert await work.offers.by_id(first.id) == first
        assert await work.offers.by_id(OfferId(99)) is None
        assert await work.offers.open_of_ticket(asked.id) == [first, second]
        assert await work.offers.open_of_responder(viktor.id) == [second]
        assert await work.offers.add(asked.id, [], wave=3, reasons=[], now=NOW, expires_at=SOON) == []
    assert (first.wave, first.state, first.reasons, first.expires_at) == (1, OfferState.OPEN, ("knows", "awake"), SOON)
    assert (second.responder_id, second.reasons) == (viktor.id, ())


async def test_waves_to_the_same_volunteers_at_once_do_not_wait_for_each_other(store: PostgresStore) -> None:
    tickets = await many_tickets(store, 6)
    async with store.begin() as work:
        people = [(await volunteer(work, f"V{n}")).id for n in range(4)]
    all_in = asyncio.Barrier(len(tickets))

    async def wave(n: int) -> int:
        order = people[n % 4 :] + people[: n % 4]
        async with store.begin() as work:
            made = await work.offers.add(tickets[n].id, order, wave=1, reasons=[["x"]] * 4, now=NOW, expires_at=SOON)
            await all_in.wait()  # every transaction has its offers and none has committed
            return len(made)

    async with asyncio.timeout(10):
        assert await asyncio.gather(*(wave(n) for n in range(6))) == [4] * 6


async def test_offers_end_and_the_ignored_are_counted_back_to_an_answer(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        made = []
        for n in range(5):
            asked = await ticket(work, author=Author("telegram", f"c{n}", "C"), chat=str(n))
            made += await work.offers.add(asked.id, [vera.id], wave=1, reasons=[[]], now=NOW, expires_at=SOON)
        ids = [offer.id for offer in made]
        await work.offers.save_state([ids[0], ids[2], ids[4]], OfferState.EXPIRED, now=SOON)
        assert await work.offers.ignored_in_a_row(vera.id) == 3
        await work.offers.save_state([ids[1]], OfferState.PASSED, now=SOON)
        await work.offers.save_state([ids[3]], OfferState.WITHDRAWN, now=SOON)
        await work.offers.save_state([], OfferState.EXPIRED, now=SOON)
        assert await work.offers.ignored_in_a_row(vera.id) == 2
        assert await work.offers.open_of_responder(vera.id) == []
        ended = await work.offers.by_id(ids[1])
    assert ended == replace(made[1], state=OfferState.PASSED)


async def test_a_ticket_has_one_clock_of_a_kind(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        await work.clocks.set(asked.id, ClockKind.WAVE_END, SOON)
        await work.clocks.set(asked.id, ClockKind.WAVE_END, NOW)
        await work.clocks.set(asked.id, ClockKind.SILENCE, NOW + timedelta(seconds=1))
        await work.clocks.set(asked.id, ClockKind.CLOSE, SOON)
    assert await store.queues.next_due(now=NOW) == NOW
    first, second = await store.queues.due_clocks(limit=9, now=NOW + timedelta(seconds=1))
    assert (first.kind, first.ticket_id, first.due_at) == (ClockKind.WAVE_END, asked.id, NOW)
    assert second.kind is ClockKind.SILENCE
    async with store.begin() as work:
        await work.clocks.stop(asked.id, ClockKind.SILENCE, ClockKind.WAVE_END)
        await work.clocks.stop(asked.id)
    assert [clock.kind for clock in await store.queues.due_clocks(limit=9, now=SOON)] == [ClockKind.CLOSE]


async def test_of_many_who_take_a_clock_one_wins_and_a_moved_one_is_nobodys(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        await work.clocks.set(asked.id, ClockKind.CLOSE, NOW)
    (clock,) = await store.queues.due_clocks(limit=1, now=NOW)

    async def takes() -> bool:
        async with store.begin() as work:
            return await work.clocks.take(clock)

    assert sorted(await asyncio.gather(*(takes() for _ in range(5)))) == [False] * 4 + [True]
    async with store.begin() as work:
        await work.clocks.set(asked.id, ClockKind.CLOSE, SOON)
    (moved,) = await store.queues.due_clocks(limit=1, now=SOON)
    async with store.begin() as work:
        await work.clocks.set(asked.id, ClockKind.CLOSE, SOON + timedelta(days=1))
        assert not await work.clocks.take(moved)


async def test_a_clock_whose_taking_was_undone_stands(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        await work.clocks.set(asked.id, ClockKind.CLOSE, NOW)
    (clock,) = await store.queues.due_clocks(limit=1, now=NOW)
    try:
        async with store.begin() as work:
            assert await work.clocks.take(clock)
            assert await store.queues.due_clocks(limit=1, now=NOW) == []
            raise KeyError("the work failed")
    except KeyError:
        pass
    assert await store.queues.due_clocks(limit=1, now=NOW) == [clock]


async def test_the_audit_log_tells_who_did_what(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        vera = await volunteer(work, "Vera")
        await work.events.add("TicketOpened", now=NOW, ticket_id=asked.id)
        await work.events.add("OfferAccepted", now=SOON, ticket_id=asked.id, responder_id=vera.id, wave=2, why=["ä"])
        await work.events.add("SettingsRead", now=SOON)
        opened, accepted = await work.events.of_ticket(asked.id)
        newest = await work.events.recent(limit=2)
    assert (opened.kind, opened.at, opened.responder_name, opened.data) == ("TicketOpened", NOW, None, {})
    assert (accepted.responder_id, accepted.responder_name) == (vera.id, "Vera")
    assert accepted.data == {"wave": 2, "why": ["ä"]}
    assert [event.kind for event in newest] == ["SettingsRead", "OfferAccepted"]


async def test_an_update_is_new_once_in_a_race_too(store: PostgresStore) -> None:
    async def handled() -> bool:
        async with store.begin() as work:
            return await work.events.first_time("telegram", "update:1", now=NOW)

    assert sorted(await asyncio.gather(*(handled() for _ in range(5)))) == [False] * 4 + [True]
    async with store.begin() as work:
        assert await work.events.first_time("discord", "update:1", now=NOW)
