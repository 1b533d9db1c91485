"""Telegram polled: acknowledged means committed; menus and settings."""

from __future__ import annotations

import asyncio

import pytest

from bots.telegram_bot import TelegramChannel
from desk.errors import (
    SettingsInvalid,
)
from desk.inbound import InboundEvent, InboundMessage
from tests.contract.channels.desk import Desk
from tests.contract.channels.telegram_live import made
from tests.standins.telegram import Chat, Person, TelegramStandIn


async def test_what_telegram_forgot_to_note_is_recognised(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person
) -> None:
    anna.writes("eins")
    anna.writes("zwei")
    await telegram.caught_up()
    telegram.redeliver_last(2)
    await telegram.caught_up()
    assert desk.texts == ["eins", "zwei"]
    assert channel.counts["duplicate"] == 2


async def test_nothing_is_acknowledged_before_it_is_committed(
    telegram: TelegramStandIn, desk: Desk, channel: TelegramChannel, anna: Person
) -> None:
    desk.gates["erst speichern"] = gate = asyncio.Event()
    anna.writes("erst speichern")
    await desk.tried()
    ben = telegram.person("Ben")
    ben.writes("ich bin schon da")
    await desk.next(InboundMessage, "schon da")
    assert len(telegram.pending) == 2
    gate.set()
    await telegram.caught_up()


async def test_one_poison_update_is_set_aside_once_others_get_through(
    telegram: TelegramStandIn, desk: Desk, channel: TelegramChannel, anna: Person
) -> None:
    receive, failing = desk.receive, [0]
    ben = telegram.person("Ben")
    anna.writes("gut")
    await telegram.caught_up()

    async def poisoned(event: InboundEvent) -> object:
        if isinstance(event, InboundMessage) and event.text == "gift":
            failing[0] += 1
            raise KeyError("a bug")
        return await receive(event)

    channel._intake._receive = poisoned  # type: ignore[union-attr, assignment]
    anna.writes("gift")
    await telegram.until(lambda: failing[0] > 14, "attempts")
    assert len(telegram.pending) == 1
    ben.writes("andere kommen durch")
    await telegram.caught_up(timeout=10)
    assert "andere kommen durch" in desk.texts


@pytest.mark.parametrize(("code", "retry_after"), [(409, None), (429, 1), (502, None), (0, None)])
async def test_polling_survives_refusals(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person, code: int, retry_after: int | None
) -> None:
    telegram.fail_next("getUpdates", code, retry_after=retry_after, times=2)
    anna.writes("eins")
    await desk.next(InboundMessage, "eins")
    anna.writes("zwei")
    await desk.next(InboundMessage, "zwei")
    await telegram.until(lambda: channel.health == "connected", "health")


async def test_a_batch_that_is_no_json_is_taken_one_by_one(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person
) -> None:
    nested: list[object] = []
    for _ in range(300):
        nested = [nested]
    anna.writes("davor")
    telegram.raw_update({"message": nested})
    telegram.raw_update({"unheard_of": {"text": "x"}})
    telegram.raw_update({})
    anna.writes("danach")
    await desk.next(InboundMessage, "danach")
    await telegram.caught_up()
    assert channel.counts["malformed"] + channel.counts["ignored"] == 3
    assert channel.health == "connected"


async def test_the_menus_offer_commands_by_place_and_language(
    telegram: TelegramStandIn, channel: TelegramChannel, staff: Chat
) -> None:
    await telegram.until(lambda: telegram.calls.counts["setMyCommands"] == 9, "menus")
    sets = telegram.platform.commands
    assert {language for _, language in sets} == {"", "de", "en"}
    names = {scope: {each["command"] for each in commands} for (scope, _), commands in sets.items()}
    private = next(found for scope, found in names.items() if "private" in scope)
    assert {"start", "help", "human", "solved", "offers", "pause", "handback"} <= private
    assert "claim" not in private
    assert any("claim" in found for scope, found in names.items() if str(staff.id) in scope)


async def test_check_says_who_the_bot_is_or_what_is_wrong(
    telegram: TelegramStandIn, channel: TelegramChannel, group: Chat
) -> None:
    assert await channel.check() == "@zuruf_bot"
    for settings, named_setting in (
        ({"token": "1234:wrong"}, "TOKEN"),
        ({"staff_chat": str(group.id)}, "STAFF_CHAT"),
        ({"staff_chat": "-1009999"}, "STAFF_CHAT"),
    ):
        wrong = made(telegram, **settings)
        with pytest.raises(SettingsInvalid, match=f"ZURUF_TELEGRAM_{named_setting}"):
            await wrong.check()
        await wrong.close()


@pytest.mark.parametrize(
    "settings",
    [{"token": "no token"}, {"staff_chat": "@staff"}, {"mode": "webhook"}, {"mode": "webhook", "webhook_secret": "ä"}],
)
def test_settings_that_cannot_work_are_named_at_once(telegram: TelegramStandIn, settings: dict[str, str]) -> None:
    with pytest.raises(SettingsInvalid, match="ZURUF_"):
        made(telegram, **settings)
