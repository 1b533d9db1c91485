"""A whole desk behind the web chat: the real store, real workflows, the real HTTP server; only the reading is made up.

`Visitor` is a contact's app: it speaks the public API as anybody's would.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from app.file_storage import FolderFiles
from bots.web_bot import WebChannel
from bots.web_chat import WebChat
from db.store import PostgresStore
from desk.classifying import TextToRead
from desk.conversation import AuthorKind, Conversation, Direction
from desk.people import Account, Invitation, Locale, Responder, Role
from desk.reading import Reading
from desk.store import NewMessage, Work
from desk.ticket import Ticket
from nlu.privacy import find_personal_data
from routing.policy import parse_policy
from tests.contract.channels.driver import English
from workflows.care_desk import CareDesk
from workflows.change_ticket import claim_ticket
from workflows.deliver import claim_deliveries, deliver
from workflows.pacing import Pacer
from workflows.receive_event import receive_event
from workflows.staff_writes import add_note, reply_to_contact
from workflows.triage import triage
from workflows.voice import speaking

POLICY = Path(__file__).parents[3] / "routing" / "policy.yml"
KEY = b"a key that only tests know, 32 b"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


class Pokes:
    """Port Poke and its subscriptions, as the notifier of one process."""

    def __init__(self) -> None:
        self._queues: list[tuple[str, asyncio.Queue[str]]] = []

    def __call__(self, topic: str, detail: str = "") -> None:
        for wanted, queue in self._queues:
            if wanted == topic:
                queue.put_nowait(detail)

    async def subscribe(self, topic: str) -> AsyncIterator[str]:
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._queues.append((topic, queue))
        while True:
            yield await queue.get()


class Clock:
    """Port Clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Reader:
    """Port Classifier: everything is a question for staff, in German."""

    name = "made-up"

    async def read(self, messages: Sequence[TextToRead]) -> Sequence[Reading]:
        return [
            Reading(language="de", intent="invoice", confidence=0.95, masked=one.text, engine="made-up")
            for one in messages
        ]


class Care:
    """The desk, its server, and what staff do."""

    def __init__(self, store: PostgresStore, folder: Path, locale: Locale = Locale.ENGLISH) -> None:
        self.pokes = Pokes()
        self.channel = WebChannel(self.pokes)
        policy = parse_policy(POLICY.read_text(encoding="utf-8"), "policy.yml")
        self.desk = CareDesk(
            store=store,
            classifier=Reader(),
            phrases=English(),
            policy=lambda: policy,
            clock=Clock(),
            poke=self.pokes,
            files=FolderFiles(folder),
            limits={"web": self.channel.limits},
            staff_rooms=(),
            brand="Brand & <Co>",
            locale=locale,
            public_url="http://127.0.0.1",
            find_personal_data=find_personal_data,
        )
        self.folder = folder
        self.url = ""

    @asynccontextmanager
    async def served(self, **options: Any) -> AsyncIterator[WebChat]:
        """The real server on a loopback port."""
        options.setdefault("subscribe", self.pokes.subscribe)
        options.setdefault("receive", partial(receive_event, self.desk))
        chat = WebChat(self.desk, secret_key=KEY, **options)
        application = web.Application()
        chat.setup(application)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield chat
        finally:
            await runner.cleanup()

    async def works(self) -> None:
        """Workers read and deliver until nothing is left to do."""
        pacer = Pacer(self.channel.limits, self.desk.clock.now().timestamp())
        while True:
            read = await triage(self.desk)
            rows = await claim_deliveries(self.desk, self.channel, limit=50)
            for row in rows:
                await deliver(self.desk, self.channel, pacer, row)
            if not read and not rows:
                return

    async def responder(self, name: str, role: Role = Role.AGENT) -> Responder:
        """Somebody who answers."""
        async with self.desk.store.begin() as work:
            invited = Invitation(role, name, languages=(Locale.GERMAN, Locale.ENGLISH))
            made = await work.people.add_responder(invited, name=name, now=self.desk.clock.now())
            await work.people.add_account(Account(made.id, "console", name, None), now=self.desk.clock.now())
            return made

    async def ticket(self, work: Work, visitor: Visitor) -> Ticket:
        """The visitor's live ticket."""
        conversation = await work.conversations.by_key("web", visitor.chat)
        assert conversation is not None
        found = await work.tickets.live(conversation.id)
        assert found is not None
        return found

    async def answers(self, visitor: Visitor, text: str, name: str = "Ana") -> None:
        """An agent answers on the console."""
        async with self.desk.store.begin() as work:
            agent = await work.people.responder_named(name)
        agent = agent or await self.responder(name)
        async with speaking(self.desk) as voice:
            ticket = await self.ticket(voice.work, visitor)
            await reply_to_contact(voice, agent, ticket.id, text)

    async def claims(self, visitor: Visitor, name: str = "Ana") -> None:
        """An agent takes the ticket."""
        agent = await self.responder(name)
        async with speaking(self.desk) as voice:
            ticket = await self.ticket(voice.work, visitor)
            await claim_ticket(voice, agent, ticket.id)

    async def notes(self, visitor: Visitor, text: str, name: str = "Ana") -> None:
        """An agent writes a note."""
        agent = await self.responder(name)
        async with speaking(self.desk) as voice:
            ticket = await self.ticket(voice.work, visitor)
            await add_note(voice, agent, ticket.id, text)

    async def fills(self, visitor: Visitor, count: int, text: str = "Nachricht") -> None:
        """Many messages of the bot."""
        async with self.desk.store.begin() as work:
            conversation = await work.conversations.by_key("web", visitor.chat)
            assert conversation is not None
            for number in range(count):
                await self.says_silently(work, conversation, None, f"{text} {number}")

    async def says_silently(self, work: Work, conversation: Conversation, ticket: Ticket | None, text: str) -> None:
        """The bot's word is stored, and nobody is poked."""
        await work.messages.add(
            NewMessage(
                conversation_id=conversation.id,
                ticket_id=ticket.id if ticket else None,
                direction=Direction.OUTBOUND,
                author=AuthorKind.BOT,
                body=text,
                channel="web",
                created_at=self.desk.clock.now(),
            )
        )


class Visitor:
    """A contact's app."""

    def __init__(self, care: Care, http: aiohttp.ClientSession) -> None:
        self.care, self.http = care, http
        self.token = self.chat = ""

    async def arrives(self) -> Visitor:
        async with self.http.post(f"{self.care.url}/chat/api/sessions") as answer:
            assert answer.status == 201
            opened = await answer.json()
        self.token, self.chat = opened["token"], opened["conversation"]
        return self

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept-Language": "en"}

    async def call(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, Any]:
        """Status and JSON (or text) of an answer."""
        options.setdefault("headers", self.headers)
        if body is not None:
            options["json"] = body
        async with self.http.request(method, f"{self.care.url}/chat/api/{path}", **options) as answer:
            text = await answer.text()
            if answer.status >= 400:
                assert answer.content_type == "application/problem+json", text
                assert json.loads(text)["status"] == answer.status
            return answer.status, json.loads(text) if text else None

    async def says(self, text: str, client_id: str | None = None) -> int:
        """Its message's id."""
        status, body = await self.call("POST", "messages", {"text": text, "client_id": client_id})
        assert status in (200, 202), body
        return int(body["id"])

    async def reads(self, after: int = 0) -> list[dict[str, Any]]:
        status, body = await self.call("GET", f"messages?after={after}")
        assert status == 200
        return list(body["messages"])

    async def uploads(self, *files: tuple[str, bytes], text: str = "", client_id: str = "u1") -> tuple[int, Any]:
        form = aiohttp.FormData()
        form.add_field("text", text)
        for name, data in files:
            form.add_field("file", data, filename=name, content_type="application/octet-stream")
        form.add_field("client_id", client_id)
        return await self.call("POST", "files", data=form)

    @asynccontextmanager
    async def events(self, last_id: int | None = None) -> AsyncIterator[Events]:
        headers = self.headers | ({} if last_id is None else {"Last-Event-ID": str(last_id)})
        async with self.http.get(f"{self.care.url}/chat/api/events", headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            assert answer.content_type == "text/event-stream"
            yield Events(answer)


class Events:
    """The stream as a client reads it."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def next(self, seconds: float = 5) -> tuple[str, dict[str, Any], int | None]:
        """Kind, data and id of the next event."""
        fields: dict[str, str] = {}
        async with asyncio.timeout(seconds):
            while True:
                line = (await self._answer.content.readline()).decode()
                assert line, "the stream ended"
                name, _, value = line.rstrip("\r\n").partition(": ")
                if name:
                    fields[name] = value
                elif "data" in fields:
                    known = fields.get("id")
                    return fields["event"], json.loads(fields["data"]), None if known is None else int(known)
                else:
                    fields = {}

    async def ends(self) -> bool:
        """True when the server has closed the stream."""
        with suppress(aiohttp.ClientError):
            while await self._answer.content.readline():
                pass
        return True

    async def until(self, kind: str, seconds: float = 5) -> dict[str, Any]:
        """The data of the next event of a kind."""
        async with asyncio.timeout(seconds):
            while True:
                found, data, _ = await self.next(seconds)
                if found == kind:
                    return data
