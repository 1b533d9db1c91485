"""One holder of a channel at a time; who loses it stops, and the next one takes over."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from db.locks import ChannelLease
from desk.errors import StorageUnavailable

REPOSITORY = Path(__file__).parents[3]
PATIENCE = 20.0

HOLD = """
import asyncio, sys
from db.locks import ChannelLease
async def main():
    async with ChannelLease(sys.argv[1]).held("telegram"):
        print("held", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


def _lease(url: str) -> ChannelLease:
    return ChannelLease(url, check_seconds=0.1, wait_seconds=0.05)


async def _cut(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()


async def test_the_second_waits_for_the_first_and_other_channels_do_not(database_url: str) -> None:
    order: list[str] = []
    first_has_it = asyncio.Event()

    async def first() -> None:
        async with _lease(database_url).held("telegram"):
            first_has_it.set()
            async with _lease(database_url).held("discord"):
                order.append("discord")
            await asyncio.sleep(0.2)
            order.append("first")

    async def second() -> None:
        await first_has_it.wait()
        async with _lease(database_url).held("telegram"):
            order.append("second")

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(first(), second())
    assert order == ["discord", "first", "second"]


async def test_never_two_hold_it(database_url: str) -> None:
    holders = most = 0

    async def holds() -> None:
        nonlocal holders, most
        async with _lease(database_url).held("telegram"):
            holders += 1
            most = max(most, holders)
            await asyncio.sleep(0.01)
            holders -= 1

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(holds() for _ in range(5)))
    assert most == 1


async def test_a_lost_lease_cancels_the_block_and_says_so(database_url: str) -> None:
    ended = []

    async def holds() -> None:
        async with _lease(database_url).held("telegram"):
            try:
                await _cut(database_url)
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                ended.append("cancelled")
                raise

    async with asyncio.timeout(PATIENCE):
        with pytest.raises(StorageUnavailable, match="telegram"):
            await holds()
        async with _lease(database_url).held("telegram"):
            pass
    assert ended == ["cancelled"]


async def test_errors_and_time_limits_of_the_block_pass_unchanged(database_url: str) -> None:
    with pytest.raises(KeyError):
        async with _lease(database_url).held("telegram"):
            raise KeyError
    with pytest.raises(TimeoutError):
        async with _lease(database_url).held("telegram"):
            raise TimeoutError
    task = asyncio.create_task(_hold_for_ever(database_url))
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(PATIENCE), _lease(database_url).held("telegram"):
        pass


async def _hold_for_ever(url: str) -> None:
    async with _lease(url).held("telegram"):
        await asyncio.sleep(60)


async def test_waiting_outlasts_an_outage() -> None:
    async with asyncio.timeout(PATIENCE):
        waiting = asyncio.create_task(_hold_for_ever("postgresql://postgres@127.0.0.1:1/zuruf"))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting


async def test_a_killed_holder_frees_it_at_once(database_url: str) -> None:
    holder = subprocess.Popen(  # noqa: ASYNC220 - it starts in a moment
        [sys.executable, "-c", HOLD, database_url], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert await asyncio.to_thread(holder.stdout.readline) == "held\n"
    waiting = asyncio.create_task(_hold_for_ever(database_url))
    await asyncio.sleep(0.3)
    waiting.cancel()
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    async with asyncio.timeout(PATIENCE), _lease(database_url).held("telegram"):
        pass
