"""The storm room on a coordinator's phone: a proposal is confirmed and resolved, live, in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from db.store import PostgresStore
from desk.people import Locale, Role
from tests.browser.test_joining import PHONE, fits
from tests.integration.console.test_storm import goes_on, proposed
from tests.integration.console.world import World, running_world

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture
async def world(store: PostgresStore, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with running_world(store, database_url, tmp_path) as built:
        yield built


@pytest.mark.parametrize("locale", [Locale.GERMAN, Locale.ENGLISH])
async def test_an_incident_is_confirmed_and_resolved_on_a_phone(
    world: World, chromium: Browser, locale: Locale
) -> None:
    german = locale is Locale.GERMAN
    incident_id = await proposed(world, "klara", "kim", title="Kein Netz in Köln")
    context = await chromium.new_context(viewport=PHONE, locale=locale.value)  # type: ignore[arg-type]
    page = await context.new_page()
    page.set_default_timeout(20_000)
    await page.goto(f"{world.url}/console/join/{await world.code(Role.COORDINATOR, 'Carla', locale)}")
    await page.goto(f"{world.url}/console/storm")
    await fits(page)
    await page.get_by_role("link", name="Kein Netz in Köln").click()
    await fits(page)
    await page.get_by_role("button", name="Bestätigen" if german else "Confirm: it is real").click()
    await expect(page.locator("h1 + .badges")).to_contain_text("Bestätigt" if german else "Confirmed")
    await goes_on(world)
    await expect(page.locator("[data-live=lines] .status-on_hold")).to_have_count(2)
    # What somebody has ticked stays ticked while new questions come in.
    await page.locator("[data-live=lines] input").last.check()
    await world.care.writes("nora", "Rauch, hilfe")
    await page.get_by_text("Es ist vorbei" if german else "It is over").click()
    await page.locator("[name=text_de]").fill("Das Netz ist wieder da.")
    await page.locator("[name=text_en]").fill("The net is back.")
    await expect(page.locator("[data-live=lines] input:checked")).to_have_count(1)
    await fits(page)
    await page.get_by_role("button", name="Beenden" if german else "Resolve and answer").click()
    await expect(page.locator("h1 + .badges")).to_contain_text("Beendet" if german else "Resolved")
    await goes_on(world)
    await expect(page.locator("[data-live=lines] .status-pending")).to_have_count(2)
    assert any("wieder da" in text for text in world.care.seen_by("klara"))
    await page.goto(f"{world.url}/console/storm/{incident_id}")
    await fits(page)
    await page.goto(f"{world.url}/console/storm/{incident_id}/report")
    await expect(page.locator("main h1")).to_be_visible()
    await fits(page)
    await context.close()
