"""Which words may together be one name: "Anna-Lena von der Heide", "Tim & Svea", "Mr van der Berg".

A run begins with a word that may be a name and goes on over what continues one: further names, initials, particles such
as "von der" before a capital. Whether it is a name is decided in privacy_people.py. Each word is looked at a bounded
number of times.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re

from nlu.privacy_lexicon import WordKind, sound, word_kind
from nlu.privacy_look import Look, Word
from nlu.privacy_name_context import cue_before
from nlu.privacy_name_cues import FIRMS, INTRODUCES, MENTIONS, NEVER, PARTICLES, SALUTATIONS, THINGS, TITLES, VERBS

LISTED = (WordKind.GIVEN, WordKind.FAMILY)
LEADING = SALUTATIONS | TITLES
_MOST_WORDS = 5
_NEXT_TO = re.compile(r"[ \t]{1,2}|\.[ \t]{0,2}|-")
_NAME_IS_OVER = re.compile(r"[ ]?(?:[,;:.!?)\n(]|$|(?:und|and|aus|from) )")
MAY_INTRODUCE = frozenset({". ", "o ", ": "})
"""What stands right before a word that "M.", "c/o" or "Name:" introduces."""
NOBLE = PARTICLES - {"der", "den", "st", "y", "mc", "mac", "bin"}
_INITIAL_ALONE = re.compile(r"(?:[a-zäöüß,:(]\s|\n)(?!z\. )[A-ZÄÖÜ]\. ?$")
_NAME_ENDS = re.compile(r"[,;:)\n]")
_NO_SURNAME = NEVER | TITLES
_POINTING = frozenset("the this that a your der die das den dem eure euer".split())
_MISTERS = frozenset("mr mrs ms herr herrn".split())
_WHOSE = frozenset("meine meiner seine der die eine einer unsere".split())
_AND = re.compile(r" (?:und|and|u\.?|i|y|et|ve) ")


def with_partner(look: Look, after: int) -> int:
    """The end of "Tim & Svea" and "Eva and Peter Novak" when `after` is the end of "Tim", "Eva"."""
    words, text = look.words, look.text
    first = words[after - 1]
    if after < len(words) and text[first.end : words[after].start] in {" & ", "/"}:
        return run(look, after) if word_kind(words[after].low) > WordKind.COMPOUND else after
    partner = after + 1
    if partner >= len(words) or not _AND.fullmatch(text[first.end : words[partner].start]):
        return after
    if word_kind(first.low) < WordKind.GIVEN or word_kind(words[partner].low) is not WordKind.GIVEN:
        return after
    return run(look, partner) if first.capital and words[partner].capital else after


def noble_end(look: Look, i: int) -> int:
    """The end of "von der Heide" that begins at word `i` behind a salutation, whatever the last word is; else 0."""
    words = look.words
    end = i
    while end < len(words) and words[end].low in PARTICLES and end - i < 3:
        end += 1
    if end == len(words) or not words[end].capital or words[end].low in _NO_SURNAME:
        return 0
    return end + 1 if look.text[words[i].start : words[end].start].replace(" ", "").isalpha() else 0


def introduced(look: Look, i: int) -> bool:
    """Whether "Herr", "c/o" and the like stand right before word `i`, which then is a name though an ordinary word."""
    word = look.words[i]
    if i == 0 or word.low in _NO_SURNAME or word.end - word.start < 3:
        return False
    if look.low.endswith("c/o ", 0, word.start):
        return word.capital
    if _INITIAL_ALONE.search(look.text, max(0, word.start - 6), word.start):
        return word.capital and word_kind(word.low) in (WordKind.INFLECTED, WordKind.COMPOUND)
    before = look.words[i - 1]
    if look.text[before.end : word.start] == ": " and cue_before(look, i).points >= INTRODUCES:
        return word.capital and word_kind(word.low) in (WordKind.INFLECTED, WordKind.COMPOUND)
    if before.low not in LEADING or look.text[before.start : before.end] == "HR":
        return False
    if not word.capital and (word_kind(word.low) is not WordKind.COMPOUND or before.low not in _MISTERS):
        return False
    if before.low in {"frau", "familie"} and i > 1 and look.words[i - 2].low in _WHOSE:
        return False
    return look.text[before.end : word.start] in {" ", ". ", "."}


def run(look: Look, i: int) -> int:
    """The end of the run of words from `i` on that may together be one name."""
    words, text = look.words, look.text
    first = words[i]
    if not first.capital and word_kind(first.low) is WordKind.UNKNOWN and cue_before(look, i).points < MENTIONS:
        return i
    end = i + 1
    while end < len(words) and end - i < _MOST_WORDS:
        word = words[end]
        gap = text[words[end - 1].end : word.start]
        if not _NEXT_TO.fullmatch(gap) or (gap.startswith(".") and words[end - 1].end - words[end - 1].start > 3):
            break
        if word.low in VERBS and "." in gap:
            break
        if word.low in PARTICLES:
            after = _after_particles(look, end)
            if after > end:
                end = after
                continue
        if not _continues(word, words[end - 1]) and not _closes_name(look, end):
            break
        end += 1
    while end > i + 1 and words[end - 1].low in PARTICLES:
        end -= 1
    return end


def _closes_name(look: Look, at: int) -> bool:
    """Whether the ordinary word `at` is a surname: "Max Muster, ...", but not "Max Kunde seit 2010"."""
    word, before = look.words[at], look.words[at - 1]
    kind = word_kind(before.low)
    if not (word.capital or before.capital):
        strange = word_kind(word.low) in (WordKind.COMPOUND, WordKind.UNKNOWN) and word.low not in _NO_SURNAME
        return (
            kind is WordKind.GIVEN and strange and before.low[-1] != "s" and bool(_NAME_ENDS.match(look.low, word.end))
        )
    return (
        word.capital
        and before.capital
        and word.low not in _NO_SURNAME
        and word_kind(before.low) in (WordKind.GIVEN, WordKind.DOUBTFUL)
        and bool(_NAME_IS_OVER.match(look.low, word.end))
    )


def _after_particles(look: Look, at: int) -> int:
    """The end of "von der Aue" that begins at word `at`; `at` itself when no name follows the particles."""
    words = look.words
    end = at
    while end < len(words) and words[end].low in PARTICLES and end - at < 3:
        end += 1
    if end == len(words):
        return at
    kind = word_kind(words[end].low)
    if kind is WordKind.GIVEN and word_kind(words[at - 1].low) is WordKind.UNKNOWN:
        return at
    noble = words[end].capital and words[at - 1].capital and kind > WordKind.PROPER
    return end + 1 if noble or _continues(words[end], words[at - 1]) else at


def _continues(word: Word, before: Word) -> bool:
    """Whether `word` may stand in a name after `before`."""
    kind, kind_before = word_kind(word.low), word_kind(before.low)
    if word.end - word.start == 1:
        return word.capital and before.capital and word.low != "i"
    if word.capital:
        surname = (
            kind in (WordKind.INFLECTED, WordKind.COMPOUND)
            and kind_before in (WordKind.GIVEN, WordKind.UNKNOWN)
            and before.capital
        )
        return kind > WordKind.COMPOUND or surname
    if kind in LISTED:
        return True
    if before.capital or word.end - word.start < 3:
        return False
    if kind is WordKind.UNKNOWN:
        return sound(word.low) > 0 and kind_before in (*LISTED, WordKind.UNKNOWN)
    return kind is WordKind.DOUBTFUL and kind_before in LISTED


def is_letter_alone(look: Look, i: int) -> bool:
    """Whether word `i` stands for a surname: "Frau M."."""
    word = look.words[i]
    return i > 0 and word.capital and look.words[i - 1].low in SALUTATIONS and look.text[word.end : word.end + 1] == "."


def is_thing(look: Look, start: int, end: int) -> bool:
    """Whether a thing or a firm bears the name: "Modell Klara", "the Clara sofa", "John Lewis"."""
    words = look.words
    first, last = words[start], words[end - 1]
    if any(word.low in THINGS for word in words[start:end]):
        return True
    before = words[start - 1] if start > 0 else None
    if before is not None and before.low in THINGS:
        return look.text[before.end : first.start].strip(" \"„“'") == ""
    if before is not None and before.low in _POINTING and end < len(words) and words[end].low in THINGS:
        return True
    return any(look.low.endswith(firm, 0, last.end) for firm in FIRMS.get(last.low, ()))


def starts_as_name(look: Look, i: int) -> bool:
    """Whether word `i`, a verb as well, stands as a name would: "my son Will", but not "Will it" or "WILL"."""
    word = look.words[i]
    if not word.capital or look.text[word.start : word.end].isupper():
        return False
    return look.text[max(0, word.start - 4) : word.start].rstrip(" \"„“'(")[-1:] not in {
        "",
        ".",
        "!",
        "?",
        "\n",
        ":",
        "…",
    }
