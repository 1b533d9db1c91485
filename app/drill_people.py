"""Who plays in a drill, and how they behave: stated here, so that a report's times can be read.

    coordinators   two. Look at an alert after 2 to 4 minutes, decide 2 minutes later: confirm in the storm, dismiss
                   before it. The statement is written 4 minutes after that, approved by the other 2 minutes later, told
                   to all who wait at once; the volunteers are called a minute later
    volunteers     all opted in. Called: 60 of 100 come after 1 to 8 minutes, 20 say not now, 20 say nothing. Offered a
                   question: 70 of 100 take it after 20 to 120 seconds, answer 2 to 5 minutes later; the rest pass
    contacts       asked whether it is solved: 70 of 100 say yes, 10 no, after 2 to 15 minutes; the rest say nothing.
                   Asked whether it is the known incident: 90 of 100 say yes. Asked what they mean: the first

Staff do not answer questions in a drill. The same seed plays the same.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from app.drill_room import CHANNEL, DrillRoom, Heard
from app.drill_traffic import DrillMessage
from desk.conversation import Address, Surface
from desk.errors import DeskError
from desk.inbound import ButtonTapped, InboundMessage
from desk.incident import IncidentId
from desk.people import Account, Author, Invitation, Locale, Responder, Role, TrustLevel
from desk.storm_wishes import StormWishes
from workflows.approve_statement import approve_statement, tell_waiting
from workflows.buttons import Action, read_action
from workflows.call_muster import call_muster, usual_terms
from workflows.receive_event import receive_event
from workflows.resolve_incident import resolve_incident
from workflows.voice import speaking
from workflows.write_statement import submit_statement, write_statement

Deed = Callable[[], Awaitable[None]]

STATEMENT = {
    Locale.GERMAN: "Wir wissen von der Störung und arbeiten daran. Ihr braucht nichts zu tun, wir melden uns hier.",
    Locale.ENGLISH: "We know about the trouble and are working on it. Nothing to do for you, we will write here.",
}
OUTCOME = {
    Locale.GERMAN: "Die Störung ist behoben, alles läuft wieder. Danke für eure Geduld.",
    Locale.ENGLISH: "The trouble is over, everything works again. Thank you for your patience.",
}
ANSWER = "Bei mir hat es geholfen, das Gerät einmal neu zu starten und zehn Minuten zu warten. Danach lief es wieder."


class Company:
    """Everybody in the room. `storm_at`: before it, an alert is false."""

    def __init__(self, room: DrillRoom, storm_at: datetime, seed: int) -> None:
        self._room, self._storm_at = room, storm_at
        self._chance = random.Random(seed)  # noqa: S311 - a play, not a secret
        self._due: list[tuple[datetime, int, Deed]] = []
        self._numbers = itertools.count(1)
        self._coordinators: list[Responder] = []
        self._volunteers: set[str] = set()
        self.confirmed: list[IncidentId] = []
        room.channel.hear = self._hear

    async def gathers(self, volunteers: int) -> None:
        """Two coordinators and the volunteers join."""
        now = self._room.clock.now()
        async with self._room.desk.store.begin() as work:
            for name in ("Cora", "Dario"):
                invited = Invitation(Role.COORDINATOR, name)
                one = await work.people.add_responder(invited, name=name, now=now)
                await work.people.add_account(Account(one.id, CHANNEL, name, name), now=now)
                self._coordinators.append(one)
            for number in range(volunteers):
                name = f"Volunteer {number + 1}"
                invited = Invitation(Role.VOLUNTEER, name, languages=tuple(Locale), trust=TrustLevel.HELPER)
                one = await work.people.add_responder(invited, name=name, now=now)
                await work.people.add_account(Account(one.id, CHANNEL, name, name), now=now)
                await work.musters.save_storm_wishes(one.id, StormWishes(True, True), now=now)
                self._volunteers.add(name)

    async def says(self, message: DrillMessage) -> None:
        """A contact writes."""
        await receive_event(self._room.desk, self._written(message.author, message.text))

    async def acts(self) -> None:
        """Whatever somebody wanted to do by now. What is not possible any more is no harm."""
        while self._due and self._due[0][0] <= self._room.clock.now():
            _at, _number, deed = heapq.heappop(self._due)
            try:
                await deed()
            except DeskError:
                continue

    async def resolves(self) -> None:
        """The storm is over: every incident that was confirmed gets its outcome."""
        for incident_id in self.confirmed:
            async with speaking(self._room.desk) as voice:
                texts = {"text_de": OUTCOME[Locale.GERMAN], "text_en": OUTCOME[Locale.ENGLISH]}
                await resolve_incident(voice, self._coordinators[0], incident_id, **texts)

    def _hear(self, heard: Heard) -> None:
        """Somebody reads a message and decides what to do."""
        actions = [button.action for button in heard.buttons if button.action]
        found = {read_action(action).verb: action for action in actions}
        if heard.chat in self._volunteers:
            self._volunteer(heard, found)
        elif any(one.name == heard.chat for one in self._coordinators):
            self._coordinator(heard, found)
        else:
            self._contact(heard, found)

    def _coordinator(self, heard: Heard, found: dict[str, str]) -> None:
        if "storm.ack" in found and heard.chat == self._coordinators[0].name:
            looks = self._chance.uniform(2, 4)
            self._taps(heard, found["storm.ack"], looks)
            if heard.at < self._storm_at and "storm.dismiss" in found:
                self._taps(heard, found["storm.dismiss"], looks + 2)
            elif "storm.confirm" in found:
                self._taps(heard, found["storm.confirm"], looks + 2)
                incident_id = IncidentId(read_action(found["storm.confirm"]).id)
                if incident_id not in self.confirmed:
                    self.confirmed.append(incident_id)
                    self._later(looks + 6, lambda: self._writes_statement(incident_id))
        if "storm.approve" in found:
            action = read_action(found["storm.approve"])
            self._later(2, lambda: self._approves(action, heard.chat))

    def _volunteer(self, heard: Heard, found: dict[str, str]) -> None:
        luck = self._chance.random()
        if "muster.in" in found and luck < 0.8:
            said = found["muster.in"] if luck < 0.6 else found.get("muster.not", found["muster.in"])
            self._taps(heard, said, self._chance.uniform(1, 8))
        elif "take" in found:
            takes = luck < 0.7 or "pass" not in found
            after = self._chance.uniform(20, 120) / 60
            self._taps(heard, found["take"] if takes else found["pass"], after)
            if takes:
                self._later(after + self._chance.uniform(2, 5), lambda: self._answers(heard))
        elif "send" in found:
            self._taps(heard, found["send"], 0.2)

    def _contact(self, heard: Heard, found: dict[str, str]) -> None:
        luck, after = self._chance.random(), self._chance.uniform(2, 15)
        if "sameincident" in found:
            said = found["sameincident"] if luck < 0.9 else found.get("otherincident", found["sameincident"])
            self._taps(heard, said, 0.5)
        elif "which" in found:
            self._taps(heard, found["which"], 0.5)
        elif "solved" in found and luck < 0.7:
            self._taps(heard, found["solved"], after)
        elif "unsolved" in found and luck < 0.8:
            self._taps(heard, found["unsolved"], after)

    async def _writes_statement(self, incident_id: IncidentId) -> None:
        author = self._coordinators[0]
        async with speaking(self._room.desk) as voice:
            texts = STATEMENT[Locale.GERMAN], STATEMENT[Locale.ENGLISH]
            draft = await write_statement(voice, author, incident_id, *texts, seen=None)
            await submit_statement(voice, author, draft.id, incident_id)
        if not self._room.desk.policy().storm.two_people:
            self._later(2, lambda: self._approves(Action("storm.approve", incident_id, draft.id), author.name))

    async def _approves(self, action: Action, name: str) -> None:
        by = next(one for one in self._coordinators if one.name == name)
        incident_id = IncidentId(action.id)
        async with speaking(self._room.desk) as voice:
            versions = await voice.work.statements.of_incident(incident_id)
            statement = next(one for one in versions if one.id == action.value)
            await approve_statement(voice, by, statement.id, incident_id)
        async with speaking(self._room.desk) as voice:
            await tell_waiting(voice, by, incident_id)
        self._later(1, lambda: self._calls(by, incident_id))

    async def _calls(self, by: Responder, incident_id: IncidentId) -> None:
        async with speaking(self._room.desk) as voice:
            incident = await voice.work.incidents.incident(incident_id)
            await call_muster(voice, by, incident_id, usual_terms(voice, incident))

    async def _answers(self, offered: Heard) -> None:
        """As a reply, since they may hold several."""
        written = self._written(offered.chat, ANSWER)
        await receive_event(self._room.desk, replace(written, reply_to=offered.external_id))

    def _written(self, who: str, text: str) -> InboundMessage:
        return InboundMessage(
            channel=CHANNEL,
            external_id=f"said-{next(self._numbers)}",
            address=Address(CHANNEL, who),
            surface=Surface.PRIVATE,
            author=Author(CHANNEL, who, who, None),
            text=text,
            sent_at=self._room.clock.now(),
        )

    def _taps(self, heard: Heard, action: str, minutes: float) -> None:
        async def tap() -> None:
            place, author = Address(CHANNEL, heard.chat), Author(CHANNEL, heard.chat, heard.chat, None)
            number = f"tap-{next(self._numbers)}"
            event = ButtonTapped(CHANNEL, number, place, Surface.PRIVATE, author, action, heard.external_id)
            await receive_event(self._room.desk, event)

        self._later(minutes, tap)

    def _later(self, minutes: float, deed: Deed) -> None:
        at = self._room.clock.now() + timedelta(minutes=minutes)
        heapq.heappush(self._due, (at, next(self._numbers), deed))
