"""Names of people.

A run of words that may be a name gathers points: for what each word is (a listed name, one that sounds like a name,
one that is doubtful because it is an ordinary word as well), for what stands before and after it, and for standing
alone on its line. From ENOUGH points on it is a name. So a common given name with a capital letter needs no cue, one in
small letters needs a surname or a cue, and a word in no list needs a cue that announces people.

German capitalises all nouns, so a capital letter says little; privacy_lexicon.py knows the nouns. Each word is looked
at a bounded number of times.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from collections.abc import Iterator

from desk.reading import PersonalDataSpan
from nlu.privacy_lexicon import WordKind, sound, word_kind
from nlu.privacy_look import Look, Word
from nlu.privacy_name_context import Cue, cue_before, is_coupled
from nlu.privacy_name_cues import (
    AFTER,
    AFTER_BOTH,
    ANNOUNCES,
    CUES,
    HINTS,
    INTRODUCES,
    MENTIONS,
    NEVER,
    PARTICLES,
    SALUTATIONS,
    TITLES,
)
from nlu.privacy_name_ends import name_end, name_start

ENOUGH = 10
_MOST_WORDS = 5
_LISTED = (WordKind.GIVEN, WordKind.FAMILY)
_NEXT_TO = re.compile(r"[ \t]{1,2}|\.[ \t]{0,2}|-")
_DIGIT_NEXT = re.compile(r"[ -]?\d")
_LINE_ENDS = re.compile(r"[ \t.,!;:)(\U0001f300-\U0001faff❤️☺️^<3-]{0,8}(?:\n|$)")


_FOREIGN = re.compile("[şğıçłćčńñśšźžżřěőűøåãõđțșěťďýęą]")
"""Letters of which German and English make no words."""
_INITIAL = re.compile(r"(?<![\w.])(?<!z )(?<!z\. )(?:(?:[A-ZÄÖÜ][a-z]?|[a-z]|[Cc]hr|[Jj]oh|th)\.[ -]?){1,3}$")
_FOR_ANOTHER = re.compile(r"(?<!\w)(?:i\. ?[AV]\.|c/o|p\. ?p\.|pp[.a]?\.?|gez\.) ?$")
_MY_NAME = re.compile(r"[ ,]{1,2}(?:is my name|mein name|is the name|ist (?:mein|der) name)\b")
_BORN = re.compile(r",? \(?(?:geb\b|geboren|born|dob\b|\*\d)")
_NAME_IS_OVER = re.compile(r"[ ]?(?:[,;:.!?)\n(]|$|(?:und|and|aus|from) )")
_CONTACT_NEXT = re.compile(r"[,;:]?\s{1,2}(?:tel\b|mobil|handy|phone|e?-?mail\b|\(?(?:0\d{2}|\+\d{2})|[\w.+-]{1,40}@)")
_SIGNED = re.compile(r"[,\n][ ]?$")
_LEADING = SALUTATIONS | TITLES
_NO_SURNAME = NEVER | TITLES
_TELLS = frozenset("hier here says said sagt sagte meint meinte hat has".split())
_MISTERS = frozenset("mr mrs ms herr herrn".split())
_WHOSE = frozenset("meine meiner seine der die eine einer unsere".split())


def names(look: Look) -> Iterator[PersonalDataSpan]:
    """Names with and without a cue, in any case."""
    words = look.words
    i, led = 0, False
    while i < len(words):
        low = words[i].low
        kind = word_kind(low)
        follows, led = led, low in _LEADING
        if kind <= WordKind.COMPOUND:
            passed = not (follows and _introduced(look, i))
        else:
            passed = low in TITLES or (kind not in _LISTED and CUES.get(low, 0) >= ANNOUNCES)
        after = i if passed else _run(look, i)
        if after > i and _points(look, i, after) >= ENOUGH:
            after = _with_partner(look, after)
            yield PersonalDataSpan(name_start(look, words[i].start), name_end(look, words[after - 1]), "name")
            i, led = after, False
        else:
            i += 1


def _with_partner(look: Look, after: int) -> int:
    """The end of "Tim & Svea" when `after` is the end of "Tim"."""
    words = look.words
    if after < len(words) and look.text[words[after - 1].end : words[after].start] == " & ":
        return _run(look, after) if word_kind(words[after].low) > WordKind.COMPOUND else after
    return after


def _introduced(look: Look, i: int) -> bool:
    """Whether "Herr", "Frau" and the like stand right before word `i`, which then is a name though an ordinary word."""
    word = look.words[i]
    if i == 0 or word.low in _NO_SURNAME or word.end - word.start < 3:
        return False
    before = look.words[i - 1]
    if before.low not in _LEADING or look.text[before.start : before.end] == "HR":
        return False
    if not word.capital and (word_kind(word.low) is not WordKind.COMPOUND or before.low not in _MISTERS):
        return False
    if before.low in {"frau", "familie"} and i > 1 and look.words[i - 2].low in _WHOSE:
        return False
    return look.text[before.end : word.start] in {" ", ". ", "."}


def _run(look: Look, i: int) -> int:
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
    if kind in _LISTED:
        return True
    if before.capital or word.end - word.start < 3:
        return False
    if kind is WordKind.UNKNOWN:
        return sound(word.low) > 0 and kind_before in (*_LISTED, WordKind.UNKNOWN)
    return kind is WordKind.DOUBTFUL and kind_before in _LISTED


def _points(look: Look, start: int, end: int) -> int:
    words = look.words[start:end]
    kinds = [word_kind(word.low) for word in words]
    listed = any(kind in _LISTED for kind in kinds)
    cue = cue_before(look, start)
    if max(word.end - word.start for word in words) < 2:
        return 0
    if cue.points < INTRODUCES and all(
        k is WordKind.DOUBTFUL and not w.capital for k, w in zip(kinds, words, strict=True)
    ):
        return 0
    points = sum(_worth(look, k, first=k == start) for k in range(start, end))
    if not listed or cue.points > 0:
        points += cue.points
    if cue.points == HINTS and not listed:
        points += -2 if all(kind is WordKind.DOUBTFUL for kind in kinds) else 3 if look.is_english else 0
    heard = [sound(w.low) for w, k in zip(words, kinds, strict=True) if w.capital and k is WordKind.UNKNOWN]
    if len(heard) > 1 and sum(heard) > 0:
        points += 2
    return points + _around(look, start, end, cue=cue, listed=listed)


def _around(look: Look, start: int, end: int, *, cue: Cue, listed: bool) -> int:
    """Points for what stands around the run, the cue aside."""
    first, last, text = look.words[start], look.words[end - 1], look.text
    before = text[max(0, first.start - 10) : first.start]
    points = 0
    if _INITIAL.search(before):
        points += 7
    if _FOR_ANOTHER.search(before):
        points += ANNOUNCES
    if _MY_NAME.match(look.low, last.end) or _BORN.match(look.low, last.end):
        points += ANNOUNCES
    if listed and _SIGNED.search(before) and not text[last.end : last.end + 9].strip(" .!\n"):
        points += 5
    if end - start > 1 and first.capital and _CONTACT_NEXT.match(look.low, last.end):
        points += 8
    if _LINE_ENDS.match(text, last.end) and (cue.closes or text[: first.start].rstrip(" \t")[-1:] in {"", "\n"}):
        points += 4 if cue.closes or end - start > 1 else 2
    if end - start > 1 and last.capital and not text[last.end :].strip(" .!\n") and _begins_sentence(look, first):
        points += 4
    if end < len(look.words) and look.words[end].start - last.end < 3:
        starts = look.words[end].low in _TELLS and _begins_sentence(look, first)
        points += 5 if starts else 3 if look.words[end].low in AFTER else 7 if is_coupled(look, end) else 0
    if end - start > 1 and not listed and end < len(look.words) and look.words[end].low in AFTER_BOTH and last.capital:
        points += 3
    return points - 6 if not listed and _DIGIT_NEXT.match(text, last.end) else points


def _worth(look: Look, i: int, *, first: bool) -> int:
    """Points of one word for itself."""
    word = look.words[i]
    kind = word_kind(word.low)
    if kind in _LISTED:
        return 10 if word.capital or kind is WordKind.GIVEN else 5
    if kind is WordKind.DOUBTFUL:
        return (3 if first and _begins_sentence(look, word) else 5) if word.capital else 2
    if kind is not WordKind.UNKNOWN:
        return 0
    if word.end - word.start < 5 and look.text[word.start : word.end].isupper():
        return 0
    heard = sound(word.low)
    if word.capital:
        if _FOREIGN.search(word.low):
            return 10
        worth = 6 if heard > 2.5 else 5 if heard > 1 else 4 if heard > -1 else 3
        return worth - 2 if first and _begins_sentence(look, word) else worth
    return 0 if word.end - word.start < 3 else 3 if heard > 2 else 2 if heard > 0.5 else 0


def _begins_sentence(look: Look, word: Word) -> bool:
    before = look.text[max(0, word.start - 8) : word.start].rstrip(" \t\"„“'(>*-")
    return before == "" or before[-1] in ".!?…\n:"
