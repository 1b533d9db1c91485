"""The page and its files as browsers and other sites get them, and the description of the API."""

from __future__ import annotations

import json
import re
from pathlib import Path

import aiohttp
import pytest

from bots.web_hub import Hub
from bots.web_limits import WebLimits
from bots.web_reading import TEXT_UNITS
from bots.web_uploads import FILES
from tests.contract.web_chat.care import KEY, Care, Visitor
from workflows.fetch_attachments import SIZE_LIMIT

DOCUMENT = (Path(__file__).parents[3] / "docs" / "web-chat.md").read_text(encoding="utf-8")


async def loaded(
    care: Care, http: aiohttp.ClientSession, path: str, **headers: str
) -> tuple[aiohttp.ClientResponse, str]:
    async with http.get(
        f"{care.url}{path}", headers={name.replace("_", "-"): v for name, v in headers.items()}
    ) as answer:
        return answer, await answer.text()


async def test_the_page_is_guarded_and_escapes_the_brand(care: Care, http: aiohttp.ClientSession) -> None:
    answer, page = await loaded(care, http, "/chat")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "<h1>Brand &amp; &lt;Co&gt;</h1>" in page
    assert not re.search(r"<script(?![^>]*(src=|application/json))|\son\w+=|style=", page)
    assert not re.search(r"https?://", page), "nothing comes from outside"


@pytest.mark.parametrize(
    ("path", "header", "language"),
    [
        ("/chat", "de-DE,de;q=0.9", "de"),
        ("/chat", "en-US", "en"),
        ("/chat", "fr", "en"),
        ("/chat?lang=de", "en", "de"),
        ("/chat?lang=xx", "de", "de"),
    ],
)
async def test_the_page_is_in_the_visitors_language(
    care: Care, http: aiohttp.ClientSession, path: str, header: str, language: str
) -> None:
    answer, page = await loaded(care, http, path, Accept_Language=header)
    assert f'<html lang="{language}"' in page
    cookies = answer.headers.getall("Set-Cookie", [])
    assert bool(cookies) == ("lang=de" in path)
    assert all("HttpOnly" in one and "SameSite=Lax" in one for one in cookies)


async def test_every_file_the_page_needs_is_there_and_kept_by_browsers(care: Care, http: aiohttp.ClientSession) -> None:
    _, page = await loaded(care, http, "/chat")
    wanted = set(re.findall(r'(/chat/static/\w+/[\w.]+)"', page))
    assert {path.rpartition("/")[2] for path in wanted} == {"chat.css", "chat.js", "icon.svg"}
    while wanted:
        path = wanted.pop()
        answer, text = await loaded(care, http, path)
        assert answer.status == 200, path
        assert "immutable" in answer.headers["Cache-Control"]
        wanted |= {f"{path.rpartition('/')[0]}/{name}" for name in re.findall(r'from "\./([\w.]+)"', text)}


@pytest.mark.parametrize("name", ["../../web_chat.py", "..%2f..%2fweb_chat.py", "nothing.js", "%00"])
async def test_nothing_else_is_served(care: Care, http: aiohttp.ClientSession, name: str) -> None:
    answer, _ = await loaded(care, http, f"/chat/static/x/{name}")
    assert answer.status == 404


async def test_only_named_sites_may_embed_the_chat(care: Care, http: aiohttp.ClientSession) -> None:
    async with care.served(embed_origins=["https://shop.example"]):
        answer, _ = await loaded(care, http, "/chat?embed=1")
        assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors 'self' https://shop.example")
        answer, _ = await loaded(care, http, "/chat")
        assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")


async def test_the_bubble_carries_its_texts(care: Care, http: aiohttp.ClientSession) -> None:
    answer, script = await loaded(care, http, "/chat/embed.js?lang=de")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    found = re.search(r"const settings = (\{.*\});", script)
    assert found is not None
    settings = json.loads(found[1])
    assert settings["locale"] == "de"
    assert settings["texts"]["title"] == "Chat with Brand & <Co>"


async def test_the_api_is_described_route_by_route(care: Care) -> None:
    async with care.served() as chat:
        routes = {(one.method, one.path) for one in chat.routes() if one.path.startswith("/chat/api/")}
    described = set(re.findall(r"^\| `([A-Z]+) (/chat/api/[^?`]+)[?`]", DOCUMENT, re.MULTILINE))
    assert described == routes


async def test_the_limits_are_described_as_they_are() -> None:
    assert f"up to {TEXT_UNITS:,} characters" in DOCUMENT
    assert f"up to {SIZE_LIMIT // 2**20} MB" in DOCUMENT
    assert f"`file` (up to {FILES})" in DOCUMENT
    assert f"up to {WebLimits().streams_of_session} streams" in DOCUMENT


async def test_a_session_outlives_the_process_but_not_the_key(care: Care, http: aiohttp.ClientSession) -> None:
    anna = await Visitor(care, http).arrives()
    await anna.says("Hallo")
    async with care.served():
        assert len(await anna.reads()) == 1
    assert KEY.decode() not in anna.token


def test_the_hub_forgets_who_left() -> None:
    hub = Hub(WebLimits(streams_of_session=2))
    with hub.listening("a"), hub.listening("a"), hub.listening("a"), hub.listening("b"):
        assert hub.count == 3
    assert hub.count == 0
    hub.wake("a")
