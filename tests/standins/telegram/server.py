"""The stand-in itself: the HTTP server in front of the platform, and a test's handle on both.

    async with TelegramStandIn() as telegram:
        anna = telegram.person("Anna", language="de")
        anna.writes("Wo ist mein Paket?")
        answer = await anna.private_chat().wait_for("Paket")

It listens on a free loopback port; `url` goes into TelegramAPIServer.from_base and `token` into Bot. A call
takes effect in one step between reading it and answering it, so a bot killed at any moment has either been
heard or not.
"""

from __future__ import annotations

import asyncio
import inspect
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any

from aiohttp import web

from .calls import Call, Calls
from .chats import Chat
from .errors import ApiError
from .faults import Budgets, Fault, Faults
from .files import UPLOAD_BYTES
from .messages import StoredMessage
from .methods import METHODS
from .params import Params, read_request
from .people import Person
from .platform import BotUser, Platform
from .updates import Update

UNAUTHORIZED = ApiError(401, "Unauthorized")
NOT_FOUND = ApiError(404, "Not Found")
NO_METHOD = ApiError(404, "Not Found: method not found")


class TelegramStandIn:
    """A Telegram of one bot. `privacy` is the bot's privacy mode in groups."""

    def __init__(self, token: str = "", username: str = "zuruf_bot", name: str = "Zuruf", privacy: bool = True) -> None:
        self.token = token or f"8000000001:{secrets.token_urlsafe(26)}"
        self.platform = Platform(BotUser(int(self.token.partition(":")[0]), username, name, privacy))
        self.platform.carry_out = self._carry_out
        self.calls = Calls()
        self.faults = Faults()
        self.budgets: Budgets | None = None
        self.upload_bytes = UPLOAD_BYTES
        self.port = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def bot(self) -> BotUser:
        return self.platform.bot

    # --- running ---

    async def __aenter__(self) -> TelegramStandIn:
        await self.comes_up()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.platform.stop_webhook()
        await self.goes_down()

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

    # --- people and chats ---

    def person(self, name: str, last_name: str = "", username: str = "", language: str = "de") -> Person:
        return self.platform.add_person(name, last_name, username, language)

    def group(
        self, title: str, members: Sequence[Person] = (), bot_status: str = "member", supergroup: bool = False
    ) -> Chat:
        """A group with the bot in it ("left": without); the first member owns it."""
        kind = "supergroup" if supergroup else "group"
        return self.platform.add_group(title, list(members), kind, bot_status, forum=False)

    def forum(self, title: str, members: Sequence[Person] = (), bot_status: str = "administrator") -> Chat:
        return self.platform.add_group(title, list(members), "supergroup", bot_status, forum=True)

    def transcript(self, chat: Chat | None = None) -> str:
        """One chat, or all that were written in, as people read them."""
        chats = [chat] if chat else [each for each in self.platform.chats.values() if each.messages]
        return "\n".join(each.transcript() for each in chats)

    # --- trouble ---

    def fail_next(self, method: str = "*", code: int = 500, chat: Chat | None = None, **how: Any) -> Fault:
        """The next call is refused. `how`: retry_after, description, times, stored, delay, body (raw), do."""
        fault = Fault(method, code, chat_id=chat.id if chat else None, **how)
        self.faults.append(fault)
        return fault

    def drop_next(self, method: str = "*", stored: bool = False, **how: Any) -> Fault:
        """The next call's connection breaks; when `stored`, after it took effect. `do` runs just before."""
        return self.fail_next(method, 0, stored=stored, **how)

    def slow_next(self, method: str, seconds: float, **how: Any) -> Fault:
        return self.fail_next(method, 200, delay=seconds, stored=True, **how)

    def redeliver_last(self, count: int = 1) -> list[Update]:
        """Forgets that the last updates were acknowledged: they come again."""
        return self.platform.updates.redeliver(count)

    def raw_update(self, payload: dict[str, Any], lane: int = 0) -> Update:
        """Queues an update as it is, malformed or foreign; it gets an update_id unless it has one."""
        return self.platform.updates.put_raw(payload, lane)

    def expire_taps(self) -> None:
        """Every tap so far is too old to answer."""
        self.platform.taps.clear()

    @property
    def is_polled(self) -> bool:
        return self.platform.updates.is_polled

    @property
    def pending(self) -> list[Update]:
        """Updates the bot has not acknowledged."""
        return list(self.platform.updates.pending)

    async def until(self, look: Callable[[], object], what: str = "it", timeout: float = 5) -> None:
        """Waits until `look` is true, asking every few milliseconds. Seconds."""
        end = asyncio.get_running_loop().time() + timeout
        while not look():
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"waited {timeout} s for {what} in vain\n{self.transcript()}")
            await asyncio.sleep(0.005)

    async def caught_up(self, timeout: float = 5) -> None:
        """Waits until every update was acknowledged."""
        await self.until(lambda: not self.platform.updates.pending, "the acknowledgement", timeout)

    @property
    def messages(self) -> list[StoredMessage]:
        """The bot's standing messages in all chats."""
        return [message for chat in self.platform.chats.values() for message in chat.from_bot]

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
            return await self._call(request, params)
        except ApiError as error:
            return web.json_response(error.json(), status=error.code)

    async def _call(self, request: web.Request, params: Params) -> web.StreamResponse:
        name, _ = METHODS.get(request.match_info["method"].lower(), ("", None))
        call = Call(name or request.match_info["method"], params.values)
        self.calls.append(call)
        fault = self.faults.take(call)
        try:
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
        except ApiError as error:
            call.code, call.description = error.code, error.description
            raise
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
            return web.json_response(error.json(), status=error.code)
        file = self.platform.files.by_path.get(request.match_info["path"])
        if file is None:
            return web.json_response(NOT_FOUND.json(), status=404)
        return web.Response(body=file.data, content_type="application/octet-stream")


def _drop(request: web.Request) -> web.Response:
    """Breaks the connection instead of answering."""
    if request.transport:
        request.transport.abort()
    return web.Response()
