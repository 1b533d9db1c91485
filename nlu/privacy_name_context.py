"""What stands before a possible name: the cue, its points, and whether it closes a message.

Between a cue and the name may stand fillers such as "ist der", and punctuation; a sentence's end only after closings
and titles.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from typing import NamedTuple

from nlu.privacy_lexicon import WordKind, word_kind
from nlu.privacy_look import Look
from nlu.privacy_name_cues import ANNOUNCES, CLOSINGS, CONTRADICTS, CUES, HINTS, INTRODUCES, MENTIONS, PAIRS, SELF

_LISTED = (WordKind.GIVEN, WordKind.FAMILY)
_GAP = re.compile(r"[\s,:;!()\[\]\"„“”'«»–*_-]{0,6}|\.[ \t]?|[.!]?[ \t]*[\n]{1,4}[ \t]*")
_FILLERS = frozenset(
    "misspelt misspelled falsch wrong wrongly geschrieben übrigens actually btw nämlich ja aber eigentlich ist is "
    "war was lautet lautete der die ein eine a an auch "
    "again nochmal wieder eben halt von mit dem den".split()
)
_EQUALS = frozenset({"war", "was", "wars"})
"""After "that was" or "das war" comes a name as well as a thing."""
_ANDS = frozenset({"und", "and", "or", "oder"})


class Cue(NamedTuple):
    points: int
    closes: bool = False


NO_CUE = Cue(0)


def is_coupled(look: Look, i: int) -> bool:
    """Whether word `i` is an "and" with a listed name beside it: "Max und Moritz", "Smith or Smythe"."""
    words = look.words
    beside = (words[i - 1], words[i + 1]) if 0 < i < len(words) - 1 else ()
    return words[i].low in _ANDS and any(w.capital and word_kind(w.low) in _LISTED for w in beside)


def cue_before(look: Look, i: int) -> Cue:
    """The cue that stands before word `i`, fillers such as "ist der" skipped."""
    words, text = look.words, look.text
    at, k = words[i].start, i - 1
    for _ in range(4):
        if k < 0:
            return NO_CUE
        word = words[k]
        if not _GAP.fullmatch(text[word.end : at]):
            return NO_CUE
        points, closes = _points_of(look, k, at), word.low in CLOSINGS
        if "\n" in text[word.end : at] and not closes and points < ANNOUNCES:
            return NO_CUE
        if "." in text[word.end : at] and not closes and points < INTRODUCES:
            return NO_CUE
        if points == CONTRADICTS and k + 1 < i and words[k + 1].low in _EQUALS:
            return Cue(HINTS)
        if points >= MENTIONS or word.low not in _FILLERS:
            return Cue(points, closes)
        if points == CONTRADICTS and (k == 0 or words[k - 1].low not in {"ist", "bin", "is", "hat", "nochmal"}):
            return Cue(points)
        at, k = word.start, k - 1
    return NO_CUE


def _points_of(look: Look, k: int, at: int) -> int:
    """Points of word `k` as a cue for what begins at `at`. A label with a colon introduces: "Name: ..."."""
    words, word = look.words, look.words[k]
    if is_coupled(look, k):
        return ANNOUNCES
    pair = PAIRS.get((words[k - 1].low, word.low)) if k else None
    if pair is not None:
        return pair
    points = MENTIONS if word.low in SELF else CUES.get(word.low, 0)
    return INTRODUCES if points == ANNOUNCES and look.text[word.end : word.end + 1] == ":" and word.end < at else points
