"""Who writes where: whereabouts, opening in a race, moving a chat."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from db.store import PostgresStore
from desk.conversation import Address, Surface
from desk.errors import NotFound
from desk.people import Author, Locale
from desk.ticket import ConversationId
from tests.integration.db.desk_life import ADA, NOW, PLACE, conversation, ticket, volunteer


async def test_nobody_nowhere(store: PostgresStore) -> None:
    async with store.begin() as work:
        found = await work.conversations.whereabouts(ADA, PLACE, PLACE.key)
    assert (found.responder, found.staff_ticket_id, found.conversation) == (None, None, None)


async def test_whereabouts_know_responder_staff_thread_and_conversation(store: PostgresStore) -> None:
    room = Address("telegram", "100", "7")
    async with store.begin() as work:
        asked = await ticket(work)
        vera = await volunteer(work, "Vera")
        await work.tickets.add_staff_thread(asked.id, room, now=NOW)
    async with store.begin() as work:
        found = await work.conversations.whereabouts(Author("telegram", "vera", "V"), room, "100")
    assert found.responder == vera
    assert found.staff_ticket_id == asked.id
    assert found.conversation is not None
    assert found.conversation.id == asked.conversation_id


async def test_opening_twice_finds_the_same_and_takes_the_newest_place(store: PostgresStore) -> None:
    async with store.begin() as work:
        first = await conversation(work)
        await work.people.set_locale(first.id, Locale.ENGLISH)
    async with store.begin() as work:
        again = await conversation(work, chat="100")
        elsewhere, new = await work.conversations.open(ADA, Address("telegram", "200"), "200", Surface.PUBLIC, now=NOW)
    assert again.id == first.id
    assert new
    assert again.locale is Locale.ENGLISH
    assert elsewhere.contact_id == first.contact_id
    assert elsewhere.locale is Locale.ENGLISH
    assert elsewhere.surface is Surface.PUBLIC


async def test_first_messages_at_once_make_one_contact_one_conversation_one_ticket(
    store: PostgresStore, pool: Any
) -> None:
    async def writes() -> int:
        async with store.begin() as work:
            place = await conversation(work)
            live = await work.tickets.live(place.id)
            if live is None:
                live = await work.tickets.open(place, locale=Locale.GERMAN, follow_up_of=None, now=NOW)
            return live.id

    for _ in range(10):
        assert len(set(await asyncio.gather(*(writes() for _ in range(8))))) == 1
        for noun in ("contact", "identity", "conversation", "ticket"):
            assert await pool.fetchval(f"select count(*) from {noun}") == 1
        await pool.execute("truncate contact, ticket cascade")


async def test_one_author_in_two_places_at_once_is_one_contact(store: PostgresStore, pool: Any) -> None:
    async def writes(chat: str) -> None:
        async with store.begin() as work:
            await conversation(work, chat=chat)

    await asyncio.gather(*(writes(str(chat)) for chat in range(8)))
    assert await pool.fetchval("select count(*) from contact") == 1
    assert await pool.fetchval("select count(*) from conversation") == 8


async def test_whereabouts_lock_the_conversation_and_the_next_reads_what_the_first_wrote(store: PostgresStore) -> None:
    async with store.begin() as work:
        place = await conversation(work)
    told = asyncio.Event()

    async def second() -> tuple[Locale | None, bool]:
        async with store.begin() as work:
            told.set()
            found = (await work.conversations.whereabouts(ADA, PLACE, PLACE.key)).conversation
            assert found is not None
            return found.locale, await work.tickets.live(found.id) is not None

    async with store.begin() as work:
        await work.conversations.whereabouts(ADA, PLACE, PLACE.key)
        waiting = asyncio.create_task(second())
        await told.wait()
        await asyncio.sleep(0.05)
        assert not waiting.done()
        await work.people.set_locale(place.id, Locale.GERMAN)
        await work.tickets.open(place, locale=Locale.GERMAN, follow_up_of=None, now=NOW)
    assert await waiting == (Locale.GERMAN, True)


async def test_a_moved_chat_is_moved_everywhere(store: PostgresStore, pool: Any) -> None:
    async with store.begin() as work:
        place = await conversation(work)
        public, _new = await work.conversations.open(
            ADA, Address("telegram", "100", "5"), "100/5#ada", Surface.PUBLIC, now=NOW
        )
        asked = await work.tickets.open(place, locale=Locale.GERMAN, follow_up_of=None, now=NOW)
        await work.tickets.add_staff_thread(asked.id, Address("telegram", "100", "9"), now=NOW)
        await work.conversations.move_chat("telegram", "100", "-200")
    async with store.begin() as work:
        moved = await work.conversations.by_id(public.id)
        assert (moved.address, moved.key) == (Address("telegram", "-200", "5"), "-200/5#ada")
        assert (await work.conversations.by_id(place.id)).key == "-200"
        assert await work.tickets.ticket_of_thread(Address("telegram", "-200", "9")) == asked.id


async def test_a_chat_moves_even_when_somebody_wrote_under_its_new_id(store: PostgresStore) -> None:
    async with store.begin() as work:
        old = await conversation(work, chat="100")
        new = await conversation(work, chat="-200")
        await work.conversations.move_chat("telegram", "100", "-200")
    async with store.begin() as work:
        assert (await work.conversations.by_id(old.id)).address.chat == "-200"
        assert (await work.conversations.by_id(old.id)).key == "100"
        assert (await work.conversations.by_id(new.id)).key == "-200"


async def test_an_unknown_conversation_is_not_found(store: PostgresStore) -> None:
    async with store.begin() as work:
        with pytest.raises(NotFound):
            await work.conversations.lock(ConversationId(1))
        with pytest.raises(NotFound):
            await work.conversations.by_id(ConversationId(1))


async def test_what_answers_refer_to_is_kept(store: PostgresStore) -> None:
    async with store.begin() as work:
        place = await conversation(work)
        await work.conversations.set_last_external_id(place.id, "100:5")
        assert (await work.conversations.lock(place.id)).last_external_id == "100:5"
