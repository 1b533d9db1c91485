"""What a discord.py bot may send to the Discord stand-in, and what happens to it on the way."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import aiohttp
import discord
import pytest

from tests.standins.discord import Channel, DiscordStandIn, Person
from tests.standins.discord.probe import Probe, refused

MESSAGES = "/channels/{id}/messages"


def view(buttons: int, custom_id: str = "b") -> discord.ui.View:
    found = discord.ui.View(timeout=None)
    for number in range(buttons):
        found.add_item(discord.ui.Button(label=f"B{number}", custom_id=f"{custom_id}{number}"))
    return found


def row(count: int, **more: Any) -> dict[str, Any]:
    parts = [{"type": 2, "style": 1, "label": "x", "custom_id": f"{id(more)}{n}"} | more for n in range(count)]
    return {"type": 1, "components": parts}


async def test_texts_hold_1_to_2000_characters(bot: Probe, room: Channel) -> None:
    here = bot.room(room.id)
    assert (await here.send("x" * 2000)).content == "x" * 2000
    assert await refused(here.send("x" * 2001)) == (400, 50035)
    assert await refused(here.send("")) == (400, 50006)
    assert len(room.messages) == 1


@pytest.mark.parametrize(
    "components",
    [
        [row(1, custom_id=f"r{n}") for n in range(6)],
        [row(6)],
        [row(1, custom_id="x" * 101)],
        [row(2, custom_id="same")],
        [row(1, label="x" * 81)],
        [row(1, style=5)],
        [{"type": 2, "style": 1, "label": "bare", "custom_id": "x"}],
    ],
    ids=["six rows", "six buttons", "long custom id", "same custom id", "long label", "link without url", "no row"],
)
async def test_components_keep_to_the_limits(bot: Probe, room: Channel, components: list[Any]) -> None:
    body = {"content": "Hallo", "components": components}
    assert await refused(bot.raw_send(room.id, body)) == (400, 50035)


async def test_five_rows_of_five_buttons_fit(bot: Probe, platform: DiscordStandIn, room: Channel) -> None:
    sent = await bot.room(room.id).send("Bitte wählen", view=view(25))
    assert [len(r.children) for r in sent.components if isinstance(r, discord.ActionRow)] == [5] * 5
    assert "[B0] [B1]" in platform.transcript(room)


async def test_the_same_nonce_gives_the_message_that_was_sent(
    bot: Probe, platform: DiscordStandIn, room: Channel
) -> None:
    here = bot.room(room.id)
    first = await here.send("Einmal", nonce="z-1")
    again = await here.send("Einmal", nonce="z-1")
    other = await here.send("Einmal", nonce="z-2")
    assert first.id == again.id != other.id
    assert len(room.by_bot) == 2
    assert await refused(here.send("Zu lang", nonce="x" * 26)) == (400, 50035)


async def test_a_lost_answer_was_stored_and_the_nonce_tells(
    bot: Probe, platform: DiscordStandIn, room: Channel
) -> None:
    platform.lose_next("POST", MESSAGES)
    with pytest.raises(aiohttp.ClientError):
        await bot.room(room.id).send("Antwort", nonce="z-3")
    await bot.room(room.id).send("Antwort", nonce="z-3")
    assert [m.content for m in room.by_bot] == ["Antwort"]


async def test_a_429_is_waited_out_and_sent_once(bot: Probe, platform: DiscordStandIn, room: Channel) -> None:
    platform.fail_next("POST", MESSAGES, status=429, retry_after=0.2)
    started = asyncio.get_running_loop().time()
    await bot.room(room.id).send("Geduld")
    assert asyncio.get_running_loop().time() - started >= 0.2
    assert [call.status for call in platform.calls_to("POST", MESSAGES)] == [429, 200]
    assert len(room.by_bot) == 1


async def test_a_planned_failure_changes_nothing(bot: Probe, platform: DiscordStandIn, room: Channel) -> None:
    platform.fail_next("POST", MESSAGES, status=503)
    assert (await refused(bot.room(room.id).send("weg")))[0] == 503
    assert room.by_bot == []


async def test_budgets_when_switched_on(bot: Probe, platform: DiscordStandIn, room: Channel) -> None:
    platform.limit_rates()
    headers = {"Authorization": f"Bot {platform.token}"}
    url = f"{platform.url}/api/v10/channels/{room.id}/messages"
    async with aiohttp.ClientSession(headers=headers) as http:
        answers = [await http.post(url, json={"content": str(n)}) for n in range(6)]
    assert [a.status for a in answers] == [200] * 5 + [429]
    assert answers[4].headers["X-RateLimit-Remaining"] == "0"
    assert 0 < (await answers[5].json())["retry_after"] <= 5


async def test_uploads_arrive_and_large_ones_do_not(bot: Probe, anna: Person, room: Channel) -> None:
    here = bot.room(room.id)
    files = [discord.File(io.BytesIO(b"eins"), "eins.txt"), discord.File(io.BytesIO(b"zwei"), "zwei.png")]
    sent = await here.send("Anbei", files=files)
    assert [a.data for a in room.last.attachments] == [b"eins", b"zwei"]
    assert await sent.attachments[1].read() == b"zwei"
    kept = await sent.edit(attachments=[sent.attachments[0]])
    assert [a.filename for a in kept.attachments] == ["eins.txt"]
    assert await refused(here.send(file=discord.File(io.BytesIO(b"x" * 1001), "x"))) == (413, 40005)


async def test_history_pins_reactions_and_deletions(bot: Probe, anna: Person, room: Channel) -> None:
    here = bot.room(room.id)
    written = [anna.writes(str(n), room) for n in range(120)]
    after = [m.id async for m in here.history(after=discord.Object(written[9].id), limit=None)]
    assert after == [m.id for m in written[10:]]
    message = await here.fetch_message(written[0].id)
    await message.add_reaction("✅")
    assert await refused(message.add_reaction("x")) == (400, 10014)
    await message.pin()
    assert [m.id async for m in here.pins()] == [written[0].id]
    assert (await here.fetch_message(written[0].id)).reactions[0].me
    await here.delete_messages([discord.Object(m.id) for m in written[1:3]])
    anna.deletes(*written[3:6])
    assert isinstance((await bot.hears("raw_bulk_message_delete", 2))[0], discord.RawBulkMessageDeleteEvent)
    await message.delete()
    assert written[0].deleted
    assert [m.kind for m in room.messages if m.author.bot] == [6]


async def test_mentions_ping_as_far_as_allowed(bot: Probe, anna: Person, room: Channel) -> None:
    here = bot.room(room.id)
    loud = await here.send(f"<@{anna.id}>")
    quiet = await here.send(f"<@{anna.id}>", allowed_mentions=discord.AllowedMentions.none())
    assert [m.id for m in loud.mentions] == [anna.id]
    assert quiet.mentions == []
    theirs = await here.fetch_message(anna.writes("Frage", room).id)
    answer = await theirs.reply("Antwort")
    assert [m.id for m in answer.mentions] == [anna.id]
    anna.deletes(room.history[theirs.id])
    assert await refused(theirs.reply("zu spät")) == (400, 50035)
