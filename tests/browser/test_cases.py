"""Cases on a coordinator's phone: read, decided, gone, in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from db.store import PostgresStore
from desk.people import Locale, Role
from desk.store import KeptApartBy
from tests.browser.test_joining import PHONE, fits
from tests.integration.console.test_cases import is_reported, suspected
from tests.integration.console.world import World, running_world

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture
async def world(store: PostgresStore, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with running_world(store, database_url, tmp_path) as built:
        yield built


@pytest.mark.parametrize("locale", [Locale.GERMAN, Locale.ENGLISH])
async def test_a_case_is_read_and_decided_on_a_phone(world: World, chromium: Browser, locale: Locale) -> None:
    vera = await is_reported(world)
    ticket = await world.care.ticket_of("max")
    await suspected(world, vera.id, tickets=(ticket.id,), contact=ticket.contact_id)
    async with world.care.desk.store.begin() as work:
        for name in ("viktor", "vanja", "vito"):
            other = await world.care.joins(name, Role.VOLUNTEER)
            await work.abuse.keep_apart(ticket.contact_id, other.id, KeptApartBy.RESPONDER, now=world.care.clock.now())
    context = await chromium.new_context(viewport=PHONE, locale=locale.value)  # type: ignore[arg-type]
    page = await context.new_page()
    page.set_default_timeout(20_000)
    await page.goto(f"{world.url}/console/join/{await world.code(Role.COORDINATOR, 'Carla', locale)}")
    await page.goto(f"{world.url}/console/cases")
    await fits(page)
    await expect(page.get_by_role("article")).to_have_count(2)
    case = page.get_by_role("article").first
    await case.locator("textarea").fill("Angesehen")
    await case.get_by_role("button", name="Verwarnen" if locale is Locale.GERMAN else "Warn").click()
    await expect(page.get_by_role("article")).to_have_count(1)
    await expect(page.locator("section", has_text="Angesehen")).to_contain_text("Carla")
    await fits(page)
    await context.close()
