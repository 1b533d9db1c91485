"""Plays a dialogue: people act line by line, and all that the desk says to them is written down between.

    # a remark, kept as it is
    anna joins as agent, de         an invitation is made and followed; languages after the role
    nils joins as newcomer, de      a volunteer whose answers are looked over; others have helped before
    klara> Mein Paket fehlt         she writes; `klara> /human` gives a command, `klara> [Solved]` taps a button
    anna in Z-1001> Guten Tag       a responder writes in the ticket's thread of the staff room
    30 minutes pass
    vera: Hello!                    what vera reads, without its blank lines, then the buttons under it
        [Take it] [Pass]

What is shown at once to whoever acted (a button's answer) stands in round brackets. Only lines that do something are
played; what people read is written anew, so a dialogue that is up to date comes out as it went in.
"""

from __future__ import annotations

import re
from datetime import timedelta

from desk.people import Locale, Role, TrustLevel
from tests.acceptance.dialogues.group import Group
from tests.acceptance.dialogues.incidents import Incidents
from tests.acceptance.dialogues.statements import Statements
from tests.integration.journeys.care import STAFF_ROOM, Care, Sent

JOINS = re.compile(r"(\w+) joins as (\w+), (.+)")
SAYS = re.compile(r"(\w+)(?: in (Z-\d+))?> (.+)")
PASSES = re.compile(r"(\d+) minutes pass")
COMMAND = re.compile(r"/(\w+) ?(.*)")
BUTTON = re.compile(r"\[(.+)\]")
SECRET = re.compile(r"(?<=/sign-in/)[\w-]+|(?<=/data/)[\w-]+")


class Play:
    """One dialogue on one desk."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._shown: dict[str, str] = {}
        self._group = Group(care)
        self._incidents = Incidents(care)
        self._statements = Statements(care)

    async def played(self, script: str) -> str:
        """The dialogue as it went just now."""
        lines: list[str] = []
        for line in script.splitlines():
            if line.startswith("#") or not line:
                lines.append(line)
            elif notice := await self._does(line):
                lines += [line, *(f"    ({one})" for one in notice if one), *self._heard()]
        return "\n".join([*lines, ""])

    async def _does(self, line: str) -> list[str | None]:
        """Plays the line. What is shown at once to whoever acted; empty when nobody acts in it."""
        if found := JOINS.fullmatch(line):
            name, role, languages = found.groups()
            trust = TrustLevel.NEWCOMER if role == "newcomer" else TrustLevel.HELPER
            kind = Role.VOLUNTEER if role == "newcomer" else Role(role)
            await self._care.joins(name, kind, languages=tuple(map(Locale, languages.split(" "))), trust=trust)
            return [None]
        if found := PASSES.fullmatch(line):
            await self._care.pass_time(timedelta(minutes=int(found[1])))
            return [None]
        if await self._incidents.does(line) or await self._statements.does(line):
            return [None]
        if receipt := await self._group.does(line):
            return [receipt.notice]
        if found := SAYS.fullmatch(line):
            return [await self._says(*found.groups())]
        return []

    async def _says(self, name: str, ticket: str | None, words: str) -> str | None:
        chat, thread = (STAFF_ROOM, self._care.thread_of(ticket)) if ticket else (None, None)
        if found := COMMAND.fullmatch(words):
            receipt = await self._care.commands(name, found[1], found[2], chat=chat, thread=thread)
        elif found := BUTTON.fullmatch(words):
            receipt = await self._care.taps(name, found[1], chat=chat, thread=thread)
        else:
            receipt = await self._care.writes(name, words, chat=chat, thread=thread)
        return receipt.notice

    def _heard(self) -> list[str]:
        """What is new, or reads differently, since somebody acted last."""
        lines: list[str] = []
        for sent in self._care.chat.sent:
            text = self._as_read(sent)
            if self._shown.get(sent.id) != text:
                self._shown[sent.id] = text
                lines += text.splitlines()
        return lines

    def _as_read(self, sent: Sent) -> str:
        title = self._care.chat.threads.get(sent.to.thread or "", "").split(" ")[0]
        reader = f"{sent.to.chat} {title}".strip()
        sign = " (changed)" if sent.edited else " (deleted)" if sent.deleted else ""
        buttons = " ".join(f"[{button.label}]" for button in sent.buttons)
        body = [*SECRET.sub("…", sent.text).splitlines(), *([buttons] if buttons else [])]
        return "\n".join([f"{reader}{sign}: {body[0]}", *(f"    {line}" for line in body[1:] if line)])
