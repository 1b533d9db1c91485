"""The web chat's JSON API: sessions, messages, buttons, verdicts. Each write is answered after its commit.

A `client_id` is the sender's own name for what they send: sent again, it changes nothing and gets the same answer, so
a page that lost the answer just tries again.
"""

from __future__ import annotations

import re
import secrets

from aiohttp import web

from bots.web_gate import Gate, Visitor
from bots.web_hub import Hub
from bots.web_problems import Problem
from bots.web_reading import action_of, choice_of, client_id_of, id_of, read_fields, text_of, wrong
from bots.web_shapes import talk_shape
from desk.conversation import MessageId, Surface
from desk.inbound import (
    ButtonTapped,
    CommandGiven,
    InboundFile,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    Receipt,
)
from desk.people import Locale
from desk.phrases import marked as _
from desk.ports import ReceiveEvent
from workflows.care_desk import CareDesk, Topic
from workflows.web_talk import (
    PAGE_SIZE,
    WEB,
    choose_language,
    live_ticket,
    message_known_as,
    own_message,
    read_talk,
)

COMMAND = re.compile(r"/([a-z]{1,32})(?:\s+(.*))?", re.DOTALL)
OBEYED = frozenset({"start", "help", "language", "ask", "human", "solved", "unsolved", "thanks", "undo"})
ELSEWHERE = frozenset({"join", "console"})


class TalkApi:
    """Handlers of the JSON API."""

    def __init__(self, desk: CareDesk, receive: ReceiveEvent, gate: Gate, hub: Hub) -> None:
        self._desk = desk
        self._receive = receive
        self._gate = gate
        self._hub = hub

    async def open_session(self, request: web.Request) -> web.Response:
        """POST /chat/api/sessions"""
        chat, token = self._gate.opens(request)
        return web.json_response({"token": token, "conversation": chat}, status=201)

    async def list_messages(self, request: web.Request) -> web.Response:
        """GET /chat/api/messages?after=ID&limit=N"""
        visitor = self._gate.reads(request)
        after = id_of(request.query.get("after"), "after", default=0)
        limit = id_of(request.query.get("limit"), "limit", default=PAGE_SIZE)
        talk = await read_talk(self._desk, visitor.chat, after=after, limit=min(max(limit, 1), PAGE_SIZE))
        return web.json_response(talk_shape(talk, visitor.chat))

    async def post_message(self, request: web.Request) -> web.Response:
        """POST /chat/api/messages {"text", "client_id"}"""
        visitor = self._gate.writes(request)
        fields = await read_fields(request)
        client_id = client_id_of(fields.get("client_id"))
        return await self.take_in(visitor, text_of(fields), client_id)

    async def take_in(
        self, visitor: Visitor, text: str, client_id: str, files: tuple[InboundFile, ...] = ()
    ) -> web.Response:
        """Commits what somebody said. 202 the first time, 200 when it was said before."""
        external_id = f"{visitor.chat}:{client_id}"
        receipt = await self._receive(self._said(visitor, text, external_id, files))
        message_id: MessageId | None = receipt.message_id
        if message_id is None:
            message_id = await message_known_as(self._desk, external_id)
        self._tell(visitor.chat)
        return web.json_response({"id": message_id}, status=200 if receipt.duplicate else 202)

    def _said(
        self, visitor: Visitor, text: str, external_id: str, files: tuple[InboundFile, ...]
    ) -> InboundMessage | CommandGiven:
        """A command that contacts may give, else a message. Raises Problem for commands that need another place."""
        match = COMMAND.fullmatch(text)
        name, argument = (match[1], (match[2] or "").strip()) if match else ("", "")
        if name in ELSEWHERE or (name == "start" and argument):
            raise Problem(422, _("That does not work in this chat. Please open the link you were given."))
        now = self._desk.clock.now()
        if name in OBEYED and not files:
            return CommandGiven(
                WEB, external_id, visitor.address, Surface.PRIVATE, visitor.author, name, argument, sent_at=now
            )
        return InboundMessage(
            WEB, external_id, visitor.address, Surface.PRIVATE, visitor.author, text, sent_at=now, files=files
        )

    async def edit_message(self, request: web.Request) -> web.Response:
        """PATCH /chat/api/messages/{id} {"text"}"""
        visitor = self._gate.writes(request)
        text = text_of(await read_fields(request))
        message = await own_message(self._desk, visitor.chat, id_of(request.match_info["id"]))
        if message.external_id is None or message.ticket_id is None:
            raise Problem(409, _("This message cannot be changed."))
        now = self._desk.clock.now()
        await self._receive(MessageEdited(WEB, message.external_id, visitor.address, visitor.author, text, now))
        self._tell(visitor.chat)
        return web.json_response({"id": message.id})

    async def delete_message(self, request: web.Request) -> web.Response:
        """DELETE /chat/api/messages/{id}"""
        visitor = self._gate.writes(request)
        message = await own_message(self._desk, visitor.chat, id_of(request.match_info["id"]))
        if message.external_id is None:
            raise Problem(409, _("This message cannot be changed."))
        await self._receive(MessageDeleted(WEB, message.external_id, visitor.address))
        self._tell(visitor.chat)
        return web.Response(status=204)

    async def tap(self, request: web.Request) -> web.Response:
        """POST /chat/api/taps {"action", "client_id"}"""
        visitor = self._gate.writes(request)
        fields = await read_fields(request)
        receipt = await self._tap(visitor, action_of(fields), client_id_of(fields.get("client_id")))
        return web.json_response({"notice": receipt.notice, "alert": receipt.alert})

    async def give_verdict(self, request: web.Request) -> web.Response:
        """POST /chat/api/verdict {"solved": true|false, "csat": 1..5}; either may be missing, not both."""
        visitor = self._gate.writes(request)
        fields = await read_fields(request)
        solved, csat = choice_of(fields, "solved", bool), choice_of(fields, "csat", int)
        if csat is not None and not 1 <= csat <= 5:
            raise wrong("csat")
        if solved is None and csat is None:
            raise wrong("solved")
        ticket = await live_ticket(self._desk, visitor.chat)
        actions = [] if solved is None else [f"{'solved' if solved else 'unsolved'}:{ticket.id}"]
        actions += [] if csat is None else [f"rate:{ticket.id}:{csat}"]
        receipt = Receipt()
        for action in actions:
            receipt = await self._tap(visitor, action, secrets.token_urlsafe(12))
            if receipt.alert:
                raise Problem(409, _("That is not possible any more: the question has moved on."))
        return web.json_response({"notice": receipt.notice, "ticket": ticket.number})

    async def choose_language(self, request: web.Request) -> web.Response:
        """PUT /chat/api/language {"locale"}"""
        visitor = self._gate.writes(request)
        locale = choice_of(await read_fields(request), "locale", str)
        if locale not in set(Locale):
            raise wrong("locale")
        await choose_language(self._desk, visitor.chat, Locale(locale))
        return web.Response(status=204)

    async def _tap(self, visitor: Visitor, action: str, client_id: str) -> Receipt:
        external_id = f"{visitor.chat}:tap:{client_id}"
        receipt = await self._receive(
            ButtonTapped(WEB, external_id, visitor.address, Surface.PRIVATE, visitor.author, action)
        )
        self._tell(visitor.chat)
        return receipt

    def _tell(self, chat: str) -> None:
        """The contact's other pages show it too."""
        self._hub.wake(chat)
        self._desk.poke(Topic.CONVERSATION, f"{WEB} {chat}")
