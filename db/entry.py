"""Invitations, sign-in links and console sessions in PostgreSQL. Codes and tokens come in as hashes only."""

from __future__ import annotations

from datetime import datetime

from db import mapping
from db.queries import load
from db.session import Row, Session
from desk.people import Invitation, Locale, Responder, ResponderId, Role, TrustLevel

_SQL = load("entry")


class Entry:
    """The part of desk.store.PeopleStore that lets responders in."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add_invitation(
        self, code_hash: bytes, invitation: Invitation, *, now: datetime, expires_at: datetime
    ) -> None:
        """Keeps an invitation until it is used."""
        await self._session.run(
            _SQL["add_invitation"],
            code_hash,
            invitation.role,
            invitation.name,
            invitation.units,
            invitation.topics,
            invitation.languages,
            now,
            expires_at,
            invitation.existing,
            invitation.trust,
        )

    async def take_invitation(self, code_hash: bytes, *, now: datetime) -> Invitation | None:
        """The invitation, locked; None when unknown, used or expired."""
        row = await self._session.one(_SQL["take_invitation"], code_hash, now)
        if row is None:
            return None
        return Invitation(
            role=Role(row["role"]),
            name=row["name"],
            units=tuple(row["units"]),
            topics=tuple(row["topics"]),
            languages=tuple(Locale(language) for language in row["languages"]),
            existing=row["responder_id"],
            trust=TrustLevel(row["trust"]),
        )

    async def use_invitation(self, code_hash: bytes, responder_id: ResponderId, *, now: datetime) -> None:
        """Uses it up."""
        await self._session.run(_SQL["use_invitation"], code_hash, responder_id, now)

    async def add_sign_in_link(self, token_hash: bytes, responder_id: ResponderId, *, expires_at: datetime) -> None:
        """Keeps a link until it is used."""
        await self._session.run(_SQL["add_sign_in_link"], token_hash, responder_id, expires_at)

    async def use_sign_in_link(self, token_hash: bytes, *, now: datetime) -> Responder | None:
        """The responder, once; None when unknown, used or expired."""
        return _perhaps(await self._session.one(_SQL["use_sign_in_link"], token_hash, now))

    async def add_session(
        self, token_hash: bytes, responder_id: ResponderId, *, now: datetime, expires_at: datetime
    ) -> None:
        """Begins a session of the console."""
        await self._session.run(_SQL["add_session"], token_hash, responder_id, now, expires_at)

    async def session(self, token_hash: bytes, *, now: datetime) -> Responder | None:
        """Whose session it is; None when unknown, ended, or they are no longer active."""
        return _perhaps(await self._session.one(_SQL["session"], token_hash, now))

    async def end_session(self, token_hash: bytes) -> None:
        """Signs out. Unknown is no error."""
        await self._session.run(_SQL["end_session"], token_hash)


def _perhaps(row: Row | None) -> Responder | None:
    return None if row is None else mapping.responder(row)
