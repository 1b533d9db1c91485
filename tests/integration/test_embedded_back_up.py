"""The embedded server's data folder, copied as docs/operating.md says while the desk is stopped, holds everything."""

from __future__ import annotations

import asyncio
import re
import subprocess
from pathlib import Path

import asyncpg

from db.embedded import EmbeddedServer
from db.migrate import migrate
from tests.architecture.tree import ROOT


async def test_copied_data_folder_holds_everything(tmp_path: Path) -> None:
    said = re.search(r"`(cp -a \.data zuruf-data)`", (ROOT / "docs" / "operating.md").read_text(encoding="utf-8"))
    assert said
    with EmbeddedServer.start(tmp_path / ".data") as server:
        await migrate(server.url)
        await _say(server.url, "insert into cursor_position (channel, source, position) values ('discord', '1', '42')")
    await asyncio.to_thread(subprocess.run, said[1].split(), cwd=tmp_path, check=True)
    with EmbeddedServer.start(tmp_path / "zuruf-data") as copy:
        assert await migrate(copy.url) == []
        assert await _say(copy.url, "select position from cursor_position") == "42"


async def _say(url: str, sql: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()
