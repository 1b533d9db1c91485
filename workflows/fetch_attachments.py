"""Fetches the files that messages name into own storage, within size and type limits. Links of platforms expire.

A file that is too large, of a type that runs code, or gone is refused: its sender is told, and where it was to appear
its name appears instead. Passing faults are tried again with growing pauses.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from desk.conversation import Attachment
from desk.errors import DeliveryError, InputRejected
from desk.ports import Channel
from workflows.care_desk import CareDesk, Topic
from workflows.refuse_file import refuse_file

LEASE = timedelta(minutes=5)
ATTEMPTS = 6
SIZE_LIMIT = 20 * 1024 * 1024

REFUSED_ENDINGS = tuple(
    f".{ending}"
    for ending in (
        *("exe", "com", "bat", "cmd", "msi", "scr", "ps1", "vbs", "js", "jar", "sh", "apk", "dll", "lnk", "hta"),
        *("html", "htm", "xhtml", "svg", "iso"),
    )
)


def may_keep(name: str, size: int | None) -> bool:
    """Whether a file of this name and size (bytes, None: unknown) is taken at all."""
    return not name.lower().endswith(REFUSED_ENDINGS) and (size is None or size <= SIZE_LIMIT)


async def fetch_attachments(desk: CareDesk, channel: Channel, *, limit: int = 8) -> int:
    """Fetches one batch. Returns how many it claimed."""
    files = await desk.store.queues.claim_attachments(channel.name, limit=limit, now=desk.clock.now(), lease=LEASE)
    await asyncio.gather(*(_fetch(desk, channel, file) for file in files))
    if files:
        for name in desk.limits:
            desk.poke(Topic.OUTBOX, name)
    return len(files)


async def _fetch(desk: CareDesk, channel: Channel, file: Attachment) -> None:
    queues = desk.store.queues
    if not may_keep(file.name, file.size):
        await refuse_file(desk, file)
        return
    try:
        key, size = await desk.files.store(channel.fetch(file.source), limit=SIZE_LIMIT)
    except InputRejected:
        await refuse_file(desk, file)
    except DeliveryError as error:
        if error.permanent:
            await refuse_file(desk, file)
            return
        until = desk.clock.now() + timedelta(seconds=error.retry_after or 5)
        if await queues.attachment_postponed(file.id, until=until) >= ATTEMPTS:
            await refuse_file(desk, file)
    else:
        await queues.attachment_stored(file.id, storage_key=key, size=size)
