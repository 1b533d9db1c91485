"""What changed between two versions of a text, word by word.

Pure. The parts put together without what was added are the old text, without what was removed the new one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|[^\s]+")


class Change(StrEnum):
    """What became of a part."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Part:
    """Some words in a row with the same fate."""

    change: Change
    text: str


def changes(old: str, new: str) -> Sequence[Part]:
    """In reading order; of words put in place of others, first what was removed."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    parts: list[Part] = []
    for what, old_from, old_to, new_from, new_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(Part(Change.KEPT, "".join(before[old_from:old_to])))
            continue
        removed, added = "".join(before[old_from:old_to]), "".join(after[new_from:new_to])
        parts += [Part(change, text) for change, text in ((Change.REMOVED, removed), (Change.ADDED, added)) if text]
    return parts
