"""Corrections, models and their times in service, as the store keeps them."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from db.locks import only_one
from db.store import PostgresStore
from desk.conversation import MessageId
from desk.learning import CorrectionId, CorrectionSource, CorrectionState, NewCorrection, ReadingModel, ServiceReason
from desk.reading import IntentGuess, Reading
from desk.store import Work
from desk.ticket import Ticket
from tests.integration.db.desk_life import NOW, message, ticket

HOUR = timedelta(hours=1)


async def read(
    work: Work,
    about: Ticket,
    *,
    at: datetime = NOW,
    engine: str = "embedded",
    model: str = "m1",
    intent: str = "refund",
) -> MessageId:
    """A message that was read."""
    number = await message(work, about, "words")
    guesses = (IntentGuess("invoice", 0.2), IntentGuess("out_of_scope", 0.1), IntentGuess("returns", 0.1))
    reading = Reading("de", intent, 0.6, guesses, masked="masked words", engine=engine, model=model)
    await work.messages.save_reading(number, reading, now=at)
    return number


def said(number: MessageId, intent: str, source: CorrectionSource = CorrectionSource.STAFF) -> NewCorrection:
    return NewCorrection(number, source, "masked words", "de", "refund", 0.6, "embedded", "m1", intent, None, NOW)


async def test_a_ticket_tells_what_its_messages_were_read_as_and_are(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = await ticket(work)
        first, second = await read(work, about), await read(work, about)
        await read(work, about, engine="unread")
        await message(work, about, "not read yet")
        await work.corrections.propose(said(second, "returns"))
        known = await work.corrections.readings_of(about.id)
    assert set(known) == {first, second}
    assert (known[first].intent, known[first].runners_up, known[first].corrected) == (
        "refund", ("invoice", "returns"), None
    )  # fmt: skip
    assert known[first].confidence == pytest.approx(0.6)
    assert known[second].corrected == "returns"


async def test_what_staff_said_does_not_give_way_to_what_others_chose(store: PostgresStore) -> None:
    async with store.begin() as work:
        number = await read(work, await ticket(work))
        assert await work.corrections.propose(said(number, "invoice", CorrectionSource.CONTACT))
        assert await work.corrections.propose(said(number, "returns", CorrectionSource.VOLUNTEER))
        assert await work.corrections.propose(said(number, "warranty"))
        assert not await work.corrections.propose(said(number, "invoice", CorrectionSource.CONTACT))
        (left,) = await work.corrections.listed(CorrectionState.PENDING, limit=10)
    assert (left.intent, left.source, left.ticket_number) == ("warranty", CorrectionSource.STAFF, "Z-1001")


async def test_decisions_are_taken_once_and_only_accepted_texts_are_learned(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = await ticket(work)
        for _each in range(3):
            await work.corrections.propose(said(await read(work, about), "returns"))
        one, two, three = [each.id for each in await work.corrections.listed(CorrectionState.PENDING, limit=10)]

        async def decide(*ids: CorrectionId, to: CorrectionState, intent: str | None = None) -> list[CorrectionId]:
            return list(await work.corrections.decide(ids, to, intent=intent, by=None, now=NOW))

        assert await decide(one, two, CorrectionId(999), to=CorrectionState.ACCEPTED, intent="invoice") == [one, two]
        assert await decide(one, to=CorrectionState.ACCEPTED, intent="warranty") == [], "decided already"
        assert [(each.id, each.intent) for each in await work.corrections.accepted()] == [
            (one, "invoice"), (two, "invoice"),
        ]  # fmt: skip
        assert await decide(two, three, to=CorrectionState.REJECTED) == [two, three]
        assert await decide(two, three, to=CorrectionState.REJECTED) == []
        assert await decide(three, to=CorrectionState.ACCEPTED) == [], "its words are gone"
        assert [each.id for each in await work.corrections.texts([one, two, three])] == [one]
        assert await work.corrections.texts([]) == []
        assert await work.corrections.waiting() == 0
        assert {each.text for each in await work.corrections.listed(CorrectionState.REJECTED, limit=10)} == {""}


async def test_a_deleted_message_leaves_no_words_and_nothing_to_review(store: PostgresStore) -> None:
    async with store.begin() as work:
        number = await read(work, await ticket(work))
        await work.corrections.propose(said(number, "returns"))
        await work.messages.delete(number, at=NOW)
        assert await work.corrections.waiting() == 0
        (left,) = await work.corrections.listed(CorrectionState.REJECTED, limit=10)
    assert (left.text, left.reviewed_at) == ("", NOW)


def made(version: str, *ids: int, **figures: object) -> ReadingModel:
    return ReadingModel(version, "base", tuple(CorrectionId(one) for one in ids), NOW, figures)


async def test_models_keep_their_figures_and_times_in_service(store: PostgresStore) -> None:
    async with store.begin() as work:
        assert await work.models.in_service() is None
        await work.models.keep(made("v1"))
        await work.models.keep(made("v2", 1, 2, accuracy=0.9))
        await work.models.keep(made("v2", 3))
        first = await work.models.put_in_service("v1", ServiceReason.FILES, after=None, now=NOW)
        assert await work.models.put_in_service("v2", ServiceReason.TRAINING, after=None, now=NOW) is None
        second = await work.models.put_in_service("v2", ServiceReason.TRAINING, after=first, now=NOW + HOUR)
        await work.models.mark_rolled_back("v2", now=NOW + HOUR)
        service = await work.models.in_service()
        assert service is not None
        assert (service.id, service.model.version, service.began_at) == (second, "v2", NOW + HOUR)
        assert (service.model.corrections, service.model.figures) == ((1, 2), {"accuracy": 0.9})
        assert service.model.rolled_back_at == NOW + HOUR
        assert [one.model.version for one in await work.models.services()] == ["v2", "v1"]
        assert {one.version for one in await work.models.all()} == {"v1", "v2"}
        assert await work.models.by_version("v3") is None


async def test_of_two_promotions_at_once_one_wins(store: PostgresStore) -> None:
    async with store.begin() as work:
        await work.models.keep(made("v1"))

    async def promotes() -> bool:
        async with store.begin() as work:
            put = await work.models.put_in_service("v1", ServiceReason.TRAINING, after=None, now=NOW)
            await asyncio.sleep(0.05)
            return put is not None

    assert sorted(await asyncio.gather(*(promotes() for _ in range(5)))) == [False] * 4 + [True]


async def changes_since(store: PostgresStore, since: datetime) -> list[tuple[float, str, str]]:
    async with store.begin() as work:
        found = await work.models.changes(since=since)
    return [((one.at - NOW) / HOUR, one.engine, one.model) for one in found]


async def test_a_change_is_told_once_however_machines_and_engines_alternate(store: PostgresStore) -> None:
    said = [
        (0.0, "embedded", "m1"), (0.9, "embedded", "m1"), (1.0, "embedded", "m2"), (1.1, "embedded", "m1"),
        (1.2, "embedded", "m2"),
        (1.3, "unread", ""), (3.0, "rasa", "r1"), (3.1, "embedded", "m2"), (3.2, "rasa", "r1"), (9.0, "rasa", "r1"),
        (9.1, "embedded", "m2"),
    ]  # fmt: skip
    async with store.begin() as work:
        about = await ticket(work)
        for hours, engine, model in said:
            await read(work, about, at=NOW + hours * HOUR, engine=engine, model=model)
    changes = [(1.0, "embedded", "m2"), (3.0, "rasa", "r1"), (3.1, "embedded", "m2"), (9.1, "embedded", "m2")]
    assert await changes_since(store, NOW - HOUR) == changes
    assert await changes_since(store, NOW + 1 * HOUR) == changes
    assert await changes_since(store, NOW + 2 * HOUR) == changes[1:]
    assert await changes_since(store, NOW + 9.5 * HOUR) == []


async def test_a_service_that_no_reading_shows_yet_is_told_too(store: PostgresStore) -> None:
    async with store.begin() as work:
        for version in ("v1", "v2", "v3"):
            await work.models.keep(made(version))
        about, after = await ticket(work), None
        for hours, version in ((0, "v1"), (1, "v2"), (5, "v3"), (6, "v3")):
            after = await work.models.put_in_service(version, ServiceReason.FILES, after=after, now=NOW + hours * HOUR)
        await read(work, about, at=NOW, model="v1")
        await read(work, about, at=NOW + 1.5 * HOUR, model="v2")
    assert await changes_since(store, NOW) == [(1.5, "embedded", "v2"), (5.0, "embedded", "v3")]


async def test_one_at_a_time_across_machines(database_url: str) -> None:
    async with (
        only_one(database_url, "training") as first,
        only_one(database_url, "training") as second,
        only_one(database_url, "other") as third,
    ):
        assert (first, second, third) == (True, False, True)
    async with asyncio.timeout(5):
        while True:
            async with only_one(database_url, "training") as again:
                if again:
                    break


async def test_changes_are_found_by_time_and_not_by_reading_everything(store: PostgresStore, pool: Any) -> None:
    """The span asked for is found by blocks of time; without that, a year of readings would be read."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("set local enable_seqscan = off")
        plan = await connection.fetch(
            "explain select made_at, engine, model from reading where made_at >= now() - interval '1 day'"
        )
    assert "reading_made" in str(plan)
