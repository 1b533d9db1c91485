"""What the desk hears when PostgreSQL is not there, and that it goes on afterwards."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from db.embedded import EmbeddedServer
from db.migrate import migrate
from db.pool import open_pool, opened_pool
from db.server_programs import run, user_for
from db.store import PostgresStore
from desk.errors import StorageUnavailable
from tests.integration.db.desk_life import ADA, LEASE, NOW, PLACE, conversation

CUT_ALL = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'zuruf'"


async def _cut(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(CUT_ALL)
    finally:
        await connection.close()


def _control(folder: Path, *options: str) -> None:
    assert run("pg_ctl", *options, "--pgdata", str(folder), "--wait", "--silent", user=user_for(folder)).code == 0


async def test_a_connection_cut_between_statements_ends_the_transaction(
    store: PostgresStore, database_url: str
) -> None:
    with pytest.raises(StorageUnavailable):  # noqa: PT012 - the end of the block raises
        async with store.begin() as work:
            await conversation(work)
            await _cut(database_url)
            await work.conversations.whereabouts(ADA, PLACE, PLACE.key)
    async with store.begin() as work:
        assert (await work.conversations.whereabouts(ADA, PLACE, PLACE.key)).conversation is None


async def test_a_connection_cut_before_the_commit_commits_nothing(store: PostgresStore, database_url: str) -> None:
    with pytest.raises(StorageUnavailable):  # noqa: PT012 - the end of the block raises
        async with store.begin() as work:
            await conversation(work)
            await _cut(database_url)
    async with store.begin() as work:
        assert (await work.conversations.whereabouts(ADA, PLACE, PLACE.key)).conversation is None


async def test_a_connection_cut_while_a_statement_waits_is_heard(store: PostgresStore, database_url: str) -> None:
    async with store.begin() as work:
        place = await conversation(work)

    async def waits() -> None:
        async with store.begin() as work:
            await work.conversations.lock(place.id)

    holder = await asyncpg.connect(database_url)
    try:
        await holder.execute("begin")
        await holder.execute("select from conversation for update")
        waiting = asyncio.create_task(waits())
        await asyncio.sleep(0.1)
        await holder.execute(CUT_ALL)
        with pytest.raises(StorageUnavailable):
            await waiting
    finally:
        await holder.close()
    await waits()


async def test_queues_hear_a_cut_and_go_on(store: PostgresStore, database_url: str) -> None:
    await store.queues.depth()
    await _cut(database_url)
    heard = 0
    for _ in range(20):  # each idle connection of the pool may be a cut one
        try:
            await store.queues.claim_unread(limit=1, now=NOW, lease=LEASE)
            break
        except StorageUnavailable:
            heard += 1
    assert heard < 20
    assert await store.queues.next_due(now=NOW) is None


async def test_the_error_of_the_block_is_what_is_raised(store: PostgresStore, database_url: str) -> None:
    with pytest.raises(KeyError):  # noqa: PT012 - the end of the block raises
        async with store.begin():
            await _cut(database_url)
            raise KeyError("of the block")


async def test_a_block_that_raises_leaves_nothing(store: PostgresStore, pool: Any) -> None:
    with pytest.raises(KeyError):  # noqa: PT012 - the end of the block raises
        async with store.begin() as work:
            await conversation(work)
            raise KeyError
    assert await pool.fetchval("select count(*) from contact") == 0


async def test_a_cancelled_block_leaves_nothing_and_frees_its_connection(store: PostgresStore, pool: Any) -> None:
    async def writes() -> None:
        async with store.begin() as work:
            await conversation(work)
            await pool.fetchval("select pg_sleep(1)")

    for _ in range(30):
        task = asyncio.create_task(writes())
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await pool.fetchval("select count(*) from contact") == 0


async def test_two_who_lock_crosswise_hear_that_one_must_try_again(store: PostgresStore) -> None:
    async with store.begin() as work:
        first, second = [await conversation(work, chat=chat) for chat in ("1", "2")]
    both = asyncio.Barrier(2)

    async def locks(one: int, two: int) -> bool:
        try:
            async with store.begin() as work:
                await work.conversations.lock([first, second][one].id)
                await both.wait()
                await work.conversations.lock([first, second][two].id)
        except StorageUnavailable:
            return False
        return True

    assert sorted(await asyncio.gather(locks(0, 1), locks(1, 0))) == [False, True]


async def test_more_transactions_than_connections_wait_their_turn(database_url: str) -> None:
    async with opened_pool(database_url, connections=2) as pool:
        store = PostgresStore(pool)

        async def writes(n: int) -> None:
            async with store.begin() as work:
                await conversation(work, chat=str(n))

        await asyncio.gather(*(writes(n) for n in range(30)))
        assert await pool.fetchval("select count(*) from conversation") == 30


async def test_no_server_no_pool(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable):
        await open_pool(f"postgresql://postgres@/zuruf?host={tmp_path}")
    with pytest.raises(StorageUnavailable):
        await open_pool("postgresql://postgres@127.0.0.1:1/zuruf")


@pytest.mark.parametrize("how", ["fast", "immediate"])
async def test_a_stopped_server_is_heard_everywhere_and_all_goes_on_when_it_is_back(
    own_server: EmbeddedServer, how: str
) -> None:
    await migrate(own_server.url)
    async with opened_pool(own_server.url) as pool:
        store = PostgresStore(pool)
        async with store.begin() as work:
            kept = await conversation(work)
        with pytest.raises(StorageUnavailable):  # noqa: PT012 - the end of the block raises
            async with store.begin() as work:
                await conversation(work, chat="200")
                await asyncio.to_thread(_control, own_server.folder, "stop", "-m", how)
        for _ in range(3):
            with pytest.raises(StorageUnavailable):
                async with store.begin() as work:
                    await work.conversations.by_id(kept.id)
            with pytest.raises(StorageUnavailable):
                await store.queues.depth()
        log = own_server.folder / "server.log"
        where = f"-c listen_addresses= -k {own_server.folder}"
        await asyncio.to_thread(_control, own_server.folder, "start", "-l", str(log), "-o", where)
        async with store.begin() as work:
            assert await work.conversations.by_id(kept.id) == kept
        assert await pool.fetchval("select count(*) from conversation") == 1


async def test_two_at_once_on_one_transaction_is_a_fault_of_ours_not_an_outage(store: PostgresStore) -> None:
    async with store.begin() as work:
        asking = [work.people.responders() for _ in range(2)]
        found = await asyncio.gather(*asking, return_exceptions=True)
        assert [type(each) for each in found] == [list, asyncpg.InterfaceError]


async def test_a_closed_pool_is_an_outage(database_url: str) -> None:
    async with opened_pool(database_url) as pool:
        store = PostgresStore(pool)
    with pytest.raises(StorageUnavailable):
        await store.queues.depth()
    with pytest.raises(StorageUnavailable):
        async with store.begin():
            raise AssertionError("not reached")
