"""The application: somebody asks to become a volunteer.

It is filled in by and by, in a chat or on the web page, and kept from the first tap. Handing it in takes accepting the
code of conduct. Where the policy asks for approval it waits for a coordinator; otherwise it is approved at once. Who
is approved joins with a chat account or the browser; from a chat that happens in the same moment.

The table is the whole truth: (state, trigger) -> state; the rest raises IllegalTransition.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from desk.errors import IllegalTransition
from desk.people import Locale, ResponderId
from desk.volunteering import Wishes

ApplicationId = NewType("ApplicationId", int)

AGAIN_AFTER = timedelta(days=30)
"""When somebody who was declined may apply again."""

CODE_LASTS = timedelta(days=30)
"""How long the code of an application from the web page works."""


class ApplicationState(StrEnum):
    """Where an application stands."""

    FILLING = "filling"
    WAITING = "waiting"
    APPROVED = "approved"
    JOINED = "joined"
    DECLINED = "declined"


class ApplicationTrigger(StrEnum):
    """What happens to it: handed in, looked at by a coordinator (or by nobody, where none is asked), an account
    joins."""

    HAND_IN = "hand_in"
    APPROVE = "approve"
    DECLINE = "decline"
    JOIN = "join"


TRANSITIONS: dict[tuple[ApplicationState, ApplicationTrigger], ApplicationState] = {
    (ApplicationState.FILLING, ApplicationTrigger.HAND_IN): ApplicationState.WAITING,
    (ApplicationState.WAITING, ApplicationTrigger.APPROVE): ApplicationState.APPROVED,
    (ApplicationState.WAITING, ApplicationTrigger.DECLINE): ApplicationState.DECLINED,
    (ApplicationState.APPROVED, ApplicationTrigger.JOIN): ApplicationState.JOINED,
}


def after(state: ApplicationState, trigger: ApplicationTrigger) -> ApplicationState:
    """The state after `trigger`. Raises IllegalTransition when the table has no such arrow."""
    try:
        return TRANSITIONS[state, trigger]
    except KeyError:
        raise IllegalTransition("application", state, trigger) from None


@dataclass(frozen=True, slots=True)
class ChatAccount:
    """Where the applicant can be told things."""

    channel: str
    external_id: str
    chat: str


@dataclass(frozen=True, slots=True)
class Application:
    """One application. `account` is missing while it was made on the web page and no chat has joined it. `answer`: what
    the coordinator wrote."""

    id: ApplicationId
    state: ApplicationState
    name: str
    locale: Locale | None
    account: ChatAccount | None
    wishes: Wishes
    began_at: datetime
    conduct_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: ResponderId | None = None
    answer: str | None = None
    responder_id: ResponderId | None = None
