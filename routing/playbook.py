"""The playbook: what happens at each level of a storm. Plain data that coordinators edit, validated with line and key.

For each level (watch, storm, recovery) it says who is called, by which channel and how often until somebody
acknowledges; whether automatic answers on the topic are frozen; which statement template and whether a muster is
offered; the least priority of new questions; and what contacts who wait are told. A topic may differ from the level's
rule in any key.

People are named by role (`coordinator`, `admin`, `agent`), by business unit (`unit:NAME`; `topic_unit` is the one that
owns the topic), by a shift of the playbook, or as the `staff_rooms`. Shifts have hours as people write them
(desk/hours_text.py) in a time zone.

Pure. `parse_playbook` takes the text. Raises: SettingsInvalid with `source:line: key: what is expected`.
"""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from desk.errors import InputRejected
from desk.hours_text import parse_hours
from desk.people import Locale, Role
from desk.ticket import Priority
from desk.volunteering import Availability, Span, zone_of
from routing.storm import StormLevel
from routing.validated_yaml import misplaced, validated

ROLES = MappingProxyType({role.value: role for role in (Role.AGENT, Role.COORDINATOR, Role.ADMIN)})
STAFF_ROOMS, TOPIC_UNIT, UNIT = "staff_rooms", "topic_unit", "unit:"
LONGEST_WAITING = 400
LONGEST_STATEMENT = 3500

Minutes = Annotated[float, Field(gt=0, le=1440)]
Word = Annotated[str, Field(min_length=1, max_length=60)]
Ask = Literal["at_once", "ask", "never"]
Offered = Literal["ask", "never"]


class Strict(BaseModel):
    """Unknown keys are mistakes, not comments."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CallStep(Strict):
    """Who is called, where (`chat`: wherever each of them has one), and when they are called again; `times` before the
    next step takes over. The last step goes on until somebody acknowledges."""

    whom: Annotated[tuple[Word, ...], Field(min_length=1, max_length=20)]
    by: Literal["chat", "telegram", "discord"] = "chat"
    again_after_minutes: Minutes = 10
    times: Annotated[int, Field(ge=1, le=100)] = 1

    @property
    def again_after(self) -> timedelta:
        """How long until the next call."""
        return timedelta(minutes=self.again_after_minutes)


class Play(Strict):
    """What happens at one level."""

    call: Annotated[tuple[CallStep, ...], Field(max_length=20)] = ()
    priority: Priority | None = None
    freeze: Ask = "never"
    freeze_hours: Annotated[float, Field(gt=0, le=72)] = 4
    muster: Offered = "never"
    statement: Word | None = None
    waiting: dict[Locale, Annotated[str, Field(max_length=LONGEST_WAITING)]] = {}

    @property
    def freeze_time(self) -> timedelta:
        """How long a freeze lasts unless somebody ends it."""
        return timedelta(hours=self.freeze_hours)


NOTHING = Play()


class Levels(Strict):
    """Plays by level. Nothing happens when it is calm."""

    watch: Play = NOTHING
    storm: Play = NOTHING
    recovery: Play = NOTHING


class Turn(Strict):
    """Who is on call at which hours. Names as on the team page."""

    hours: Word
    names: Annotated[tuple[Word, ...], Field(min_length=1, max_length=50)]

    @field_validator("hours")
    @classmethod
    def _can_be_read(cls, hours: str) -> str:
        try:
            parse_hours(hours)
        except InputRejected:
            raise PydanticCustomError("hours", "expected hours such as Mo-Fr 8-18") from None
        return hours

    @property
    def spans(self) -> tuple[tuple[Span, ...], ...]:
        """Monday to Sunday."""
        return parse_hours(self.hours)


class Shift(Strict):
    """People who take turns."""

    zone: str
    turns: Annotated[tuple[Turn, ...], Field(min_length=1, max_length=50)]

    @field_validator("zone")
    @classmethod
    def _is_a_zone(cls, zone: str) -> str:
        try:
            return zone_of(zone)
        except InputRejected:
            raise PydanticCustomError("zone", "expected a time zone such as Europe/Berlin") from None

    def hours_of(self, turn: Turn) -> Availability:
        """As desk/volunteering.py takes them."""
        return Availability(self.zone, turn.spans)


class StatementTemplate(Strict):
    """Words to start a statement from; a person fills in what stands in brackets."""

    topics: tuple[Word, ...] = ()
    de: Annotated[str, Field(min_length=1, max_length=LONGEST_STATEMENT)]
    en: Annotated[str, Field(min_length=1, max_length=LONGEST_STATEMENT)]


class Playbook(Strict):
    """All of it. See routing/playbook.yml for what each key means."""

    version: Annotated[int, Field(ge=1, le=1)]
    shifts: dict[Word, Shift] = {}
    levels: Levels
    topics: dict[Word, Levels] = {}
    statements: dict[Word, StatementTemplate] = {}

    @model_validator(mode="after")
    def _holds_together(self) -> Playbook:
        for name in self.shifts:
            if name in ROLES or name in (STAFF_ROOMS, TOPIC_UNIT) or name.startswith(UNIT):
                raise misplaced(f"{name!r} means something else already: choose another name", "shifts", name)
        for path, play in self._plays():
            if play.statement is not None and play.statement not in self.statements:
                raise misplaced(f"{play.statement!r} is not one of statements", *path, "statement")
            for place, step in enumerate(play.call):
                for whom in step.whom:
                    self._known(whom, *path, "call", place, "whom")
        return self

    def _plays(self) -> list[tuple[tuple[str, ...], Play]]:
        names = tuple(Levels.model_fields)
        found: list[tuple[tuple[str, ...], Play]] = [(("levels", name), getattr(self.levels, name)) for name in names]
        for topic, levels in self.topics.items():
            found += [(("topics", topic, name), getattr(levels, name)) for name in names]
        return found

    def _known(self, whom: str, *path: str | int) -> None:
        if whom in ROLES or whom in self.shifts or whom in (STAFF_ROOMS, TOPIC_UNIT) or whom.startswith(UNIT):
            return
        raise misplaced(f"{whom!r} is neither a role nor one of shifts, unit:NAME, topic_unit or staff_rooms", *path)

    def play(self, level: StormLevel, topic: str | None) -> Play:
        """What happens at `level` on a topic: the level's rule, with what the topic says otherwise."""
        if level is StormLevel.CALM:
            return NOTHING
        common: Play = getattr(self.levels, level.value)
        if topic is None or topic not in self.topics:
            return common
        own: Play = getattr(self.topics[topic], level.value)
        return common.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})

    def statement_for(self, topic: str | None) -> str | None:
        """The name of the template for a topic: the storm play's, else the first that names the topic."""
        named = self.play(StormLevel.STORM, topic).statement
        return named or next((name for name, one in self.statements.items() if topic in one.topics), None)


def parse_playbook(text: str, source: str) -> Playbook:
    """The playbook in `text`. `source` names it in errors. Raises SettingsInvalid."""
    return validated(Playbook, text, source, such_as="'levels' and 'shifts'")
