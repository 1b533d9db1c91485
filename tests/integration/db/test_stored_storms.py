"""What the storm watch remembers in PostgreSQL: one watches, nothing is watched twice, nothing is passed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from db.store import PostgresStore
from desk.alert import AlertId, NewAlert
from desk.conversation import MessageId
from desk.incident import ClusterId, NewIncident
from desk.people import Author, Locale
from desk.reading import Reading, Sentiment
from desk.store import Work
from desk.store.storms import Counted, Freeze, LevelOf, WatchedReading, WatchMemory
from tests.integration.db.desk_life import LEASE, NOW, SOON, conversation, inbound, ticket, volunteer

READING = Reading(language="de", intent="outage", confidence=0.9, engine="e", model="m", masked="geht nicht")
ANGRY = replace(READING, sentiment=Sentiment.NEGATIVE)


async def asks(work: Work, who: str, reading: Reading | None = ANGRY, at: datetime = NOW) -> MessageId:
    """Somebody writes; read at once, or left unread."""
    place = await conversation(work, Author("telegram", who, who), who)
    about = await work.tickets.live(place.id) or await ticket(work, author=Author("telegram", who, who), chat=who)
    added = await work.messages.add(replace(inbound(about, "geht nicht", to_read=True), created_at=at))
    assert added is not None
    if reading is not None:
        await work.messages.save_reading(added, reading, now=at)
    return added


async def watch(work: Work, epoch: int = 1, cluster: int | None = None) -> list[WatchedReading]:
    """Everything that was not watched."""
    found = [
        replace(one, cluster_id=None if cluster is None else ClusterId(cluster))
        for one in await work.storms.unwatched(MessageId(0), limit=100)
    ]
    await work.storms.watched(found, epoch)
    return found


async def test_one_holds_the_watch_until_its_lease_ends(store: PostgresStore) -> None:
    async with store.begin() as work:
        assert await work.storms.hold("a", now=NOW, lease=LEASE) == 0
        assert await work.storms.hold("b", now=NOW, lease=LEASE) is None
        assert await work.storms.hold("a", now=NOW, lease=LEASE) == 0
        assert await work.storms.hold("b", now=NOW + LEASE, lease=LEASE) == 0
        assert await work.storms.hold("a", now=NOW + LEASE, lease=LEASE) is None


async def test_memory_is_kept_once_an_epoch_and_by_the_holder_alone(store: PostgresStore) -> None:
    first = WatchMemory(1, MessageId(7), b"detector")
    async with store.begin() as work:
        assert await work.storms.memory() == WatchMemory(0, None, None)
        assert await work.storms.hold("a", now=NOW, lease=LEASE) == 0
        assert not await work.storms.keep("b", first, now=NOW)
        assert await work.storms.keep("a", first, now=NOW)
        assert not await work.storms.keep("a", first, now=NOW)
        assert await work.storms.memory() == first
        assert await work.storms.hold("b", now=NOW, lease=LEASE) is None
        await work.storms.put_in_place(MessageId(9), b"another", now=NOW)
        assert await work.storms.memory() == WatchMemory(2, MessageId(9), b"another")
        assert await work.storms.hold("b", now=NOW, lease=LEASE) == 2


async def test_each_reading_is_watched_once_however_late_it_comes(store: PostgresStore) -> None:
    async with store.begin() as work:
        late, unread = await asks(work, "ada", None), await asks(work, "ben", None)
        newer = await asks(work, "cem")
        [found] = await watch(work)
        assert (found.message_id, found.topic, found.negative, found.words) == (newer, "outage", True, "geht nicht")
        assert await work.storms.all_read_before() == late
        await work.messages.save_reading(late, replace(READING, out_of_scope=True), now=SOON)
        assert await work.storms.all_read_before() == unread
        [found] = await watch(work)
        assert (found.message_id, found.topic, found.negative) == (late, "out_of_scope", False)
        assert [one.message_id for one in await work.storms.watched_in(1)] == [newer, late]
        assert await work.storms.unwatched(MessageId(0), limit=10) == []


async def test_history_is_read_in_stretches(store: PostgresStore) -> None:
    async with store.begin() as work:
        first, second = await asks(work, "ada"), await asks(work, "ben", at=SOON)
        assert await work.storms.history_begins(SOON) == second - 1
        [one] = await work.storms.history(MessageId(0), second, limit=1)
        assert one.message_id == first
        [two] = await work.storms.history(first, second, limit=10)
        assert (two.message_id, two.words) == (second, "")


async def test_old_readings_are_forgotten_below_the_watermark_only(store: PostgresStore) -> None:
    async with store.begin() as work:
        first = await asks(work, "ada")
        await asks(work, "ben")
        await watch(work)
        await work.storms.hold("a", now=NOW, lease=LEASE)
        await work.storms.keep("a", WatchMemory(1, first, None), now=NOW)
        await work.storms.forget(before=SOON)
        assert [one.message_id for one in await work.storms.unwatched(MessageId(0), limit=10)] == [first]


async def test_levels_are_kept_while_it_is_not_calm(store: PostgresStore) -> None:
    async with store.begin() as work:
        await work.storms.set_level("outage", "watch", now=NOW)
        await work.storms.set_level("outage", "watch", now=SOON)
        await work.storms.set_level("refund", "storm", now=SOON)
        assert await work.storms.levels() == [LevelOf("outage", "watch", NOW), LevelOf("refund", "storm", SOON)]
        await work.storms.set_level("outage", "storm", now=SOON)
        await work.storms.set_level("refund", "calm", now=SOON)
        assert await work.storms.levels() == [LevelOf("outage", "storm", SOON)]


async def test_tickets_counts_and_examples_of_a_topic_and_a_cluster(store: PostgresStore) -> None:
    minute = timedelta(minutes=1)
    async with store.begin() as work:
        await asks(work, "ada", READING)
        await asks(work, "ben", at=NOW + 6 * minute)
        await asks(work, "ben", at=NOW + 7 * minute)
        seen = await watch(work, cluster=3)
        await asks(work, "cem", replace(ANGRY, intent="refund"), at=NOW + 7 * minute)
        await watch(work)
        storms = work.storms
        [ben] = await storms.tickets_on("outage", NOW)
        assert {ben} < set(await storms.tickets_of_cluster(ClusterId(3), NOW))
        assert len(await storms.tickets_on(None, NOW)) == 2
        assert await storms.clusters_on("outage", NOW) == {3: 3}
        assert await storms.clusters_on("refund", NOW) == {}
        step = timedelta(minutes=5)
        assert await storms.counted("outage", None, NOW, step) == [Counted(NOW, 1, 0), Counted(SOON, 2, 2)]
        assert await storms.counted(None, ClusterId(3), SOON, step) == [Counted(SOON, 2, 2)]
        told = await storms.examples("outage", None, NOW, limit=5)
        assert [(one.contact_id, one.negative) for one in told] == [
            (seen[1].contact_id, True), (seen[0].contact_id, False)
        ]  # fmt: skip


async def test_clusters_merge_with_their_incidents(store: PostgresStore) -> None:
    one, two, three = ClusterId(1), ClusterId(2), ClusterId(3)
    async with store.begin() as work:
        first, second = await asks(work, "ada"), await asks(work, "ben")
        await watch(work, cluster=1)
        assert [each.cluster_id for each in await work.storms.newest_watched(NOW, limit=5)] == [one, one]
        assert [each.message_id for each in await work.storms.newest_watched(NOW, limit=1)] == [second]
        incident = await work.incidents.propose(NewIncident("x", None, (), NOW), now=NOW)
        await work.incidents.take_cluster(one, incident)
        await work.storms.merge_cluster(one, two)
        assert await work.storms.incident_clusters() == [two]
        await work.storms.put_in_clusters({first: three})
        assert await work.storms.clusters_on(None, NOW) == {two: 1, three: 1}


async def test_freezes_end_by_themselves_or_by_hand(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        frozen = Freeze("outage", vera.id, NOW, SOON)
        await work.storms.freeze(Freeze("outage", None, NOW, NOW))
        await work.storms.freeze(frozen)
        assert await work.storms.freezes(now=NOW) == [frozen]
        assert await work.storms.freezes(now=SOON) == []
        assert await work.storms.unfreeze("outage")
        assert not await work.storms.unfreeze("outage")


async def test_playbooks_calls_and_pictures_are_kept(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        assert await work.storms.newest_playbook() is None
        first = await work.storms.save_playbook("version: 1", by=vera.id, now=NOW)
        second = await work.storms.save_playbook("version: 2", by=vera.id, now=SOON)
        assert await work.storms.newest_playbook() == second
        assert [one.id for one in await work.storms.playbooks(limit=5)] == [second, first]
        alert, _new = await work.alerts.raise_or_change(NewAlert("all", "storm", 1, ["x"], NOW, NOW), now=NOW)
        await work.storms.was_called(alert, [vera.id], now=NOW)
        await work.storms.was_called(alert, [vera.id], now=SOON)
        assert await work.storms.called_about(alert) == [vera.id]
        await work.storms.say_why(alert, {Locale.GERMAN: ["weil"], Locale.ENGLISH: ["because"]}, 2.5)
        assert await work.storms.reasons_of(alert, Locale.ENGLISH) == ["because"]
        assert await work.storms.usual_of(alert) == 2.5
        assert await work.storms.picture_of(alert, Locale.GERMAN) is None
        kept = await work.storms.keep_picture(alert, Locale.GERMAN, name="a.png", storage_key="k", size=3, now=NOW)
        newer = await work.storms.keep_picture(alert, Locale.GERMAN, name="a.png", storage_key="l", size=3, now=NOW)
        assert await work.storms.picture_of(alert, Locale.GERMAN) == newer != kept


async def test_people_are_called_again_about_what_flares_up_unless_somebody_looks(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        alert, _new = await work.alerts.raise_or_change(NewAlert("all", "storm", 1, ["x"], NOW, None), now=NOW)
        await work.alerts.call_at(alert, NOW)
        due = await work.alerts.take_due_call(now=NOW)
        assert due is not None
        assert due.id == alert
        await work.alerts.acknowledge(alert, by=vera.id, now=NOW)
        await work.alerts.call_at(alert, NOW)
        assert await work.alerts.take_due_call(now=NOW) is None
        await work.alerts.call_at(AlertId(999), NOW)
