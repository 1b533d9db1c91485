"""The ticket: the obligation to resolve one question, and its life.

A ticket is `new` until somebody works on it, `open` while the brand owes the next step, `pending` while the
contact does, `on_hold` while a third party does. `solved` is the desk's or the contact's claim that the
obligation is met: a reply reopens it. `closed` is the end: a reply then starts a follow-up that links back.

The table below is the whole truth: (status, trigger) -> status. What is not in it is illegal, raises
IllegalTransition and changes nothing. The diagram in docs/ is drawn from it.

    contact_wrote    the contact sent a message
    assigned         a responder took the ticket
    answered         a responder (or an article) answered the contact
    released         the assignee handed it back, or the lease ended
    held             an agent waits for a third party
    resumed          an agent takes it up again
    resolved         the contact or an agent says it is solved
    rejected         the contact says it is not solved
    fell_silent      the contact did not come back in time
    expired          nobody objected to `solved` in time
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from desk.errors import IllegalTransition
from desk.people import ContactId, Locale, ResponderId

TicketId = NewType("TicketId", int)
ConversationId = NewType("ConversationId", int)


class Status(StrEnum):
    """Where a ticket stands."""

    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    ON_HOLD = "on_hold"
    SOLVED = "solved"
    CLOSED = "closed"


class Lane(StrEnum):
    """Who should answer."""

    KNOWLEDGE = "knowledge"
    PEER = "peer"
    STAFF = "staff"


class Priority(StrEnum):
    """How soon a ticket is taken up. Order: low < normal < high < urgent."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """0 for low to 3 for urgent, for comparing."""
        return list(Priority).index(self)


class Trigger(StrEnum):
    """What happens to a ticket. See the module's docstring."""

    CONTACT_WROTE = "contact_wrote"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    RELEASED = "released"
    HELD = "held"
    RESUMED = "resumed"
    RESOLVED = "resolved"
    REJECTED = "rejected"
    FELL_SILENT = "fell_silent"
    EXPIRED = "expired"


TRANSITIONS: dict[tuple[Status, Trigger], Status] = {
    (Status.NEW, Trigger.CONTACT_WROTE): Status.NEW,
    (Status.NEW, Trigger.ASSIGNED): Status.OPEN,
    (Status.NEW, Trigger.ANSWERED): Status.PENDING,
    (Status.NEW, Trigger.RELEASED): Status.NEW,
    (Status.NEW, Trigger.HELD): Status.ON_HOLD,
    (Status.NEW, Trigger.RESOLVED): Status.SOLVED,
    (Status.NEW, Trigger.REJECTED): Status.OPEN,
    (Status.OPEN, Trigger.CONTACT_WROTE): Status.OPEN,
    (Status.OPEN, Trigger.ASSIGNED): Status.OPEN,
    (Status.OPEN, Trigger.ANSWERED): Status.PENDING,
    (Status.OPEN, Trigger.RELEASED): Status.OPEN,
    (Status.OPEN, Trigger.HELD): Status.ON_HOLD,
    (Status.OPEN, Trigger.RESUMED): Status.OPEN,
    (Status.OPEN, Trigger.RESOLVED): Status.SOLVED,
    (Status.OPEN, Trigger.REJECTED): Status.OPEN,
    (Status.PENDING, Trigger.CONTACT_WROTE): Status.OPEN,
    (Status.PENDING, Trigger.ASSIGNED): Status.PENDING,
    (Status.PENDING, Trigger.ANSWERED): Status.PENDING,
    (Status.PENDING, Trigger.RELEASED): Status.OPEN,
    (Status.PENDING, Trigger.HELD): Status.ON_HOLD,
    (Status.PENDING, Trigger.RESUMED): Status.OPEN,
    (Status.PENDING, Trigger.RESOLVED): Status.SOLVED,
    (Status.PENDING, Trigger.REJECTED): Status.OPEN,
    (Status.PENDING, Trigger.FELL_SILENT): Status.SOLVED,
    (Status.ON_HOLD, Trigger.CONTACT_WROTE): Status.OPEN,
    (Status.ON_HOLD, Trigger.ASSIGNED): Status.ON_HOLD,
    (Status.ON_HOLD, Trigger.ANSWERED): Status.PENDING,
    (Status.ON_HOLD, Trigger.RELEASED): Status.OPEN,
    (Status.ON_HOLD, Trigger.RESUMED): Status.OPEN,
    (Status.ON_HOLD, Trigger.RESOLVED): Status.SOLVED,
    (Status.ON_HOLD, Trigger.REJECTED): Status.OPEN,
    (Status.SOLVED, Trigger.CONTACT_WROTE): Status.OPEN,
    (Status.SOLVED, Trigger.ANSWERED): Status.PENDING,
    (Status.SOLVED, Trigger.RESUMED): Status.OPEN,
    (Status.SOLVED, Trigger.RESOLVED): Status.SOLVED,
    (Status.SOLVED, Trigger.REJECTED): Status.OPEN,
    (Status.SOLVED, Trigger.EXPIRED): Status.CLOSED,
}


def after(status: Status, trigger: Trigger) -> Status:
    """The status after `trigger`. Raises IllegalTransition when the table has no such arrow."""
    try:
        return TRANSITIONS[status, trigger]
    except KeyError:
        raise IllegalTransition("ticket", status, trigger) from None


@dataclass(frozen=True, slots=True)
class Ticket:
    """One obligation. `number` is public (`Z-1042`).

    `waiting_since`: when the contact wrote what nobody has answered yet; None when the brand owes nothing.
    `lease_expires_at`: until when the assignee holds it (volunteers; agents hold without end).
    `rejections`: how often the contact said *not solved*.
    """

    id: TicketId
    number: str
    conversation_id: ConversationId
    contact_id: ContactId
    status: Status
    lane: Lane | None
    unit: str | None
    priority: Priority
    intent: str | None
    locale: Locale
    assignee_id: ResponderId | None
    lease_expires_at: datetime | None
    rejections: int
    follow_up_of: TicketId | None
    opened_at: datetime
    waiting_since: datetime | None
    answered_at: datetime | None
    solved_at: datetime | None
    wave: int = 0
    csat: int | None = None

    @property
    def is_live(self) -> bool:
        """True until closed: a conversation has at most one live ticket."""
        return self.status is not Status.CLOSED
