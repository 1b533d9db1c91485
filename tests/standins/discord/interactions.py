"""Interactions: a person taps, chooses, types a command or submits a form, and the bot must answer.

An interaction has an id and a secret token. The bot answers it once (callback) within 3 seconds, or
the person reads "the application did not respond" and the token is unknown from then on. After
an answer, the token serves for 15 minutes to edit that answer (`@original`) and to follow up. "Deferred"
means the answer is a promise: a new message that says "thinking" (5), or nothing yet (6).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .things import EPHEMERAL, LOADING, Json, Message, NotPossible, User, caption, parts_of

if TYPE_CHECKING:
    from .places import Channel
    from .world import World

COMMAND, COMPONENT, FORM = 2, 3, 5
MESSAGE, THINK, DEFER_UPDATE, UPDATE, SHOW_MODAL = 4, 5, 6, 7, 9
PATIENCE_SECONDS = 5.0


@dataclass(eq=False)
class Interaction:
    id: int
    token: str
    kind: int
    person: User
    channel: Channel
    data: Json
    asked_at: float
    message: Message | None = None
    answer_kind: int | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Json | None = None
    updated: bool = False
    given_up: bool = False
    token_expired: bool = False


@dataclass(eq=False)
class Field:
    """One input of a form, with what the person's app enforces before it lets them submit."""

    label: str
    custom_id: str
    required: bool
    least: int
    most: int
    value: str


class Modal:
    """A form that popped up on the person's screen."""

    def __init__(self, data: Json, opener: Interaction) -> None:
        self.opener = opener
        self.title: str = data["title"]
        self.custom_id: str = data["custom_id"]
        self.components: list[Json] = data["components"]

    @property
    def fields(self) -> list[Field]:
        labels = {c["component"]["custom_id"]: c["label"] for c in self.components if c["type"] == 18}
        return [
            Field(
                label=labels.get(part["custom_id"]) or part.get("label") or "",
                custom_id=part["custom_id"],
                required=part.get("required", True),
                least=part.get("min_length") or 0,
                most=part.get("max_length") or 4000,
                value=part.get("value") or "",
            )
            for part in parts_of(self.components)
            if part["type"] == 4
        ]


class Reply:
    """What the person sees after their tap, command or form; it goes on changing as the bot goes on."""

    def __init__(self, interaction: Interaction, world: World) -> None:
        self._interaction = interaction
        self._world = world

    def __repr__(self) -> str:
        state = "failed" if self.failed else f"{self.text!r}"
        return f"<Reply {state}{' (ephemeral)' if self.ephemeral else ''}>"

    @property
    def failed(self) -> bool:
        """The bot did not answer in time: "the application did not respond"."""
        return self._interaction.given_up

    @property
    def thinking(self) -> bool:
        return bool(self._interaction.original and self._interaction.original.flags & LOADING)

    @property
    def message(self) -> Message | None:
        """The bot's answer: a new message, or the tapped one for an update."""
        return self._interaction.original

    @property
    def followups(self) -> list[Message]:
        return list(self._interaction.followups)

    @property
    def updated(self) -> Message | None:
        """The tapped message, when the answer changed it."""
        return self._interaction.message if self._interaction.updated else None

    @property
    def modal(self) -> Modal | None:
        return Modal(self._interaction.modal, self._interaction) if self._interaction.modal else None

    @property
    def text(self) -> str:
        """The newest words that this interaction brought the person."""
        said = self._said()
        return said.content if said else ""

    @property
    def ephemeral(self) -> bool:
        said = self._said()
        return bool(said and said.flags & EPHEMERAL)

    def _said(self) -> Message | None:
        if self._interaction.followups:
            return self._interaction.followups[-1]
        fresh = self._interaction.answer_kind in (MESSAGE, THINK) or self._interaction.updated
        return self._interaction.original if fresh else None

    async def followup(self, number: int = 1, timeout: float = PATIENCE_SECONDS) -> Message:
        """The bot's follow-up message of that number, as soon as it is there."""

        def found() -> Message | None:
            return self.followups[number - 1] if len(self.followups) >= number else None

        return await self._world.until(found, timeout, "no follow-up came", self._interaction.channel)

    async def update(self, timeout: float = PATIENCE_SECONDS) -> Message:
        """The tapped message, as soon as the bot has changed it."""
        return await self._world.until(
            lambda: self.updated, timeout, "the message was not updated", self._interaction.channel
        )


async def outcome(interaction: Interaction, world: World) -> Reply:
    """Wait as a person does: 3 s for an answer, then a while for "thinking" to end."""
    reply = Reply(interaction, world)
    left = world.limits.answer_seconds
    try:
        await world.until(lambda: interaction.answer_kind is not None, left, "no answer")
    except AssertionError:
        interaction.given_up = True
        return reply
    if reply.thinking:
        try:
            await world.until(lambda: not reply.thinking, PATIENCE_SECONDS, "thinking")
        except AssertionError:
            return reply
    return reply


def overdue(interaction: Interaction, world: World) -> bool:
    age = asyncio.get_running_loop().time() - interaction.asked_at
    return interaction.given_up or age > world.limits.answer_seconds


def control(message: Message, wanted: str, kind: int) -> Json:
    """The button (2) or select (3) the person means, by what they read on it or by its custom id."""
    offered = [part for part in parts_of(message.components) if part["type"] == kind]
    for part in offered:
        emoji = (part.get("emoji") or {}).get("name")
        names = (part.get("label"), part.get("custom_id"), part.get("placeholder"), emoji, caption(part))
        if wanted in names:
            if part.get("disabled"):
                raise NotPossible(f"{wanted!r} is switched off on {message!r}")
            if "custom_id" not in part:
                raise NotPossible(f"{wanted!r} is a link, it opens {part.get('url')}")
            return part
    raise NotPossible(f"no {wanted!r} on {message!r}, only {message.buttons}")
