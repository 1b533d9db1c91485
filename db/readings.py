"""Readings to rows and back: what has no column of its own stands in `details`."""

from __future__ import annotations

from dataclasses import asdict

from db.session import Row
from desk.reading import Danger, Entity, IntentGuess, PersonalDataSpan, Reading, Sentiment, Urgency


def details_of(reading: Reading) -> dict[str, object]:
    """The parts of a reading that have no column."""
    return {
        "runners_up": [asdict(guess) for guess in reading.runners_up],
        "also": list(reading.also),
        "entities": [asdict(entity) for entity in reading.entities],
        "personal_data": [asdict(span) for span in reading.personal_data],
        "certain": reading.certain,
        "also_certain": reading.also_certain,
        "danger": reading.danger,
    }


def reading_of(row: Row) -> Reading:
    """A reading as it was stored. What older ones do not say is as it is by default."""
    details = row["details"]
    return Reading(
        language=row["language"],
        intent=row["intent"],
        confidence=row["confidence"],
        runners_up=tuple(IntentGuess(**guess) for guess in details["runners_up"]),
        also=tuple(details["also"]),
        entities=tuple(Entity(**entity) for entity in details["entities"]),
        sentiment=Sentiment(row["sentiment"]),
        urgency=Urgency(row["urgency"]),
        wants_human=row["wants_human"],
        out_of_scope=row["out_of_scope"],
        personal_data=tuple(PersonalDataSpan(**span) for span in details["personal_data"]),
        masked=row["masked"] or "",
        engine=row["engine"],
        model=row["model"],
        certain=details.get("certain", True),
        also_certain=details.get("also_certain", True),
        danger=Danger(details["danger"]) if details.get("danger") else None,
    )
