"""The tickets of incidents, one by one, in PostgreSQL: taken in once, counted, and what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from db.store import PostgresStore
from desk.incident import IncidentId, IncidentState, JoinedHow, LeftWhy, NewIncident
from desk.people import Author
from desk.store import FollowerCounts, Work
from desk.ticket import Lane, Priority, Status, TicketId
from tests.integration.db.desk_life import NOW, SOON, ticket, volunteer

DOWN = NewIncident("Anmeldung gestört", "outage", ("viel mehr als sonst",), NOW)
STEP = timedelta(minutes=5)


async def tickets(work: Work, *names: str) -> list[TicketId]:
    return [(await ticket(work, author=Author("telegram", name, name), chat=name)).id for name in names]


async def confirmed(work: Work) -> IncidentId:
    vera = await volunteer(work, "Vera")
    incident_id = await work.incidents.propose(DOWN, now=NOW)
    await work.incidents.decide(incident_id, IncidentState.CONFIRMED, by=vera.id, now=NOW)
    return incident_id


async def test_what_follows_a_confirmed_incident_is_taken_in_once(store: PostgresStore) -> None:
    async with store.begin() as work:
        one, two, three = await tickets(work, "ada", "ben", "cleo")
        proposed = await work.incidents.propose(DOWN, now=NOW)
        await work.incidents.follow(proposed, [three], JoinedHow.CLUSTER, now=NOW)
        incident_id = await confirmed(work)
        await work.incidents.follow(incident_id, [one], JoinedHow.TOPIC, now=NOW)
        await work.incidents.follow(incident_id, [two], JoinedHow.BY_HAND, now=SOON)
        assert await work.followers.to_take_in(limit=9) == [
            (incident_id, one, JoinedHow.TOPIC),
            (incident_id, two, JoinedHow.BY_HAND),
        ]
        assert await work.followers.take_in(incident_id, one, now=NOW)
        assert not await work.followers.take_in(incident_id, one, now=SOON)
        assert [found[1] for found in await work.followers.to_take_in(limit=9)] == [two]
        await work.incidents.leave(two, LeftWhy.DIFFERENT, now=SOON)
        assert await work.followers.to_take_in(limit=9) == []
        assert await work.followers.ever_followed(incident_id, two)
        assert not await work.followers.ever_followed(incident_id, three)
        assert await work.followers.to_let_go(limit=9) == []
        vera = await volunteer(work, "Viktor")
        await work.incidents.decide(proposed, IncidentState.DISMISSED, by=vera.id, now=SOON)
        assert await work.followers.to_let_go(limit=9) == [three]


async def test_its_tickets_are_counted_and_listed(store: PostgresStore) -> None:
    async with store.begin() as work:
        incident_id = await confirmed(work)
        assert await work.followers.counts(incident_id) == FollowerCounts()
        ids = await tickets(work, "ada", "ben", "cleo", "dora")
        await work.incidents.follow(incident_id, ids, JoinedHow.CLUSTER, now=NOW)
        await work.incidents.leave(ids[3], LeftWhy.BY_HAND, now=SOON)
        for ticket_id, status, lane in (
            (ids[0], Status.ON_HOLD, Lane.KNOWLEDGE), (ids[1], Status.OPEN, Lane.STAFF), (ids[2], Status.SOLVED, None),
        ):  # fmt: skip
            seen = await work.tickets.by_id(ticket_id)
            await work.tickets.save(replace(seen, status=status, lane=lane))
        counts = await work.followers.counts(incident_id)
        assert counts == FollowerCounts(following=3, waiting=1, with_people=1, solved=1, left=1)
        lines = await work.followers.lines(incident_id, limit=9)
        assert [line.follower.ticket_id for line in lines] == [ids[2], ids[1], ids[0], ids[3]]
        assert [line.waits for line in lines] == [False, False, True, False]
        opened = await work.followers.opened(incident_id, NOW - 2 * STEP, STEP, until=NOW)
        assert (len(opened), sum(opened)) == (2, 3)


async def test_who_is_more_urgent_or_waits_longer_comes_first(store: PostgresStore) -> None:
    async with store.begin() as work:
        ids = await tickets(work, "ada", "ben", "cleo")
        for place, ticket_id in enumerate(ids):
            seen = await work.tickets.by_id(ticket_id)
            urgent = Priority.URGENT if place == 2 else Priority.NORMAL
            waiting = NOW + timedelta(minutes=place)
            await work.tickets.save(
                replace(seen, status=Status.OPEN, lane=Lane.STAFF, priority=urgent, waiting_since=waiting)
            )
        places = [
            (await work.tickets.place_in_queue(await work.tickets.by_id(one), since=NOW, now=SOON)).before
            for one in ids
        ]
        assert places == [1, 2, 0]
        await work.events.add("Claimed", now=NOW, ticket_id=ids[0])
        await work.events.add("Claimed", now=SOON, ticket_id=ids[0])
        await work.events.add("Claimed", now=NOW - STEP, ticket_id=ids[1])
        place = await work.tickets.place_in_queue(await work.tickets.by_id(ids[0]), since=NOW, now=SOON)
        assert place.taken_up == 1


async def test_another_units_questions_are_not_before_ours(store: PostgresStore) -> None:
    async with store.begin() as work:
        ids = await tickets(work, "ada", "ben", "cleo", "dora")
        for place, (ticket_id, unit) in enumerate(zip(ids, ("sales", None, "sales", None), strict=True)):
            seen = await work.tickets.by_id(ticket_id)
            waiting = NOW + timedelta(minutes=place)
            await work.tickets.save(
                replace(seen, status=Status.OPEN, lane=Lane.STAFF, unit=unit, waiting_since=waiting)
            )
        await work.events.add("Claimed", now=NOW, ticket_id=ids[0])
        places = [await work.tickets.place_in_queue(await work.tickets.by_id(one), since=NOW, now=SOON) for one in ids]
        assert [(one.before, one.taken_up) for one in places] == [(0, 1), (0, 0), (1, 1), (1, 0)]
