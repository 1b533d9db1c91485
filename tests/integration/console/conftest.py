"""The console on a real port, over the real store and the real workflows; people with browsers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from app.file_storage import FolderFiles
from console.web_desk import Console
from db.notify import Notifier
from db.store import PostgresStore
from desk.people import Invitation, Locale, Role
from tests.integration.console.browser_of import Browser
from tests.integration.journeys.care import Care
from workflows.people_come import invite

POLICY = Path(__file__).parents[3] / "routing" / "policy.yml"


@dataclass
class World:
    """The desk, its console, and who sits at it."""

    care: Care
    url: str
    policy_errors: list[str]
    browsers: list[Browser] = field(default_factory=list)

    def browser(self) -> Browser:
        """A fresh one."""
        self.browsers.append(Browser(self.url))
        return self.browsers[-1]

    async def code(self, role: Role, name: str, *languages: Locale, units: tuple[str, ...] = ()) -> str:
        """A new invitation."""
        spoken = languages or (Locale.ENGLISH, Locale.GERMAN)
        is_volunteer = role is Role.VOLUNTEER
        return await invite(
            self.care.desk,
            Invitation(role, name, () if is_volunteer else units, units if is_volunteer else (), spoken),
        )

    async def sits_down(self, role: Role, name: str, *languages: Locale, units: tuple[str, ...] = ()) -> Browser:
        """Somebody joins by the invitation's url."""
        browser = self.browser()
        page = await browser.get(f"/console/join/{await self.code(role, name, *languages, units=units)}")
        assert page.status == 200, page.text
        return browser


@pytest.fixture
def care(store: PostgresStore) -> Care:
    """The desk under test, with the policy that is shipped."""
    return Care(store, POLICY.read_text(encoding="utf-8"))


@pytest_asyncio.fixture
async def world(care: Care, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Everything, running."""
    errors: list[str] = []
    async with Notifier(database_url) as notifier:
        care.desk = _with(care, notifier, tmp_path)
        console = Console(
            care.desk,
            secret_key=b"a key for tests only",
            public_url="http://desk.test",
            subscribe=notifier.subscribe,
            policy_text=lambda: "version: 1\n# the policy",
            policy_error=lambda: errors[-1] if errors else None,
        )
        application = web.Application()
        console.setup(application)
        runner = web.AppRunner(application, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        built = World(care, f"http://127.0.0.1:{runner.addresses[0][1]}", errors)
        yield built
        for browser in built.browsers:
            await browser.close()
        await runner.cleanup()


def _with(care: Care, notifier: Notifier, folder: Path) -> "CareDesk":  # noqa: F821, UP037
    from dataclasses import replace

    return replace(care.desk, poke=notifier, files=FolderFiles(folder))
