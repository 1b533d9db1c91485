"""Triage: unread messages are read outside any transaction, then each reading is applied in one.

Steps: claim a batch of unread messages under a lease; read them all at once; for each conversation, in order,
lock it, store the reading (a message read meanwhile stops here) and do what it asks for:

    somebody has the ticket    it is relayed to them, unless only staff may have it now
    it is with staff already   it is relayed into the staff rooms
    volunteers are being asked it stays with them, unless only staff may have it now
    nobody has it              it is decided: lane, unit, priority, reasons, and the lane's first step; a contact who
                               was not understood for certain is asked first (workflows/ask_which.py)

A batch that dies is claimed again when its lease ends; a message that fails three times goes to staff unread.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from desk.classifying import ClassifierUnavailable, TextToRead
from desk.errors import StorageUnavailable
from desk.people import Locale
from desk.reading import OUT_OF_SCOPE, Reading
from desk.store import UnreadMessage
from desk.ticket import ConversationId
from workflows.apply_reading import apply_reading
from workflows.care_desk import CareDesk
from workflows.insisting import insist

LEASE = timedelta(seconds=30)
ATTEMPTS = 3

UNREAD = Reading(language="other", intent=OUT_OF_SCOPE, confidence=0.0)


class Job(NamedTuple):
    """A message with its reading. `together`: of the words before it as well, when the contact was asked about them."""

    message: UnreadMessage
    reading: Reading
    together: Reading | None


async def triage(desk: CareDesk, *, limit: int = 64) -> int:
    """Reads and routes one batch. Returns how many messages it claimed."""
    batch = await desk.store.queues.claim_unread(limit=limit, now=desk.clock.now(), lease=LEASE)
    if not batch:
        return 0
    by_conversation: dict[ConversationId, list[Job]] = defaultdict(list)
    jobs = await _read(desk, batch)
    if desk.known_incidents is not None:
        read = [(job.message.id, job.together or job.reading) for job in jobs]
        await desk.known_incidents.foresee(desk.store, read)
    for job in jobs:
        by_conversation[job.message.conversation_id].append(job)
    outcomes = await asyncio.gather(
        *(_apply_in_order(desk, jobs) for jobs in by_conversation.values()), return_exceptions=True
    )
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return len(batch)


async def _read(desk: CareDesk, batch: Sequence[UnreadMessage]) -> list[Job]:
    """One reading a message; whoever failed before is not read again but left to people."""
    joined = {one.id: f"{one.before}\n{one.body}" for one in batch if one.before is not None}
    texts = [TextToRead(one.body, one.spoken) for one in batch]
    texts += [TextToRead(joined[one.id], one.spoken) for one in batch if one.id in joined]
    try:
        readings = await desk.classifier.read(texts)
    except ClassifierUnavailable:
        readings = [UNREAD] * len(texts)
    together = dict(zip(joined, readings[len(batch) :], strict=True))
    return [
        Job(one, unread(one.spoken), None) if one.attempts > ATTEMPTS else Job(one, reading, together.get(one.id))
        for one, reading in zip(batch, readings[: len(batch)], strict=True)
    ]


def unread(spoken: Locale | None) -> Reading:
    """The reading of a message that no engine could read."""
    return Reading(language=spoken.value if spoken else "other", intent=OUT_OF_SCOPE, confidence=0.0)


async def _apply_in_order(desk: CareDesk, jobs: Sequence[Job]) -> None:
    for job in jobs:
        try:
            await insist(partial(apply_reading, desk, *job), seconds=LEASE.total_seconds())
        except StorageUnavailable:
            raise
        except Exception:
            if job.message.attempts < ATTEMPTS:
                raise
            await apply_reading(desk, job.message, unread(job.message.spoken))
