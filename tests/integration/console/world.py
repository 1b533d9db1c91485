"""The console on a real port, over the real store and the real workflows; people with browsers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC
from pathlib import Path

from aiohttp import web

from app.file_storage import FolderFiles
from app.storm_reports import StormReports
from console.web_desk import Console
from db.notify import Notifier
from desk.people import Invitation, Locale, Responder, Role, TrustLevel
from desk.store import Store
from tests.integration.console.browser_of import Browser
from tests.integration.journeys.care import Care
from workflows.people_come import invite, sign_in_link

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
        invitation = Invitation(
            role, name, () if is_volunteer else units, units if is_volunteer else (), spoken, trust=TrustLevel.HELPER
        )
        return await invite(self.care.desk, invitation)

    async def sits_down(self, role: Role, name: str, *languages: Locale, units: tuple[str, ...] = ()) -> Browser:
        """Somebody joins by the invitation's url."""
        browser = self.browser()
        page = await browser.get(f"/console/join/{await self.code(role, name, *languages, units=units)}")
        assert page.status == 200, page.text
        return browser

    async def link_for(self, name: str) -> str:
        """The path of a new one-time link."""
        async with self.care.desk.store.begin() as work:
            responder = await work.people.responder_named(name)
            assert responder is not None
            link = await sign_in_link(self.care.desk, work, responder)
        return link.removeprefix(self.care.desk.public_url)

    async def person(self, name: str) -> Responder:
        """As the store knows them now."""
        async with self.care.desk.store.begin() as work:
            found = await work.people.responder_named(name)
        assert found is not None
        return found


@asynccontextmanager
async def running_world(store: Store, database_url: str, folder: Path) -> AsyncIterator[World]:
    """Everything, running."""
    errors: list[str] = []
    care = Care(store, POLICY.read_text(encoding="utf-8"))
    async with Notifier(database_url) as notifier:
        care.desk = replace(care.desk, poke=notifier, files=FolderFiles(folder))
        console = Console(
            care.desk,
            secret_key=b"a key for tests only",
            public_url="http://desk.test",
            subscribe=notifier.subscribe,
            policy_text=lambda: "version: 1\n# the policy",
            policy_error=lambda: errors[-1] if errors else None,
            reporter=StormReports(care.desk.phrases, brand=care.desk.brand, zone=UTC),
        )
        application = web.Application()
        console.setup(application)
        runner = web.AppRunner(application, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        world = World(care, f"http://127.0.0.1:{runner.addresses[0][1]}", errors)
        try:
            yield world
        finally:
            for browser in world.browsers:
                await browser.close()
            await runner.cleanup()
