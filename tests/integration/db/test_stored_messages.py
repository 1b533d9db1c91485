"""Messages are stored once, edited in versions, emptied when deleted, and read once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from db.store import PostgresStore
from desk.conversation import AttachmentKind, AttachmentState, AuthorKind, Button, Direction, MessageId
from desk.errors import InputRejected, NotFound
from desk.inbound import InboundFile
from desk.outbound import OutboxEntry
from desk.reading import Entity, IntentGuess, PersonalDataSpan, Reading, Sentiment, Urgency
from tests.integration.db.desk_life import LEASE, NOW, PLACE, SOON, inbound, message, ticket

PHOTO = InboundFile(AttachmentKind.PHOTO, "photo.jpg", "image/jpeg", 1200, "file-1")
VOICE = InboundFile(AttachmentKind.VOICE, "voice.ogg", "audio/ogg", None, "file-2")
READING = Reading(
    language="de",
    intent="delivery_status",
    confidence=0.75,
    runners_up=(IntentGuess("refund", 0.25),),
    also=("refund",),
    entities=(Entity("order_number", "4711", 0, 4),),
    sentiment=Sentiment.NEGATIVE,
    urgency=Urgency.URGENT,
    personal_data=(PersonalDataSpan(5, 9, "name"),),
    masked="4711 [Name]",
    engine="embedded",
    model="1",
    certain=False,
)


async def test_a_message_comes_back_as_it_was(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        said = replace(
            inbound(asked, "Hallo 👋\r\n\tö", external_id="100:1"),
            direction=Direction.OUTBOUND,
            author=AuthorKind.BOT,
            masked="Hallo",
            buttons=((Button("Ja", "yes"), Button("Mehr", url="https://example.org")), (Button("Nein", "no"),)),
        )
        added = await work.messages.add(said)
        assert added is not None
        files = await work.messages.add_files(added, "telegram", [PHOTO, VOICE])
    async with store.begin() as work:
        kept = await work.messages.by_id(added)
        assert kept == await work.messages.by_external_id("telegram", "100:1")
    assert (kept.body, kept.masked, kept.buttons, kept.version) == (said.body, "Hallo", said.buttons, 1)
    assert (kept.created_at, kept.ticket_id, kept.author) == (NOW, asked.id, AuthorKind.BOT)
    assert [file.id for file in kept.attachments] == list(files)
    assert [(file.kind, file.size, file.state) for file in kept.attachments] == [
        (AttachmentKind.PHOTO, 1200, AttachmentState.PENDING),
        (AttachmentKind.VOICE, None, AttachmentState.PENDING),
    ]


async def test_the_second_of_the_same_id_is_none(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        await message(work, asked, "a", external_id="100:1")
        assert await work.messages.add(inbound(asked, "b", external_id="100:1")) is None
        assert await work.messages.add(inbound(asked, "without an id")) is not None
        assert await work.messages.add(inbound(asked, "without an id")) is not None


async def test_of_the_same_message_delivered_at_once_one_is_stored(store: PostgresStore, pool: Any) -> None:
    async with store.begin() as work:
        asked = await ticket(work)

    async def delivered() -> MessageId | None:
        async with store.begin() as work:
            return await work.messages.add(inbound(asked, "a", external_id="100:1"))

    added = await asyncio.gather(*(delivered() for _ in range(10)))
    assert sum(each is not None for each in added) == 1
    assert await pool.fetchval("select count(*) from message") == 1


@pytest.mark.parametrize("body", ["nul \x00", "half a pair \ud83d"])
async def test_text_that_cannot_be_stored_is_rejected(store: PostgresStore, body: str) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
    with pytest.raises(InputRejected):
        async with store.begin() as work:
            await work.messages.add(inbound(asked, body))
    with pytest.raises(InputRejected):
        async with store.begin() as work:
            await work.messages.add(replace(inbound(asked, ""), buttons=((Button(body),),)))


async def test_an_edit_keeps_the_old_words(store: PostgresStore, pool: Any) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        first = await message(work, asked, "one")
        assert await work.messages.edit(first, body="two", masked="2", at=NOW) == 2
        assert await work.messages.edit(first, body="three", masked=None, at=SOON) == 3
        kept = await work.messages.by_id(first)
        with pytest.raises(NotFound):
            await work.messages.edit(MessageId(999), body="", masked=None, at=NOW)
    assert (kept.body, kept.masked, kept.version, kept.edited_at) == ("three", None, 3, SOON)
    versions = await pool.fetch("select version, body from message_version order by version")
    assert [tuple(row) for row in versions] == [(1, "one"), (2, "two")]


async def test_a_deleted_message_keeps_its_row_and_no_words(store: PostgresStore, pool: Any) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        first = await message(work, asked, "secret one")
        await work.messages.save_reading(first, replace(READING, masked="secret"), now=NOW)
        await work.messages.edit(first, body="secret two", masked="secret", at=NOW)
        await work.outbox.put([OutboxEntry("s", PLACE, text="secret", message_id=first)], now=NOW)
    (row,) = await store.queues.claim_outbox("telegram", limit=1, now=NOW, lease=LEASE)
    await store.queues.confirm(row.id, "100:1", now=NOW)
    async with store.begin() as work:
        await work.messages.delete(first, at=SOON)
        await work.messages.delete(first, at=SOON + LEASE)
        kept = await work.messages.by_id(first)
    assert (kept.body, kept.masked, kept.deleted_at) == ("", "", SOON)
    for noun in ("message", "message_version", "reading", "outbox"):
        assert await pool.fetchval(f"select count(*) from {noun} t where t::text ~ 'secret|4711'") == 0


async def test_a_ticket_shows_all_a_conversation_shows_no_notes(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        first = await message(work, asked, "question")
        await work.messages.add(
            replace(inbound(asked, "between us"), direction=Direction.NOTE, author=AuthorKind.AGENT)
        )
        await work.messages.add(replace(inbound(asked, "answer"), direction=Direction.OUTBOUND))
        of_ticket = await work.messages.of_ticket(asked.id)
        of_conversation = await work.messages.of_conversation(asked.conversation_id)
        later = await work.messages.of_conversation(asked.conversation_id, after=first, limit=5)
        newest = await work.messages.last_inbound(asked.id)
    assert [each.body for each in of_ticket] == ["question", "between us", "answer"]
    assert [each.body for each in of_conversation] == ["question", "answer"]
    assert [each.body for each in later] == ["answer"]
    assert newest is not None
    assert newest.id == first


async def test_a_message_is_read_once(store: PostgresStore, pool: Any) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        first = await message(work, asked, "4711 Ada", to_read=True)
        assert await work.messages.save_reading(first, READING, now=NOW)
        assert not await work.messages.save_reading(first, replace(READING, masked="other"), now=NOW)
        assert (await work.messages.by_id(first)).masked == "4711 [Name]"
    assert await store.queues.claim_unread(limit=1, now=NOW, lease=LEASE) == []
    details = await pool.fetchval("select details from reading")
    assert details["entities"] == [{"kind": "order_number", "value": "4711", "start": 0, "end": 4}]
    assert details["runners_up"] == [{"intent": "refund", "confidence": 0.25}]
    assert details["certain"] is False


async def test_a_reading_of_deleted_or_older_words_brings_nothing_back(store: PostgresStore, pool: Any) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        deleted = await message(work, asked, "4711 Ada", to_read=True)
        edited = await message(work, asked, "4711 Ada", to_read=True)
        await work.messages.delete(deleted, at=NOW)
        await work.messages.edit(edited, body="sorry", masked="sorry", at=NOW)
        for each in (deleted, edited):
            assert await work.messages.save_reading(each, READING, now=NOW)
        assert (await work.messages.by_id(deleted)).masked is None
        assert (await work.messages.by_id(edited)).masked == "sorry"
    assert await pool.fetchval("select details from reading where message_id = $1", deleted) == {}


async def test_a_file_that_came_with_its_bytes_is_there(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        first = await message(work, asked, "look")
        file_id = await work.messages.add_stored_file(first, "web", PHOTO, storage_key="ab/cd")
        file = await work.messages.attachment(file_id)
        assert file is not None
        assert (file.state, file.storage_key, file.size) == (AttachmentState.STORED, "ab/cd", 1200)
        assert await work.messages.add_files(first, "web", []) == ()
