"""Who wrote what a cluster holds: how many, when, in which language, and which messages are typical.

Bounded: MOST_CONTACTS contacts are told apart, the newest; MOST_EXAMPLES masked examples are kept, those that were most
alike to the others when they came, each cut at MOST_SHOWN characters.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from desk.conversation import MessageId
from routing.cluster import Contact
from routing.cluster_growth import DAY_SLOTS, newest, slot_of
from routing.cluster_words import shown_words, terms

REPEATING = timedelta(hours=1)
MOST_CONTACTS = 2000
MOST_EXAMPLES = 12
MOST_SHOWN = 300
KEY_WORDS = 4
_TYPICAL = 12
_HELD_BY = 0.15
"""A key word stands in so much of the examples at least."""


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """A message as it may be shown, and how typical it is."""

    likeness: float
    id: MessageId
    masked: str
    leaning: float


@dataclass(slots=True)
class Members:
    """The members of a cluster. `written`: by slots of time, each contact once within REPEATING."""

    written: dict[int, int] = field(default_factory=dict)
    strangers: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    _contacts: dict[Contact, datetime] = field(default_factory=dict)
    _examples: list[Example] = field(default_factory=list)
    _leaning: float = 0.0

    @property
    def contacts(self) -> int:
        """How many different people wrote; who is not known counts each time."""
        return len(self._contacts) + self.strangers

    @property
    def language(self) -> str:
        """That of most messages."""
        return "de" if self._leaning >= 0 else "en"

    def wrote(self, contact: Contact | None, at: datetime) -> bool:
        """Somebody wrote. False when the same person did so within REPEATING: that counts for nothing."""
        self.first_at = at if self.first_at is None else min(self.first_at, at)
        self.last_at = at if self.last_at is None else max(self.last_at, at)
        if contact is None:
            self.strangers += 1
        else:
            before = self._contacts.get(contact)
            if before is not None and abs(at - before) < REPEATING:
                return False
            self._remember(contact, at if before is None else max(at, before))
        self._count({slot_of(at): 1})
        return True

    def show(self, message: MessageId, masked: str, leaning: float, likeness: float) -> None:
        """A message that counts may serve as an example."""
        self._leaning += leaning
        self._keep([Example(likeness, message, masked[:MOST_SHOWN], leaning)])

    def take(self, others: Members) -> None:
        """The members of another cluster are members of this one."""
        self._count(others.written)
        self.strangers += others.strangers
        for contact, at in others._contacts.items():
            known = self._contacts.get(contact, at)
            self._remember(contact, max(known, at))
        self.first_at = min((at for at in (self.first_at, others.first_at) if at is not None), default=None)
        self.last_at = max((at for at in (self.last_at, others.last_at) if at is not None), default=None)
        self._leaning += others._leaning
        self._keep(others._examples)

    def examples(self, heaviest: Sequence[str]) -> tuple[tuple[MessageId, str], ...]:
        """Those first that hold most of the `heaviest` terms of the cluster."""
        weight = {term: 1 / (1 + place) for place, term in enumerate(heaviest[:_TYPICAL])}
        typical = {one.id: sum(weight.get(term, 0) for term in terms(one.masked)) for one in self._examples}
        return tuple((one.id, one.masked) for one in sorted(self._examples, key=lambda one: -typical[one.id]))

    def key_words(self, heaviest: Sequence[str]) -> tuple[str, ...]:
        """The first of the `heaviest` terms that examples in the language of most write, as they write them."""
        german = self.language == "de"
        examples = [one for one in self._examples if one.leaning == 0 or (one.leaning > 0) == german] or self._examples
        worded = [shown_words(one.masked) for one in examples]
        words = []
        for term in heaviest:
            forms = [found[term] for found in worded if term in found]
            if forms and len(forms) >= _HELD_BY * len(worded):
                words.append(max(forms, key=forms.count))
            if len(words) == KEY_WORDS:
                break
        return tuple(words)

    def _remember(self, contact: Contact, at: datetime) -> None:
        self._contacts.pop(contact, None)
        self._contacts[contact] = at
        if len(self._contacts) > MOST_CONTACTS:
            del self._contacts[next(iter(self._contacts))]
            self.strangers += 1

    def _count(self, written: dict[int, int]) -> None:
        for slot, count in written.items():
            self.written[slot] = self.written.get(slot, 0) + count
        if len(self.written) > 2 * DAY_SLOTS:
            self.written = newest(self.written)

    def _keep(self, examples: list[Example]) -> None:
        self._examples = sorted([*self._examples, *examples], reverse=True)[:MOST_EXAMPLES]
