"""Joining as people do it on a phone: the public form, the code, settings, an entrance test, in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from db.store import PostgresStore
from desk.people import Locale, Role
from tests.integration.console.world import World, running_world
from workflows.sit_test import write_test

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
TEXTS = {
    Locale.GERMAN: "? Wo steht es?\n+ In der App\n- Nirgends",
    Locale.ENGLISH: "? Where is it?\n+ In the app\n- Nowhere",
}


@pytest_asyncio.fixture
async def world(store: PostgresStore, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with running_world(store, database_url, tmp_path) as built:
        yield built


@pytest_asyncio.fixture(params=["en-GB", "de-DE"])
async def phone(chromium: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """Somebody's phone; no page may report a fault of script or security policy."""
    context = await chromium.new_context(viewport=PHONE, locale=request.param)  # type: ignore[arg-type]
    page = await context.new_page()
    page.set_default_timeout(20_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Security Policy" in said.text else None)
    yield page
    await context.close()
    assert faults == []


async def fits(page: Page) -> None:
    """Nothing reaches over the edge of the phone."""
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


async def test_from_the_public_page_to_a_passed_test(world: World, phone: Page) -> None:
    await world.sits_down(Role.COORDINATOR, "Carla")
    carla = await world.person("Carla")
    await write_test(world.care.desk, carla, "logistics", TEXTS, after=0, pass_percent=100, repeat_hours=24)
    await phone.goto(f"{world.url}/volunteer")
    await fits(phone)
    german = await phone.locator("html").get_attribute("lang") == "de"
    await phone.locator("input[name=name]").fill("Vera")
    await phone.locator("input[value=logistics]").check()
    await phone.locator("input[name=hours-0]").fill("18-22")
    await phone.locator("input[name=conduct]").check()
    await phone.get_by_role("button", name="Ich bin dabei" if german else "Count me in").click()
    await expect(phone.locator("h1")).to_have_text("Willkommen, Vera!" if german else "Welcome, Vera!")
    await fits(phone)
    code = await phone.locator("code").first.inner_text()
    assert code.startswith("/start ")
    await phone.goto(f"{world.url}/console/join/{code.removeprefix('/start ')}")
    await phone.goto(f"{world.url}/console/volunteer/settings")
    await fits(phone)
    await expect(phone.locator("input[name=hours-0]")).to_have_value("18:00–22:00")
    await phone.get_by_role("link", name="Versand" if german else "Delivery").click()
    await fits(phone)
    await phone.get_by_label("In der App" if german else "In the app").check()
    await phone.get_by_role("button", name="Abgeben" if german else "Hand in").click()
    await expect(phone.locator(".banner.good")).to_contain_text("1")
    assert (await world.person("Vera")).topics == ("logistics",)


async def test_coordinators_decide_and_write_on_a_phone(world: World, phone: Page) -> None:
    await phone.goto(f"{world.url}/console/join/{await world.code(Role.COORDINATOR, 'Carla', Locale.GERMAN)}")
    for place in ("applications", "tests"):
        await phone.goto(f"{world.url}/console/{place}")
        await fits(phone)
    await phone.locator("summary", has_text="Versand").click()
    section = phone.locator("section", has=phone.locator("#logistics"))
    await section.locator("textarea").first.fill("? Nur deutsch?")
    await section.get_by_role("button", name="In Kraft setzen").click()
    await expect(phone.get_by_role("alert")).to_contain_text("de: question 1")
