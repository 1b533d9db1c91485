"""Telegram by webhook: the secret, hostile bodies, 200 only after the commit, repetition otherwise."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bots.telegram_bot import TelegramChannel
from desk.errors import InputRejected, StorageUnavailable
from desk.inbound import InboundMessage
from tests.contract.channels.desk import Desk
from tests.contract.channels.telegram_live import made
from tests.standins.telegram import Person, TelegramStandIn

SECRET = {"X-Telegram-Bot-Api-Secret-Token": "s3cret-_"}
UPDATE_PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["message", "chat", "id", "from", "text", "date", "type", "entities", "callback_query", "data"]
            )
            | st.text(max_size=4),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


class WebApp:
    """The web app's route, which is the lead's in the end: hands each POST to the channel."""

    def __init__(self) -> None:
        self.channel: TelegramChannel | None = None
        self.statuses: list[int] = []

    async def post(self, request: web.Request) -> web.Response:
        assert self.channel is not None
        status = await self.channel.webhook(request.headers, await request.read())
        self.statuses.append(status)
        return web.Response(status=status)


@pytest.fixture
async def app() -> WebApp:
    return WebApp()


@pytest.fixture
async def hooked(telegram: TelegramStandIn, desk: Desk, app: WebApp) -> AsyncIterator[TelegramChannel]:
    """A channel whose webhook is set, with a web server in front of it."""
    server = web.Application()
    server.router.add_post("/webhooks/telegram", app.post)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    channel = app.channel = made(telegram, mode="webhook", webhook_secret="s3cret-_", public_url=url)
    task = asyncio.create_task(channel.listen(desk.receive))
    await telegram.until(lambda: telegram.platform.webhook is not None and channel.health == "connected", "webhook")
    yield channel
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await runner.cleanup()
    await channel.close()


async def test_messages_arrive_in_order(
    telegram: TelegramStandIn, hooked: TelegramChannel, desk: Desk, anna: Person
) -> None:
    for number in range(20):
        anna.writes(f"Nachricht {number}")
    await telegram.caught_up()
    assert desk.texts == [f"Nachricht {number}" for number in range(20)]


async def test_what_is_not_committed_is_sent_again(
    telegram: TelegramStandIn, hooked: TelegramChannel, desk: Desk, app: WebApp, anna: Person
) -> None:
    desk.fail_next(StorageUnavailable("down"), times=2)
    desk.fail_next(KeyError("a bug"))
    desk.fail_next(InputRejected("no"))
    anna.writes("abgelehnt")
    anna.writes("eins")
    await desk.next(InboundMessage, "eins")
    await telegram.caught_up()
    assert app.statuses == [503, 503, 500, 200, 200]
    assert desk.texts == ["eins"]


async def test_nothing_is_acknowledged_while_nobody_listens(telegram: TelegramStandIn, desk: Desk) -> None:
    channel = made(telegram, mode="webhook", webhook_secret="s3cret-_", public_url="https://example.org")
    body = json.dumps({"update_id": 1}).encode()
    assert await channel.webhook(SECRET, body) == 503
    assert await channel.webhook(SECRET, body, desk.receive) == 200
    await channel.close()


async def test_a_channel_that_polls_has_no_webhook(channel: TelegramChannel) -> None:
    assert await channel.webhook(SECRET, b"{}") == 404


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b'{"update_id": 1}', 401),
        ({"X-Telegram-Bot-Api-Secret-Token": ""}, b'{"update_id": 1}', 401),
        ({"X-Telegram-Bot-Api-Secret-Token": "s3cret-\udcff"}, b'{"update_id": 1}', 401),
        ({"X-Telegram-Bot-Api-Secret-Token": "s3cret"}, b"not even read", 401),
        ({"x-telegram-bot-api-secret-token": "s3cret-_"}, b'{"update_id": 1}', 200),
        (SECRET, b"", 400),
        (SECRET, b"\xff\xfe", 400),
        (SECRET, b"[1]", 400),
        (SECRET, b'"x"', 400),
        (SECRET, b'{"a":' * 100_000, 400),
        (SECRET, b"x" * (1024 * 1024 + 1), 413),
        (SECRET, b'{"update_id": "1", "message": 7}', 200),
    ],
)
async def test_hostile_requests_get_a_clear_status(
    hooked: TelegramChannel, desk: Desk, headers: dict[str, str], body: bytes, status: int
) -> None:
    assert await hooked.webhook(headers, body) == status
    assert desk.events == []


@settings(suppress_health_check=list(HealthCheck))
@given(raw=st.dictionaries(st.sampled_from(["update_id", "message", "edited_message", "callback_query"]), UPDATE_PARTS))
async def test_no_update_whatever_it_holds_is_an_error(
    hooked: TelegramChannel, desk: Desk, raw: dict[str, object]
) -> None:
    assert await hooked.webhook(SECRET, json.dumps(raw).encode()) == 200


async def test_polling_takes_over_from_a_webhook(
    telegram: TelegramStandIn, hooked: TelegramChannel, desk: Desk, anna: Person
) -> None:
    polling = made(telegram)
    task = asyncio.create_task(polling.listen(desk.receive))
    await telegram.until(lambda: telegram.is_polled, "the first poll")
    anna.writes("hier lang")
    await desk.next(InboundMessage, "hier lang")
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await polling.close()
