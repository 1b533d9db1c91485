"""The asking: which of a few things does the contact mean? Asked once per ticket, when a reading is not certain.

An asking is `open` while the contact may tap one of the `intents` offered, in the order of the buttons, or
"something else". It ends with what they chose, with "something else", when they wrote more instead, when they fell
silent, or when somebody or something else overtook it: a person was wanted, an agent took the ticket, it was solved.
Every other state is final: a button tapped later is answered politely.

The table is the whole truth: (state, trigger) -> state; the rest raises IllegalTransition.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.conversation import MessageId
from desk.errors import IllegalTransition
from desk.ticket import TicketId

MOST_OFFERED = 3
"""Intents in one asking: more is a menu, and nobody reads menus."""


class AskingState(StrEnum):
    """Where an asking stands."""

    OPEN = "open"
    CHOSEN = "chosen"
    SOMETHING_ELSE = "something_else"
    WRITTEN = "written"
    SILENT = "silent"
    OVERTAKEN = "overtaken"


class AskingTrigger(StrEnum):
    """What happens to an asking. See the module's docstring."""

    CHOOSE = "choose"
    REFUSE = "refuse"
    WRITE = "write"
    FALL_SILENT = "fall_silent"
    OVERTAKE = "overtake"


TRANSITIONS: dict[tuple[AskingState, AskingTrigger], AskingState] = {
    (AskingState.OPEN, AskingTrigger.CHOOSE): AskingState.CHOSEN,
    (AskingState.OPEN, AskingTrigger.REFUSE): AskingState.SOMETHING_ELSE,
    (AskingState.OPEN, AskingTrigger.WRITE): AskingState.WRITTEN,
    (AskingState.OPEN, AskingTrigger.FALL_SILENT): AskingState.SILENT,
    (AskingState.OPEN, AskingTrigger.OVERTAKE): AskingState.OVERTAKEN,
}


def after(state: AskingState, trigger: AskingTrigger) -> AskingState:
    """The state after `trigger`. Raises IllegalTransition when the table has no such arrow."""
    try:
        return TRANSITIONS[state, trigger]
    except KeyError:
        raise IllegalTransition("asking", state, trigger) from None


@dataclass(frozen=True, slots=True)
class Asking:
    """One asking. `message_id`: the message it is about. `chosen`: one of `intents`, once the contact has tapped it."""

    ticket_id: TicketId
    message_id: MessageId
    intents: tuple[str, ...]
    state: AskingState
    chosen: str | None
    asked_at: datetime
