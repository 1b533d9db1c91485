"""Random people do random things to the care desk, and what must always hold is asked after each.

Every life is drawn from a seed, so that it can be lived again: a failure names its seed and prints what was done.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

from desk.asking import AskingState
from desk.conversation import Direction
from desk.errors import ContactUnreachable, DeliveryError, ThreadGone
from desk.people import Role, TrustLevel
from desk.store import TicketFilter, Work
from desk.ticket import Lane, Status, Ticket
from tests.integration.journeys.care import STAFF_ROOM, Care
from workflows.change_team import set_active
from workflows.refile_ticket import call_to_staff
from workflows.voice import speaking

CONTACTS = ("klara", "kurt")
VOLUNTEERS = ("vera", "viktor", "vroni")
AGENTS = ("agnes", "bodo")
SECRETS = ("0171 2345678", "klara@example.org", "DE89 3704 0044 0532 0130 00")
WORDS = (
    "Mein Paket ist weg", "Der Router blinkt", "Hallo", "Danke", "Meine Rechnung stimmt nicht", "ja, der rote",
    "Ich will einen Menschen", "Dann gehe ich zum Anwalt", "Aus dem Router kommt Rauch", "my parcel is gone",
    "Es ist kaputt", "Was gibt es sonst", "Ich bring mich um",
    f"Mein Paket fehlt, ruf an: {SECRETS[0]}", f"Mein Router: {SECRETS[1]}", f"Paket! IBAN {SECRETS[2]}",
)  # fmt: skip
COMMANDS = {
    "contact": ("human", "solved", "unsolved", "undo", "help", "language", "ask", "start", "nonsense"),
    "volunteer": ("offers", "pause", "handback", "staff", "undo", "help", "solved", "recall", "reviews"),
    "agent": ("claim", "release", "hold", "resume", "solve", "undo", "help", "nonsense", "block", "unblock"),
}
LURE = "030 7654321"
HURRIED = 0.35
SPANS = (timedelta(minutes=1), timedelta(minutes=4), timedelta(minutes=20), timedelta(hours=80), timedelta(days=5))


class RandomLife:
    """One desk, some people, one seed."""

    def __init__(self, care: Care, seed: int) -> None:
        self.care, self.random = care, random.Random(seed)
        self.done: list[str] = []
        self._ids = 0
        self._askers: set[str] = set()
        """Who has a question of their own: what staff write to them is theirs, volunteer or not."""
        self._told: dict[str, list[str]] = {}

    async def begin(self) -> None:
        for who in VOLUNTEERS:
            trust = TrustLevel.NEWCOMER if who == VOLUNTEERS[-1] else TrustLevel.EXPERT
            await self.care.joins(who, Role.VOLUNTEER, trust=trust)
        for who in AGENTS:
            await self.care.joins(who, Role.COORDINATOR)

    async def step(self) -> None:
        acts: list[tuple[int, Callable[[], Awaitable[None]]]] = [
            (6, self._contact_writes), (6, self._volunteer_writes), (6, self._agent_writes), (16, self._taps),
            (6, self._commands), (5, self._time), (3, self._edits), (3, self._deletes), (1, self._fails),
            (1, self._comes_or_goes), (1, self._called_to_staff),
        ]  # fmt: skip
        act = self.random.choices([act for _weight, act in acts], [weight for weight, _act in acts])[0]
        hurried = act != self._time and self.random.random() < HURRIED
        self.care.workers_sleep = hurried  # the next act comes before anything was read, run or delivered
        await act()
        if hurried:
            self._note("  (and at once)")
        else:
            await self.care.settle()
            await self.check()

    async def _contact_writes(self) -> None:
        who, text = self.random.choice(CONTACTS), self.random.choice(WORDS)
        self._note(f"{who} writes {text!r}")
        await self.care.writes(who, text, message_id=self._id(who), chat="fans" if self.random.random() < 0.2 else None)

    async def _volunteer_writes(self) -> None:
        who = self.random.choice(VOLUNTEERS)
        heard = [one.id for one in self.care.chat.sent if one.to.chat == who]
        reply_to = self.random.choice(heard) if heard and self.random.random() < 0.5 else None
        self._note(f"{who} answers, to {reply_to}")
        text = self.random.choice(("Schau mal unter dem Karton.", "Und warte kurz.", f"Ruf mich an: {LURE}"))
        await self.care.writes(who, text, message_id=self._id(who), reply_to=reply_to)

    async def _agent_writes(self) -> None:
        if self.care.chat.threads:
            who, thread = self.random.choice(AGENTS + VOLUNTEERS[:1]), self._thread()
            text = self.random.choice(("Ich kümmere mich.", "// Stammkundin", f"Klara, {SECRETS[0]}, stimmt das?"))
            self._note(f"{who} writes {text!r} in {thread}")
            await self.care.writes(who, text, chat=STAFF_ROOM, thread=thread, message_id=self._id(who))

    async def _taps(self) -> None:
        shown = [(one, button) for one in self.care.chat.sent for button in one.buttons if not one.deleted]
        if not shown:
            return
        one, button = self.random.choice(shown[-12:] if self.random.random() < 0.7 else shown)
        who = self.random.choice(AGENTS) if one.to.chat == STAFF_ROOM else one.to.chat
        if self.random.random() < 0.1 or who == "fans":
            who = self.random.choice(CONTACTS + VOLUNTEERS + AGENTS)
        self._note(f"{who} taps {button.action} ({button.label})")
        await self.care.presses(who, button.action, chat=one.to.chat, thread=one.to.thread)

    async def _commands(self) -> None:
        kind = self.random.choice(list(COMMANDS))
        name = self.random.choice(COMMANDS[kind])
        who = self.random.choice({"contact": CONTACTS, "volunteer": VOLUNTEERS, "agent": AGENTS}[kind])
        argument = {"pause": "1", "recall": "falsch", "language": "en", "ask": "Wo ist mein Paket?"}.get(name, "")
        if kind == "agent" and self.care.chat.threads:
            thread = self._thread()
            self._note(f"{who} commands /{name} in {thread}")
            await self.care.commands(who, name, chat=STAFF_ROOM, thread=thread)
        else:
            self._note(f"{who} commands /{name}")
            await self.care.commands(who, name, argument)

    async def _time(self) -> None:
        span = self.random.choice(SPANS)
        self._note(f"{span} pass")
        await self.care.pass_time(span)

    async def _edits(self) -> None:
        if self._ids:
            who, message_id = self._old()
            text = self.random.choice(WORDS)
            self._note(f"{who} edits {message_id} to {text!r}")
            await self.care.edits(who, message_id, text)

    async def _deletes(self) -> None:
        if self._ids:
            who, message_id = self._old()
            self._note(f"{who} deletes {message_id}")
            await self.care.deletes(who, message_id)

    async def _fails(self) -> None:
        fault = self.random.choice((ContactUnreachable("blocked"), ThreadGone("deleted"), DeliveryError("502")))
        self._note(f"the next delivery fails: {type(fault).__name__}")
        self.care.chat.fails.append(fault)

    async def _comes_or_goes(self) -> None:
        whom, active = self.random.choice(VOLUNTEERS + AGENTS[1:]), self.random.random() < 0.5
        self._note(f"{whom} is {'in' if active else 'out'}")
        async with self.care.desk.store.begin() as work:
            agnes = await work.people.responder_of_account("telegram", AGENTS[0])
            other = await work.people.responder_of_account("telegram", whom)
        assert agnes is not None
        assert other is not None
        if other.role is Role.VOLUNTEER:
            await set_active(self.care.desk, agnes, other.id, active=active)
        await self.care.settle()

    async def _called_to_staff(self) -> None:
        async with self.care.desk.store.begin() as work:
            agnes = await work.people.responder_of_account("telegram", AGENTS[0])
            rows = await work.tickets.list(TicketFilter(lane="peer"))
        if rows and agnes is not None and rows[0].ticket.is_live:
            self._note(f"agnes calls {rows[0].ticket.number} to staff")
            async with speaking(self.care.desk) as voice:
                await call_to_staff(voice, agnes, rows[0].ticket.id)
            await self.care.settle()

    async def check(self) -> None:
        """What must always hold, once the workers have come to rest."""
        async with self.care.desk.store.begin() as work:
            for row in await work.tickets.list(TicketFilter(limit=500)):
                await self._check_ticket(work, row.ticket)
        self._check_what_was_seen()

    async def _check_ticket(self, work: Work, ticket: Ticket) -> None:
        told = f"{ticket.number} is {ticket.status}, lane {ticket.lane}, assignee {ticket.assignee_id}"
        offers = await work.offers.open_of_ticket(ticket.id)
        self._askers.add((await work.conversations.by_id(ticket.conversation_id)).address.chat)
        holder = await work.people.responder(ticket.assignee_id) if ticket.assignee_id else None
        if ticket.is_live:
            live = await work.tickets.live(ticket.conversation_id)
            assert live is not None, told
            assert live.id == ticket.id, f"two live tickets: {told}"
        if holder is not None or ticket.lane is not Lane.PEER or ticket.status in (Status.SOLVED, Status.CLOSED):
            assert not offers, f"offers are open though {told}"
        if holder is not None and holder.role is Role.VOLUNTEER and ticket.status in (Status.NEW, Status.OPEN):
            assert holder.active, f"an absent volunteer has it: {told}"
            assert ticket.lane is Lane.PEER, told
            assert ticket.lease_expires_at is not None, f"no lease: {told}"
            assert ticket.lease_expires_at > self.care.clock.now(), f"the lease is over: {told}"
        if ticket.status in (Status.NEW, Status.OPEN):
            words = [
                message
                for message in await work.messages.of_ticket(ticket.id)
                if message.direction is Direction.INBOUND and not message.deleted_at
            ]
            asked = await self._is_asked(work, ticket)
            assert offers or holder or ticket.lane is Lane.STAFF or asked or not words, f"nobody has it: {told}"
        else:
            assert not await self._is_asked(work, ticket), f"the contact is still asked: {told}"
        if ticket.status is Status.SOLVED:
            assert ticket.solved_at is not None, told
        if ticket.status in (Status.NEW, Status.OPEN, Status.ON_HOLD, Status.PENDING):
            assert ticket.solved_at is None, f"solved_at is left: {told}"

    async def _is_asked(self, work: Work, ticket: Ticket) -> bool:
        """Whether the contact is being asked what it is about; then nobody has it yet, and the end is near."""
        asking = await work.askings.of_ticket(ticket.id)
        if asking is None or asking.state is not AskingState.OPEN:
            return False
        assert ticket.lane is None, f"asked, though {ticket.number} is decided"
        assert ticket.assignee_id is None, f"asked, though somebody has {ticket.number}"
        due = asking.asked_at + self.care.policy.asking.patience
        assert due > self.care.clock.now(), f"asked about {ticket.number} for too long"
        return True

    def _check_what_was_seen(self) -> None:
        for one in self.care.chat.sent:
            if one.to.chat in VOLUNTEERS and one.to.chat not in self._askers:
                for secret in SECRETS:
                    assert secret not in one.text, f"{one.to.chat} sees {secret}"
            if one.to.chat in CONTACTS:
                assert "Stammkundin" not in one.text, "a note left the house"
                assert LURE not in one.text, "what the check refuses left the house"
                assert "{" not in one.text, one.text

    def story(self) -> str:
        """What was done."""
        return "\n".join(self.done)

    def _note(self, what: str) -> None:
        self.done.append(what)

    def _thread(self) -> str:
        return self.random.choice(list(self.care.chat.threads))

    def _id(self, who: str) -> str:
        self._ids += 1
        self._told.setdefault(who, []).append(f"{who}-{self._ids}")
        return f"{who}-{self._ids}"

    def _old(self) -> tuple[str, str]:
        who = self.random.choice(list(self._told))
        return who, self.random.choice(self._told[who][-4:])
