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
    DOES,
    GREETS,
    HINTS,
    INTRODUCES,
    MENTIONS,
    SPEAKS,
    TITLES,
    VERBS,
)
from nlu.privacy_name_ends import name_end, name_start
from nlu.privacy_name_runs import (
    LEADING,
    LISTED,
    MAY_INTRODUCE,
    NOBLE,
    introduced,
    is_letter_alone,
    is_thing,
    noble_end,
    run,
    starts_as_name,
    with_partner,
)

ENOUGH = 10
_DIGIT_NEXT = re.compile(r"[ -]?\d")
_LINE_ENDS = re.compile(r"[ \t.,!;:)(\U0001f300-\U0001faff❤️☺️^<3-]{0,8}(?:\n|$)")


_FOREIGN = re.compile("[şğıçłćčńñśšźžżřěőűøåãõđțșěťďýęą]")
"""Letters of which German and English make no words."""
_INITIAL = re.compile(r"(?<![\w.])(?<!z )(?<!z\. )(?:(?:[A-ZÄÖÜ][a-z]?|[a-z]|[Cc]hr|[Jj]oh|th)\.[ -]?){1,3}$")
_FOR_ANOTHER = re.compile(r"(?<!\w)(?:i\. ?[AV]\.|c/o|p\. ?p\.|pp[.a]?\.?|gez\.) ?$")
_MY_NAME = re.compile(
    r"[ ,]{1,2}(?:is my (?:sur|last |first |maiden |full )?name|mein name|is the name"
    r"|ist (?:mein|der) (?:nach|vor)?name)\b"
)
_BORN = re.compile(r",? \(?(?:geb\b|geboren|born|dob\b|\*\d)")
_CONTACT_NEXT = re.compile(
    r"[,;:]?\s{1,2}(?:tel\b|mobil|handy|phone|e?-?mail\b|\(?(?:0\d{2}|\+\d{2}|\d{3}\))|[\w.+-]{1,40}@)"
)
_BY_TRADE = re.compile(r" (?:von beruf|by trade|by profession|gelernt|bei euch)\b")
_OVER = re.compile(r"[,.!)]?(?:[ \n]|$)(?![a-zäöü])")
_SIGNED = re.compile(r"[,\n][ ]?$")
_TELLS = frozenset("hier here says said sagt sagte meint meinte hat has".split())


def names(look: Look) -> Iterator[PersonalDataSpan]:
    """Names with and without a cue, in any case."""
    words = look.words
    i, led = 0, False
    while i < len(words):
        word = words[i]
        low = word.low
        kind = word_kind(low)
        follows, led = led, low in LEADING
        if kind <= WordKind.COMPOUND and not (word.capital or follows):
            i += 1
            continue
        noble = noble_end(look, i) if follows and low in NOBLE else 0
        if noble:
            yield PersonalDataSpan(name_start(look, words[i].start), words[noble - 1].end, "name")
            i, led = noble, False
            continue
        if kind <= WordKind.COMPOUND:
            near = follows or look.text[words[i].start - 2 : words[i].start] in MAY_INTRODUCE
            passed = not (near and introduced(look, i))
        else:
            passed = (
                low in TITLES
                or (low in VERBS and not starts_as_name(look, i))
                or (kind not in LISTED and CUES.get(low, 0) >= ANNOUNCES)
            )
        after = i if passed else run(look, i)
        if after > i and _points(look, i, after) >= ENOUGH:
            if is_thing(look, i, after):
                i, led = after, False
                continue
            after = with_partner(look, after)
            yield PersonalDataSpan(name_start(look, words[i].start), name_end(look, words[after - 1]), "name")
            i, led = after, False
        else:
            i += 1


def _points(look: Look, start: int, end: int) -> int:
    words = look.words[start:end]
    kinds = [word_kind(word.low) for word in words]
    listed = any(kind in LISTED for kind in kinds)
    cue = cue_before(look, start)
    if max(word.end - word.start for word in words) < 2:
        return ENOUGH if is_letter_alone(look, start) else 0
    if cue.points < INTRODUCES and all(
        k is WordKind.DOUBTFUL and not w.capital for k, w in zip(kinds, words, strict=True)
    ):
        return 0
    points = sum(_worth(look, k, first=k == start) for k in range(start, end))
    if not listed or cue.points > 0:
        points += cue.points
    if cue.points == HINTS and not listed:
        points += -2 if all(kind is WordKind.DOUBTFUL for kind in kinds) else 3 if look.is_english else 0
    if kinds == [WordKind.DOUBTFUL, WordKind.UNKNOWN] and words[0].capital and words[1].capital:
        points += 3
    heard = [sound(w.low) for w, k in zip(words, kinds, strict=True) if w.capital and k is WordKind.UNKNOWN]
    if len(heard) > 1 and sum(heard) > 0:
        points += 2
    if cue.points >= 0 and len(heard) == len(words) and max(heard) > 0.5:
        points += _where_people_stand(look, start, end)
    return points + _around(look, start, end, cue=cue, listed=listed)


def _where_people_stand(look: Look, start: int, end: int) -> int:
    """Points for capitals inside an English sentence, and for what follows. No article stands before."""
    first, last = look.words[start], look.words[end - 1]
    if look.text[first.start : last.end].isupper():
        return 0
    follows = end < len(look.words) and look.text[last.end : look.words[end].start] == " "
    verb = look.words[end].low if follows else ""
    points = 7 if verb in SPEAKS else 4 if verb in DOES else 0
    if look.is_english and not _begins_sentence(look, first):
        points = max(points, 4)
    return points + (3 if end - start > 1 and last.low.endswith("'s") else 0)


def _around(look: Look, start: int, end: int, *, cue: Cue, listed: bool) -> int:
    """Points for what stands around the run, the cue aside."""
    first, last, text = look.words[start], look.words[end - 1], look.text
    before = text[max(0, first.start - 10) : first.start]
    points = _after(look, start, end, listed=listed)
    if _INITIAL.search(before):
        points += 10 if word_kind(first.low) is WordKind.UNKNOWN else 7
    if cue.points == MENTIONS and first.capital and not listed and _OVER.match(text, last.end):
        points += 2
    if first.capital and not text[last.end :].strip(" .!") and _closing_line(look, first.start):
        points += 6
    if _FOR_ANOTHER.search(before):
        points += INTRODUCES
    if listed and _SIGNED.search(before) and not text[last.end : last.end + 9].strip(" .!\n"):
        points += 5
    if (
        first.capital
        and (end - start > 1 or word_kind(first.low) is WordKind.UNKNOWN)
        and _CONTACT_NEXT.match(look.low, last.end)
    ):
        points += 8
    if _LINE_ENDS.match(text, last.end) and (cue.closes or text[: first.start].rstrip(" \t")[-1:] in {"", "\n"}):
        points += 4 if cue.closes or end - start > 1 else 2
    if end - start > 1 and last.capital and not text[last.end :].strip(" .!\n") and _begins_sentence(look, first):
        points += 4
    return points - 6 if not listed and _DIGIT_NEXT.match(text, last.end) else points


def _closing_line(look: Look, at: int) -> bool:
    """Whether a line of greetings stands right before the line that begins at `at`: "Greetings from up north"."""
    above = look.low[max(0, at - 80) : at].rstrip(" \t").rpartition("\n")
    if above[2] or not above[1]:
        return False
    words = above[0].rstrip("\n").rpartition("\n")[2].split()
    return len(words) < 8 and any(word.strip(",.!") in GREETS for word in words[:2])


def _after(look: Look, start: int, end: int, *, listed: bool) -> int:
    """Points for the words that follow the run."""
    last = look.words[end - 1]
    points = 0
    if _MY_NAME.match(look.low, last.end):
        points += INTRODUCES
    if _BORN.match(look.low, last.end):
        points += ANNOUNCES
    if end == len(look.words):
        return points
    after = look.words[end]
    if after.start - last.end < 3:
        starts = after.low in _TELLS and _begins_sentence(look, look.words[start])
        points += 7 if starts else 3 if after.low in AFTER else 7 if is_coupled(look, end) else 0
    if after.low in {"family", "household"} and last.capital:
        points += INTRODUCES
    if end - start > 1 and not listed and after.low in AFTER_BOTH and last.capital:
        points += 3
    return points - 6 if _BY_TRADE.match(look.low, last.end) else points


def _worth(look: Look, i: int, *, first: bool) -> int:
    """Points of one word for itself."""
    word = look.words[i]
    kind = word_kind(word.low)
    if kind in LISTED:
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
