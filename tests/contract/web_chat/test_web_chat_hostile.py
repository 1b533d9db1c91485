"""Hostile input: whatever comes, the answer is a problem document or the message is kept as it was meant."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bots.web_formatting import to_html
from bots.web_gate import preferred_locale
from bots.web_limits import Buckets, Rate, WebLimits
from bots.web_reading import clean
from bots.web_sessions import Sessions
from tests.contract.web_chat.care import Care, Visitor

ALLOWED = {"b", "i", "s", "code", "pre", "blockquote", "a"}
XSS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[klick](javascript:alert(1))",
    '[klick](https://a.b/"onmouseover=alert(1))',
    'https://a.b/"onmouseover="alert(1)',
    "**<b onclick=x>**",
    '```"><script>\n</pre><script>```',
    "&lt;script&gt;",
]


async def posted(visitor: Visitor, body: bytes) -> int:
    headers = visitor.headers | {"Content-Type": "application/json"}
    return (await visitor.call("POST", "messages", data=body, headers=headers))[0]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b"\xff\xfe{}", 400),
        (b'{"text": "\xff"}', 400),
        (b"[" * 60_000, 400),
        (b'{"a":' * 20_000, 400),
        (b"9" * 10_000, 400),
        (b"{}", 422),
        (b'{"text": null}', 422),
        (b'{"text": 7}', 422),
        (b'{"text": ["x"]}', 422),
        (b'{"text": "   "}', 422),
        (b'{"text": "x", "client_id": 7}', 422),
        (b'{"text": "x", "client_id": ""}', 422),
        (b'{"text": "x", "client_id": "a b"}', 422),
        (b'{"text": "x", "client_id": "' + b"a" * 65 + b'"}', 422),
        (b'{"text": "' + b"x" * 8_001 + b'"}', 422),
        (b'{"text": "' + b"x" * 200_000 + b'"}', 413),
    ],
)
async def test_bad_bodies_are_refused_with_a_reason(anna: Visitor, body: bytes, status: int) -> None:
    assert await posted(anna, body) == status


async def test_bodies_without_end_are_cut_off(care: Care, anna: Visitor) -> None:
    async def endless() -> Any:
        while True:
            yield b" " * 65_536

    with_length_unknown = {"data": endless(), "headers": anna.headers}
    try:
        async with anna.http.post(f"{care.url}/chat/api/messages", **with_length_unknown) as answer:
            assert answer.status == 413
    except aiohttp.ClientError:
        pass  # The server may close before we have read its answer.
    assert await anna.reads() == []


@pytest.mark.parametrize("text", [*XSS, "NUL \x00 hier", "allein \ud800 so", "😀" * 4_000, "\u202eumgedreht"])
async def test_odd_texts_are_kept_and_shown_harmlessly(anna: Visitor, text: str) -> None:
    await anna.says(text)
    (message,) = await anna.reads()
    assert message["text"] == clean(text)
    assert is_harmless(message["html"])


@pytest.mark.parametrize("path", ["messages/x", "messages/-1", f"messages/{'9' * 40}", "messages/0"])
async def test_ids_that_are_none_are_refused(anna: Visitor, path: str) -> None:
    assert (await anna.call("DELETE", path))[0] in (404, 422)


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "after=1e3", f"after={2**64}", "limit=x", "after=%00", "after=²"]
)
async def test_bad_queries_are_refused(anna: Visitor, query: str) -> None:
    assert (await anna.call("GET", f"messages?{query}"))[0] == 422


@pytest.mark.parametrize(
    "action",
    ["", 7, None, "x" * 65, "take:1", "solved:999999999999999999", "drop table", "solved:1:2:3", "\ud800", "a\x00:1"],
)
async def test_made_up_buttons_do_nothing(anna: Visitor, action: Any) -> None:
    await anna.says("Hallo")
    status, body = await anna.call("POST", "taps", {"action": action})
    assert status == 422 or (status == 200 and body["alert"])


@pytest.mark.parametrize(
    "body",
    [{}, {"solved": "yes"}, {"solved": 1}, {"csat": 0}, {"csat": 6}, {"csat": 4.5}, {"csat": True}, {"csat": "5"}],
)
async def test_verdicts_of_the_wrong_form_are_refused(anna: Visitor, body: dict[str, Any]) -> None:
    await anna.says("Hallo")
    assert (await anna.call("POST", "verdict", body))[0] == 422


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
FIELDS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("text", "client_id", "action", "solved", "csat", "locale"), JSON)
)
PATHS = st.sampled_from(
    [
        ("POST", "messages"),
        ("POST", "taps"),
        ("POST", "verdict"),
        ("PUT", "language"),
        ("PATCH", "messages/1"),
        ("POST", "files"),
    ]
)


@settings(suppress_health_check=list(HealthCheck))
@given(where=PATHS, body=st.one_of(FIELDS.map(lambda fields: json.dumps(fields).encode()), st.binary(max_size=200)))
async def test_no_input_makes_the_server_fail(unlimited: Visitor, where: tuple[str, str], body: bytes) -> None:
    headers = unlimited.headers | {"Content-Type": "application/json"}
    status, _ = await unlimited.call(*where, data=body, headers=headers)
    assert status < 500


async def test_floods_are_slowed_and_nothing_accepted_is_lost(care: Care, http: aiohttp.ClientSession) -> None:
    async with care.served(limits=WebLimits(writes_of_session=Rate(3, 0.5))):
        anna, ben = await Visitor(care, http).arrives(), await Visitor(care, http).arrives()
        statuses = [(await anna.call("POST", "messages", {"text": f"{n}"}))[0] for n in range(6)]
        assert statuses == [202] * 3 + [429] * 3
        async with http.post(f"{care.url}/chat/api/messages", json={"text": "x"}, headers=anna.headers) as answer:
            assert 1 <= int(answer.headers["Retry-After"]) <= 2
        assert [one["text"] for one in await anna.reads()] == ["0", "1", "2"]
        assert (await ben.call("POST", "messages", {"text": "Ich darf"}))[0] == 202


async def test_one_address_cannot_open_sessions_without_end(care: Care, http: aiohttp.ClientSession) -> None:
    async with care.served(limits=WebLimits(sessions_of_address=Rate(2, 0.1))):
        opened = []
        for _ in range(3):
            async with http.post(f"{care.url}/chat/api/sessions") as answer:
                opened.append(answer.status)
        assert opened == [201, 201, 429]


async def test_a_proxy_of_ours_says_who_stands_behind_it(care: Care, http: aiohttp.ClientSession) -> None:
    async with care.served(limits=WebLimits(sessions_of_address=Rate(1, 0.1))):
        statuses = []
        for forwarded in ("203.0.113.1", "203.0.113.2", "198.51.100.9, 203.0.113.2", "203.0.113.3"):
            headers = {"X-Forwarded-For": forwarded}
            async with http.post(f"{care.url}/chat/api/sessions", headers=headers) as answer:
                statuses.append(answer.status)
        assert statuses == [201, 201, 429, 201]


def test_a_bucket_fills_again_and_says_when() -> None:
    now = [0.0]
    buckets = Buckets(Rate(2, 0.5), clock=lambda: now[0])
    assert [buckets.take("a"), buckets.take("a"), buckets.take("a")] == [None, None, 2]
    assert buckets.take("b") is None
    now[0] = 1.0
    assert buckets.take("a") == 1
    now[0] = 2.0
    assert buckets.take("a") is None


@given(
    st.text(alphabet=st.sampled_from("ab <>&\"'`*~[]()>\n:/.htps=\x00"), max_size=80)
    | st.sampled_from(XSS)
    | st.text(max_size=80)
)
def test_html_is_well_formed_and_of_few_elements(text: str) -> None:
    assert is_harmless(to_html(text))


class _Watch(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.harmless = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        given = dict(attrs)
        is_link = tag == "a" and set(given) == {"href", "rel", "target"} and (given["href"] or "").startswith("http")
        is_code = (
            tag == "code" and set(given) <= {"class"} and (given.get("class") or "language-").startswith("language-")
        )
        self.harmless &= tag in ALLOWED and (is_link or is_code or not given)

    def handle_endtag(self, tag: str) -> None:
        self.harmless &= bool(self.open) and self.open.pop() == tag


def is_harmless(html: str) -> bool:
    watch = _Watch()
    watch.feed(html)
    watch.close()
    return watch.harmless and not watch.open


@given(st.text())
def test_cleaned_text_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    assert "\x00" not in cleaned
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned


@given(st.text(max_size=100))
def test_tokens_are_ours_or_nothing(text: str) -> None:
    sessions = Sessions(b"key")
    assert sessions.chat_of(text) is None
    chat, token = sessions.new()
    assert sessions.chat_of(token) == chat
    assert Sessions(b"other").chat_of(token) is None
    assert sessions.chat_of(token + "x") is None


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("fr, en;q=0.5, de;q=0.4", "en"),
        ("en;q=0, de;q=0.1", "de"),
        ("fr", None),
        ("", None),
        ("de;q=x,en;q=0.1", "en"),
        (";;;,,q=,de;q", None),
    ],
)
def test_the_language_of_a_browser_is_understood(header: str, locale: str | None) -> None:
    assert preferred_locale(header) == locale
