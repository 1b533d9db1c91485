"""Corrections of readings: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from desk.conversation import MessageId
from desk.learning import Correction, CorrectionId, CorrectionState, LearnedText, NewCorrection, ReadAs
from desk.people import ResponderId
from desk.ticket import TicketId


class CorrectionStore(Protocol):
    """Corrections, and what they correct."""

    async def readings_of(self, ticket_id: TicketId) -> Mapping[MessageId, ReadAs]:
        """What the contact's messages of a ticket were read as, without those no engine read."""

    async def propose(self, correction: NewCorrection) -> bool:
        """Puts it on the review list, in place of one of the same message that still waits there. False: it gives way
        to what staff said."""

    async def withdraw(self, message_id: MessageId) -> None:
        """Takes what still waits for review about this message from the list."""

    async def listed(self, state: CorrectionState, *, limit: int) -> Sequence[Correction]:
        """Oldest first."""

    async def decide(
        self,
        ids: Sequence[CorrectionId],
        state: CorrectionState,
        *,
        intent: str | None,
        by: ResponderId | None,
        now: datetime,
    ) -> Sequence[CorrectionId]:
        """Accepts pending ones, `intent` in place of the proposed one, or rejects pending or accepted ones and forgets
        their words. Returns those it was done to. Of one message only the newest stays accepted."""

    async def accepted(self) -> Sequence[LearnedText]:
        """All accepted ones that still have words, in the order of their ids."""

    async def texts(self, ids: Sequence[CorrectionId]) -> Sequence[LearnedText]:
        """The same of these ids."""

    async def waiting(self) -> int:
        """How many wait for review."""
