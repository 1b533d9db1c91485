"""The care desk under test: real store, real workflows, a clock we turn, a channel we read, keywords for a model."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from app.catalogues import load_phrases
from desk.classifying import ClassifierUnavailable, TextToRead
from desk.conversation import Address, Button, Surface
from desk.errors import DeliveryError
from desk.inbound import (
    ButtonTapped,
    CommandGiven,
    InboundFile,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    Reacted,
    Receipt,
)
from desk.outbound import ChannelLimits, OutboundMessage, Ping
from desk.people import Author, Invitation, Locale, Responder, Role, TrustLevel
from desk.ports import ReceiveEvent
from desk.reading import IntentGuess, MessageLanguage, Reading, Sentiment, Urgency
from desk.store import Store
from desk.ticket import Lane, Ticket
from nlu.privacy import find_personal_data, mask
from nlu.signals import danger_in, signals
from routing.policy import Policy, parse_policy
from workflows.care_desk import CareDesk
from workflows.deliver import claim_deliveries, deliver
from workflows.known_incidents import KnownIncidents
from workflows.pacing import Pacer
from workflows.people_come import invite
from workflows.put_slices import put_slices
from workflows.receive_event import receive_event
from workflows.run_clock import run_due_clocks
from workflows.storm_board import NOTHING_HAPPENS, StormBoard
from workflows.triage import triage

ENGLISH = load_phrases(Locale.ENGLISH)
policy_of = cache(parse_policy)
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LIMITS = ChannelLimits(4096, 1024, per_second=1e6, per_chat_second=1e6, room_per_second=1e6, file_bytes=10_000_000)
STAFF_ROOM = "staff"

INTENTS = {
    "rauch": "safety_hazard",
    "paket": "delivery_problem",
    "parcel": "delivery_problem",
    "router": "technical_fault",
    "how": "how_to",
    "rechnung": "invoice",
    "anwalt": "legal_threat",
    "mensch": "human_please",
    "danke": "thanks",
    "hallo": "greeting",
    "blau": "how_to",
}
UNSURE = {
    "kaputt": (("technical_fault", 0.45), ("warranty", 0.3), ("returns", 0.2)),
    "broken": (("technical_fault", 0.45), ("warranty", 0.3), ("returns", 0.2)),
    "geld": (("refund", 0.5), ("payment_problem", 0.3), ("invoice", 0.1)),
    "money": (("refund", 0.5), ("payment_problem", 0.3), ("invoice", 0.1)),
    "unterwegs": (("delivery_status", 0.5), ("delivery_problem", 0.45)),
    "merci": (("thanks", 0.6), ("goodbye", 0.3)),
    "sonst": (("out_of_scope", 0.8), ("returns", 0.5), ("greeting", 0.2), ("refund", 0.1)),
}
"""Words that may mean one thing or another; a word of INTENTS beside them makes it clear."""


ANGRY = ("unverschämt", "outrageous")


class TurnedClock:
    """Stands still until a test turns it."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time


class KeywordClassifier:
    """Reads by keyword. `down` makes it unavailable, `language` is that of every message."""

    name = "keywords"
    down = False
    language: MessageLanguage | None = None

    async def read(self, messages: Sequence[TextToRead]) -> Sequence[Reading]:
        if self.down:
            raise ClassifierUnavailable("down")
        return [self._one(message) for message in messages]

    def _one(self, message: TextToRead) -> Reading:
        low = message.text.lower()
        clear = [intent for word, intent in INTENTS.items() if word in low] or ["out_of_scope"]
        guesses = next((guesses for word, guesses in UNSURE.items() if word in low), ())
        danger = danger_in(signals(low), clear[0])
        certain = clear[0] != "out_of_scope" or danger is not None
        if certain or not guesses:
            guesses = (("safety_hazard" if danger else clear[0], 0.95 if certain else 0.3),)
        intent = guesses[0][0]
        spans = find_personal_data(message.text)
        language = "en" if any(word in low.split() for word in ("my", "the", "how", "i")) else "de"
        return Reading(
            language=self.language or language,
            intent=intent,
            confidence=guesses[0][1],
            runners_up=tuple(IntentGuess(*guess) for guess in guesses[1:]),
            also=tuple(clear[1:]) if "außerdem" in low or "besides" in low else (),
            sentiment=Sentiment.NEGATIVE if any(word in low for word in ANGRY) else Sentiment.NEUTRAL,
            urgency=Urgency.URGENT if danger else Urgency.NORMAL,
            wants_human=intent == "human_please",
            out_of_scope=intent == "out_of_scope",
            personal_data=spans,
            masked=mask(message.text, spans, language),
            engine="keywords",
            certain=certain,
            danger=danger,
        )


async def sense_by_words(texts: Sequence[str]) -> NDArray[np.float32]:
    """Texts with the same words point the same way: a stand-in for the encoder."""
    rows = [sum((_direction(word) for word in text.lower().split()), np.zeros(64, np.float32)) for text in texts]
    return np.stack([row / max(float(np.linalg.norm(row)), 1e-6) for row in rows])


def _direction(word: str) -> NDArray[np.float32]:
    return np.random.default_rng(zlib.crc32(word.encode())).standard_normal(64).astype(np.float32)


@dataclass
class Sent:
    """A message as its reader sees it now."""

    id: str
    to: Address
    text: str
    buttons: tuple[Button, ...]
    edited: bool = False
    deleted: bool = False
    pings: tuple[Ping, ...] = ()


@dataclass
class PaperChannel:
    """A channel that writes down what it is given. `fails` is raised by the next sends, one each."""

    name: str
    limits: ChannelLimits = LIMITS
    sent: list[Sent] = field(default_factory=list)
    fails: list[DeliveryError] = field(default_factory=list)
    threads: dict[str, str] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    may_hide: bool = True
    strangers: set[str] = field(default_factory=set)
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    async def listen(self, receive: ReceiveEvent) -> None:
        raise NotImplementedError

    async def send(self, to: Address, message: OutboundMessage) -> str:
        if self.fails:
            raise self.fails.pop(0)
        buttons = tuple(button for row in message.buttons for button in row)
        text = message.text or (f"<{message.attachment.name}>" if message.attachment else "")
        sent = Sent(f"{self.name}-{next(self.numbers)}", to, text, buttons, pings=message.pings)
        self.sent.append(sent)
        return sent.id

    async def edit(self, to: Address, external_id: str, message: OutboundMessage) -> None:
        sent = next(one for one in self.sent if one.id == external_id)
        sent.text, sent.edited = message.text, True
        sent.buttons = tuple(button for row in message.buttons for button in row)

    async def delete(self, to: Address, external_id: str) -> None:
        next(one for one in self.sent if one.id == external_id).deleted = True

    async def open_thread(self, room: Address, title: str) -> Address:
        thread = str(next(self.numbers))
        self.threads[thread] = title
        return Address(room.channel, room.chat, thread)

    async def close_thread(self, thread: Address) -> None:
        assert thread.thread is not None
        self.closed.append(thread.thread)

    async def private_chat(self, account: str) -> Address | None:
        return None if account in self.strangers else Address(self.name, account)

    async def hide(self, place: Address, external_id: str) -> bool:
        if self.may_hide:
            self.hidden.append(external_id)
        return self.may_hide

    async def fetch(self, source: str) -> AsyncIterator[bytes]:
        yield source.encode()

    async def close(self) -> None:
        return None


class NoFiles:
    """Attachments are another test's business."""

    async def store(self, chunks: AsyncIterator[bytes], *, limit: int) -> tuple[str, int]:
        size = sum([len(chunk) async for chunk in chunks])
        return "0" * 32, size

    async def open(self, key: str) -> AsyncIterator[bytes]:
        yield b""

    async def forget(self, key: str) -> None:
        return None


class Care:
    """Speaks for people and for time; `settle` lets the workers do all that waits now."""

    def __init__(self, store: Store, policy_text: str, playbook_text: str = NOTHING_HAPPENS) -> None:
        self.clock = TurnedClock()
        self.classifier = KeywordClassifier()
        self.chat = PaperChannel("telegram")
        self.policy: Policy = policy_of(policy_text, "policy.yml")
        self.pokes: list[tuple[str, str]] = []
        self._ids = itertools.count(1000)
        self.workers_sleep = False
        self.desk = CareDesk(
            store=store,
            classifier=self.classifier,
            phrases=ENGLISH,
            policy=lambda: self.policy,
            clock=self.clock,
            poke=lambda topic, detail="": self.pokes.append((topic, detail)),
            files=NoFiles(),
            limits={"telegram": LIMITS},
            staff_rooms=(Address("telegram", STAFF_ROOM),),
            brand="Zuruf",
            locale=Locale.ENGLISH,
            public_url="http://desk.test",
            find_personal_data=find_personal_data,
            known_incidents=KnownIncidents(sense_by_words),
            storms=StormBoard(playbook_text),
        )

    def unreviewed(self) -> None:
        """Answers of newcomers go out at once."""
        peer = self.policy.peer.model_copy(update={"review": False})
        self.policy = self.policy.model_copy(update={"peer": peer})

    def author(self, who: str, locale: Locale | None = None) -> Author:
        return Author("telegram", who, who.title(), locale)

    async def writes(
        self, who: str, text: str, *, chat: str | None = None, thread: str | None = None, message_id: str | None = None,
        reply_to: str | None = None, files: tuple[InboundFile, ...] = (), surface: Surface | None = None,
        unsupported: str | None = None, overheard: bool = False, root: str | None = None, calls_bot: bool = False,
    ) -> Receipt:  # fmt: skip
        place = chat or who
        receipt = await receive_event(
            self.desk,
            InboundMessage(
                channel="telegram",
                external_id=message_id or f"m{next(self._ids)}",
                address=Address("telegram", place, thread),
                surface=surface or (Surface.PRIVATE if place == who else Surface.PUBLIC),
                author=self.author(who),
                text=text,
                sent_at=self.clock.now(),
                files=files,
                reply_to=reply_to,
                unsupported=unsupported,
                overheard=overheard,
                thread_root=root,
                calls_bot=calls_bot,
            ),
        )
        await self.settle()
        return receipt

    async def reacts(self, who: str, message_id: str, *, chat: str, added: bool = True) -> Receipt:
        event = Reacted("telegram", Address("telegram", chat), self.author(who), message_id, added)
        receipt = await receive_event(self.desk, event)
        await self.settle()
        return receipt

    async def commands(
        self, who: str, name: str, argument: str = "", *, chat: str | None = None, thread: str | None = None
    ) -> Receipt:
        place = chat or who
        receipt = await receive_event(
            self.desk,
            CommandGiven(
                "telegram", f"c{next(self._ids)}", Address("telegram", place, thread),
                Surface.PRIVATE if place == who else Surface.PUBLIC, self.author(who), name, argument, self.clock.now(),
            ),
        )  # fmt: skip
        await self.settle()
        return receipt

    async def taps(self, who: str, label: str, *, chat: str | None = None, thread: str | None = None) -> Receipt:
        """Presses the newest button of that label in the chat."""
        place = chat or who
        shown = [one for one in self.chat.sent if one.to.chat == place and one.to.thread == thread and not one.deleted]
        fitting = [(button, one) for one in shown for button in one.buttons if label in button.label]
        buttons = [(button, one) for button, one in fitting if button.label == label] or fitting
        assert buttons, f"no button {label!r} for {who}:\n{self.transcript(place)}"
        button, under = buttons[-1]
        return await self.presses(who, button.action, chat=chat, thread=thread, under=under.id)

    async def presses(
        self, who: str, action: str, *, chat: str | None = None, thread: str | None = None, under: str | None = None
    ) -> Receipt:
        place = chat or who
        receipt = await receive_event(
            self.desk,
            ButtonTapped(
                "telegram", f"t{next(self._ids)}", Address("telegram", place, thread),
                Surface.PRIVATE if place == who else Surface.PUBLIC, self.author(who), action, under,
            ),
        )  # fmt: skip
        await self.settle()
        return receipt

    async def answers(
        self, who: str, text: str, *, asking_back: bool = False, message_id: str | None = None
    ) -> Receipt:
        """A volunteer answers the question they hold, to the end."""
        await self.writes(who, text, message_id=message_id)
        return await self.presses_newest(who, "askback" if asking_back else "send")

    async def presses_newest(self, who: str, verb: str, *, chat: str | None = None) -> Receipt:
        """Presses the newest button with this verb in the chat, in whatever language it is."""
        shown = [one for one in self.chat.sent if one.to.chat == (chat or who) and not one.deleted]
        fitting = [(button, one) for one in shown for button in one.buttons if button.action.startswith(f"{verb}:")]
        assert fitting, f"no button {verb!r} for {who}:\n{self.transcript(chat or who)}"
        button, under = fitting[-1]
        return await self.presses(who, button.action, chat=chat, thread=under.to.thread)

    async def edits(self, who: str, message_id: str, text: str) -> Receipt:
        event = MessageEdited(
            "telegram", message_id, Address("telegram", who), self.author(who), text, self.clock.now()
        )
        receipt = await receive_event(self.desk, event)
        await self.settle()
        return receipt

    async def deletes(self, who: str, message_id: str) -> Receipt:
        receipt = await receive_event(self.desk, MessageDeleted("telegram", message_id, Address("telegram", who)))
        await self.settle()
        return receipt

    async def joins(
        self,
        who: str,
        role: Role,
        *,
        topics: tuple[str, ...] = (),
        languages: tuple[Locale, ...] = (Locale.ENGLISH, Locale.GERMAN),
        trust: TrustLevel = TrustLevel.HELPER,
    ) -> Responder:
        code = await invite(self.desk, Invitation(role, who.title(), (), topics, languages, trust=trust))
        await self.commands(who, "start", code)
        async with self.desk.store.begin() as work:
            responder = await work.people.responder_of_account("telegram", who)
        assert responder is not None
        return responder

    async def pass_time(self, length: timedelta) -> None:
        """Turns the clock; whatever comes due on the way runs when it is due."""
        until = self.clock.time + length
        while (due := await self.desk.store.queues.next_due(now=self.clock.time)) is not None and due <= until:
            self.clock.time = max(due, self.clock.time + timedelta(milliseconds=1))
            await self.settle()
        self.clock.time = until
        await self.settle()

    async def settle(self) -> None:
        """Runs triage, clocks and delivery until nothing is left to do now."""
        if self.workers_sleep:
            return
        pacer = Pacer(LIMITS, self.clock.now().timestamp())
        for _round in range(60):
            busy = await triage(self.desk) + await run_due_clocks(self.desk) + await put_slices(self.desk)
            rows = await claim_deliveries(self.desk, self.chat, limit=50)
            for row in rows:
                await deliver(self.desk, self.chat, pacer, row)
            if not busy and not rows:
                return
        raise AssertionError("the desk does not come to rest")

    def seen_by(self, who: str, thread: str | None = None) -> list[str]:
        return [
            one.text for one in self.chat.sent if one.to.chat == who and one.to.thread == thread and not one.deleted
        ]

    def transcript(self, who: str) -> str:
        lines = []
        for one in self.chat.sent:
            if one.to.chat == who:
                buttons = " ".join(f"[{button.label}]" for button in one.buttons)
                lines.append(
                    f"{one.to.thread or ''} {'(deleted) ' if one.deleted else ''}{one.text}\n   {buttons}".rstrip()
                )
        return "\n".join(lines)

    async def ticket_of(self, who: str) -> Ticket:
        async with self.desk.store.begin() as work:
            where = await work.conversations.whereabouts(self.author(who), Address("telegram", who), who)
            assert where.conversation is not None
            ticket = await work.tickets.live(where.conversation.id)
            assert ticket is not None
            return ticket

    async def lane_of(self, who: str) -> Lane | None:
        return (await self.ticket_of(who)).lane

    @property
    def offered(self) -> set[str]:
        """Who has an offer with buttons now."""
        return {
            one.to.chat for one in self.chat.sent if any(button.action.startswith("take:") for button in one.buttons)
        }

    def thread_of(self, number: str) -> str:
        return next(thread for thread, title in reversed(self.chat.threads.items()) if title.startswith(number))
