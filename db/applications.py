"""Applications in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db import mapping
from db.queries import load
from db.session import Row, Session
from db.volunteers import check_zone
from db.wishes import columns, wishes_of
from desk.application import Application, ApplicationId, ApplicationState, ChatAccount
from desk.errors import NotFound
from desk.people import Locale
from desk.volunteering import Wishes

_SQL = load("applications")


class Applications:
    """desk.store.ApplicationStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def begin(
        self, account: ChatAccount, wishes: Wishes, *, name: str, locale: Locale | None, now: datetime
    ) -> Application:
        """The account's open application, a new one when there is none; locked. Safe in a race."""
        row = await self._session.one(
            _SQL["begin"], account.channel, account.external_id, account.chat, name, locale, *columns(wishes), now
        )
        if row is None:
            row = await self._session.one(_SQL["latest_of"], account.channel, account.external_id)
        if row is None:
            raise NotFound("the application has just ended")
        return _application(row)

    async def begin_on_page(
        self, code_hash: bytes, wishes: Wishes, *, name: str, locale: Locale, now: datetime
    ) -> Application:
        """A new one, with its code of conduct accepted. Raises InputRejected."""
        await check_zone(self._session, wishes.availability.zone)
        row = await self._session.one(_SQL["begin_on_page"], code_hash, name, locale, *columns(wishes), now)
        assert row is not None  # noqa: S101 - an insert returns its row
        return _application(row)

    async def latest_of(self, channel: str, external_id: str) -> Application | None:
        """The newest of an account, locked."""
        return _perhaps(await self._session.one(_SQL["latest_of"], channel, external_id))

    async def by_id(self, application_id: ApplicationId) -> Application:
        """Locked. Raises NotFound."""
        found = _perhaps(await self._session.one(_SQL["by_id"], application_id))
        if found is None:
            raise NotFound(f"no application {application_id}")
        return found

    async def by_code(self, code_hash: bytes, *, since: datetime) -> Application | None:
        """The one with this code, locked; None when unknown or begun before `since`."""
        return _perhaps(await self._session.one(_SQL["by_code"], code_hash, since))

    async def waiting(self) -> Sequence[Application]:
        """Those that wait for a coordinator, oldest first."""
        return [_application(row) for row in await self._session.all(_SQL["waiting"])]

    async def decided(self, *, limit: int) -> Sequence[Application]:
        """Those a coordinator decided, newest first."""
        return [_application(row) for row in await self._session.all(_SQL["decided"], limit)]

    async def save(self, application: Application) -> None:
        """Writes everything that can change. The account leaves other open applications. Raises InputRejected."""
        before = await self.by_id(application.id)
        if before.wishes.availability.zone != application.wishes.availability.zone:
            await check_zone(self._session, application.wishes.availability.zone)
        account = application.account
        if account is not None:
            await self._session.run(_SQL["clear_way"], application.id, account.channel, account.external_id)
        await self._session.run(
            _SQL["save"],
            application.id,
            application.state,
            application.name,
            application.locale,
            account.channel if account else None,
            account.external_id if account else None,
            account.chat if account else None,
            *columns(application.wishes),
            application.conduct_at,
            application.decided_at,
            application.decided_by,
            application.answer,
            application.responder_id,
        )

    async def drop(self, application_id: ApplicationId) -> None:
        """It never was."""
        await self._session.run(_SQL["drop"], application_id)

    async def purge(self, *, before: datetime) -> None:
        """Erases those that came to nothing and were begun before; not those that wait for a coordinator."""
        await self._session.run(_SQL["purge"], before)


def _perhaps(row: Row | None) -> Application | None:
    return None if row is None else _application(row)


def _application(row: Row) -> Application:
    return Application(
        id=ApplicationId(row["id"]),
        state=ApplicationState(row["state"]),
        name=row["name"],
        locale=mapping.locale(row["locale"]),
        account=None if row["channel"] is None else ChatAccount(row["channel"], row["external_id"], row["chat"]),
        wishes=wishes_of(row),
        began_at=row["began_at"],
        conduct_at=row["conduct_at"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        answer=row["answer"],
        responder_id=row["responder_id"],
    )
