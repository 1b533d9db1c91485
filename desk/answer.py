"""The answer: what a volunteer writes about the question they hold, until the contact has it, and after.

An answer is a `draft` while its author may still change it, `refused` while the check has something against it (the
contact never sees that), `in_review` while somebody with standing looks it over, `returned` when that somebody asks for
more, `sent` when the contact has it. It is `dropped` when the question went elsewhere or its author took it back,
`recalled` when it turned out to be wrong: then the contact was told.

A ticket has at most one answer that is under way. A question back to the contact is the same with another
`kind`: it is never reviewed, and nobody can say that it solved anything.

The table is the whole truth: (state, trigger) -> state; the rest raises IllegalTransition.

    write      the author's words changed, and the check has nothing against them
    refuse     the check has something against them
    submit     the author is done; somebody looks it over first
    send       the author is done; it goes out at once
    approve    who looked it over sends it, perhaps with a change
    return     who looked it over asks the author for more
    drop       the question went elsewhere, or the author took it back
    recall     it was wrong
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from desk.conversation import MessageId
from desk.errors import IllegalTransition
from desk.inbound import InboundFile
from desk.people import ResponderId
from desk.ticket import TicketId

AnswerId = NewType("AnswerId", int)


class AnswerState(StrEnum):
    """Where an answer stands."""

    DRAFT = "draft"
    REFUSED = "refused"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    SENT = "sent"
    RECALLED = "recalled"
    DROPPED = "dropped"


class AnswerTrigger(StrEnum):
    """What happens to an answer. See the module's docstring."""

    WRITE = "write"
    REFUSE = "refuse"
    SUBMIT = "submit"
    SEND = "send"
    APPROVE = "approve"
    RETURN = "return"
    DROP = "drop"
    RECALL = "recall"


class AnswerKind(StrEnum):
    """`answer`, or a `question` back to the contact."""

    ANSWER = "answer"
    QUESTION = "question"


_S, _T = AnswerState, AnswerTrigger

TRANSITIONS: dict[tuple[AnswerState, AnswerTrigger], AnswerState] = {
    (_S.DRAFT, _T.WRITE): _S.DRAFT,
    (_S.DRAFT, _T.REFUSE): _S.REFUSED,
    (_S.DRAFT, _T.SUBMIT): _S.IN_REVIEW,
    (_S.DRAFT, _T.SEND): _S.SENT,
    (_S.DRAFT, _T.DROP): _S.DROPPED,
    (_S.REFUSED, _T.WRITE): _S.DRAFT,
    (_S.REFUSED, _T.REFUSE): _S.REFUSED,
    (_S.REFUSED, _T.DROP): _S.DROPPED,
    (_S.IN_REVIEW, _T.WRITE): _S.DRAFT,
    (_S.IN_REVIEW, _T.REFUSE): _S.REFUSED,
    (_S.IN_REVIEW, _T.APPROVE): _S.SENT,
    (_S.IN_REVIEW, _T.RETURN): _S.RETURNED,
    (_S.IN_REVIEW, _T.DROP): _S.DROPPED,
    (_S.RETURNED, _T.WRITE): _S.DRAFT,
    (_S.RETURNED, _T.REFUSE): _S.REFUSED,
    (_S.RETURNED, _T.DROP): _S.DROPPED,
    (_S.SENT, _T.DROP): _S.DROPPED,
    (_S.SENT, _T.RECALL): _S.RECALLED,
}

UNDER_WAY = frozenset({AnswerState.DRAFT, AnswerState.REFUSED, AnswerState.IN_REVIEW, AnswerState.RETURNED})
"""States in which the contact has not seen it and may still do so."""

REPLACED_BY_NEXT = frozenset({AnswerState.REFUSED, AnswerState.RETURNED})
"""States in which what the author writes next stands instead of what they wrote; in a draft it is added."""


def after(state: AnswerState, trigger: AnswerTrigger) -> AnswerState:
    """The state after `trigger`. Raises IllegalTransition when the table has no such arrow."""
    try:
        return TRANSITIONS[state, trigger]
    except KeyError:
        raise IllegalTransition("answer", state, trigger) from None


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One message of the author's that the answer is made of: an edit of it changes the answer."""

    answer_id: AnswerId
    channel: str
    external_id: str
    body: str
    files: tuple[InboundFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `body` is its whole text; `message_id`: as the contact has it. `rules`: what the check last had
    against it. `to_replace`: the next words stand instead of these. `note`: what its reviewer asks for."""

    id: AnswerId
    ticket_id: TicketId
    author_id: ResponderId
    kind: AnswerKind
    state: AnswerState
    body: str
    written_at: datetime
    rules: tuple[str, ...] = ()
    to_replace: bool = False
    message_id: MessageId | None = None
    submitted_at: datetime | None = None
    reviewed_by: ResponderId | None = None
    note: str | None = None
    endorsed_by: ResponderId | None = None
    recalled_by: ResponderId | None = None
    recall_reason: str | None = None

    @property
    def is_under_way(self) -> bool:
        """The contact has not seen it and may still do so."""
        return self.state in UNDER_WAY
