"""Anybody joins by themselves, on Telegram and on Discord: buttons, words, a restart between, leaving."""

from __future__ import annotations

import json
from zlib import crc32

import pytest

from tests.acceptance.conftest import TownMaker
from tests.acceptance.heard import PATIENCE, Heard, having
from tests.acceptance.seats import DiscordSeat, TelegramSeat
from tests.acceptance.test_volunteers import became
from tests.acceptance.town import Platform, Town, fresh, language_of, rows

Seat = TelegramSeat | DiscordSeat


async def writes(seat: Seat, words: str) -> None:
    """A command, as people give it there."""
    if isinstance(seat, DiscordSeat) and " " not in words:
        world = seat.channel.world
        await world.until(lambda: world.commands.get(None), PATIENCE, "no slash commands")
        reply = await seat.commands(words.removeprefix("/"))
        assert not reply.failed
    else:
        await seat.says(words)


async def taps(seat: Seat, form: Heard, data: str) -> None:
    """A button of the form, by its whole action."""
    if isinstance(seat, TelegramSeat):
        await seat.account.taps(form.raw, data=data)
    else:
        assert not (await seat.account.taps(form.raw, data)).failed


@pytest.mark.parametrize("platform", ["telegram", "discord"])
async def test_somebody_applies_by_buttons_changes_settings_and_leaves(town: Town, platform: Platform) -> None:
    name = fresh("Vroni")
    vroni: Seat = town.telegram_person(name) if platform == "telegram" else town.discord_person(name)
    await writes(vroni, "/volunteer")
    form = await vroni.hears(lambda heard: any("volunteer.show:7" in one for one in all_actions(heard)))
    assert language_of(form.text) == "de"
    await taps(vroni, form, "volunteer.show:1")
    form = await became(vroni, form, lambda heard: "Produktentwicklung" in heard.text)
    await taps(vroni, form, f"volunteer.topic:{crc32(b'research')}")
    form = await became(vroni, form, lambda heard: any("✅" in label for label in heard.labels))
    await vroni.says("/volunteer Mo-So 0-24")
    form = await vroni.hears(lambda heard: "Produktentwicklung" in heard.text and "immer" in heard.text, after=form)
    await taps(vroni, form, "volunteer.show:7")
    form = await became(vroni, form, lambda heard: "Wie wir helfen" in heard.text)
    await taps(vroni, form, "volunteer.apply:0")
    await became(vroni, form, lambda heard: "Deine Einstellungen" in heard.text)
    await writes(vroni, "/leave")
    asked = await vroni.hears(lambda heard: any("leave.now" in one for one in all_actions(heard)))
    await taps(vroni, asked, next(one for one in all_actions(asked) if one.startswith("leave.now")))
    farewell = await vroni.hears("/volunteer/data/", after=asked)
    path = "/volunteer/data/" + farewell.text.split("/volunteer/data/")[1].split()[0].strip("<>)")
    status, page = await town.page(path)
    assert status == 200
    assert "7" in page
    async with town.http.post(f"{town.app.url}{path}") as answer:
        taken = json.loads(await answer.text())
    assert taken["name"] == name
    assert taken["topics"] == ["research"]
    left = await rows(str(town.app.settings["database_url"]), "select from responder where name = $1", name)
    assert not left


def all_actions(heard: Heard) -> list[str]:
    """The whole actions of its buttons."""
    return list(heard.buttons.values())


async def test_a_form_goes_on_after_a_restart(make_town: TownMaker) -> None:
    async with make_town() as town:
        await town.app.starts()
        await town.until_connected()
        vroni = town.telegram_person("Vroni", "en")
        await vroni.says("/volunteer")
        form = await vroni.hears(having("volunteer.show"))
        await town.app.stops()
        await town.app.starts()
        await town.until_connected()
        await taps(vroni, form, "volunteer.show:1")
        await became(vroni, form, lambda heard: "Research and development" in heard.text)
