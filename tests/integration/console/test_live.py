"""Open pages hear of changes, fetch only what is new, and attachments are served to staff alone, harmlessly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from desk.conversation import AttachmentKind, AttachmentState
from desk.inbound import InboundFile
from desk.people import Role
from tests.integration.console.browser_of import Browser
from tests.integration.console.world import World

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


async def heard(browser: Browser, times: int, act: object = None) -> int:
    """How many times the stream says `changed`, until `times` or three seconds."""
    count = 0
    async with browser.session.get("/console/events") as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
        try:
            async with asyncio.timeout(3):
                async for line in answer.content:
                    count += line.startswith(b"event: changed")
                    if count == 1 and callable(act):
                        act, pending = None, act()
                        await pending
                    if count >= times:
                        return count
        except TimeoutError:
            pass
    return count


async def test_an_open_page_hears_of_a_new_question(world: World) -> None:
    anna = await world.sits_down(Role.AGENT, "Anna")
    assert await heard(anna, 2, lambda: world.care.writes("max", "Meine Rechnung stimmt nicht")) == 2


async def test_a_quiet_desk_says_nothing(world: World) -> None:
    anna = await world.sits_down(Role.AGENT, "Anna")
    await asyncio.sleep(0.1)
    assert await heard(anna, 9) == 1


async def test_nobody_outside_may_listen(world: World) -> None:
    page = await world.browser().get("/console/events", follow=False)
    assert (page.status, page.headers["Location"]) == (303, "/console/sign-in")


async def test_one_session_cannot_take_all_streams(world: World) -> None:
    anna = await world.sits_down(Role.AGENT, "Anna")
    streams = [await anna.session.get("/console/events") for _ in range(9)]
    assert [stream.status for stream in streams] == [200] * 8 + [429]
    for stream in streams:
        stream.close()


async def test_a_page_that_has_it_already_gets_nothing_again(world: World) -> None:
    anna = await world.sits_down(Role.AGENT, "Anna")
    await world.care.writes("max", "Meine Rechnung stimmt nicht")
    place = f"/console/tickets/{(await world.care.ticket_of('max')).number}/live"
    for path in (place, "/console/inbox/live"):
        first = await anna.get(path)
        again = await anna.get(path, If_None_Match=first.headers["ETag"])
        assert (first.status, again.status, again.html) == (200, 304, "")
    before = await anna.get(place)
    await world.care.writes("max", "Noch etwas")
    after = await anna.get(place, If_None_Match=before.headers["ETag"])
    assert after.status == 200
    assert "Noch etwas" in after.text


async def stored(world: World, name: str, media_type: str, body: bytes) -> str:
    """A stored attachment of a contact's message. Returns its path."""

    async def chunks() -> AsyncIterator[bytes]:
        yield body

    desk = world.care.desk
    named = InboundFile(AttachmentKind.PHOTO, name, media_type, len(body), "x")
    await world.care.writes("max", "Meine Rechnung", files=(named,))
    ticket = await world.care.ticket_of("max")
    async with desk.store.begin() as work:
        file = (await work.messages.of_ticket(ticket.id))[0].attachments[0]
    key, size = await desk.files.store(chunks(), limit=1000)
    await desk.store.queues.attachment_stored(file.id, storage_key=key, size=size)
    async with desk.store.begin() as work:
        kept = await work.messages.attachment(file.id)
    assert kept is not None
    assert kept.state is AttachmentState.STORED
    return f"/console/files/{file.id}"


@pytest.mark.parametrize(
    ("media_type", "body", "shown"),
    [
        ("image/png", PNG, True),
        ("IMAGE/PNG; x=y", PNG, True),
        ("image/png", b"<svg onload=alert(1)>", False),
        ("text/html", b"<script>alert(1)</script>", False),
        ("image/svg+xml", b"<svg onload=alert(1)/>", False),
        ("application/pdf", b"%PDF-1.7", False),
        ("image/webp", b"RIFF\0\0\0\0WAVE", False),
        ("video/mp4", b"\0\0\0\x18ftypmp42", True),
        ("", b"", False),
    ],
)
async def test_only_harmless_types_are_shown(world: World, media_type: str, body: bytes, shown: bool) -> None:
    place = await stored(world, "bild.png", media_type, body)
    anna = await world.sits_down(Role.AGENT, "Anna")
    async with anna.session.get(place) as answer:
        assert answer.status == 200
        assert await answer.read() == body
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Disposition"].startswith("inline" if shown else "attachment")
        if not shown:
            assert answer.headers["Content-Type"] == "application/octet-stream"


async def test_a_files_name_cannot_write_headers(world: World) -> None:
    place = await stored(world, 'a"\r\nSet-Cookie: x=y\r\n/../ü.png', "image/png", PNG)
    anna = await world.sits_down(Role.AGENT, "Anna")
    async with anna.session.get(place) as answer:
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Content-Disposition"].endswith(
            "filename*=UTF-8''a%22%0D%0ASet-Cookie%3A%20x%3Dy%0D%0A%2F..%2F%C3%BC.png"
        )


async def test_attachments_are_for_staff(world: World) -> None:
    place = await stored(world, "bild.png", "image/png", PNG)
    vera = await world.sits_down(Role.VOLUNTEER, "Vera")
    assert (await vera.get(place)).status == 403
    assert (await world.browser().get(place)).url == "/console/sign-in"
    anna = await world.sits_down(Role.AGENT, "Anna")
    assert place in (await anna.get(f"/console/tickets/{(await world.care.ticket_of('max')).number}")).html
    for missing in ("/console/files/999999", "/console/files/x", "/console/files/" + "9" * 30):
        assert (await anna.get(missing)).status in (400, 404)
