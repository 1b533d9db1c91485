"""Entrance tests and sittings in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from db.queries import load
from db.session import Row, Session
from desk.entrance_test import EntranceTest, Question, Sitting, SittingId
from desk.errors import NotFound
from desk.people import Locale, ResponderId

_SQL = load("entrance_tests")


class EntranceTests:
    """desk.store.EntranceTestStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def in_force(self) -> Mapping[str, EntranceTest]:
        """The newest version of each unit that has questions."""
        newest = [_test(row) for row in await self._session.all(_SQL["newest"])]
        return {test.unit: test for test in newest if test.questions}

    async def newest(self, unit: str) -> EntranceTest | None:
        """Also one without questions."""
        found = [_test(row) for row in await self._session.all(_SQL["newest"])]
        return next((test for test in found if test.unit == unit), None)

    async def version(self, unit: str, version: int) -> EntranceTest:
        """Raises NotFound."""
        row = await self._session.one(_SQL["version"], unit, version)
        if row is None:
            raise NotFound(f"no test {unit} {version}")
        return _test(row)

    async def add(
        self,
        unit: str,
        questions: Sequence[Question],
        *,
        after: int,
        pass_percent: int,
        repeat_hours: int,
        by: ResponderId,
        now: datetime,
    ) -> bool:
        """The version after `after`. False: somebody wrote it just now."""
        plain = [
            {"text": dict(one.text), "choices": [dict(choice) for choice in one.choices], "right": one.right}
            for one in questions
        ]
        row = await self._session.one(_SQL["add"], unit, after + 1, pass_percent, repeat_hours, plain, by, now)
        return row is not None

    async def begin(self, responder_id: ResponderId, unit: str, version: int, *, now: datetime) -> Sitting:
        """A new go, or the one that is under way."""
        row = await self._session.one(_SQL["begin"], responder_id, unit, version, now)
        if row is not None:
            return _sitting(row)
        under_way = await self.latest_sitting(responder_id, unit)
        if under_way is None:
            raise NotFound("the sitting is gone")
        return under_way

    async def sitting(self, sitting_id: SittingId) -> Sitting | None:
        """Locked."""
        row = await self._session.one(_SQL["sitting"], sitting_id)
        return None if row is None else _sitting(row)

    async def latest_sitting(self, responder_id: ResponderId, unit: str) -> Sitting | None:
        """The newest go of a volunteer at a unit's test."""
        row = await self._session.one(_SQL["latest_sitting"], responder_id, unit)
        return None if row is None else _sitting(row)

    async def save_sitting(self, sitting: Sitting) -> None:
        """How far it has come, and how it ended."""
        await self._session.run(
            _SQL["save_sitting"], sitting.id, list(sitting.answers), sitting.ended_at, sitting.passed
        )


def _test(row: Row) -> EntranceTest:
    return EntranceTest(
        unit=row["unit"],
        version=row["version"],
        questions=tuple(_question(one) for one in row["questions"]),
        pass_percent=row["pass_percent"],
        repeat_after=timedelta(hours=row["repeat_hours"]),
        written_by=ResponderId(row["written_by"]),
        written_at=row["written_at"],
    )


def _question(said: Mapping[str, Any]) -> Question:
    return Question(
        {Locale(locale): text for locale, text in said["text"].items()},
        tuple({Locale(locale): text for locale, text in one.items()} for one in said["choices"]),
        said["right"],
    )


def _sitting(row: Row) -> Sitting:
    return Sitting(
        id=SittingId(row["id"]),
        responder_id=ResponderId(row["responder_id"]),
        unit=row["unit"],
        version=row["version"],
        answers=tuple(row["answers"]),
        began_at=row["began_at"],
        ended_at=row["ended_at"],
        passed=row["passed"],
    )
