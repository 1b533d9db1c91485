"""Lessons of incidents, as they are stored."""

from __future__ import annotations

from datetime import timedelta

from db.store import PostgresStore
from desk.incident import NewIncident
from desk.lesson import NewLesson
from tests.integration.db.desk_life import NOW, SOON, volunteer


async def test_a_lesson_has_an_owner_is_done_once_and_may_be_open_again(store: PostgresStore) -> None:
    async with store.begin() as work:
        gus = await volunteer(work, "gus")
        incident = await work.incidents.propose(NewIncident("Anmeldung gestört", "outage", (), NOW), now=NOW)
        other = await work.incidents.propose(NewIncident("Pakete verspätet", "delivery_status", (), NOW), now=NOW)
        day = NOW.date() + timedelta(days=7)
        first = await work.lessons.add(NewLesson(incident, "Schreibt die Notiz vorher", gus.id, day, gus.id), now=NOW)
        await work.lessons.add(NewLesson(incident, "Übt einmal im Jahr", gus.id, day, gus.id), now=SOON)
        assert await work.lessons.set_done(incident, first, by=gus.id, now=SOON)
        assert not await work.lessons.set_done(incident, first, by=gus.id, now=SOON)
        assert not await work.lessons.set_done(other, first, by=None, now=SOON)
        one, two = await work.lessons.of_incident(incident)
        assert (one.text, one.owner, one.due, one.done_at, one.is_late(day)) == (
            "Schreibt die Notiz vorher",
            "gus",
            day,
            SOON,
            False,
        )
        assert not two.is_late(day)
        assert two.is_late(day + timedelta(days=1))
        assert await work.lessons.set_done(incident, first, by=None, now=SOON)
        assert [one.is_done for one in await work.lessons.of_incident(incident)] == [False, False]
        assert await work.lessons.of_incident(other) == []
