"""Coming in: links work once, for people, and for nobody who only looks."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from desk.people import Locale, Role
from tests.integration.console.world import World

LOOKERS = [
    {"User_Agent": "TelegramBot (like TwitterBot)"},
    {"User_Agent": "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)"},
    {"User_Agent": "WhatsApp/2.23.20.0"},
    {"User_Agent": "facebookexternalhit/1.1"},
    {"User_Agent": "Slackbot-LinkExpanding 1.0"},
    {"User_Agent": "Twitterbot/1.0"},
    {"User_Agent": "Mozilla/5.0 Firefox/140.0", "Sec_Purpose": "prefetch;prerender"},
    {"User_Agent": "Mozilla/5.0 Firefox/140.0", "Purpose": "prefetch"},
]


async def test_an_invitation_url_lets_its_opener_in_at_once_and_only_once(world: World) -> None:
    code = await world.code(Role.AGENT, "Anna")
    page = await world.browser().get(f"/console/join/{code}")
    assert page.url.startswith("/console/inbox")
    assert "Welcome, Anna" in page.text
    again = await world.browser().get(f"/console/join/{code}")
    assert again.status == 410
    assert "used before" in again.text


@pytest.mark.parametrize("headers", LOOKERS, ids=lambda one: one["User_Agent"][:30] + str(len(one)))
async def test_whoever_only_looks_does_not_use_a_link_up(world: World, headers: dict[str, str]) -> None:
    code = await world.code(Role.AGENT, "Anna")
    looked = await world.browser().get(f"/console/join/{code}", **headers)
    assert looked.status == 200
    assert code not in looked.html
    assert not looked.headers.get("Set-Cookie")
    page = await world.browser().get(f"/console/join/{code}", User_Agent="Mozilla/5.0 (X11; Linux) Firefox/140.0")
    assert page.url.startswith("/console/inbox")


async def test_head_does_not_use_a_sign_in_link_up(world: World) -> None:
    await world.sits_down(Role.AGENT, "Anna")
    link = await world.link_for("Anna")
    browser = world.browser()
    async with browser.session.head(link) as answer:
        assert answer.status == 200
    assert (await browser.get(link)).url.startswith("/console/inbox")


async def test_a_sign_in_link_works_once_and_not_for_ever(world: World) -> None:
    await world.sits_down(Role.AGENT, "Anna")
    link, late = await world.link_for("Anna"), await world.link_for("Anna")
    browsers = [world.browser() for _ in range(4)]
    pages = await asyncio.gather(*(browser.get(link) for browser in browsers))
    assert sorted(page.status for page in pages) == [200, 410, 410, 410]
    world.care.clock.time += timedelta(minutes=31)
    assert (await world.browser().get(late)).status == 410


@pytest.mark.parametrize("path", ["inbox", "volunteer", "team", "dead", "log", "policy", "tickets/Z-1001", "files/1"])
async def test_nobody_in_particular_is_shown_how_to_sign_in(world: World, path: str) -> None:
    page = await world.browser().get(f"/console/{path}")
    assert page.url == "/console/sign-in"
    assert "zuruf sign-in NAME" in page.text


async def test_signing_out_ends_the_session_itself(world: World) -> None:
    browser = await world.sits_down(Role.AGENT, "Anna")
    kept = browser.cookies()["zuruf_staff"]
    inbox = await browser.get("/console/")
    assert (await browser.send(inbox.form("/sign-out"))).url.startswith("/console/sign-in")
    thief = world.browser()
    page = await thief.get("/console/inbox", Cookie=f"zuruf_staff={kept}")
    assert page.url == "/console/sign-in"


async def test_one_browser_can_be_an_agent_and_a_volunteer(world: World) -> None:
    browser = await world.sits_down(Role.AGENT, "Anna")
    await browser.get(f"/console/join/{await world.code(Role.VOLUNTEER, 'Vera')}")
    assert "Anna" in (await browser.get("/console/inbox")).text
    page = await browser.get("/console/volunteer")
    assert "Vera" in page.text
    await browser.send(page.form("/sign-out"))
    assert (await browser.get("/console/volunteer")).status == 403
    assert (await browser.get("/console/inbox")).status == 200


async def test_cookies_are_for_the_server_only(world: World) -> None:
    page = await world.browser().get(f"/console/join/{await world.code(Role.AGENT, 'Anna')}", follow=False)
    said = page.headers["Set-Cookie"]
    assert "HttpOnly" in said
    assert "SameSite=Lax" in said
    assert "Path=/console" in said


async def test_a_page_allows_nothing_from_elsewhere(world: World) -> None:
    browser = await world.sits_down(Role.ADMIN, "Anna")
    for path in ("inbox", "team", "dead", "log", "policy", "sign-in"):
        page = await browser.get(f"/console/{path}")
        policy = page.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self'")
        assert "unsafe" not in policy
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert "<script>" not in page.html
        assert " style=" not in page.html


async def test_the_language_is_switched_and_kept(world: World) -> None:
    browser = await world.sits_down(Role.AGENT, "Anna")
    inbox = await browser.get("/console/inbox")
    assert '<html lang="en">' in inbox.html
    page = await browser.send(inbox.form("/language"), language="de")
    assert '<html lang="de">' in page.html
    assert (await world.person("Anna")).locale is Locale.GERMAN


async def test_the_help_page_speaks_the_browsers_language(world: World) -> None:
    page = await world.browser().get("/console/sign-in", Accept_Language="fr,de;q=0.8,en;q=0.5")
    assert page.headers["Content-Language"] == "de"
    assert (await world.browser().get("/console/sign-in?lang=en")).headers["Content-Language"] == "en"


async def test_somebody_who_tries_many_links_is_slowed_down(world: World) -> None:
    browser = world.browser()
    answers = [await browser.get(f"/console/sign-in/guess-number-{number:06}") for number in range(40)]
    assert answers[0].status == 410
    assert answers[-1].status == 429
    assert int(answers[-1].headers["Retry-After"]) >= 1


@pytest.mark.parametrize("token", ["%00", "a" * 5000, "..%2f..%2fetc", "%F0%9F%98%80%F0%9F%98%80", "' or 1=1 --"])
async def test_a_malformed_link_is_just_unknown(world: World, token: str) -> None:
    assert (await world.browser().get(f"/console/sign-in/{token}")).status in (400, 404, 410)


async def test_static_files_are_kept_by_browsers_and_only_ours(world: World) -> None:
    browser = world.browser()
    page = await browser.get("/console/sign-in")
    address = page.html.split('rel="stylesheet" href="')[1].split('"')[0]
    style = await browser.get(address)
    assert style.status == 200
    assert "immutable" in style.headers["Cache-Control"]
    assert (await browser.get("/console/static/0000000000000000/console.css")).status == 404
    assert (await browser.get("/console/static/x/..%2frendering.py")).status == 404
