"""Own storage for attachments: files in the data directory, named by random keys that say nothing."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

from desk.errors import InputRejected, NotFound

KEY = re.compile(r"[0-9a-f]{32}")
CHUNK_BYTES = 64 * 1024


class FolderFiles:
    """Port `Files` in a folder. A file is there whole or not at all: written aside, synced, then renamed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def store(self, chunks: AsyncIterator[bytes], *, limit: int) -> tuple[str, int]:
        """Keeps a stream. Returns its key and size in bytes. Raises InputRejected above `limit` bytes."""
        key = secrets.token_hex(16)
        path = self._path(key)
        await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
        aside = path.with_suffix(".part")
        try:
            size = await self._write(aside, chunks, limit)
            await asyncio.to_thread(aside.rename, path)
        finally:
            await asyncio.to_thread(aside.unlink, missing_ok=True)
        return key, size

    async def _write(self, aside: Path, chunks: AsyncIterator[bytes], limit: int) -> int:
        size = 0
        file = await asyncio.to_thread(aside.open, "wb")
        with file:
            async for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise InputRejected(f"the file is larger than {limit // (1024 * 1024)} MiB")
                await asyncio.to_thread(file.write, chunk)
            await asyncio.to_thread(_sync, file.fileno(), file)
        return size

    async def open(self, key: str) -> AsyncIterator[bytes]:
        """Streams what is kept. Raises NotFound."""
        path = self._path(key)
        try:
            file = await asyncio.to_thread(path.open, "rb")
        except FileNotFoundError:
            raise NotFound("no such file") from None
        with file:
            while chunk := await asyncio.to_thread(file.read, CHUNK_BYTES):
                yield chunk

    async def forget(self, key: str) -> None:
        """Deletes it. Unknown is no error."""
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    def _path(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise NotFound("no such file")
        return self._folder / key[:2] / key


def _sync(descriptor: int, file: object) -> None:
    file.flush()  # type: ignore[attr-defined]
    os.fsync(descriptor)
