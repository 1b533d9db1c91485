"""Databases of fault tests: copies of a prepared one, and what may be true after any fault."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from db.embedded import EmbeddedServer

_numbers = itertools.count(1)

FACTS = r"""
select 'message ' || direction || ' ' || author || case when to_read then ' unread' else '' end from message
union all select 'ticket ' || status || ' ' || coalesce(lane, '-') || ' ' || coalesce(csat, 0)
    from ticket
union all select 'offer ' || state from offer
union all select 'event ' || kind from event
union all select 'decision ' || lane from decision
union all select 'reading' from reading
union all select 'clock ' || kind from clock
union all select 'outbox ' || operation || ' ' || state || ' ' || regexp_replace(stream, '\d+$', '') from outbox
union all select 'contact' from contact
union all select 'staff thread' from staff_thread
"""


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Any]:
    """A connection of the test's own."""
    connection = await asyncpg.connect(url, server_settings={"application_name": "fault test"})
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def copy_of(server: EmbeddedServer, template: str) -> AsyncIterator[str]:
    """A database like `template`, dropped at the end of the block."""
    name = f"fault_{next(_numbers)}"
    async with connected(server.url_of("postgres")) as admin:
        await admin.execute(f"create database {name} template {template} strategy file_copy")
        try:
            yield server.url_of(name)
        finally:
            await admin.execute(f"drop database {name} with (force)")


def name_of(url: str) -> str:
    """The database's name."""
    return url.partition("@/")[2].partition("?")[0]


async def facts(url: str) -> Counter[str]:
    """All that the desk knows, without ids and times: a desk that was killed must know the same as one that was not."""
    async with connected(url) as connection:
        return Counter([row[0] for row in await connection.fetch(FACTS)])


async def resent(url: str) -> Mapping[str, int]:
    """By chat, how many attempts after the first its rows took: the most doubles that a platform may have."""
    async with connected(url) as connection:
        rows = await connection.fetch("select chat, sum(attempts - 1) as more from outbox group by chat")
        return {row["chat"]: int(row["more"]) for row in rows}
