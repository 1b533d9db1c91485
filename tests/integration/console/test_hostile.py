"""Hostile and clumsy input at the console: refused with a clear word, nothing changed, nothing leaked."""

from __future__ import annotations

import json
import re
import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.conversation import AttachmentKind
from desk.inbound import InboundFile
from desk.people import Role
from tests.integration.console.world import World

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>{{7*7}}"


async def ticket_place(world: World, text: str = "Meine Rechnung stimmt nicht", who: str = "max") -> str:
    await world.care.writes(who, text)
    return f"/console/tickets/{(await world.care.ticket_of(who)).number}"


async def test_no_text_of_anybody_becomes_markup(world: World) -> None:
    evil = InboundFile(AttachmentKind.DOCUMENT, SCRIPT, "text/plain", 10, "x")
    await world.care.writes(SCRIPT, f"Meine Rechnung {SCRIPT} **{SCRIPT}** `{SCRIPT}`", files=(evil,))
    place = f"/console/tickets/{(await world.care.ticket_of(SCRIPT)).number}"
    await world.sits_down(Role.AGENT, SCRIPT)
    anna = await world.sits_down(Role.ADMIN, "Anna")
    await anna.send((await anna.get(place)).form("/note"), text=SCRIPT)
    world.policy_errors.append(SCRIPT)
    for path in (place, f"{place}/live", "/console/inbox", f"/console/inbox?q={SCRIPT}&unit={SCRIPT}&view={SCRIPT}",
                 "/console/team", "/console/log", "/console/policy", "/console/dead"):  # fmt: skip
        page = await anna.get(path)
        assert page.status == 200
        assert not re.search(r"<(script|img)[^>]*(>alert|onerror)", page.html, re.IGNORECASE), path
        assert not re.search(r"""=["'][^"']*["']>\{\{7""", page.html), path


async def test_a_form_without_the_sessions_token_changes_nothing(world: World) -> None:
    place = await ticket_place(world)
    anna, bert = await world.sits_down(Role.AGENT, "Anna"), await world.sits_down(Role.AGENT, "Bert")
    form = (await anna.get(place)).form("/do/claim")
    foreign = (await bert.get(place)).form("/do/claim").fields["csrf"]
    for token in ("", "0" * 64, foreign, "ä"):
        assert (await anna.send(form, csrf=token)).status == 403
    assert (await world.care.ticket_of("max")).assignee_id is None


async def test_a_form_of_somebody_signed_out_keeps_their_text_with_them(world: World) -> None:
    place = await ticket_place(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    form = (await anna.get(place)).form("/reply")
    anna.session.cookie_jar.clear()
    answer = await anna.send(form, json=True, text="Hallo")
    assert (answer.status, json.loads(answer.html)["type"]) == (401, "urn:zuruf:problem:signed-out")


@pytest.mark.parametrize("number", ["Z-999999", "0", "-1", "9" * 40, "x", "%00", "Z-1001%27", "1001.0"])
async def test_a_ticket_that_is_not_there_is_not_found(world: World, number: str) -> None:
    anna = await world.sits_down(Role.AGENT, "Anna")
    assert (await anna.get(f"/console/tickets/{number}")).status in (400, 404)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"text=" + b"a" * 300_000, "application/x-www-form-urlencoded", 413),
        (b"text=%ff%fe", "application/x-www-form-urlencoded", 400),
        (b"text=\xff\xfe", "application/x-www-form-urlencoded", 400),
        (b"text=%00", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a=%d" % n for n in range(500)), "application/x-www-form-urlencoded", 400),
        (b'{"text": "x"}', "application/json", 415),
        (b"x", "multipart/form-data; boundary=x", 415),
        (b"", "application/x-www-form-urlencoded", 403),
    ],
    ids=["large", "bad utf-8", "raw bytes", "nul", "many fields", "json", "multipart", "empty"],
)
async def test_a_malformed_body_is_refused(world: World, body: bytes, kind: str, status: int) -> None:
    place = await ticket_place(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    async with anna.session.post(f"{place}/reply", data=body, headers={"Content-Type": kind}) as answer:
        assert answer.status == status
        assert "Traceback" not in await answer.text()


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"text": "   \n"},
        {"text": "x" * 20_001},
        {"form": ""},
        {"form": "a"},
        {"form": "../../etc/passwd0000"},
    ],
    ids=["empty", "blank", "long", "no token", "short token", "odd token"],
)
async def test_a_reply_of_nonsense_is_not_sent(world: World, fields: dict[str, str]) -> None:
    place = await ticket_place(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    assert (await anna.send((await anna.get(place)).form("/reply"), **{"text": "Hallo", **fields})).status == 400
    assert (await world.care.ticket_of("max")).assignee_id is None


async def test_a_flood_of_one_session_is_slowed_and_others_are_not(world: World) -> None:
    place = await ticket_place(world)
    anna, bert = await world.sits_down(Role.AGENT, "Anna"), await world.sits_down(Role.AGENT, "Bert")
    form = (await anna.get(place)).form("/note")
    answers = [await anna.send(form, json=True, text=f"{n}", form=f"{n:020}") for n in range(60)]
    assert answers[-1].status == 429
    assert int(answers[-1].headers["Retry-After"]) >= 1
    kept = sum(answer.status == 200 for answer in answers)
    assert (await bert.send((await bert.get(place)).form("/note"), text="Ruhe.")).status == 200
    page = await anna.get(place)
    assert page.html.count('class="message note agent"') == kept + 1


async def test_the_language_form_leads_nowhere_else(world: World) -> None:
    anna = await world.sits_down(Role.AGENT, "Anna")
    for back in ("https://evil.example/", "//evil.example", "/console/../../evil", "/console/x\r\nSet-Cookie: a=b"):
        form = (await anna.get("/console/inbox")).form("/language")
        page = await anna.send(form, language="en", back=back, follow=False)
        assert page.headers["Location"] == "/console/inbox"


async def test_half_a_request_hurts_nobody(world: World) -> None:
    anna = await world.sits_down(Role.AGENT, "Anna")
    host, port = world.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as half:
        half.sendall(
            b"POST /console/sign-out HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        )
        half.sendall(b"Content-Length: 100\r\n\r\ncsrf=")
        assert (await anna.get("/console/inbox")).status == 200


async def test_searching_for_anything_never_breaks_the_inbox(world: World) -> None:
    anna = await world.sits_down(Role.AGENT, "Anna")
    await ticket_place(world, "Rechnung 100 % falsch_ \\ alles")

    @settings(suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(st.sampled_from(["q", "view", "unit", "lane", "status", "before"]), st.text(max_size=40)))
    def search(query: dict[str, str]) -> None:
        queries.append({name: value.encode("utf-8", "ignore").decode() for name, value in query.items()})

    queries: list[dict[str, str]] = []
    search()
    for query in queries:
        async with anna.session.get("/console/inbox", params=query) as answer:
            assert answer.status == 200, query
    assert "1001" in (await anna.get("/console/inbox?q=100 %25 falsch_")).text
    assert "Nothing here" in (await anna.get("/console/inbox?q=100 _ falsch")).text
