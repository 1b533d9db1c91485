"""The web server: health, metrics, the webhook, the web chat and the console, in one aiohttp application."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import web

from app.metrics import Metrics
from desk.errors import StorageUnavailable
from desk.ports import ReceiveEvent
from workflows.care_desk import CareDesk

if TYPE_CHECKING:
    from bots.telegram_bot import TelegramChannel

LARGEST_BODY_BYTES = 25 * 1024 * 1024
WEBHOOK_BYTES = 1024 * 1024

log = logging.getLogger(__name__)


class Health:
    """Whether this process can do its work. `channels` tells each channel's state by name."""

    def __init__(self, desk: CareDesk, channels: Callable[[], dict[str, str]]) -> None:
        self._desk, self.channels = desk, channels
        self.ready = False

    async def live(self, request: web.Request) -> web.Response:
        """The process runs."""
        return web.json_response({"status": "alive"})

    async def state(self, request: web.Request) -> web.Response:
        """200 when questions can be taken: started, and the database answers. Channels are told, not judged."""
        database = await self._database()
        ready = self.ready and database == "reachable"
        body = {"status": "ready" if ready else "not ready", "database": database, "channels": self.channels()}
        return web.json_response(body, status=200 if ready else 503)

    async def _database(self) -> str:
        with suppress(StorageUnavailable, TimeoutError):
            async with asyncio.timeout(2):
                await self._desk.store.queues.depth()
            return "reachable"
        return "unreachable"


def health_routes(health: Health, metrics: Metrics, desk: CareDesk) -> list[web.RouteDef]:
    """`/health/live`, `/health/ready`, `/metrics`."""

    async def metrics_page(request: web.Request) -> web.Response:
        try:
            depth = await desk.store.queues.depth()
        except StorageUnavailable:
            depth = {}
        for name, state in health.channels().items():
            metrics.channel_up.labels(name).set(state == "connected")
        return web.Response(body=metrics.page(depth), content_type="text/plain", charset="utf-8")

    return [
        web.get("/health/live", health.live),
        web.get("/health/ready", health.state),
        web.get("/metrics", metrics_page),
    ]


def webhook_routes(telegram: TelegramChannel, commit: ReceiveEvent) -> list[web.RouteDef]:
    """`/webhooks/telegram`: answered only when the update is committed, by any process."""

    async def receive(request: web.Request) -> web.Response:
        if (request.content_length or 0) > WEBHOOK_BYTES:
            return web.Response(status=413)
        body = await request.content.read(WEBHOOK_BYTES + 1)
        while len(body) <= WEBHOOK_BYTES and not request.content.at_eof():
            body += await request.content.read(WEBHOOK_BYTES + 1 - len(body))
        if len(body) > WEBHOOK_BYTES:
            return web.Response(status=413)
        return web.Response(status=await telegram.webhook(request.headers, body, commit))

    return [web.post("/webhooks/telegram", receive)]


def make_application(routes: Sequence[web.AbstractRouteDef]) -> web.Application:
    """The application with all routes. The root leads to the chat."""
    application = web.Application(client_max_size=LARGEST_BODY_BYTES)

    async def root(request: web.Request) -> web.Response:
        raise web.HTTPFound("/chat")

    application.add_routes([web.get("/", root), *routes])
    return application


async def serve(application: web.Application, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Starts listening. Returns the runner, to be cleaned up, and the port. Raises OSError when it is taken."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=3.0)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    return runner, runner.addresses[0][1]
