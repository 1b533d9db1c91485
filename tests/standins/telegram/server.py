"""The Bot API's HTTP server in front of the platform.

A call takes effect in one step between reading it and answering it, so a bot killed at any moment has
either been heard or not. Everything survives a stop and a start on the same port.
"""

from __future__ import annotations

import asyncio
import inspect
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from .calls import Call, Calls
from .errors import ApiError
from .faults import Budgets, Faults
from .files import UPLOAD_BYTES
from .methods import METHODS
from .params import Params, read_request
from .platform import BotUser, Platform

UNAUTHORIZED = ApiError(401, "Unauthorized")
NOT_FOUND = ApiError(404, "Not Found")
NO_METHOD = ApiError(404, "Not Found: method not found")


class BotApiServer:
    """A Telegram of one bot. `privacy` is the bot's privacy mode in groups."""

    def __init__(self, token: str = "", username: str = "zuruf_bot", name: str = "Zuruf", privacy: bool = True) -> None:
        self.token = token or f"8000000001:{secrets.token_urlsafe(26)}"
        self.platform = Platform(BotUser(int(self.token.partition(":")[0]), username, name, privacy))
        self.platform.carry_out = self._carry_out
        self.calls = Calls()
        self.faults = Faults()
        self.budgets: Budgets | None = None
        self.upload_bytes = UPLOAD_BYTES
        self.failures: list[Exception] = []
        self.port = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def bot(self) -> BotUser:
        return self.platform.bot

    # --- running ---

    async def __aenter__(self) -> Self:
        await self.comes_up()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.platform.stop_webhook()
        await self.goes_down()
        if self.failures and error is None:
            raise ExceptionGroup("the stand-in itself failed", self.failures)

    async def comes_up(self) -> None:
        """Listens, on the port it had before if it had one."""
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def goes_down(self) -> None:
        """Nobody can reach the platform until it comes up again; nothing is forgotten."""
        runner, self._runner = self._runner, None
        if runner:
            await runner.cleanup()

    @asynccontextmanager
    async def outage(self) -> AsyncIterator[None]:
        await self.goes_down()
        try:
            yield
        finally:
            await self.comes_up()

    # --- HTTP ---

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if token != self.token:
            known_form = token.partition(":")[0].isdigit() and ":" in token
            raise UNAUTHORIZED if known_form else NOT_FOUND

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            params = await read_request(request, self.upload_bytes)
        except ApiError as error:
            return _refusal(error)
        name, _ = METHODS.get(request.match_info["method"].lower(), ("", None))
        call = Call(name or request.match_info["method"], params.values)
        self.calls.append(call)
        answering = self._settle(request, params, call)
        if call.method == "getUpdates":
            return await answering
        # what was read takes effect, even when the caller has died meanwhile
        return await asyncio.shield(answering)

    async def _settle(self, request: web.Request, params: Params, call: Call) -> web.StreamResponse:
        try:
            return await self._call(request, params, call)
        except ApiError as error:
            call.code, call.description = error.code, error.description
            return _refusal(error)
        except Exception as error:
            self.failures.append(error)
            raise

    async def _call(self, request: web.Request, params: Params, call: Call) -> web.StreamResponse:
        fault = self.faults.take(call)
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        result = None if fault and not fault.stored else await self._carry_out(call.method, params, call)
        if fault and fault.do:
            fault.do()
        if fault and fault.code == 0:
            return _drop(request)
        if fault and fault.body is not None:
            call.code = fault.code
            return web.Response(text=fault.body, status=fault.code, content_type="text/html")
        if fault and fault.code != 200:
            raise fault.error()
        call.code = 200
        return web.json_response({"ok": True, "result": result})

    async def _carry_out(self, method: str, params: Params, call: Call | None = None) -> Any:
        """Does what a call asks for, within the budgets."""
        _, carry_out = METHODS.get(method.lower(), ("", None))
        if carry_out is None:
            raise NO_METHOD
        if self.budgets:
            self.budgets.spend(call or Call(method, params.values))
        result = carry_out(self.platform, params)
        return await result if inspect.isawaitable(result) else result

    async def _serve_file(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request)
        except ApiError as error:
            return _refusal(error)
        file = self.platform.files.by_path.get(request.match_info["path"])
        if file is None:
            return _refusal(NOT_FOUND)
        return web.Response(body=file.data, content_type="application/octet-stream")


def _refusal(error: ApiError) -> web.Response:
    return web.json_response(error.json(), status=error.code)


def _drop(request: web.Request) -> web.Response:
    """Breaks the connection instead of answering."""
    if request.transport:
        request.transport.abort()
    return web.Response()
