"""The event stream: everything once and in order, over reconnects and over processes; slow and many are bounded."""

from __future__ import annotations

import asyncio
import socket

import aiohttp
import pytest

from bots import web_events
from bots.web_events import WINDOW, Feed
from bots.web_limits import WebLimits
from desk.conversation import Address
from desk.outbound import OutboundMessage
from tests.contract.web_chat.care import Care, Visitor


async def test_a_talk_streams_as_it_happens(care: Care, anna: Visitor) -> None:
    async with anna.events() as events:
        kind, data, _ = await events.next()
        assert (kind, data["status"]) == ("status", None)
        first = await anna.says("Wo ist meine Rechnung?")
        kind, data, known = await events.next()
        assert (kind, data["text"], known) == ("message", "Wo ist meine Rechnung?", first)
        assert (await events.until("status"))["status"] == "new"
        await care.works()
        assert (await events.until("message"))["from"] == "bot"
        await care.answers(anna, "Kommt morgen")
        answer = await events.until("message")
        assert (answer["from"], answer["text"]) == ("staff", "Kommt morgen")
        assert (await events.until("status"))["status"] == "pending"


async def test_who_comes_back_gets_what_they_missed_and_nothing_twice(care: Care, anna: Visitor) -> None:
    first = await anna.says("eins")
    second = await anna.says("zwei")
    await anna.call("PATCH", f"messages/{first}", {"text": "eins!"})
    third = await anna.says("drei")
    async with anna.events(last_id=second) as events:
        kind, changed, known = await events.next()
        assert (kind, changed["id"], changed["text"], known) == ("changed", first, "eins!", None)
        assert (await events.next())[2] == third
        assert (await events.next())[0] == "status"


async def test_edits_and_deletions_are_told_as_changes(anna: Visitor) -> None:
    mine = await anna.says("Paket 4711")
    async with anna.events() as events:
        await events.until("status")
        await anna.call("PATCH", f"messages/{mine}", {"text": "Paket 4712"})
        assert (await events.until("changed"))["text"] == "Paket 4712"
        await anna.call("DELETE", f"messages/{mine}")
        assert (await events.until("changed"))["deleted"]


async def test_what_another_process_delivers_is_heard(care: Care, anna: Visitor) -> None:
    """The other process' send is a poke; here it says so to a page that has not looked since."""
    await anna.says("Hallo")
    async with anna.events() as events:
        await events.until("status")
        async with care.desk.store.begin() as work:
            conversation = await work.conversations.by_key("web", anna.chat)
            assert conversation is not None
            ticket = await work.tickets.live(conversation.id)
            await care.says_silently(work, conversation, ticket, "von nebenan")
        await care.channel.send(Address("web", anna.chat), OutboundMessage("von nebenan", idempotency_key="k"))
        assert (await events.until("message"))["text"] == "von nebenan"


async def test_nobody_hears_the_talk_of_others(care: Care, anna: Visitor, ben: Visitor) -> None:
    async with ben.events() as events:
        await events.until("status")
        await anna.says("Geheim")
        care.pokes("conversation")
        await ben.says("Offen")
        assert (await events.next())[1]["text"] == "Offen"


async def test_changes_are_seen_in_a_long_talk_without_reading_it_all(care: Care, anna: Visitor) -> None:
    await anna.says("alt")
    await care.fills(anna, 3 * WINDOW)
    feed = Feed(care.desk, anna.chat, 0)
    assert len([event for event in await feed.news() if event.kind == "message"]) == 3 * WINDOW + 1
    assert await feed.news() == []
    newest = await anna.says("neu")
    assert [event.id for event in await feed.news() if event.kind == "message"] == [newest]
    await anna.call("PATCH", f"messages/{newest}", {"text": "anders"})
    assert [event.kind for event in await feed.news()] == ["changed"]


async def test_the_newest_page_pushes_out_the_oldest(care: Care, http: aiohttp.ClientSession) -> None:
    async with care.served(limits=WebLimits(streams_of_session=1)) as chat:
        anna = await Visitor(care, http).arrives()
        async with anna.events() as old:
            await old.until("status")
            async with anna.events() as new:
                await new.until("status")
                await anna.says("Hallo")
                assert (await new.until("message"))["text"] == "Hallo"
                assert await asyncio.wait_for(old.ends(), 5)
                assert chat.hub.count == 1


async def test_too_many_pages_in_all_are_told_to_come_back(care: Care, http: aiohttp.ClientSession) -> None:
    async with care.served(limits=WebLimits(streams=1)) as chat:
        anna, ben = await Visitor(care, http).arrives(), await Visitor(care, http).arrives()
        async with anna.events() as events:
            await events.until("status")
            status, _ = await ben.call("GET", "events")
            assert status == 503
        await anna.says("weckt die Seite, die ging")
        async with asyncio.timeout(5):
            while chat.hub.count:
                await asyncio.sleep(0.05)
                chat.hub.wake(anna.chat)


async def test_the_end_of_the_process_ends_the_streams_at_once(care: Care, http: aiohttp.ClientSession) -> None:
    async with care.served():
        anna = await Visitor(care, http).arrives()
        stream = anna.events()
        events = await stream.__aenter__()
        await events.until("status")
        started = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - started < 2
    assert await events.ends()
    await stream.__aexit__(None, None, None)


async def test_a_bad_last_event_id_is_refused(anna: Visitor) -> None:
    for bad in ("x", "-1", "9" * 30):
        status, _ = await anna.call("GET", "events", headers=anna.headers | {"Last-Event-ID": bad})
        assert status == 422


async def test_a_client_that_does_not_read_is_dropped(
    care: Care, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_events, "SLOWEST_SECONDS", 0.3)
    async with care.served() as chat:
        anna = await Visitor(care, http).arrives()
        await anna.says("Hallo")
        await care.fills(anna, 1500, text="x" * 8_000)
        host, port = care.url.removeprefix("http://").split(":")
        with socket.socket() as sleeper:
            sleeper.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sleeper.connect((host, int(port)))
            request = f"GET /chat/api/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {anna.token}\r\n\r\n"
            sleeper.sendall(request.encode())
            async with asyncio.timeout(20):
                while not chat.hub.count:  # noqa: ASYNC110 - there is no event to wait for
                    await asyncio.sleep(0.02)
                while chat.hub.count:  # noqa: ASYNC110 - neither here
                    await asyncio.sleep(0.05)
