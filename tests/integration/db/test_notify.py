"""Pokes reach subscribers here and elsewhere, come back after a cut, and never grow without bound."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from db.notify import ANYTHING, MOST_DETAILS, Details, Notifier

PATIENCE = 10.0


@pytest_asyncio.fixture
async def two(database_url: str) -> AsyncIterator[tuple[Notifier, Notifier]]:
    """The notifiers of two processes, both listening."""
    async with Notifier(database_url) as here, Notifier(database_url) as there:
        async with asyncio.timeout(PATIENCE):
            await here.listening()
            await there.listening()
        yield here, there


async def _cut(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()


async def test_a_poke_reaches_the_other_process_with_its_detail(two: tuple[Notifier, Notifier]) -> None:
    here, there = two
    with there.subscribe("outbox") as outbox, there.subscribe("unread") as unread:
        here("outbox", "telegram")
        assert await outbox.wait(PATIENCE) == ("telegram",)
        assert await unread.wait(0) == ()


async def test_a_poke_reaches_this_process_at_once_and_only_once(two: tuple[Notifier, Notifier]) -> None:
    here, there = two
    with here.subscribe("outbox") as ours, there.subscribe("outbox") as theirs:
        here("outbox", "web page 7")
        assert await ours.wait(0) == ("web page 7",)
        assert await theirs.wait(PATIENCE) == ("web page 7",)
        assert await ours.wait(0.05) == ()


async def test_pokes_in_this_process_need_no_database() -> None:
    notifier = Notifier("postgresql://postgres@127.0.0.1:1/zuruf")
    async with notifier:
        with notifier.subscribe("unread") as unread:
            notifier("unread")
            assert await unread.wait(PATIENCE) == (ANYTHING,)


async def test_many_pokes_are_few_notifications_and_each_detail_once(two: tuple[Notifier, Notifier]) -> None:
    here, there = two
    with there.subscribe("outbox") as outbox:
        for n in range(500):
            here("outbox", str(n % 5))
        seen: list[str] = []
        while len(seen) < 5:
            seen += await outbox.wait(PATIENCE)
        assert sorted(seen) == list("01234")
        assert await outbox.wait(0.05) == ()


async def test_a_subscription_is_an_iterator_of_details(two: tuple[Notifier, Notifier]) -> None:
    here, there = two
    with there.subscribe("events") as events:
        for detail in "abc":
            here("events", detail)
        seen = []
        async with asyncio.timeout(PATIENCE):
            async for detail in events:
                seen.append(detail)
                if len(seen) == 3:
                    break
    assert seen == list("abc")
    here("events", "d")
    assert await events.wait(0.05) == ()


async def test_after_a_cut_everybody_is_woken_and_pokes_go_on(
    two: tuple[Notifier, Notifier], database_url: str
) -> None:
    here, there = two
    with there.subscribe("outbox") as outbox:
        await _cut(database_url)
        here("outbox", "while away")
        seen: list[str] = []
        async with asyncio.timeout(PATIENCE):
            while ANYTHING not in seen:
                seen += await outbox.wait(PATIENCE)
            while True:
                here("outbox", "again")
                if "again" in await outbox.wait(0.2):
                    break


async def test_text_that_cannot_be_sent_stops_nothing(two: tuple[Notifier, Notifier]) -> None:
    here, there = two
    with there.subscribe("outbox") as outbox:
        here("outbox", "nul \x00")
        await asyncio.sleep(0.05)
        here("outbox", "fine")
        assert "fine" in await outbox.wait(PATIENCE)


def test_too_much_becomes_anything() -> None:
    details = Details()
    for n in range(MOST_DETAILS):
        details.add(str(n))
    assert len(details.take()) == MOST_DETAILS
    for n in range(MOST_DETAILS + 2):
        details.add(str(n))
    assert details.take() == (ANYTHING, str(MOST_DETAILS + 1))
    details.add("x" * 9000)
    assert details.take() == (ANYTHING,)
    assert not details


async def test_pokes_without_a_server_take_bounded_memory() -> None:
    notifier = Notifier("postgresql://postgres@127.0.0.1:1/zuruf")
    for n in range(MOST_DETAILS * 20):
        notifier("outbox", str(n))
    assert len(notifier._outgoing["outbox"].take()) <= MOST_DETAILS
