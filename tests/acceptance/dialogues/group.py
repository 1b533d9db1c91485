"""What people do in a group where many read along, for dialogues.

klara in the group> /ask Mein Paket fehlt         she calls the bot; without /ask it is talk
vera in the group to klara> Frag in der Filiale   in answer to klara's last words there
klara in the group to vera> /solved               a command in answer to vera's last words there
klara in the group> [✅ Frag in der Filiale]       a tap there
klara reacts to vera                              with the sign for *this solved it*
klara takes it back from vera
"""

from __future__ import annotations

import re

from desk.conversation import Address, Surface
from desk.inbound import CommandGiven, InboundMessage, Receipt
from tests.integration.journeys.care import Care
from workflows.receive_event import receive_event

GROUP = "group"
SAYS = re.compile(r"(\w+) in the group(?: to (\w+))?> (.+)")
REACTS = re.compile(r"(\w+) (reacts to|takes it back from) (\w+)")


class Group:
    """Who said what there last."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._last: dict[str, InboundMessage] = {}

    async def does(self, line: str) -> Receipt | None:
        """Plays the line; None when it is none of the group's."""
        if found := REACTS.fullmatch(line):
            who, what, whom = found.groups()
            message = self._last[whom].external_id
            return await self._care.reacts(who, message, chat=GROUP, added=what == "reacts to")
        if found := SAYS.fullmatch(line):
            return await self._says(*found.groups())
        return None

    async def _says(self, who: str, whom: str | None, words: str) -> Receipt:
        if words.startswith("["):
            return await self._care.taps(who, words[1:-1], chat=GROUP)
        about = self._last.get(whom or "")
        if words == "/solved":
            return await self._commands(who, "solved", about)
        asks = words.startswith("/ask ")
        said = InboundMessage(
            "telegram", f"g{len(self._last)}{who}{len(words)}", Address("telegram", GROUP), Surface.PUBLIC,
            self._care.author(who), words.removeprefix("/ask "), self._care.clock.now(),
            reply_to=about.external_id if about else None, calls_bot=asks, overheard=not asks,
        )  # fmt: skip
        self._last[who] = said
        return await self._tells(said)

    async def _commands(self, who: str, name: str, about: InboundMessage | None) -> Receipt:
        return await self._tells(
            CommandGiven(
                "telegram",
                f"c{who}{about.external_id if about else ''}",
                Address("telegram", GROUP),
                Surface.PUBLIC,
                self._care.author(who),
                name,
                "",
                self._care.clock.now(),
                about=about,
            )
        )

    async def _tells(self, event: InboundMessage | CommandGiven) -> Receipt:
        receipt = await receive_event(self._care.desk, event)
        await self._care.settle()
        return receipt
