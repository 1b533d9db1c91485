"""Calling volunteers and answering the call on phones, in both languages, in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from db.store import PostgresStore
from desk.muster import GRACE
from desk.people import Locale, Role
from tests.browser.test_joining import PHONE, fits
from tests.integration.console.world import World, running_world
from tests.integration.journeys.stormy import confirmed, later

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture
async def world(store: PostgresStore, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with running_world(store, database_url, tmp_path) as built:
        yield built


async def phone_of(chromium: Browser, world: World, role: Role, name: str, locale: Locale) -> Page:
    """Somebody's phone, signed in."""
    context = await chromium.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = await context.new_page()
    page.set_default_timeout(20_000)
    await page.goto(f"{world.url}/console/join/{await world.code(role, name, locale)}")
    return page


@pytest.mark.parametrize("locale", list(Locale))
async def test_called_on_one_phone_and_answered_on_another(world: World, chromium: Browser, locale: Locale) -> None:
    cora = await phone_of(chromium, world, Role.COORDINATOR, "Cora", locale)
    vera = await phone_of(chromium, world, Role.VOLUNTEER, "Vera", locale)
    await vera.goto(f"{world.url}/console/volunteer/settings")
    await vera.locator("input[value=always]").check()
    await fits(vera)
    async with vera.expect_response(lambda one: one.url.endswith("/storms")) as saved:
        await vera.locator("#storms button.primary").click()
    assert (await saved.value).ok
    incident = await confirmed(world.care, await world.person("Cora"))
    await cora.goto(f"{world.url}/console/storm/guide")
    await fits(cora)
    await cora.goto(f"{world.url}/console/storm/{incident.id}/muster")
    await fits(cora)
    await cora.locator("[data-focus=call]").click()
    await expect(cora.locator("[data-focus=undo]")).to_be_visible()
    await fits(cora)
    await later(world.care, GRACE)
    await vera.goto(f"{world.url}/console/volunteer")
    await fits(vera)
    await vera.locator("[data-focus^=in-]").click()
    await expect(vera.locator("[data-focus^=in-]")).to_have_count(0)
    await expect(vera.locator("[data-focus^=not-]")).to_be_visible()
    await fits(vera)
    await cora.reload()
    await expect(cora.locator(".board .status-solved")).to_have_count(1)
    await fits(cora)
