"""Applications: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.application import Application, ApplicationId, ChatAccount
from desk.people import Locale
from desk.volunteering import Wishes


class ApplicationStore(Protocol):
    """Applications. Those that are changed are locked by the read before."""

    async def begin(
        self, account: ChatAccount, wishes: Wishes, *, name: str, locale: Locale | None, now: datetime
    ) -> Application:
        """The account's open application, a new one when there is none; locked. Safe in a race."""

    async def begin_on_page(
        self, code_hash: bytes, wishes: Wishes, *, name: str, locale: Locale, now: datetime
    ) -> Application: ...
    async def latest_of(self, channel: str, external_id: str) -> Application | None:
        """The newest of an account, locked."""

    async def by_id(self, application_id: ApplicationId) -> Application:
        """Locked. Raises NotFound."""

    async def by_code(self, code_hash: bytes, *, since: datetime) -> Application | None:
        """The one with this code, locked; None when unknown or begun before `since`."""

    async def waiting(self) -> Sequence[Application]:
        """Those that wait for a coordinator, oldest first."""

    async def decided(self, *, limit: int) -> Sequence[Application]:
        """Those a coordinator decided, newest first."""

    async def save(self, application: Application) -> None:
        """Writes everything that can change. The account leaves other open applications."""

    async def drop(self, application_id: ApplicationId) -> None: ...
    async def purge(self, *, before: datetime) -> None:
        """Erases those that came to nothing and were begun before; not those that wait for a coordinator."""
