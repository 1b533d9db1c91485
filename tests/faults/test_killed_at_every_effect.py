"""Whole journeys, killed after every single effect, one process a kill: the end is as if nobody had been killed.

A process walks through a journey against the Telegram stand-in and dies after its n-th effect; another one goes on
two minutes later, hearing again what was not acknowledged, and even the last thing that was. For every n.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from db.embedded import EmbeddedServer
from desk.conversation import Address, Surface
from desk.inbound import ButtonTapped, CommandGiven, InboundMessage
from desk.people import Author, Invitation, Locale, Role, TrustLevel
from tests.faults.databases import copy_of, facts, name_of, resent
from tests.faults.duties import Act, Looked, Passes, perform, walk
from tests.faults.small_desk import Shift, desk_of
from tests.faults.victims import Victims, reports
from tests.standins.telegram import TelegramStandIn
from tests.standins.telegram.chats import Chat
from workflows.people_come import invite
from workflows.receive_event import receive_event

PATIENCE_SECONDS = 120.0
AT_ONCE = 5
NUMBER = re.compile(r"Z-\d+|Q\d+")
"""Numbers of tickets may leave gaps."""
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Town:
    """Klara asks, Vera helps, Gus is staff with a forum. The same ids in every town."""

    def __init__(self, telegram: TelegramStandIn) -> None:
        self.telegram = telegram
        self.klara, self.vera, self.gus = (telegram.person(name, language="en") for name in ("Klara", "Vera", "Gus"))
        self.forum = telegram.forum("Staff", [self.gus])
        for person in (self.klara, self.vera, self.gus):
            person.starts()
        telegram.platform.updates.forget_all()

    def shift(self, url: str) -> Shift:
        place = (self.telegram.token, self.telegram.url)
        return Shift(
            url, platform=place, staff_chat=str(self.forum.id), began=NOW.timestamp(), speed=0.0, connections=2
        )

    def chats(self) -> dict[str, Chat]:
        private = {person.name: person.private_chat() for person in (self.klara, self.vera, self.gus)}
        return private | {"staff": self.forum}


def says(who: int, number: int, text: str) -> InboundMessage:
    author = Author("telegram", str(who), "Somebody", Locale.ENGLISH)
    address = Address("telegram", str(who))
    return InboundMessage("telegram", f"{who}:{900 + number}", address, Surface.PRIVATE, author, text, NOW)


def taps(who: int, number: int, action: str) -> Looked:
    author = Author("telegram", str(who), "Somebody", Locale.ENGLISH)
    address = Address("telegram", str(who))
    return Looked(ButtonTapped("telegram", f"cb:{number}", address, Surface.PRIVATE, author, action))


def answered_by_a_volunteer(town: Town) -> Sequence[Act]:
    klara, vera = town.klara.id, town.vera.id
    return [
        says(klara, 1, "My parcel never came"),
        taps(vera, 1, "take:{offer}"),
        says(vera, 2, "Ask at the branch, it often lies there."),
        taps(vera, 4, "send:{answer}"),
        taps(klara, 2, "solved:{ticket}"),
        taps(klara, 3, "rate:{ticket}:5"),
    ]


def answered_by_staff_after_silence(town: Town) -> Sequence[Act]:
    klara = town.klara.id
    answer = says(town.gus.id, 2, "We send you another one.")
    return [
        says(klara, 1, "My parcel never came"),
        Passes(6 * 60.0),
        Looked(replace(answer, surface=Surface.PUBLIC, address=Address("telegram", str(town.forum.id), "{thread}"))),
        Passes(73 * 3600.0),
        Passes(97 * 3600.0),
    ]


@dataclass
class Ending:
    """How a journey ended: what the desk knows, and what each chat shows."""

    facts: Counter[str]
    shown: dict[str, list[str]]
    resent: int = 0
    effects: list[str] = field(default_factory=list)


def shown_in(town: Town) -> dict[str, list[str]]:
    """What people see; topics count as what the staff see."""
    shown = {
        name: [_seen(message.text, message.buttons) for message in chat.from_bot] for name, chat in town.chats().items()
    }
    topics = [f"{_seen(topic.name)} {'closed' if topic.closed else 'open'}" for topic in town.forum.topics]
    return shown | {"topics": topics}


def _seen(text: str, buttons: Sequence[str] = ()) -> str:
    return " ".join([NUMBER.sub("number", text), *(f"[{label}]" for label in buttons)])


@pytest_asyncio.fixture
async def peopled(server: EmbeddedServer, template: str) -> AsyncIterator[str]:
    """The name of a database in which Vera and Gus have joined."""
    async with TelegramStandIn() as telegram, copy_of(server, template) as url:
        town = Town(telegram)
        async with desk_of(town.shift(url)) as opened:
            for person, role in ((town.vera, Role.VOLUNTEER), (town.gus, Role.AGENT)):
                languages = (Locale.ENGLISH, Locale.GERMAN)
                invited = Invitation(role, person.name, languages=languages, trust=TrustLevel.HELPER)
                code = await invite(opened.desk, invited)
                author = Author("telegram", str(person.id), person.name, Locale.ENGLISH)
                place = Address("telegram", str(person.id))
                start = CommandGiven(
                    "telegram", f"start{person.id}", place, Surface.PRIVATE, author, "start", code, NOW
                )
                await receive_event(opened.desk, start)
            await opened.settle()
        yield name_of(url)


async def goes_on(shift: Shift, acts: Sequence[Act], heard: int) -> None:
    """A healthy process, later: the last thing that was acknowledged comes once more, then what was not."""
    passed = sum(act.seconds for act in acts[:heard] if isinstance(act, Passes))
    async with desk_of(replace(shift, ahead_seconds=passed + PATIENCE_SECONDS)) as opened:
        if heard and not isinstance(acts[heard - 1], Passes):
            await perform(opened, acts[heard - 1])
        await opened.settle()
        for act in acts[heard:]:
            await perform(opened, act)
            await opened.settle()


class Journeys:
    """Walks one journey again and again, each time in a new town on a copy of the same database."""

    def __init__(self, server: EmbeddedServer, template: str, victims: Victims, journey: str) -> None:
        self._server, self._template, self._victims, self._journey = server, template, victims, journey

    async def end(self, dies_at: int) -> tuple[bool, Ending]:
        """Whether the process lived on, and how it ended all the same."""
        async with TelegramStandIn() as telegram, copy_of(self._server, self._template) as url:
            town = Town(telegram)
            acts = JOURNEYS[self._journey](town)
            process, out = self._victims.start_reporting(walk, town.shift(url), acts, dies_at)
            survived = await self._victims.ended(process) == 0
            said = reports(out)
            if not survived:
                self._victims.died(process, "at an effect")
                await goes_on(town.shift(url), acts, said.count("heard"))
            effects = [word for word in said if word != "heard"]
            return survived, Ending(await facts(url), shown_in(town), sum((await resent(url)).values()), effects)


JOURNEYS = {journey.__name__: journey for journey in (answered_by_a_volunteer, answered_by_staff_after_silence)}


@pytest.mark.parametrize("journey", JOURNEYS)
async def test_the_end_is_as_if_nobody_had_been_killed(
    server: EmbeddedServer, peopled: str, victims: Victims, journey: str
) -> None:
    journeys = Journeys(server, peopled, victims, journey)
    survived, calm = await journeys.end(0)
    assert survived
    assert calm.resent == 0
    assert not any("dead" in fact or "unread" in fact or "queued" in fact for fact in calm.facts), calm.facts
    at_once = asyncio.Semaphore(AT_ONCE)

    async def killed(dies_at: int) -> None:
        async with at_once:
            survived, ending = await journeys.end(dies_at)
        assert not survived
        place = f"killed after effect {dies_at}, {ending.effects[-1]!r} of {ending.effects[-6:]}"
        gone, new = calm.facts - ending.facts, ending.facts - calm.facts
        assert ending.facts == calm.facts, f"{place}: {new} instead of {gone}"
        victims.tally["doubles on Telegram, journeys killed at every effect"] += compare(calm, ending, place)

    await asyncio.gather(*(killed(number + 1) for number in range(len(calm.effects))))


def compare(calm: Ending, ending: Ending, place: str) -> int:
    """Every chat shows all it should, in order. Returns how much it shows twice; that came only from a lost answer."""
    doubled = 0
    for chat, wanted in calm.shown.items():
        rest = iter(ending.shown[chat])
        assert all(line in rest for line in wanted), f"{place}: {chat} sees {ending.shown[chat]} instead of {wanted}"
        doubled += len(ending.shown[chat]) - len(wanted)
    assert doubled == (1 if lost_an_answer(ending.effects) else 0), f"{place}: {doubled} doubles\n{ending.shown}"
    return doubled


def lost_an_answer(effects: Sequence[str]) -> bool:
    """Whether it died knowing alone that the platform had said yes to something new."""
    return effects[-1] in ("send", "open_thread") or list(effects[-2:]) == ["open_thread", "before commit"]
