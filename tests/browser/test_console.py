"""The console as staff and volunteers use it, in a real browser: live, by keyboard, on a phone, two at one ticket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from db.store import PostgresStore
from desk.people import Locale, Role
from desk.ticket import Status
from tests.integration.console.world import World, running_world

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}
BILL = "Meine Rechnung stimmt nicht"


@pytest_asyncio.fixture
async def world(store: PostgresStore, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with running_world(store, database_url, tmp_path) as built:
        yield built


class Seats:
    """Browsers of people; none of their pages may report a fault of script or security policy."""

    def __init__(self, chromium: Browser, world: World) -> None:
        self._chromium, self._world = chromium, world
        self._contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    async def sits(
        self, role: Role, name: str, *, size: dict[str, int] = DESK, locale: Locale = Locale.ENGLISH
    ) -> Page:
        context = await self._chromium.new_context(viewport=size)  # type: ignore[arg-type]
        self._contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if "Security Policy" in said.text else None)
        other = Locale.GERMAN if locale is Locale.ENGLISH else Locale.ENGLISH
        await page.goto(f"{self._world.url}/console/join/{await self._world.code(role, name, locale, other)}")
        return page

    async def close(self) -> None:
        for context in self._contexts:
            await context.close()


@asynccontextmanager
async def _seats(chromium: Browser, world: World) -> AsyncIterator[Seats]:
    made = Seats(chromium, world)
    yield made
    await made.close()
    assert made.faults == []


@pytest_asyncio.fixture
async def seats(chromium: Browser, world: World) -> AsyncIterator[Seats]:
    async with _seats(chromium, world) as made:
        yield made


async def asked(world: World, who: str = "max", text: str = BILL) -> str:
    await world.care.writes(who, text)
    return f"{world.url}/console/tickets/{(await world.care.ticket_of(who)).number}"


async def test_from_the_inbox_to_an_answer_without_a_reload(world: World, seats: Seats) -> None:
    anna = await seats.sits(Role.AGENT, "Anna")
    await expect(anna.get_by_text("Enjoy the quiet")).to_be_visible()
    await asked(world)
    await anna.get_by_role("link", name="Max").click()
    await anna.evaluate("window.stayed = true")
    await anna.get_by_label("Reply to Max").fill("Wir prüfen das.")
    await anna.keyboard.press("Control+Enter")
    mine = anna.locator(".message.agent")
    await expect(mine).to_contain_text("Wir prüfen das.")
    await expect(anna.get_by_label("Reply to Max")).to_have_value("")
    await expect(mine.locator(".delivery")).to_have_text("Waiting to be sent")
    await world.care.settle()
    await expect(mine.locator(".delivery")).to_contain_text("Sent")
    await expect(anna.get_by_text("You have it.")).to_be_visible()
    await world.care.writes("max", "Danke, ich warte.")
    await expect(anna.locator(".message.contact").last).to_contain_text("Danke, ich warte.")
    await expect(anna.locator("#announce")).to_contain_text("something new")
    assert await anna.evaluate("window.stayed")


async def test_a_reading_is_corrected_in_place_and_reviewed(world: World, seats: Seats) -> None:
    place = await asked(world)
    anna = await seats.sits(Role.COORDINATOR, "Anna")
    await anna.goto(place)
    await anna.evaluate("window.stayed = true")
    reading = anna.locator("details.reading")
    await reading.get_by_text("Read as Invoice").click()
    await reading.get_by_label("Something else").select_option("refund")
    await reading.get_by_role("button", name="Correct").click()
    await expect(reading.get_by_text("Really: Refund")).to_be_visible()
    await expect(anna.locator("aside dd").get_by_text("Refund")).to_be_visible()
    assert await anna.evaluate("window.stayed")
    await anna.get_by_role("link", name="Corrections").click()
    await expect(anna.get_by_role("checkbox", name=BILL)).to_be_checked()
    await anna.get_by_label("Accept as").select_option("payment_problem")
    await anna.get_by_role("button", name="Accept ticked").click()
    await expect(anna.get_by_text("Nothing waits for review.")).to_be_visible()
    await anna.goto(place)
    await expect(reading.get_by_text("Really: Problem with a payment")).to_be_visible()


async def test_what_is_being_typed_survives_news_and_a_reload(world: World, seats: Seats) -> None:
    place = await asked(world)
    anna = await seats.sits(Role.AGENT, "Anna")
    await anna.goto(place)
    reply = anna.get_by_label("Reply to Max")
    await reply.fill("Ein halber Satz")
    await world.care.writes("max", "Sind Sie da?")
    await expect(anna.locator(".message.contact").last).to_contain_text("Sind Sie da?")
    await expect(reply).to_have_value("Ein halber Satz")
    await anna.reload()
    await expect(reply).to_have_value("Ein halber Satz")


async def test_two_agents_see_each_other_and_the_second_is_asked(world: World, seats: Seats) -> None:
    place = await asked(world)
    anna, bert = await seats.sits(Role.AGENT, "Anna"), await seats.sits(Role.AGENT, "Bert")
    await bert.goto(place)
    await anna.goto(place)
    await anna.get_by_role("button", name="Claim").click()
    await expect(bert.get_by_text("Anna has it.")).to_be_visible()
    await bert.get_by_label("Reply to Max").fill("Ich mache das.")
    await bert.get_by_role("button", name="Send", exact=True).click()
    await expect(bert.get_by_role("alert")).to_have_text("Anna has this ticket.")
    await expect(bert.get_by_label("Reply to Max")).to_have_value("Ich mache das.")
    await bert.get_by_role("button", name="Take over and send").click()
    await expect(anna.get_by_text("Bert has it.")).to_be_visible()
    await expect(anna.locator(".message.agent")).to_contain_text("Ich mache das.")
    await world.care.settle()
    assert "Ich mache das." in world.care.seen_by("max")[-1]


async def test_impatient_clicks_send_once(world: World, seats: Seats) -> None:
    place = await asked(world)
    anna = await seats.sits(Role.AGENT, "Anna")
    await anna.goto(place)
    await anna.get_by_label("Reply to Max").fill("Einmal.")
    await anna.get_by_role("button", name="Send", exact=True).dblclick()
    await expect(anna.locator(".message.agent")).to_have_count(1)
    await anna.get_by_label("Reply to Max").fill("Und noch einmal.")
    await anna.keyboard.press("Control+Enter")
    await expect(anna.locator(".message.agent")).to_have_count(2)


async def test_an_own_reply_is_changed_and_taken_back_in_place(world: World, seats: Seats) -> None:
    place = await asked(world)
    anna = await seats.sits(Role.AGENT, "Anna")
    await anna.goto(place)
    await anna.get_by_label("Reply to Max").fill("Morgen.")
    await anna.keyboard.press("Control+Enter")
    mine = anna.locator(".message.agent")
    await mine.get_by_text("Change").click()
    await mine.get_by_label("New text").fill("Übermorgen.")
    await world.care.settle()
    await mine.get_by_role("button", name="Save").click()
    await expect(mine).to_contain_text("edited, version 2")
    await expect(mine.locator(".body")).to_have_text("Übermorgen.")
    await mine.get_by_text("Change").click()
    await mine.get_by_role("button", name="Take back").click()
    await expect(mine).to_contain_text("Deleted")


async def test_without_a_connection_the_text_stays_and_goes_later(world: World, seats: Seats) -> None:
    place = await asked(world)
    anna = await seats.sits(Role.AGENT, "Anna")
    await anna.goto(place)
    await anna.get_by_label("Reply to Max").fill("Trotzdem.")
    await anna.context.set_offline(True)
    await anna.keyboard.press("Control+Enter")
    await expect(anna.get_by_role("alert")).to_contain_text("Your text is still here")
    await expect(anna.get_by_label("Reply to Max")).to_have_value("Trotzdem.")
    await expect(anna.get_by_text("Not live right now")).to_be_visible()
    await anna.context.set_offline(False)
    await expect(anna.get_by_text("Not live right now")).to_be_hidden()
    await anna.get_by_label("Reply to Max").press("Control+Enter")
    await expect(anna.locator(".message.agent")).to_have_count(1)


async def test_a_volunteer_takes_answers_and_never_reads_a_name(world: World, seats: Seats) -> None:
    vera = await seats.sits(Role.VOLUNTEER, "Vera", size=PHONE)
    await expect(vera.get_by_text("Nothing is waiting")).to_be_visible()
    await world.care.writes("max", "Mein Router blinkt rot. Max Muster, 0171 2345678")
    await expect(vera.get_by_text("Mein Router blinkt rot.")).to_be_visible()
    assert "2345678" not in await vera.content()
    await vera.get_by_role("button", name="Take it").click()
    answer = vera.get_by_label("Your answer")
    await answer.fill("Zieh den Stecker, warte kurz")
    await world.care.writes("max", "Hallo?")
    await expect(vera.locator(".held .message").last).to_contain_text("Hallo?")
    await expect(answer).to_have_value("Zieh den Stecker, warte kurz")
    await answer.press("Control+Enter")
    await expect(vera.locator(".held .message.outbound")).to_contain_text("Zieh den Stecker")
    await expect(vera.get_by_label("Your answer")).to_have_value("")
    await world.care.settle()
    assert any("Zieh den Stecker" in said for said in world.care.seen_by("max"))
    assert (await world.care.ticket_of("max")).status is Status.PENDING


async def test_an_offer_that_somebody_else_took_vanishes(world: World, seats: Seats) -> None:
    vera, viktor = await seats.sits(Role.VOLUNTEER, "Vera"), await seats.sits(Role.VOLUNTEER, "Viktor")
    await world.care.writes("max", "Mein Router blinkt rot")
    await expect(viktor.locator("article.offer")).to_have_count(1)
    await vera.get_by_role("button", name="Take it").click()
    await expect(viktor.locator("article.offer")).to_have_count(0)


@pytest.mark.parametrize("locale", list(Locale))
async def test_every_page_fits_a_phone_and_a_desk(world: World, seats: Seats, locale: Locale) -> None:
    name = "Maximiliane-Friederike Donaudampfschifffahrt"
    anna = await seats.sits(Role.ADMIN, name, locale=locale)
    await world.care.writes("max", f"{BILL} {'x' * 300} https://example.org/{'y' * 200}")
    place = f"tickets/{(await world.care.ticket_of('max')).number}"
    for size in (PHONE, DESK):
        await anna.set_viewport_size(size)  # type: ignore[arg-type]
        for path in ("inbox", place, "corrections", "team", "dead", "log", "policy"):
            await anna.goto(f"{world.url}/console/{path}")
            assert await anna.evaluate("document.documentElement.lang") == locale.value
            width = await anna.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], (path, size)


async def test_everything_is_named_and_reached_by_keyboard(world: World, seats: Seats) -> None:
    place = await asked(world)
    anna = await seats.sits(Role.ADMIN, "Anna")
    for path in (place, *(f"{world.url}/console/{page}" for page in ("inbox", "corrections", "team"))):
        await anna.goto(path)
        nameless = await anna.evaluate(
            """[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea')].filter((one) =>
                !(one.textContent.trim() || one.ariaLabel || one.labels?.length || one.querySelector('img[alt]'))
            ).map((one) => one.outerHTML)"""
        )
        assert nameless == []
    await anna.goto(f"{world.url}/console/inbox")
    await anna.keyboard.press("Tab")
    assert await anna.evaluate("document.activeElement.className") == "skip"
    await anna.get_by_role("link", name="Max").focus()
    await world.care.writes("lea", "Meine Rechnung auch nicht")
    await expect(anna.get_by_role("link", name="Lea")).to_be_visible()
    assert "Max" in await anna.evaluate("document.activeElement.textContent")


async def test_a_volunteer_finds_their_record_on_a_phone_and_chooses_what_others_see(
    world: World, seats: Seats
) -> None:
    vera = await seats.sits(Role.VOLUNTEER, "Vera", size=PHONE, locale=Locale.GERMAN)
    await vera.get_by_role("link", name="Bilanz").click()
    await expect(vera.get_by_text("noch zählt keine")).to_be_visible()
    await vera.get_by_text("Wie die Stufen gehen").click()
    await expect(vera.get_by_text("sicher 65 von 100 gut")).to_be_visible()
    assert await vera.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    named = vera.get_by_label("Mein Name darf auf der Bestenliste stehen")
    await expect(named).to_be_checked()
    await named.uncheck()
    await vera.get_by_role("button", name="Speichern").click()
    await vera.wait_for_load_state()
    await expect(named).not_to_be_checked()
    await vera.get_by_role("link", name="Fragen").click()
    await expect(vera.get_by_text("Du hast gerade keine Frage")).to_be_visible()
