"""The chat as people use it, in a real browser: on a phone, over a reload, without a connection, on another site."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Page, expect

from db.store import PostgresStore
from desk.people import Role
from desk.record import AnswerVerdict
from tests.contract.web_chat.care import PNG, Care, Visitor
from workflows.note_outcome import note_outcome
from workflows.voice import speaking

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 640}
EVIL = "<img src=x onerror=\"document.title='gehackt'\"> **<script>document.title='gehackt'</script>**"


@pytest_asyncio.fixture
async def care(store: PostgresStore, tmp_path: Path) -> AsyncIterator[Care]:
    made = Care(store, tmp_path / "files")
    async with made.served():
        yield made


@asynccontextmanager
async def opened(chromium: Browser, url: str, *, locale: str = "en-GB") -> AsyncIterator[Page]:
    """A page on a phone that must report no error of script or security policy."""
    context = await chromium.new_context(viewport=PHONE, locale=locale)  # type: ignore[arg-type]
    page = await context.new_page()
    page.set_default_timeout(20_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    await page.goto(url)
    yield page
    assert faults == []
    await context.close()


@pytest_asyncio.fixture
async def page(chromium: Browser, care: Care) -> AsyncIterator[Page]:
    async with opened(chromium, f"{care.url}/chat") as made:
        yield made


async def says(page: Page, text: str) -> None:
    await page.get_by_label("Your message").fill(text)
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".message.contact", has_text=text[:20]).get_by_label("Sent")).to_be_visible()


async def visitor(page: Page, care: Care) -> Visitor:
    """Who the page is for the desk."""
    found = Visitor(care, None)  # type: ignore[arg-type]
    token = await page.evaluate("localStorage.getItem('zuruf.token')")
    found.chat = token.partition(".")[0]
    return found


async def test_a_question_is_asked_answered_and_rated_and_survives_a_reload(page: Page, care: Care) -> None:
    await says(page, "Where is my invoice?")
    await care.works()
    await expect(page.locator(".message.bot")).to_contain_text("I have your question")
    anna = await visitor(page, care)
    await care.claims(anna)
    await page.reload()
    await expect(page.locator(".message")).to_have_count(2)
    await expect(page.locator("#working")).to_contain_text("Somebody from our team is answering")
    await care.answers(anna, "It is **on its way**")
    answer = page.locator(".message.staff")
    await expect(answer).to_contain_text("Ana · Our team")
    await expect(answer.locator("b")).to_have_text("on its way")
    await answer.get_by_role("button", name="✅ Solved").click()
    await page.get_by_role("button", name="4 of 5 stars").click()
    await expect(page.get_by_text("You gave 4 of 5 stars")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("You gave 4 of 5 stars")).to_be_visible()
    await expect(page.locator("#status")).to_have_text("Solved")


async def test_thanks_stand_under_the_stars_and_pass_with_a_tap(page: Page, care: Care) -> None:
    await says(page, "Where is my parcel?")
    await care.works()
    anna = await visitor(page, care)
    vera = await care.responder("Vera", Role.VOLUNTEER)
    await care.claims(anna)
    await care.answers(anna, "At the office next door")
    async with speaking(care.desk) as voice:
        await note_outcome(voice, await care.ticket(voice.work, anna), vera.id, AnswerVerdict.SOLVED)
    await page.get_by_role("button", name="✅ Solved").click()
    await expect(page.get_by_role("button", name="5 of 5 stars")).to_be_visible()
    await page.get_by_role("button", name="💛 Say thanks").click()
    await expect(page.get_by_text("Passed on, without your name")).to_be_visible()
    await page.get_by_role("button", name="5 of 5 stars").click()
    await expect(page.get_by_text("You gave 5 of 5 stars")).to_be_visible()
    async with care.desk.store.begin() as work:
        assert (await work.honours.help_of(vera.id)).thanks == 1


async def test_what_is_written_without_a_connection_goes_out_once_it_is_back(page: Page, care: Care) -> None:
    await says(page, "first")
    await page.context.set_offline(True)
    for text in ("second", "third"):
        await page.get_by_label("Your message").fill(text)
        await page.keyboard.press("Enter")
    await expect(page.locator("#banner")).to_contain_text("No connection")
    await expect(page.get_by_text("Waits for the connection").first).to_be_visible()
    await page.context.set_offline(False)
    await expect(page.locator(".message.contact .tick")).to_have_count(3)
    texts = await page.locator(".message.contact .text").all_inner_texts()
    assert texts == ["first", "second", "third"]


async def test_what_was_not_sent_survives_a_reload(page: Page, care: Care) -> None:
    await says(page, "first")
    await page.route("**/chat/api/messages", lambda route: route.abort())
    await page.get_by_label("Your message").fill("kept")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Waits for the connection")).to_be_visible()
    await page.unroute("**/chat/api/messages")
    await page.reload()
    await expect(page.locator(".message.contact .tick")).to_have_count(2)


async def test_a_lost_answer_does_not_say_it_twice(page: Page, care: Care) -> None:
    lost = []

    async def lose_first(route: object) -> None:
        if not lost and route.request.method == "POST":  # type: ignore[attr-defined]
            lost.append(await route.fetch())  # type: ignore[attr-defined]
            await route.abort()  # type: ignore[attr-defined]
        else:
            await route.continue_()  # type: ignore[attr-defined]

    await page.route("**/chat/api/messages", lose_first)
    await says(page, "only once")
    await page.wait_for_timeout(3000)
    await page.reload()
    await expect(page.locator(".message.contact")).to_have_count(1)


async def test_nothing_that_people_write_runs(page: Page, care: Care) -> None:
    await says(page, EVIL)
    await care.works()
    await care.answers(await visitor(page, care), EVIL, name="<b onclick=x>Ana</b>")
    await expect(page.locator(".message.staff .name")).to_contain_text("<b onclick=x>")
    await page.set_input_files(
        "#files", {"name": "<img src=x onerror=alert(1)>.txt", "mimeType": "text/plain", "buffer": b"x"}
    )
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".message.contact .file")).to_contain_text("img src=x onerror=alert(1)")
    assert await page.locator("#messages img").count() == 0
    assert await page.title() == "Brand & <Co> · Chat"


async def test_files_are_looked_at_before_and_after_they_go(page: Page, care: Care) -> None:
    files = [
        {"name": "photo.png", "mimeType": "image/png", "buffer": PNG},
        {"name": "bill.pdf", "mimeType": "application/pdf", "buffer": b"%PDF" * 1000},
        {"name": "bad.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"},
    ]
    await page.set_input_files("#files", files)  # type: ignore[arg-type]
    await expect(page.locator("#toast")).to_contain_text("bad.exe is of a type that we do not take")
    await expect(page.locator("#tray li")).to_have_count(2)
    await page.get_by_label("Your message").fill("Both")
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".message.contact .tick")).to_be_visible()
    await expect(page.locator(".picture img")).to_have_attribute("src", re.compile("^blob:"))
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Download bill.pdf").click()
    saved = await (await download.value).path()
    assert saved.read_bytes() == b"%PDF" * 1000


async def test_own_words_are_changed_and_taken_back(page: Page, care: Care) -> None:
    await says(page, "parcel 4711")
    await page.get_by_label("Edit or delete").click()
    await page.locator(".more").get_by_role("button", name="Edit").click()
    await page.get_by_label("Your message").fill("parcel 4712")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.contact")).to_contain_text("parcel 4712")
    await expect(page.locator(".message.contact")).to_contain_text("edited")
    await page.get_by_label("Edit or delete").click()
    await page.locator(".more").get_by_role("button", name="Delete").click()
    await page.locator("#ask-yes").click()
    await expect(page.locator(".message.contact")).to_contain_text("This message was deleted.")


async def test_a_person_is_one_tap_away_and_a_new_start_too(page: Page, care: Care) -> None:
    await page.get_by_role("button", name="Talk to a person").click()
    await expect(page.get_by_text("You asked for a person.")).to_be_visible()
    await expect(page.locator("#status")).to_have_text("Your question is with our team")
    await page.get_by_role("button", name="Start anew").click()
    await page.locator("#ask-yes").click()
    await expect(page.locator("#welcome")).to_be_visible()
    await expect(page.locator(".message")).to_have_count(0)
    await says(page, "Something else")
    await expect(page.locator(".message")).to_have_count(1)


async def test_the_language_is_switched_and_stays(chromium: Browser, care: Care) -> None:
    async with opened(chromium, f"{care.url}/chat", locale="de-DE") as page:
        await expect(page.locator("html")).to_have_attribute("lang", "de")
        await says(page, "Hallo")
        await page.get_by_role("link", name="English").click()
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await expect(page.locator(".message.contact")).to_have_count(1)
        await page.goto(f"{care.url}/chat")
        await expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("width", [360, 1280])
async def test_the_page_fits_and_every_control_has_a_name(chromium: Browser, care: Care, width: int) -> None:
    async with opened(chromium, f"{care.url}/chat") as page:
        await page.set_viewport_size({"width": width, "height": 740})
        await says(page, "x" * 300)
        await care.works()
        await care.answers(await visitor(page, care), "y" * 300 + " https://example.org/" + "z" * 300)
        await expect(page.locator(".message.staff")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert await page.evaluate(
            "document.getElementById('talk').scrollWidth <= document.getElementById('talk').clientWidth"
        )
        controls = page.locator("button:visible, a:visible, textarea:visible, summary:visible")
        names = [
            await one.evaluate("e => (e.ariaLabel || e.labels?.[0]?.textContent || e.textContent).trim()")
            for one in await controls.all()
        ]
        assert len(names) > 6
        assert all(names), names


async def test_the_bubble_opens_the_chat_on_another_site(chromium: Browser, care: Care) -> None:
    host = web.Application()

    async def shop(request: web.Request) -> web.Response:
        text = f'<!doctype html><title>Shop</title><p>Shop</p><script src="{care.url}/chat/embed.js" async></script>'
        return web.Response(text=text, content_type="text/html")

    host.add_routes([web.get("/", shop)])
    runner = web.AppRunner(host, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    shop_url = f"http://localhost:{runner.addresses[0][1]}"
    try:
        async with care.served(embed_origins=[shop_url]), opened(chromium, shop_url) as page:
            await page.get_by_role("button", name="Open chat").click()
            frame = page.frame_locator("iframe")
            await frame.get_by_label("Your message").fill("From the shop")
            await frame.get_by_role("button", name="Send").click()
            await expect(frame.locator(".message.contact .tick")).to_be_visible()
            await frame.get_by_role("button", name="Close chat").click()
            await expect(page.locator("iframe")).to_be_hidden()
            await care.works()
            await expect(page.get_by_role("button", name="Open chat (New messages: 1)")).to_be_visible()
            await page.get_by_role("button", name="Open chat").click()
            await expect(frame.locator(".message.bot")).to_be_visible()
    finally:
        await runner.cleanup()


async def test_other_sites_may_not_frame_the_chat(chromium: Browser, care: Care) -> None:
    for path, ancestors in (("/chat", "frame-ancestors 'none'"), ("/chat?embed=1", "frame-ancestors 'self'")):
        async with opened(chromium, f"{care.url}{path}") as page:
            answer = await page.request.get(f"{care.url}{path}")
            assert answer.headers["content-security-policy"].endswith(ancestors)
            assert "unsafe" not in answer.headers["content-security-policy"]
