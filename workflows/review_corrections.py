"""Coordinators decide which corrections a model may learn from: one, many, or with another intent than proposed.

Rejected ones keep no words. An accepted one can still be rejected; models that learned from it are made without it at
the next start or training. Nothing here touches tickets: for these, what staff said counted at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.errors import InputRejected, NotAllowed
from desk.learning import Correction, CorrectionId, CorrectionState, Service
from desk.people import Responder, Role
from workflows.care_desk import CareDesk

MOST_LISTED = 500


def may_review(responder: Responder) -> bool:
    """Coordinators and admins."""
    return responder.active and responder.role in (Role.COORDINATOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class LearningState:
    """What waits for review, what reads, and how many accepted corrections its model has not learned."""

    waiting: Sequence[Correction]
    service: Service | None
    to_learn: int


async def learning_state(desk: CareDesk, responder: Responder) -> LearningState:
    """For the review list. Raises NotAllowed."""
    waiting = await corrections_waiting(desk, responder)
    async with desk.store.begin() as work:
        service = await work.models.in_service()
        accepted = {one.id for one in await work.corrections.accepted()}
    learned = set(service.model.corrections) if service is not None else set()
    return LearningState(waiting, service, len(accepted - learned))


async def corrections_waiting(desk: CareDesk, responder: Responder | None) -> Sequence[Correction]:
    """What waits for review, oldest first. `responder` None: the operator at a terminal. Raises NotAllowed."""
    _reviewer_only(responder)
    async with desk.store.begin() as work:
        return await work.corrections.listed(CorrectionState.PENDING, limit=MOST_LISTED)


async def decide_corrections(
    desk: CareDesk,
    responder: Responder | None,
    ids: Sequence[CorrectionId],
    state: CorrectionState,
    *,
    intent: str | None = None,
) -> Sequence[CorrectionId]:
    """Accepts (with `intent` in place of the proposed one) or rejects them. Returns those it was done to; others were
    decided or emptied meanwhile. Raises NotAllowed, InputRejected for an intent the policy does not know."""
    _reviewer_only(responder)
    if intent is not None and intent not in desk.policy().intents:
        raise InputRejected("intent: not one of the policy's intents")
    by, now = responder.id if responder is not None else None, desk.clock.now()
    async with desk.store.begin() as work:
        done = await work.corrections.decide(ids, state, intent=intent, by=by, now=now)
        if done:
            await work.events.add(
                "CorrectionsReviewed",
                now=now,
                responder_id=by,
                state=state.value,
                count=len(done),
                intent=intent or "as proposed",
            )
    return done


def _reviewer_only(responder: Responder | None) -> None:
    if responder is not None and not may_review(responder):
        raise NotAllowed("only coordinators and admins review")
