"""Tickets keep what they are given; lists show the most urgent first."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from db.store import PostgresStore
from desk.conversation import Address
from desk.errors import NotFound
from desk.people import Author, Locale, Reachability
from desk.store import TicketFilter
from desk.ticket import Lane, Priority, Status, Ticket, TicketId
from tests.integration.db.desk_life import NOW, SOON, ids, many_tickets, message, ticket, volunteer


async def test_a_new_ticket_waits(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        assert await work.tickets.live(asked.conversation_id) == asked
        assert await work.tickets.latest_closed(asked.conversation_id) is None
    assert asked.number == "Z-1001"
    assert (asked.status, asked.waiting_since, asked.opened_at) == (Status.NEW, NOW, NOW)


async def test_every_column_that_can_change_is_saved(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        vera = await volunteer(work, "Vera")
        changed = replace(
            asked,
            status=Status.OPEN,
            lane=Lane.PEER,
            unit="logistics",
            priority=Priority.HIGH,
            intent="delivery_status",
            locale=Locale.ENGLISH,
            assignee_id=vera.id,
            lease_expires_at=SOON,
            rejections=1,
            waiting_since=None,
            answered_at=NOW,
            solved_at=SOON,
            wave=2,
            csat=5,
        )
        await work.tickets.save(changed)
    async with store.begin() as work:
        assert await work.tickets.by_id(asked.id) == changed


async def test_a_closed_ticket_leaves_room_for_a_follow_up(store: PostgresStore) -> None:
    async with store.begin() as work:
        first = await ticket(work)
        await work.tickets.save(replace(first, status=Status.CLOSED))
        place = await work.conversations.lock(first.conversation_id)
        second = await work.tickets.open(place, locale=Locale.GERMAN, follow_up_of=first.id, now=SOON)
        assert await work.tickets.live(place.id) == second
        closed = await work.tickets.latest_closed(place.id)
    assert second.follow_up_of == first.id
    assert closed is not None
    assert closed.id == first.id


@pytest.mark.parametrize("number", ["Z-1001", "z1001", "1001", " z-1001 "])
async def test_numbers_are_read_as_people_write_them(store: PostgresStore, number: str) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        assert (await work.tickets.by_number(number)).id == asked.id


@pytest.mark.parametrize("number", ["", "Z-", "Z-999", "1001x", "9" * 40, "-1001", "\u0661\u0660\u0660\u0661"])
async def test_other_numbers_are_not_found(store: PostgresStore, number: str) -> None:
    async with store.begin() as work:
        await ticket(work)
        with pytest.raises(NotFound):
            await work.tickets.by_number(number)


async def test_locking_reads_the_ticket_as_the_first_left_it(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)

    async def second() -> Status:
        async with store.begin() as work:
            return (await work.tickets.lock(asked.id))[0].status

    async with store.begin() as work:
        await work.tickets.lock(asked.id)
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.05)
        await work.tickets.save(replace(asked, status=Status.SOLVED))
    assert await waiting is Status.SOLVED


async def test_an_unknown_ticket_cannot_be_locked(store: PostgresStore) -> None:
    async with store.begin() as work:
        with pytest.raises(NotFound):
            await work.tickets.lock(TicketId(1))


async def test_the_newest_decision_gives_the_reasons(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        assert await work.tickets.reasons(asked.id) == ()
        for reasons in (["first"], ["because", "and so"]):
            await work.tickets.add_decision(
                asked.id, None, lane="peer", unit="logistics", priority=Priority.NORMAL, reasons=reasons, now=NOW
            )
        assert await work.tickets.reasons(asked.id) == ("because", "and so")


async def test_the_newest_assignment_comes_last(store: PostgresStore) -> None:
    first, second, third = await many_tickets(store, 3)
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        for each in (third, first, second):
            await work.tickets.save(replace(each, assignee_id=vera.id, status=Status.OPEN))
        await work.tickets.save(replace(third, assignee_id=vera.id, status=Status.OPEN, rejections=1))
        await work.tickets.save(replace(first, assignee_id=vera.id, status=Status.SOLVED))
        assert ids(list(await work.tickets.held_by(vera.id))) == [third.id, second.id]


async def test_staff_threads_come_and_go(store: PostgresStore) -> None:
    old, new = Address("telegram", "-1", "7"), Address("telegram", "-1", "8")
    async with store.begin() as work:
        asked = await ticket(work)
        await work.tickets.add_staff_thread(asked.id, old, now=NOW)
        await work.tickets.add_staff_thread(asked.id, Address("discord", "5", "6"), now=SOON)
        await work.tickets.add_staff_thread(asked.id, new, now=NOW)
        assert list(await work.tickets.staff_threads(asked.id)) == [new, Address("discord", "5", "6")]
        assert await work.tickets.ticket_of_thread(new) == asked.id
        assert await work.tickets.ticket_of_thread(old) is None
        assert await work.tickets.ticket_of_thread(Address("telegram", "-1")) is None
        await work.tickets.drop_staff_thread(new)
        assert await work.tickets.ticket_of_thread(new) is None


async def _listed(store: PostgresStore, wanted: TicketFilter) -> list[TicketId]:
    async with store.begin() as work:
        return [row.ticket.id for row in await work.tickets.list(wanted)]


async def _mixed(store: PostgresStore) -> list[Ticket]:
    a, b, c, d, e = await many_tickets(store, 5)
    mixed = [
        replace(a, waiting_since=None),
        replace(b, waiting_since=SOON, unit="billing", lane=Lane.STAFF),
        replace(c, priority=Priority.URGENT, waiting_since=SOON, unit="billing"),
        replace(d, waiting_since=NOW, status=Status.PENDING),
        replace(e, priority=Priority.URGENT, waiting_since=NOW, status=Status.CLOSED),
    ]
    async with store.begin() as work:
        for each in mixed:
            await work.tickets.save(each)
    return mixed


async def test_a_list_has_the_most_urgent_first_then_the_longest_waiting(store: PostgresStore) -> None:
    a, b, c, d, e = ids(await _mixed(store))
    assert await _listed(store, TicketFilter()) == [e, c, d, b, a]


async def test_a_list_goes_on_after_its_last_line(store: PostgresStore) -> None:
    a, b, c, d, e = ids(await _mixed(store))
    assert await _listed(store, TicketFilter(limit=2)) == [e, c]
    assert await _listed(store, TicketFilter(limit=2, before_id=c)) == [d, b]
    assert await _listed(store, TicketFilter(before_id=a)) == []


async def test_each_condition_of_a_list_counts(store: PostgresStore) -> None:
    mixed = await _mixed(store)
    a, b, c, d, e = ids(mixed)
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        await work.tickets.save(replace(mixed[0], assignee_id=vera.id))
    assert await _listed(store, TicketFilter(statuses=(Status.PENDING, Status.CLOSED))) == [e, d]
    assert await _listed(store, TicketFilter(units=("billing",))) == [c, b]
    assert await _listed(store, TicketFilter(lane="staff")) == [b]
    assert await _listed(store, TicketFilter(assignee_id=vera.id)) == [a]
    assert await _listed(store, TicketFilter(unassigned=True, statuses=(Status.NEW,))) == [c, b]


async def test_a_search_looks_at_number_name_and_words(store: PostgresStore) -> None:
    mixed = await _mixed(store)
    a, b, *_, e = ids(mixed)
    async with store.begin() as work:
        await message(work, mixed[1], "100% ÄRGERLICH: mein_paket")
        await message(work, mixed[4], "ärgerlich")
    assert await _listed(store, TicketFilter(search="ärgerlich")) == [b]
    assert await _listed(store, TicketFilter(search="100%")) == [b]
    assert await _listed(store, TicketFilter(search="mein_")) == [b]
    assert await _listed(store, TicketFilter(search="0_%")) == []
    assert await _listed(store, TicketFilter(search="\\")) == []
    assert await _listed(store, TicketFilter(search="contact 0")) == [a]
    assert await _listed(store, TicketFilter(search=mixed[4].number)) == [e]


async def test_a_line_shows_who_where_and_what(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work, author=Author("telegram", "ada", "Ada L."))
        vera = await volunteer(work, "Vera")
        await work.tickets.save(replace(asked, assignee_id=vera.id))
        await message(work, asked, "Wo ist mein Paket?")
        await message(work, asked, "Hallo?")
        await work.people.set_reachability("telegram", "ada", Reachability.BLOCKED)
        (line,) = await work.tickets.list(TicketFilter())
    assert (line.contact_name, line.channel, line.excerpt) == ("Ada L.", "telegram", "Wo ist mein Paket?")
    assert (line.assignee_name, line.reachability, line.message_count) == ("Vera", Reachability.BLOCKED, 2)


async def test_no_two_tickets_have_a_number(store: PostgresStore) -> None:
    opened = await many_tickets(store, 50)
    numbers = [int(each.number.removeprefix("Z-")) for each in opened]
    assert numbers == sorted(set(numbers))
