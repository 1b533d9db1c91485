"""A stand-in for a Rasa server: answers what a test wants, to show what the client makes of it. It may be restarted."""

from __future__ import annotations

import asyncio

from aiohttp import web


class RasaStandIn:
    """`answers` by path, as JSON or as bytes; each takes `seconds`. Counts the calls, and how many ran at once."""

    def __init__(self) -> None:
        self._runner: web.AppRunner | None = None
        self._port = 0
        self.seconds = 0.01
        self.answers: dict[str, object] = {
            "/version": {"version": "3.6.21"},
            "/status": {"model_id": "m1"},
            "/model/parse": {"intent_ranking": [{"name": "invoice", "confidence": 0.9}]},
        }
        self.status = 200
        self.calls = 0
        self.at_once = self.most_at_once = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Any path."""
        self.calls += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self.seconds)
        self.at_once -= 1
        said = self.answers[request.path]
        if isinstance(said, bytes):
            return web.Response(body=said, status=self.status)
        return web.json_response(said, status=self.status)

    @property
    def url(self) -> str:
        """Where it listens, once started."""
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Listens, on the same port as the last time."""
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self.answer)
        self._runner = web.AppRunner(application, shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Cuts off whoever is being answered."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
