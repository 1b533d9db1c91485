"""Contacts, responders, accounts, invitations, sign-in: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.expertise import NOTHING_KNOWN, NOTHING_RATED, Habit, Tally
from desk.people import Account, Contact, ContactId, Identity, Invitation, Locale, Reachability, Responder, ResponderId
from desk.storm_wishes import Caps
from desk.ticket import ConversationId, Ticket
from desk.volunteering import Availability


@dataclass(frozen=True, slots=True)
class Candidate:
    """A volunteer who may be asked. `load`: tickets they hold that wait for them; `offers_today`: offers of the last
    24 hours. Their own wishes, None where they never said any: `availability` (for `desk.volunteering.may_be_asked`),
    the most offers a day and the most at once.

    What is known of them: verdicts on what the ticket asks for (`on_intent`), on its unit (`on_unit`), both in its
    language, and on everything (`overall`); how they answer offers (`habit`) and do so at this part of the day
    (`habit_now`); when they last gave a sign of life (`active_at`).

    `on_duty`: the caps that hold for whoever is in for the storm the ticket is about; they are asked first."""

    responder: Responder
    load: int
    offers_today: int
    open_offers: int
    last_offer_at: datetime | None
    availability: Availability | None = None
    most_a_day: int | None = None
    most_at_once: int | None = None
    on_intent: Tally = NOTHING_RATED
    on_unit: Tally = NOTHING_RATED
    overall: Tally = NOTHING_RATED
    habit: Habit = NOTHING_KNOWN
    habit_now: Habit = NOTHING_KNOWN
    active_at: datetime | None = None
    on_duty: Caps | None = None


@dataclass(frozen=True, slots=True)
class CandidateSearch:
    """How to look for candidates: the policy's caps; `kindred`, all topics of the ticket's unit; `place`, where to
    begin in the random order of those who are looked at (0 to 1); at most `limit` are found."""

    most_at_once: int
    most_a_day: int
    kindred: tuple[str, ...] = ()
    place: float = 0.0
    limit: int = 48


class PeopleStore(Protocol):
    """Contacts, responders, accounts, invitations, sign-in."""

    async def contact(self, contact_id: ContactId) -> Contact: ...
    async def identities(self, contact_id: ContactId) -> Sequence[Identity]:
        """The accounts of a contact, oldest first."""

    async def set_locale(self, conversation_id: ConversationId, locale: Locale) -> None:
        """Of the conversation and its contact."""

    async def set_reachability(self, channel: str, external_id: str, state: Reachability) -> None:
        """Of the identity and the account that have this id."""

    async def reachability(self, conversation_id: ConversationId) -> Reachability: ...
    async def set_conversation_reachability(self, conversation_id: ConversationId, state: Reachability) -> None:
        """Of the contact's identities on the conversation's channel."""

    async def set_account_reachability(self, responder_id: ResponderId, channel: str, state: Reachability) -> None: ...
    async def responder(self, responder_id: ResponderId) -> Responder: ...
    async def responders_by_id(self, ids: Sequence[ResponderId]) -> Mapping[ResponderId, Responder]: ...
    async def responder_named(self, name: str) -> Responder | None: ...
    async def responder_of_account(self, channel: str, external_id: str) -> Responder | None: ...
    async def responders(self) -> Sequence[Responder]: ...
    async def accounts(self, responder_ids: Sequence[ResponderId]) -> Sequence[Account]:
        """Of all of them, oldest first."""

    async def candidates(self, ticket: Ticket, search: CandidateSearch, *, now: datetime) -> Sequence[Candidate]:
        """Active, unpaused, reachable volunteers who speak its language, cover its unit or intent, whose hours it is,
        who are under the caps, were not yet asked about it, and are neither its contact (no account of theirs is an
        identity of the contact) nor kept apart from them. The most promising first; nobody only when nobody is left."""

    async def add_responder(self, invitation: Invitation, *, name: str, now: datetime) -> Responder:
        """The name is made unique by a number when it is taken."""

    async def update_responder(self, responder: Responder) -> None: ...
    async def add_account(self, account: Account, *, now: datetime) -> None:
        """Moves the account when another responder had it."""

    async def add_invitation(
        self, code_hash: bytes, invitation: Invitation, *, now: datetime, expires_at: datetime
    ) -> None: ...
    async def take_invitation(self, code_hash: bytes, *, now: datetime) -> Invitation | None:
        """The invitation, locked; None when unknown, used or expired."""

    async def use_invitation(self, code_hash: bytes, responder_id: ResponderId, *, now: datetime) -> None: ...
    async def add_sign_in_link(self, token_hash: bytes, responder_id: ResponderId, *, expires_at: datetime) -> None: ...
    async def use_sign_in_link(self, token_hash: bytes, *, now: datetime) -> Responder | None:
        """The responder, once; None when unknown, used or expired."""

    async def add_session(
        self, token_hash: bytes, responder_id: ResponderId, *, now: datetime, expires_at: datetime
    ) -> None: ...
    async def session(self, token_hash: bytes, *, now: datetime) -> Responder | None: ...
    async def end_session(self, token_hash: bytes) -> None: ...
