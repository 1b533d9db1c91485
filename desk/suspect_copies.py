"""Copied answers: one text as the answer to quite different questions.

Two answers are copies when their sets of three-word shingles agree by ALIKE or more (Jaccard's index; A. Broder, On the
resemblance and containment of documents, 1997). Saying the same true thing each time the same thing is asked is what a
good helper does. So the rule wants copies on LEAST_TOPICS topics and for LEAST_COPIES questions, and that surely
(Wilson's upper bound, 95 %) fewer than HELPFUL of those that say anything were solved by it.

Answers of fewer than LEAST_WORDS words ("Gern geschehen!") are not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from zlib import crc32

from desk.people import ResponderId
from desk.record import AnswerVerdict, Quality
from desk.suspicion import Deed, Suspicion, SuspicionRule

ALIKE = 0.5
LEAST_COPIES = 4
LEAST_TOPICS = 2
HELPFUL = 0.6
LEAST_WORDS = 8
_SHINGLE = 3


def shingles(text: str) -> frozenset[int]:
    """Hashes of every three words in a row, without regard to case and signs; none for a short text."""
    words = ["".join(char for char in word if char.isalnum()) for word in text.casefold().split()]
    words = [word for word in words if word]
    if len(words) < LEAST_WORDS:
        return frozenset()
    rows = (" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
    return frozenset(crc32(row.encode()) for row in rows)


def alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two answers are copies of one text."""
    if not one or not other:
        return False
    both = len(one & other)
    return both >= ALIKE * (len(one) + len(other) - both)


def copying(deeds: Sequence[Deed]) -> Iterator[Suspicion]:
    """Volunteers who answer different questions with one text."""
    by_volunteer: dict[ResponderId, list[Deed]] = defaultdict(list)
    for deed in deeds:
        if deed.shingles:
            by_volunteer[deed.responder_id].append(deed)
    for volunteer, answered in by_volunteer.items():
        for group in _groups(sorted(answered, key=lambda deed: deed.accepted_at)):
            topics = {deed.topic for deed in group}
            telling = [deed for deed in group if deed.verdict not in (None, AnswerVerdict.SILENT)]
            solved = sum(deed.praised for deed in telling)
            too_few = bool(telling) and Quality(solved, len(telling)).at_most() < HELPFUL
            if len(group) >= LEAST_COPIES and len(topics) >= LEAST_TOPICS and too_few:
                yield Suspicion(
                    SuspicionRule.COPYING,
                    (volunteer,),
                    tuple(deed.ticket_id for deed in group),
                    {"questions": len(group), "topics": len(topics), "solved": solved},
                )


def _groups(deeds: Sequence[Deed]) -> list[list[Deed]]:
    """Copies of one text together, by their likeness to the first of each group."""
    groups: list[list[Deed]] = []
    for deed in deeds:
        group = next((group for group in groups if alike(group[0].shingles, deed.shingles)), None)
        if group is None:
            groups.append([deed])
        else:
            group.append(deed)
    return groups
