"""The buttons under the desk's messages, and how their actions are written and read.

An action is `verb:id` or `verb:id:value`, at most 64 bytes (Telegram's callback data). Anybody can send any action:
`read_action` refuses what is not of this form, and every verb checks that the button is the tapper's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desk.alert import AlertId
from desk.answer import AnswerId
from desk.conversation import Button, ButtonRows, MessageId
from desk.errors import InputRejected
from desk.incident import IncidentId
from desk.intents import asked_as
from desk.muster import MusterId
from desk.offer import OfferId
from desk.people import Locale, ResponderId
from desk.phrases import marked as _
from desk.ports import Phrases
from desk.ticket import TicketId

ACTION = re.compile(r"([a-z_.]{2,24}):([0-9]{1,18})(?::([0-9]{1,18}))?")

ABOUT_ANSWERS = ("send", "askback", "rewrite", "discard", "approve", "mend", "return", "handup")
"""Verbs whose number is that of an answer under way: under the messages that are retired when it goes on."""


@dataclass(frozen=True, slots=True)
class Action:
    """A tapped button's meaning."""

    verb: str
    id: int
    value: int | None


def read_action(text: str) -> Action:
    """The action in `text`. Raises InputRejected."""
    match = ACTION.fullmatch(text)
    if match is None:
        raise InputRejected("this button is not one of ours")
    verb, number, value = match.groups()
    return Action(verb, int(number), int(value) if value else None)


class ButtonTexts:
    """Buttons in one language."""

    def __init__(self, phrases: Phrases, locale: Locale | None) -> None:
        self._phrases, self._locale = phrases, locale

    def _button(self, label: str, action: str) -> Button:
        return Button(self._phrases.say(self._locale, label), action)

    def verdict(self, ticket_id: TicketId) -> ButtonRows:
        """Under an answer: is it solved?"""
        return (
            (
                self._button(_("✅ Solved"), f"solved:{ticket_id}"),
                self._button(_("❌ Not solved"), f"unsolved:{ticket_id}"),
            ),
            (self._button(_("🙋 Talk to a person"), f"human:{ticket_id}"),),
        )

    def human(self, ticket_id: TicketId) -> ButtonRows:
        """Under whatever the bot says by itself."""
        return ((self._button(_("🙋 Talk to a person"), f"human:{ticket_id}"),),)

    def statement(self, ticket_id: TicketId) -> ButtonRows:
        """Under the approved wording on an incident."""
        return (
            (self._button(_("🤔 Mine is different"), f"different:{ticket_id}"),),
            (self._button(_("🙋 Talk to a person"), f"human:{ticket_id}"),),
        )

    def is_it_this(self, ticket_id: TicketId, incident_id: IncidentId) -> ButtonRows:
        """Under the question whether it is a known incident."""
        return (
            (self._button(_("Yes, that is it"), f"sameincident:{ticket_id}:{incident_id}"),),
            (self._button(_("No, mine is different"), f"otherincident:{ticket_id}:{incident_id}"),),
        )

    def which(self, ticket_id: TicketId, intents: Sequence[str]) -> ButtonRows:
        """Under the question what it is about: one a row, so that a phone shows them whole."""
        rows = [(self._button(asked_as(one), f"which:{ticket_id}:{place}"),) for place, one in enumerate(intents, 1)]
        return (*rows, (self._button(_("Something else"), f"which:{ticket_id}:0"),))

    def this_solved(self, answers: Sequence[tuple[MessageId, str]], ticket_id: TicketId) -> ButtonRows:
        """Under a public question: its answers by their first words, one a row, then the way on."""
        rows = [(Button(f"✅ {words}", f"thissolved:{message_id}"),) for message_id, words in answers]
        return (*rows, (self._button(_("❌ Not solved"), f"unsolved:{ticket_id}"),))

    def rating(self, ticket_id: TicketId) -> ButtonRows:
        """1 to 5 stars."""
        stars = [Button("⭐" * count, f"rate:{ticket_id}:{count}") for count in range(1, 6)]
        return (tuple(stars[:3]), tuple(stars[3:]))

    def rating_and_thanks(self, ticket_id: TicketId) -> ButtonRows:
        """1 to 5 stars, and thanks to the volunteer whose answer solved it."""
        return (*self.rating(ticket_id), (self._button(_("💛 Say thanks"), f"thank:{ticket_id}"),))

    def offer(self, offer_id: OfferId) -> ButtonRows:
        """Under an offer."""
        return (
            (
                self._button(_("Take it"), f"take:{offer_id}"),
                self._button(_("Pass"), f"pass:{offer_id}"),
            ),
        )

    def holding(self, ticket_id: TicketId) -> ButtonRows:
        """For the volunteer who has the ticket."""
        return (
            (
                self._button(_("Hand back"), f"handback:{ticket_id}"),
                self._button(_("Refer"), f"refer:{ticket_id}"),
            ),
            (self._button(_("Hand to staff"), f"staff:{ticket_id}"),),
        )

    def draft(self, answer_id: AnswerId) -> ButtonRows:
        """Under a draft that may go out."""
        return (
            (
                self._button(_("Send as answer"), f"send:{answer_id}"),
                self._button(_("Ask back"), f"askback:{answer_id}"),
            ),
            (self._button(_("Change"), f"rewrite:{answer_id}"),),
        )

    def refused(self, answer_id: AnswerId, ticket_id: TicketId) -> ButtonRows:
        """Under what cannot go out as it is."""
        return (
            (
                self._button(_("Discard"), f"discard:{answer_id}"),
                self._button(_("Hand to staff"), f"staff:{ticket_id}"),
            ),
        )

    def review(self, answer_id: AnswerId) -> ButtonRows:
        """For a volunteer who looks an answer over."""
        return (
            (
                self._button(_("Approve"), f"approve:{answer_id}"),
                self._button(_("Approve with a change"), f"mend:{answer_id}"),
            ),
            (
                self._button(_("Return with a note"), f"return:{answer_id}"),
                self._button(_("Hand to staff"), f"handup:{answer_id}"),
            ),
        )

    def staff_review(self, answer_id: AnswerId) -> ButtonRows:
        """For staff, who may as well answer themselves."""
        return ((self._button(_("Send this answer"), f"approve:{answer_id}"),),)

    def endorse(self, answer_id: AnswerId) -> ButtonRows:
        """For an expert, under somebody's answer."""
        return ((self._button(_("Endorse"), f"endorse:{answer_id}"),),)

    def why(self, ticket_id: TicketId, reasons: Sequence[str]) -> ButtonRows:
        """Why staff should have it: one a row, so that a phone shows them whole."""
        rows = [(self._button(one, f"why:{ticket_id}:{place}"),) for place, one in enumerate(reasons, 1)]
        return (*rows, (self._button(_("Something else: I write it"), f"why:{ticket_id}:0"),))

    def colleagues(self, ticket_id: TicketId, named: Sequence[tuple[ResponderId, str]]) -> ButtonRows:
        """To whom a question may be referred."""
        return tuple((Button(name, f"referto:{ticket_id}:{responder_id}"),) for responder_id, name in named)

    def alert(self, alert_id: AlertId, incident_id: IncidentId | None, *, may_muster: bool = False) -> ButtonRows:
        """For whoever is called about an early warning. `may_muster`: the playbook offers to call the volunteers."""
        seen = (self._button(_("I am looking at it"), f"storm.ack:{alert_id}"),)
        if incident_id is None:
            return (seen,)
        decide = (
            self._button(_("Confirm incident"), f"storm.confirm:{incident_id}"),
            self._button(_("Not a problem"), f"storm.dismiss:{incident_id}"),
        )
        call = (self._button(_("Confirm and call the volunteers"), f"storm.muster:{incident_id}"),)
        return (seen, decide, call) if may_muster else (seen, decide)

    def undo_muster(self, muster_id: MusterId) -> ButtonRows:
        """For whoever called the volunteers."""
        return ((self._button(_("Undo: called by mistake"), f"storm.unmuster:{muster_id}"),),)

    def staff(self, ticket_id: TicketId) -> ButtonRows:
        """Under a ticket's card in the staff room."""
        return (
            (
                self._button(_("Claim"), f"claim:{ticket_id}"),
                self._button(_("Mark as solved"), f"solve:{ticket_id}"),
                self._button(_("Release"), f"release:{ticket_id}"),
            ),
        )
