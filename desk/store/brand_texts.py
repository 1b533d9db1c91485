"""Texts of the brand: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.brand_texts import BrandTextName, BrandTextVersion
from desk.people import Locale, ResponderId


class BrandTextStore(Protocol):
    """Versions of the brand's texts. No version: the default."""

    async def newest(self, name: BrandTextName, locale: Locale) -> BrandTextVersion | None: ...
    async def versions(self) -> Sequence[BrandTextVersion]:
        """All of all texts, newest first."""

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
        """False when there is such a version already: somebody else was faster."""
