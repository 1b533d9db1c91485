"""Texts of the brand in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.queries import load
from db.session import Row, Session
from desk.brand_texts import BrandTextName, BrandTextVersion
from desk.people import Locale, ResponderId

_SQL = load("brand_texts")


class BrandTexts:
    """desk.store.BrandTextStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def newest(self, name: BrandTextName, locale: Locale) -> BrandTextVersion | None:
        """The version in force; None: the default is."""
        row = await self._session.one(_SQL["newest"], name, locale)
        return None if row is None else _version(row)

    async def versions(self) -> Sequence[BrandTextVersion]:
        """All of all texts, newest first."""
        return [_version(row) for row in await self._session.all(_SQL["versions"])]

    async def add(
        self,
        name: BrandTextName,
        locale: Locale,
        *,
        version: int,
        text: str | None,
        by: ResponderId,
        now: datetime,
    ) -> bool:
        """False when there is such a version already."""
        return await self._session.value(_SQL["add"], name, locale, version, text, by, now) is not None


def _version(row: Row) -> BrandTextVersion:
    return BrandTextVersion(
        name=BrandTextName(row["name"]),
        locale=Locale(row["locale"]),
        version=row["version"],
        text=row["text"],
        by=row["by"],
        at=row["changed_at"],
    )
