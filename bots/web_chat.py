"""The web chat over HTTP: the page, its API (docs in the handlers' modules) and its event stream, as one thing.

`WebChat(...).setup(app)` adds all routes and runs what wakes pages in every process. Anybody may call it: tokens are
checked, bodies bounded, every text escaped, requests rated per session and per address.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress

from aiohttp import web

from bots.web_api import TalkApi
from bots.web_events import EventStream
from bots.web_gate import Gate, remote_address
from bots.web_hub import Hub, Subscribe
from bots.web_limits import WebLimits
from bots.web_pages import Pages
from bots.web_problems import Handler, answered
from bots.web_sessions import Sessions
from bots.web_uploads import FileApi
from desk.ports import ReceiveEvent
from workflows.care_desk import CareDesk


class WebChat:
    """The web chat.

    `receive` commits events (workflows.receive_event, with the desk bound). `subscribe` gives the pokes about a topic
    from every process. `embed_origins`: sites that may frame the chat. `client_address`: whom a request comes from,
    for rate limits (behind a proxy of ours, who the proxy says).
    """

    def __init__(
        self,
        desk: CareDesk,
        receive: ReceiveEvent,
        *,
        secret_key: bytes,
        subscribe: Subscribe,
        embed_origins: Sequence[str] = (),
        limits: WebLimits = WebLimits(),  # noqa: B008 - frozen
        client_address: Callable[[web.Request], str] = remote_address,
    ) -> None:
        self._phrases = desk.phrases
        self._subscribe = subscribe
        self._gate = Gate(Sessions(secret_key), limits, desk.phrases, desk.locale, client_address)
        self.hub = Hub(limits)
        self._talk = TalkApi(desk, receive, self._gate, self.hub)
        self._files = FileApi(desk, self._gate, self._talk)
        self._events = EventStream(desk, self._gate, self.hub)
        self._pages = Pages(desk, self._gate, embed_origins)

    def routes(self) -> list[web.RouteDef]:
        """Every route of the web chat."""
        talk, files, pages = self._talk, self._files, self._pages
        table: list[tuple[str, str, Handler]] = [
            ("GET", "/chat", pages.chat),
            ("GET", "/chat/", pages.chat),
            ("GET", "/chat/embed.js", pages.embed),
            ("GET", "/chat/static/{version}/{name}", pages.static),
            ("POST", "/chat/api/sessions", talk.open_session),
            ("GET", "/chat/api/messages", talk.list_messages),
            ("POST", "/chat/api/messages", talk.post_message),
            ("PATCH", "/chat/api/messages/{id}", talk.edit_message),
            ("DELETE", "/chat/api/messages/{id}", talk.delete_message),
            ("POST", "/chat/api/taps", talk.tap),
            ("POST", "/chat/api/verdict", talk.give_verdict),
            ("PUT", "/chat/api/language", talk.choose_language),
            ("POST", "/chat/api/files", files.upload),
            ("GET", "/chat/api/attachments/{id}", files.download),
            ("GET", "/chat/api/events", self._events.stream),
        ]
        return [
            web.route(method, path, answered(handler, self._phrases, self._gate.locale_of))
            for method, path, handler in table
        ]

    def setup(self, app: web.Application) -> None:
        """Adds the routes; while the application runs, pages are woken, and sent away when it ends."""
        app.add_routes(self.routes())
        app.cleanup_ctx.append(self._running)
        app.on_shutdown.append(self._send_pages_away)

    async def _running(self, app: web.Application) -> AsyncIterator[None]:
        following = asyncio.create_task(self.hub.follow(self._subscribe), name="web chat pokes")
        yield
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following

    async def _send_pages_away(self, app: web.Application) -> None:
        self.hub.close()
