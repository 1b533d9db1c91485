"""The routing policy: plain data that a coordinator edits, validated with line and key.

Durations are timedelta, confidences probabilities. `parse_policy` takes the text, not the file: reading it and
watching it for changes is the app's business.
Raises: SettingsInvalid with `file:line: key: what is expected`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from desk.errors import SettingsInvalid
from desk.people import Locale
from desk.ticket import Lane, Priority

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=1, le=10_000)]
Minutes = Annotated[float, Field(gt=0, le=100_000)]


class Strict(BaseModel):
    """Unknown keys are mistakes, not comments."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Route(Strict):
    """Where an intent goes."""

    unit: str
    lane: Lane
    priority: Priority


class WaveSize(Strict):
    """How many volunteers a wave asks, and how long it waits."""

    size: Count
    minutes: Minutes

    @property
    def timeout(self) -> timedelta:
        """How long the wave waits before the next opens."""
        return timedelta(minutes=self.minutes)


class PeerPolicy(Strict):
    """The peer lane. `most_at_once` counts tickets held, `most_offers_a_day` offers of the last 24 hours."""

    waves: Annotated[tuple[WaveSize, ...], Field(min_length=1, max_length=20)]
    lease_minutes: Minutes
    most_at_once: Count
    most_offers_a_day: Count

    @property
    def lease(self) -> timedelta:
        """How long an accepted ticket is held without an answer."""
        return timedelta(minutes=self.lease_minutes)


class SilencePolicy(Strict):
    """When a quiet ticket is called solved, when a solved one is closed, until when a reply links back."""

    solve_after_hours: Minutes
    close_after_hours: Minutes
    follow_up_days: Count

    @property
    def solve_after(self) -> timedelta:
        """Silence of the contact after an answer."""
        return timedelta(hours=self.solve_after_hours)

    @property
    def close_after(self) -> timedelta:
        """No objection after `solved`."""
        return timedelta(hours=self.close_after_hours)

    @property
    def follow_up_window(self) -> timedelta:
        """How long after the end a new question still links back."""
        return timedelta(days=self.follow_up_days)


class Policy(Strict):
    """All of it. See routing/policy.yml for what each key means."""

    version: Annotated[int, Field(ge=1, le=1)]
    units: dict[str, dict[Locale, str]]
    intents: dict[str, Route]
    confidence_floor: Share
    staff_only_data: frozenset[str]
    peer: PeerPolicy
    silence: SilencePolicy

    @model_validator(mode="after")
    def _units_exist(self) -> Policy:
        if "out_of_scope" not in self.intents:
            raise ValueError("intents: out_of_scope is missing; it is where unread messages go")
        for intent, route in self.intents.items():
            if route.unit not in self.units:
                raise ValueError(f"intents.{intent}.unit: {route.unit!r} is not one of units")
        return self

    def route(self, intent: str) -> Route:
        """Where `intent` goes; an intent the policy does not know goes where out_of_scope does."""
        return self.intents.get(intent) or self.intents["out_of_scope"]

    def unit_name(self, unit: str | None, locale: Locale) -> str:
        """The unit's name for people."""
        return self.units.get(unit or "", {}).get(locale) or unit or "-"


def parse_policy(text: str, source: str) -> Policy:
    """The policy in `text`. `source` names it in errors. Raises SettingsInvalid."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "not valid YAML"
        raise SettingsInvalid(f"{source}:{line}: {problem}") from None
    if not isinstance(data, dict):
        raise SettingsInvalid(f"{source}:1: expected keys such as 'units' and 'intents'; the file is empty or a list")
    try:
        return Policy.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        path = first["loc"] or _path_in(first["msg"])
        message = first["msg"].removeprefix("Value error, ")
        key = ".".join(str(part) for part in path)
        prefix = "" if message.startswith(key) else f"{key}: "
        raise SettingsInvalid(f"{source}:{_line_of(root, path)}: {prefix}{message}") from None


def _path_in(message: str) -> tuple[str, ...]:
    """The path that a whole-model error of ours names: `intents.refund.unit: ...`."""
    return tuple(message.removeprefix("Value error, ").split(":")[0].split("."))


def _line_of(node: Any, path: tuple[int | str, ...]) -> int:
    """The line where the deepest part of `path` stands that is in the file."""
    line = 1
    for part in path:
        found = _child(node, part)
        if found is None:
            break
        line, node = found
    return line


def _child(node: Any, part: int | str) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return None
