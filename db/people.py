"""Contacts, responders and their accounts in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from db import mapping
from db.candidates import find_candidates
from db.entry import Entry
from db.queries import load
from db.session import Row, Session
from desk.errors import NotFound
from desk.people import (
    Account,
    Contact,
    ContactId,
    Identity,
    Invitation,
    Locale,
    Reachability,
    Responder,
    ResponderId,
)
from desk.store import Candidate, CandidateSearch
from desk.ticket import ConversationId, Ticket

_SQL = load("people")


class People(Entry):
    """desk.store.PeopleStore."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    async def contact(self, contact_id: ContactId) -> Contact:
        """Raises NotFound."""
        row = await self._session.one(_SQL["contact"], contact_id)
        if row is None:
            raise NotFound(f"no contact {contact_id}")
        return Contact(ContactId(row["id"]), row["name"], mapping.locale(row["locale"]))

    async def identities(self, contact_id: ContactId) -> Sequence[Identity]:
        """The accounts of a contact, oldest first."""
        return [
            Identity(row["channel"], row["external_id"], row["name"], Reachability(row["reachability"]))
            for row in await self._session.all(_SQL["identities"], contact_id)
        ]

    async def set_locale(self, conversation_id: ConversationId, locale: Locale) -> None:
        """Of the conversation and its contact."""
        await self._session.run(_SQL["set_locale"], conversation_id, locale)

    async def set_reachability(self, channel: str, external_id: str, state: Reachability) -> None:
        """Of the identity and the account that have this id."""
        await self._session.run(_SQL["set_reachability"], channel, external_id, state)

    async def reachability(self, conversation_id: ConversationId) -> Reachability:
        """Of the conversation's contact on its channel."""
        state = await self._session.value(_SQL["reachability"], conversation_id)
        return Reachability.REACHABLE if state is None else Reachability(state)

    async def set_conversation_reachability(self, conversation_id: ConversationId, state: Reachability) -> None:
        """Of the contact's identities on the conversation's channel."""
        await self._session.run(_SQL["set_conversation_reachability"], conversation_id, state)

    async def set_account_reachability(self, responder_id: ResponderId, channel: str, state: Reachability) -> None:
        """Of the responder's accounts on a channel."""
        await self._session.run(_SQL["set_account_reachability"], responder_id, channel, state)

    async def responder(self, responder_id: ResponderId) -> Responder:
        """Raises NotFound."""
        row = await self._session.one(_SQL["responder"], responder_id)
        if row is None:
            raise NotFound(f"no responder {responder_id}")
        return mapping.responder(row)

    async def responders_by_id(self, ids: Sequence[ResponderId]) -> Mapping[ResponderId, Responder]:
        """Those of them that exist."""
        rows = await self._session.all(_SQL["responders_by_id"], list(ids))
        return {one.id: one for one in (mapping.responder(row) for row in rows)}

    async def responder_named(self, name: str) -> Responder | None:
        """Whoever has this name, in upper or lower case."""
        return _perhaps(await self._session.one(_SQL["responder_named"], name))

    async def responder_of_account(self, channel: str, external_id: str) -> Responder | None:
        """Whoever joined with this account."""
        return _perhaps(await self._session.one(_SQL["responder_of_account"], channel, external_id))

    async def responders(self) -> Sequence[Responder]:
        """Everybody, by name."""
        return [mapping.responder(row) for row in await self._session.all(_SQL["responders"])]

    async def accounts(self, responder_ids: Sequence[ResponderId]) -> Sequence[Account]:
        """Of all of them, oldest first."""
        return [
            Account(
                ResponderId(row["responder_id"]),
                row["channel"],
                row["external_id"],
                row["chat"],
                Reachability(row["reachability"]),
            )
            for row in await self._session.all(_SQL["accounts"], list(responder_ids))
        ]

    async def candidates(self, ticket: Ticket, search: CandidateSearch, *, now: datetime) -> Sequence[Candidate]:
        """Volunteers who may be asked about the ticket, the most promising first."""
        return await find_candidates(self._session, ticket, search, now=now)

    async def add_responder(self, invitation: Invitation, *, name: str, now: datetime) -> Responder:
        """The name is made unique by a number when it is taken."""
        while True:
            free = await self._session.value(_SQL["free_name"], name)
            row = await self._session.one(
                _SQL["add_responder"],
                invitation.role,
                free,
                invitation.units,
                invitation.topics,
                invitation.languages,
                now,
                invitation.trust,
            )
            if row is not None:
                return mapping.responder(row)

    async def update_responder(self, responder: Responder) -> None:
        """Writes everything that can change but the level: see RecordStore.save_standing."""
        await self._session.run(
            _SQL["update_responder"],
            responder.id,
            responder.role,
            responder.name,
            responder.units,
            responder.topics,
            responder.languages,
            responder.paused_until,
            responder.active,
        )

    async def add_account(self, account: Account, *, now: datetime) -> None:
        """Moves the account when another responder had it."""
        await self._session.run(
            _SQL["add_account"],
            account.responder_id,
            account.channel,
            account.external_id,
            account.chat,
            account.reachability,
            now,
        )


def _perhaps(row: Row | None) -> Responder | None:
    return None if row is None else mapping.responder(row)
