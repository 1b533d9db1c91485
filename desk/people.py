"""Contacts, who ask; responders, who answer; identities and accounts, by which channels know them.

A contact has one or more identities, one per channel account. A responder (agent or volunteer) has one or
more accounts, joined by an invitation code. The same channel account may be both: a volunteer who asks a
question of their own is a contact in that conversation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

ContactId = NewType("ContactId", int)
ResponderId = NewType("ResponderId", int)


class Locale(StrEnum):
    """The languages Zuruf speaks."""

    GERMAN = "de"
    ENGLISH = "en"


class Role(StrEnum):
    """What a responder may do. Each staff role may do all that the ones before it may."""

    VOLUNTEER = "volunteer"
    AGENT = "agent"
    COORDINATOR = "coordinator"
    ADMIN = "admin"

    @property
    def is_staff(self) -> bool:
        """True for agents, coordinators and admins."""
        return self is not Role.VOLUNTEER


class TrustLevel(StrEnum):
    """What a volunteer has earned."""

    NEWCOMER = "newcomer"
    HELPER = "helper"
    EXPERT = "expert"
    CHAMPION = "champion"


class Reachability(StrEnum):
    """Whether messages to an identity arrive. Anything but `reachable` is shown to staff."""

    REACHABLE = "reachable"
    BLOCKED = "blocked"
    LEFT = "left"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who asks. `name` is what the channel shows; staff only."""

    id: ContactId
    name: str
    locale: Locale | None


@dataclass(frozen=True, slots=True)
class Identity:
    """An account by which a channel knows a contact."""

    channel: str
    external_id: str
    name: str
    reachability: Reachability


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an update, as the channel tells it. `locale` is the app's language, a hint only."""

    channel: str
    external_id: str
    name: str
    locale: Locale | None = None
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Responder:
    """An agent or a volunteer.

    `units`: business units whose queue an agent watches (empty: all). `topics`: units or intents a
    volunteer answers (empty: all that is open to peers). `languages`: at least one.
    """

    id: ResponderId
    role: Role
    name: str
    languages: tuple[Locale, ...]
    units: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    trust: TrustLevel = TrustLevel.NEWCOMER
    paused_until: datetime | None = None
    active: bool = True

    @property
    def locale(self) -> Locale:
        """The language their screens and offers are in."""
        return self.languages[0] if self.languages else Locale.GERMAN


@dataclass(frozen=True, slots=True)
class Account:
    """A channel account of a responder. `chat` is where private messages to them go."""

    responder_id: ResponderId
    channel: str
    external_id: str
    chat: str | None
    reachability: Reachability = Reachability.REACHABLE


@dataclass(frozen=True, slots=True)
class Invitation:
    """The right to become a responder, once; or, with `existing`, to add an account to one who is there."""

    role: Role
    name: str | None
    units: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    languages: tuple[Locale, ...] = field(default=(Locale.GERMAN, Locale.ENGLISH))
    existing: ResponderId | None = None
    trust: TrustLevel = TrustLevel.NEWCOMER
