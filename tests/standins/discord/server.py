"""The HTTP side: the REST API under /api/v10, the attachments, and the way to the gateway.

Every API request is noted as a `Call` first, then meets planned faults and rate budgets, then its
route. Bodies are JSON, or multipart with `payload_json` and `files[n]`. Answers carry
`Content-Type: application/json` with nothing after it, since discord.py takes anything else for text.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from . import refusals
from .drafts import Files
from .faults import Budgets, Faults, RateLimited
from .refusals import Refused
from .things import Json
from .world import World

API = "/api/v10"
OPEN_ROUTES = ("/gateway", "/interactions/", "/webhooks/")
MAJOR = ("channel_id", "guild_id", "webhook_id", "token")


@dataclass(eq=False)
class Call:
    """One request of the bot, as it came. `status` is 0 until answered, and for a lost answer."""

    method: str
    path: str
    template: str
    query: dict[str, str]
    body: Json = field(default_factory=dict)
    files: Files = field(default_factory=dict)
    status: int = 0


@dataclass(eq=False)
class Ask:
    """What a route gets: the ids of its path, the body and the query; and the world."""

    world: World
    call: Call
    ids: dict[str, str]
    signed_in: bool

    def id(self, name: str) -> int:
        try:
            return int(self.ids[name])
        except ValueError:
            text = f'Value "{self.ids[name]}" is not snowflake.'
            raise refusals.invalid(name, "NUMBER_TYPE_COERCE", text) from None

    @property
    def body(self) -> Json:
        return self.call.body

    @property
    def query(self) -> dict[str, str]:
        return self.call.query


@dataclass(frozen=True)
class Created:
    """An answer with status 201."""

    value: Any


Route = tuple[str, str, Callable[[Ask], Any]]


class Server:
    def __init__(self, world: World, token: str, routes: list[Route]) -> None:
        self._world = world
        self._token = token
        self.calls: list[Call] = []
        self.crashes: list[Exception] = []
        self.faults = Faults()
        self.budgets = Budgets()
        self.app = web.Application(client_max_size=64 * 1024 * 1024)
        for method, template, act in routes:
            self.app.router.add_route(method, API + template, self._handler(template, act))
        self.app.router.add_get("/attachments/{channel_id}/{attachment_id}/{filename}", self._attachment)
        self.app.router.add_route("*", API + "/{rest:.*}", self._handler("", nothing_there))
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.1)

    async def start(self) -> str:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    def _handler(self, template: str, act: Callable[[Ask], Any]) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            path = request.path.removeprefix(API)
            call = Call(request.method, path, template, dict(request.query))
            self.calls.append(call)
            fault = self.faults.take(call.method, path)
            if fault and fault.delay_seconds:
                await asyncio.sleep(fault.delay_seconds)
            extra: dict[str, str] = {}
            try:
                await read_body(request, call)
                extra = self.budgets.spend(call.method, budget_of(call), major(request))
                if fault and not fault.lost and not fault.delay_seconds:
                    raise fault.refusal()
                value = act(Ask(self._world, call, dict(request.match_info), self._check_token(request)))
                response = answer(value, extra)
            except Refused as refused:
                response = refusal(refused, extra)
            except Exception as error:  # a 5xx would send discord.py into minutes of back-off
                self.crashes.append(error)
                response = in_json(400, {"code": 0, "message": f"stand-in: {error!r}"}, extra)
            if fault and fault.lost and request.transport is not None:
                request.transport.abort()
            else:
                call.status = response.status
            self._world.stir()
            return response

        return handle

    def _check_token(self, request: web.Request) -> bool:
        signed_in = request.headers.get("Authorization") == f"Bot {self._token}"
        path = request.path.removeprefix(API)
        if not signed_in and not path.startswith(OPEN_ROUTES):
            raise refusals.unauthorized()
        return signed_in

    async def _attachment(self, request: web.Request) -> web.Response:
        """Files need no token, but their links expire."""
        found = self._world.attachments.get(int(request.match_info["attachment_id"]))
        expired = request.query.get("ex") != f"{self._world.link_age:x}"
        if found is None or expired:
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=found.data, content_type=found.content_type)


async def read_body(request: web.Request, call: Call) -> None:
    try:
        if request.content_type == "multipart/form-data":
            await read_parts(request, call)
        elif text := await request.text():
            call.body = json.loads(text)
        if not isinstance(call.body, dict) and not call.template.endswith("/commands"):
            raise ValueError("not an object")
    except ValueError:
        raise Refused(400, 50109, "The request body contains invalid JSON.") from None


async def read_parts(request: web.Request, call: Call) -> None:
    async for part in await request.multipart():
        name, data = getattr(part, "name", None) or "", bytes(await part.read())  # type: ignore[union-attr]
        if name == "payload_json":
            call.body = json.loads(data)
        else:
            call.files[name] = (getattr(part, "filename", None) or "file", data)


def budget_of(call: Call) -> str:
    """Renaming a channel or thread has a budget of its own, and a small one."""
    renames = call.template == "/channels/{channel_id}" and {"name", "topic"} & call.body.keys()
    return f"{call.template} name" if renames else call.template


def major(request: web.Request) -> str:
    return "+".join(request.match_info[name] for name in MAJOR if name in request.match_info)


def answer(value: Any, extra: dict[str, str]) -> web.Response:
    if value is None:
        return web.Response(status=204, headers=extra)
    status, value = (201, value.value) if isinstance(value, Created) else (200, value)
    return in_json(status, value, extra)


def refusal(refused: Refused, extra: dict[str, str]) -> web.Response:
    if isinstance(refused, RateLimited):
        extra = extra | {
            "Retry-After": str(max(1, round(refused.retry_after))),
            "X-RateLimit-Limit": "5",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset-After": f"{refused.retry_after:.3f}",
            "X-RateLimit-Scope": "global" if refused.everywhere else "user",
        }
        if refused.everywhere:
            extra["X-RateLimit-Global"] = "true"
    return in_json(refused.status, refused.body(), extra)


def in_json(status: int, value: Any, extra: dict[str, str]) -> web.Response:
    headers = extra | {"Content-Type": "application/json", "Via": "1.1 google"}
    return web.Response(status=status, body=json.dumps(value).encode(), headers=headers)


def nothing_there(ask: Ask) -> None:
    raise Refused(404, 0, "404: Not Found")
