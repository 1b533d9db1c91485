"""Askings, and texts of the brand: kept as they are, one asking a ticket, one version a number."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from db.store import PostgresStore
from desk.asking import Asking, AskingState
from desk.brand_texts import BrandTextName
from desk.people import Locale, Reachability
from desk.reading import Danger, Entity, IntentGuess, PersonalDataSpan, Reading, Sentiment, Urgency
from desk.store import ClockKind
from tests.integration.db.desk_life import LEASE, NOW, SOON, message, ticket, volunteer

READING = Reading(
    language="en",
    intent="returns",
    confidence=0.5,
    runners_up=(IntentGuess("refund", 0.25), IntentGuess("warranty", 0.125)),
    also=("invoice", "refund"),
    entities=(Entity("order_number", "4711", 0, 4),),
    sentiment=Sentiment.NEGATIVE,
    urgency=Urgency.URGENT,
    wants_human=True,
    personal_data=(PersonalDataSpan(5, 9, "name"),),
    masked="4711 [name]",
    engine="embedded",
    model="1",
    certain=False,
    also_certain=False,
    danger=Danger.HAZARD,
)


async def test_an_asking_is_kept_with_what_became_of_it(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        assert await work.askings.of_ticket(asked.id) is None
        message_id = await message(work, asked, "hm")
        await work.askings.add(asked.id, message_id, intents=("refund", "returns"), now=NOW)
    async with store.begin() as work:
        opened = Asking(asked.id, message_id, ("refund", "returns"), AskingState.OPEN, None, NOW)
        assert await work.askings.of_ticket(asked.id) == opened
        await work.askings.end(asked.id, AskingState.CHOSEN, chosen="refund", now=SOON)
    async with store.begin() as work:
        ended = replace(opened, state=AskingState.CHOSEN, chosen="refund")
        assert await work.askings.of_ticket(asked.id) == ended


async def test_what_is_written_while_asked_comes_with_the_words_before(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        first = await message(work, asked, "es geht nicht", to_read=True)
    await store.queues.claim_unread(limit=9, now=NOW, lease=LEASE)
    async with store.begin() as work:
        await work.messages.save_reading(first, READING, now=NOW)
        await work.askings.add(asked.id, first, intents=("refund",), now=NOW)
        await work.clocks.set(asked.id, ClockKind.ASKING_END, SOON)
        await message(work, asked, "der Router", to_read=True)
    (claimed,) = await store.queues.claim_unread(limit=9, now=NOW, lease=LEASE)
    assert (claimed.body, claimed.before) == ("der Router", "es geht nicht")
    async with store.begin() as work:
        await work.askings.end(asked.id, AskingState.SILENT, chosen=None, now=SOON)
    (again,) = await store.queues.claim_unread(limit=9, now=SOON, lease=LEASE)  # the first claim's lease is over
    assert again.before is None


async def test_a_reading_comes_back_as_it_was_unless_its_words_are_gone(store: PostgresStore, pool: Any) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        read, old = [await message(work, asked, "4711 Eva") for _ in range(2)]
        assert await work.messages.reading(read) is None
        for one in (read, old):
            await work.messages.save_reading(one, READING, now=NOW)
    unsaid = "details - 'certain' - 'also_certain' - 'danger'"
    await pool.execute(f"update reading set details = {unsaid} where message_id = $1", old)
    async with store.begin() as work:
        assert await work.messages.reading(read) == READING
        before_there_was_any = await work.messages.reading(old)
        assert before_there_was_any == replace(READING, certain=True, also_certain=True, danger=None)
        assert await work.messages.also_asked(asked.id) == ["invoice", "refund"]
        await work.messages.delete(read, at=SOON)
        await work.messages.delete(old, at=SOON)
        assert await work.messages.reading(read) is None
        assert await work.messages.also_asked(asked.id) == []


async def test_a_contact_is_found_in_private_if_they_can_be_reached(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        found = await work.conversations.private_of(asked.contact_id, "telegram")
        assert found is not None
        assert found.id == asked.conversation_id
        assert await work.conversations.private_of(asked.contact_id, "discord") is None
        await work.people.set_conversation_reachability(asked.conversation_id, Reachability.BLOCKED)
        assert await work.conversations.private_of(asked.contact_id, "telegram") is None


async def test_texts_of_the_brand_are_kept_in_versions_with_who_and_when(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        helpline = BrandTextName.HELPLINE
        assert await work.brand_texts.newest(helpline, Locale.GERMAN) is None
        for version, text in ((1, "Eins"), (2, None)):
            added = await work.brand_texts.add(helpline, Locale.GERMAN, version=version, text=text, by=vera.id, now=NOW)
            assert added
    async with store.begin() as work:
        newest = await work.brand_texts.newest(helpline, Locale.GERMAN)
        assert newest is not None
        assert (newest.version, newest.text, newest.by, newest.at) == (2, None, "Vera", NOW)
        assert await work.brand_texts.newest(helpline, Locale.ENGLISH) is None
        assert [(one.version, one.text) for one in await work.brand_texts.versions()] == [(2, None), (1, "Eins")]


async def test_of_two_who_change_a_text_at_once_one_wins(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")

    async def change(text: str) -> bool:
        async with store.begin() as work:
            return await work.brand_texts.add(
                BrandTextName.SAFETY, Locale.ENGLISH, version=1, text=text, by=vera.id, now=NOW
            )

    assert sorted(await asyncio.gather(change("one"), change("two"))) == [False, True]
