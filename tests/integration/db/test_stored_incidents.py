"""Incidents and alerts in PostgreSQL: who follows what, and one alert a storm."""

from __future__ import annotations

import pytest

from db.store import PostgresStore
from desk.alert import ALL, NewAlert
from desk.errors import NotFound
from desk.incident import ClusterId, IncidentId, IncidentState, JoinedHow, LeftWhy, NewIncident, PublicNames
from desk.people import Author
from desk.store import Work
from desk.ticket import TicketId
from tests.integration.db.desk_life import NOW, SOON, ticket, volunteer

DOWN = NewIncident("Anmeldung gestört", "outage", ("viel mehr als sonst",), NOW)


async def tickets(work: Work, *names: str) -> list[TicketId]:
    return [(await ticket(work, author=Author("telegram", name, name), chat=name)).id for name in names]


async def test_a_ticket_follows_one_incident_and_does_not_come_back_by_itself(store: PostgresStore) -> None:
    async with store.begin() as work:
        one, two = await tickets(work, "ada", "ben")
        first = await work.incidents.propose(DOWN, now=NOW)
        second = await work.incidents.propose(DOWN, now=NOW)
        assert await work.incidents.follow(first, [one, two], JoinedHow.CLUSTER, now=NOW) == [one, two]
        assert await work.incidents.follow(first, [one, two], JoinedHow.CLUSTER, now=SOON) == []
        assert await work.incidents.follow(second, [one], JoinedHow.BY_HAND, now=NOW) == []
        assert await work.incidents.leave(one, LeftWhy.DIFFERENT, now=SOON) == first
        assert await work.incidents.leave(one, LeftWhy.DIFFERENT, now=SOON) is None
        assert await work.incidents.follow(first, [one], JoinedHow.TOPIC, now=SOON) == []
        assert await work.incidents.followed_by(one) is None
        assert await work.incidents.follow(first, [one], JoinedHow.BY_HAND, now=SOON) == [one]
        followed = await work.incidents.followed_by(one)
        assert followed is not None
        assert (followed.id, followed.tickets) == (first, 2)


async def test_joined_incidents_bring_their_tickets_and_clusters(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        [one] = await tickets(work, "ada")
        first, second = [await work.incidents.propose(DOWN, now=NOW) for _ in range(2)]
        await work.incidents.follow(first, [one], JoinedHow.CLUSTER, now=NOW)
        await work.incidents.take_cluster(ClusterId(7), first)
        await work.incidents.join(first, second, by=vera.id, now=SOON)
        gone = await work.incidents.incident(first)
        assert (gone.state, gone.joined_into, gone.tickets) == (IncidentState.JOINED, second, 0)
        assert [follower.ticket_id for follower in await work.incidents.followers(second)] == [one]
        kept = await work.incidents.of_cluster(ClusterId(7))
        assert kept is not None
        assert kept.id == second
        assert [incident.id for incident in await work.incidents.live_on("outage")] == [second]
        assert [incident.id for incident in await work.incidents.incidents(IncidentState.PROPOSED, limit=9)] == [second]


async def test_an_incident_is_decided_edited_and_resolved(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        number = await work.incidents.propose(DOWN, now=NOW)
        names = PublicNames("Anmeldung", "Sign-in")
        await work.incidents.edit(number, title="Login down", topic=None, names=names)
        await work.incidents.decide(number, IncidentState.CONFIRMED, by=vera.id, now=NOW)
        await work.incidents.resolve(number, by=vera.id, now=SOON)
        resolved = await work.incidents.incident(number)
        assert (resolved.title, resolved.topic, resolved.state) == ("Login down", None, IncidentState.RESOLVED)
        assert resolved.names == names
        assert (resolved.decided_at, resolved.resolved_at, resolved.is_live) == (NOW, SOON, False)
        with pytest.raises(NotFound, match="incident"):
            await work.incidents.incident(IncidentId(10**9))


async def test_a_storm_has_one_alert_until_it_ends(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        watch = NewAlert(ALL, "watch", 5.0, ("mehr",), NOW, call_at=NOW)
        number, new = await work.alerts.raise_or_change(watch, now=NOW)
        assert new
        again = await work.alerts.raise_or_change(NewAlert(ALL, "storm", 4.0, ("viel mehr",), NOW, None), now=SOON)
        assert again == (number, False)
        due = await work.alerts.take_due_call(now=SOON)
        assert due is not None
        assert (due.level, due.peak, due.reasons) == ("storm", 5.0, ("viel mehr",))
        await work.alerts.called(number, next_at=SOON)
        assert await work.alerts.acknowledge(number, by=vera.id, now=SOON)
        assert not await work.alerts.acknowledge(number, by=vera.id, now=SOON)
        assert await work.alerts.take_due_call(now=SOON) is None
        ended = await work.alerts.end(ALL, now=SOON)
        assert ended is not None
        assert (ended.id, ended.calls, ended.level) == (number, 1, "calm")
        assert await work.alerts.end(ALL, now=SOON) is None
        assert (await work.alerts.raise_or_change(watch, now=SOON))[1]
