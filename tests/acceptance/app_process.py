"""The desk as its operator runs it: `zuruf run` in a process of its own, set up by environment variables alone."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.places import free_port

ZURUF = Path(sys.executable).with_name("zuruf")
READY = re.compile(r"Zuruf is ready: (\S+)")
PATIENCE = 120.0
"""Seconds, on a busy machine."""
KEPT = ("PATH", "LANG", "LC_ALL", "SSL_CERT_FILE", "TMPDIR")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


class AppProcess:
    """One `zuruf run`, which may be stopped, killed and started again on the same data.

    `settings`: what follows ZURUF_, by lower-case name. `folder` holds its data and is where it runs.
    """

    def __init__(self, folder: Path, **settings: object) -> None:
        self.folder = folder
        self.port = free_port()
        self.settings: dict[str, object] = {
            "data_dir": folder / "data",
            "http_port": self.port,
            "log_level": "info",
            **settings,
        }
        self.log = folder / "log"
        self.printed: list[str] = []
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()

    @property
    def url(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of this process's settings but what a program needs to run."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        given = {f"ZURUF_{name.upper()}": str(value) for name, value in self.settings.items() if value is not None}
        return kept | given

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def shares(self, models: Path) -> None:
        """Uses a model that was trained before."""
        folder = Path(str(self.settings["data_dir"])) / "models"
        folder.mkdir(parents=True, exist_ok=True)
        for model in models.glob("*.npz"):
            os.link(model, folder / model.name)

    async def starts(self, *options: str) -> None:
        """Returns when it says that it is ready; AssertionError with its log when it ends before."""
        self._ready.clear()
        self.printed = []
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                ZURUF,
                "run",
                *options,
                cwd=self.folder,
                env=self.environment,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        self._reader = asyncio.create_task(self._reads(self._process))
        try:
            async with asyncio.timeout(PATIENCE):
                await self._ready.wait()
            assert self._process.returncode is None, self.tells()
        except BaseException:
            with suppress(ProcessLookupError):
                self._process.kill()
            raise

    async def _reads(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            self.printed.append(line.decode().rstrip("\n"))
            if line.startswith(b"Ctrl-C"):
                self._ready.set()
        await process.wait()
        self._ready.set()

    async def ends(self) -> int:
        """Waits for its end. The exit status."""
        assert self._process is not None
        assert self._reader is not None
        async with asyncio.timeout(PATIENCE):
            code = await self._process.wait()
            await self._reader
        return code

    async def stops(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Asks it to stop. The exit status."""
        assert self._process is not None
        self._process.send_signal(how)
        return await self.ends()

    async def dies(self) -> None:
        """kill -9."""
        await self.stops(signal.SIGKILL)

    async def closes(self) -> None:
        """Ends it, whatever state it is in."""
        if self._process is not None and self._process.returncode is None:
            try:
                await self.stops()
            except TimeoutError:
                with suppress(ProcessLookupError):
                    await self.dies()

    async def command(self, *arguments: str) -> Ended:
        """Another command of the same desk, in a terminal beside it."""
        process = await asyncio.create_subprocess_exec(
            ZURUF,
            *arguments,
            cwd=self.folder,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
        assert process.returncode is not None
        return Ended(process.returncode, out.decode(), err.decode())

    async def invites(self, role: str, name: str, **options: object) -> Mapping[str, Any]:
        """`zuruf invite`: the code and where it works. Options: topic, unit, language; a tuple repeats one."""
        arguments = ["invite", role, "--name", name, "--json"]
        for option, values in options.items():
            for value in values if isinstance(values, tuple) else (values,):
                arguments += [f"--{option}", str(value)]
        done = await self.command(*arguments)
        assert done.code == 0, done.err
        made: dict[str, Any] = json.loads(done.out)
        return made

    def tells(self) -> str:
        """What it printed and logged."""
        logged = self.log.read_text(errors="replace")[-6000:] if self.log.exists() else ""
        return "\n".join([*self.printed, logged])
