"""When another model began to read, for whoever compares what was read before with what was read after.

Baselines are counts of readings: "so many complaints at this hour of this weekday". A new model reads some messages
otherwise, so counts of intents jump at a change without anything having happened outside. Storm detection asks for
the changes of its baseline's span and, for intents, counts what a model read only against what the same model (or all
messages, whatever they were read as) gives to expect, until enough hours have passed.

A change is reported

- for any engine, Rasa's models and the fallback between engines included, at the first reading that came from another
  engine or model than the reading before, unless that model had read within the hour before: machines that change one
  after the other, and an outage of minutes, make one change and not a hundred;
- for the embedded engine also when a model came into service and no reading shows it within the hour.

Each reading names its engine and model (`reading.engine`, `reading.model`). The embedded engine's is the version in
`nlu_model`, Rasa's the id that its server tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desk.learning import ModelChange
from workflows.care_desk import CareDesk


async def model_changes(desk: CareDesk, *, since: datetime) -> Sequence[ModelChange]:
    """The changes from then until now, oldest first. What reads for the first time ever is no change."""
    async with desk.store.begin() as work:
        return await work.models.changes(since=since)
