"""Suspicion: what looks as if somebody played with the community, for a coordinator to look at.

A suspicion is a question to a person, never a judgement: nothing happens to anybody until a coordinator has looked at
the evidence and decided. Every rule is stated where it is computed, with its threshold, and has an innocent look-alike
in its tests: the couple in one household, the fast expert, the one who gives the same true answer every day.

    self_answering  the contact and the volunteer seem to be one person       suspect_pairs.py
    praise_ring     volunteers who ask each other and call it solved          suspect_rings.py
    sniping         taking nearly everything at once, then not answering it   suspect_snipers.py
    copying         one text as the answer to quite different questions       suspect_copies.py
    posing, luring  the check refused such words again after the volunteer was told   suspect_attempts.py
    reported        contacts reported what a volunteer wrote                          suspect_attempts.py

Pure: no I/O, no clock. Callers pass the deeds of the last WATCHED; what is older is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from desk.people import ContactId, ResponderId
from desk.phrases import marked as _
from desk.record import AnswerVerdict
from desk.ticket import TicketId

WATCHED = timedelta(days=60)
"""How far back the rules look."""


class SuspicionRule(StrEnum):
    """What is suspected."""

    SELF_ANSWERING = "self_answering"
    PRAISE_RING = "praise_ring"
    SNIPING = "sniping"
    COPYING = "copying"
    POSING = "posing"
    LURING = "luring"
    REPORTED = "reported"


class Ending(StrEnum):
    """How a volunteer's hold of a ticket ended: with an answer, given back, or by a lease that ran out."""

    ANSWERED = "answered"
    HANDED_BACK = "handed_back"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Deed:
    """One ticket that one volunteer took.

    `asker_id`: the responder whose account wrote the question, if it is one. `shingles`: hashes of every three words of
    the answer, masked; empty when there was none. `verdict_after`: from the answer to what the contact said of it.
    """

    responder_id: ResponderId
    ticket_id: TicketId
    contact_id: ContactId
    topic: str | None
    offered_at: datetime
    accepted_at: datetime
    ending: Ending
    asker_id: ResponderId | None = None
    verdict: AnswerVerdict | None = None
    verdict_after: timedelta | None = None
    shingles: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def claimed_after(self) -> timedelta:
        """How long the volunteer took to take it."""
        return self.accepted_at - self.offered_at

    @property
    def praised(self) -> bool:
        """Called solved by the contact."""
        return self.verdict is AnswerVerdict.SOLVED


def usual_claim(deeds: Sequence[Deed]) -> timedelta:
    """Half of the deeds were claimed at least as fast. There is at least one."""
    return timedelta(seconds=median(deed.claimed_after.total_seconds() for deed in deeds))


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something to look at. `figures` fill the words of SAID; `tickets` are the evidence, oldest first."""

    rule: SuspicionRule
    responders: tuple[ResponderId, ...]
    tickets: tuple[TicketId, ...]
    figures: Mapping[str, int]
    contact_id: ContactId | None = None

    @property
    def key(self) -> str:
        """The same for the same rule and people, so that one case grows instead of many."""
        people = ",".join(str(one) for one in sorted(self.responders))
        return f"{self.rule}:{people}" + (f":{self.contact_id}" if self.contact_id is not None else "")


SAID: Mapping[SuspicionRule, str] = {
    SuspicionRule.SELF_ANSWERING: _(
        "Of {asked} questions of one contact, {answered} were taken by this volunteer; by chance it would be about"
        " {expected}. Half of them were taken within {seconds} seconds, {at_once} were called solved within a minute."
    ),
    SuspicionRule.PRAISE_RING: _(
        "{people} volunteers ask each other: {inside} of the {praised} answers they were praised for came from within."
    ),
    SuspicionRule.SNIPING: _(
        "Took {taken} of {offered} offers, half of them within {seconds} seconds; {spoiled} of them were given back,"
        " ran out or did not help."
    ),
    SuspicionRule.COPYING: _(
        "Gave nearly the same text as the answer to {questions} questions on {topics} topics; it solved {solved}."
    ),
    SuspicionRule.POSING: _("Spoke as staff, and after being told so again, on {refused} more questions. All refused."),
    SuspicionRule.LURING: _(
        "Led contacts elsewhere, and after being told so again, on {refused} more questions. All refused."
    ),
    SuspicionRule.REPORTED: _("Contacts who reported what was written to them: {reports}."),
}
"""What a coordinator reads."""
