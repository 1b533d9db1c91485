"""The routing policy: plain data that a coordinator edits, validated with line and key.

Durations are timedelta, confidences probabilities. `parse_policy` takes the text, not the file: reading it and
watching it for changes is the app's business.
Raises: SettingsInvalid with `file:line: key: what is expected`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from desk.people import Locale
from desk.reading import OUT_OF_SCOPE
from desk.ticket import Lane, Priority
from routing.policy_parts import Count, Minutes, Strict, Waves
from routing.storm_policy import StormPolicy
from routing.trust_policy import LeaderboardPolicy, TrustPolicy
from routing.validated_yaml import misplaced, validated

STAFF_ONLY_INTENTS = frozenset({"safety_hazard", "legal_threat", "privacy_request", "press_enquiry", OUT_OF_SCOPE})
"""Never for volunteers or the bot, whatever a policy file says: danger, law, privacy, press, and what nobody
understood."""

STAFF_DOUBT = 0.2
"""For policy files that do not say it."""

Share = Annotated[float, Field(ge=0, le=1)]
Domain = Annotated[str, Field(pattern=r"^[a-z0-9äöüß-]+(\.[a-z0-9äöüß-]+)+$", max_length=253)]


class Route(Strict):
    """Where an intent goes."""

    unit: str
    lane: Lane
    priority: Priority


class PeerPolicy(Strict):
    """The peer lane. `most_at_once` counts tickets held, `most_offers_a_day` offers of the last 24 hours; `approval`: a
    coordinator decides about applications."""

    waves: Waves
    lease_minutes: Minutes
    most_at_once: Count
    most_offers_a_day: Count
    review: bool = True
    review_minutes: Minutes = 10
    links: tuple[Domain, ...] = ()
    approval: bool = False
    trust: TrustPolicy = TrustPolicy()
    leaderboard: LeaderboardPolicy = LeaderboardPolicy()

    @property
    def review_time(self) -> timedelta:
        """How long volunteers may look a newcomer's answer over, before staff do."""
        return timedelta(minutes=self.review_minutes)

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


class AskingPolicy(Strict):
    """How long a contact may think about which of a few things they mean, and who gets it when they say nothing:
    `peer` only when all that was offered is the community's."""

    minutes: Minutes = 3
    unanswered: Literal[Lane.STAFF, Lane.PEER] = Lane.STAFF

    @property
    def patience(self) -> timedelta:
        """How long the asking waits."""
        return timedelta(minutes=self.minutes)


class Policy(Strict):
    """All of it. See routing/policy.yml for what each key means."""

    version: Annotated[int, Field(ge=1, le=1)]
    units: dict[str, dict[Locale, str]]
    intents: dict[str, Route]
    confidence_floor: Share
    staff_doubt: Share = STAFF_DOUBT
    staff_only_data: frozenset[str]
    peer: PeerPolicy
    asking: AskingPolicy = AskingPolicy()
    silence: SilencePolicy
    storm: StormPolicy = StormPolicy()

    @model_validator(mode="after")
    def _holds_together(self) -> Policy:
        if OUT_OF_SCOPE not in self.intents:
            raise misplaced("out_of_scope is missing; it is where unread messages go", "intents")
        for intent, route in self.intents.items():
            if route.unit not in self.units:
                raise misplaced(f"{route.unit!r} is not one of units", "intents", intent, "unit")
            if intent in STAFF_ONLY_INTENTS and route.lane is not Lane.STAFF:
                raise misplaced("only staff may handle this: the lane must be staff", "intents", intent, "lane")
        return self

    def route(self, intent: str) -> Route:
        """Where `intent` goes; an intent the policy does not know goes where out_of_scope does."""
        return self.intents.get(intent) or self.intents[OUT_OF_SCOPE]

    def unit_name(self, unit: str | None, locale: Locale) -> str:
        """The unit's name for people."""
        return self.units.get(unit or "", {}).get(locale) or unit or "-"


def parse_policy(text: str, source: str) -> Policy:
    """The policy in `text`. `source` names it in errors. Raises SettingsInvalid."""
    return validated(Policy, text, source, such_as="'units' and 'intents'")
