"""Streets with house numbers as they are written in German: "Hauptstr. 12a", "Unter den Linden 77", "Am Markt 3".

One goes from each number to the words before it. A word that ends like a street is one; any word may be one after "Am",
"Unter den" and the like, as far as the rest speaks for it.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from nlu.privacy_lexicon import WordKind, word_kind
from nlu.privacy_look import Look, Word

_TYPES = tuple(
    """
    straße strasse str weg platz allee gasse ring damm ufer chaussee steig pfad markt hof berg graben zeile
    promenade gässle
    gässli stieg wall brücke tor siedlung winkel acker kamp stiege rain anger twiete zeil deich grund garten gärten feld
    höhe hang kai park redder bogen blick wiese wiesen mühle heide busch holz bach tal lände gürtel matte matt
    halde rank weid
    gasserl
    """.split()
)
_SURE_TYPES = (
    "straße",
    "strasse",
    "str",
    "weg",
    "platz",
    "allee",
    "gasse",
    "chaussee",
    "damm",
    "ufer",
    "promenade",
    "twiete",
)
_HOUSE = re.compile(
    r"(?!(?:19|20)\d\d(?!\d))\d{1,4}(?:[ ]?[a-hA-H](?!\w))?(?:[ ]?[-/+][ ]?\d{1,4}[ ]?[a-h]?(?!\w)){0,3}"
    r"(?![\w%€$£°]|[.,:]\d|[ ]?(?:€|euro|eur\b|uhr|prozent|tage?n?\b|wochen?\b|minuten|stunden|mal\b|x\b|mbit"
    r"|gb\b|stück|km\b|meter|monate?n?\b|jahre?n?\b))"
    r"(?:,?[ ](?:[1-9]?\d\.[ ]?(?:stock|og|etage)(?:[ ](?:links|rechts|mitte))?|hinterhaus|vorderhaus|eg|dg"
    r"|top[ ]\d{1,3})(?!\w))?",
    re.I,
)
_TO_NUMBER = re.compile(r"\.?,?[ \t]{1,2}(?:(?:nr|nummer|no|hausnummer)\.?[ ]?)?|\.|[ \t]?(?:nr|no)\.?[ ]?", re.I)
_BEFORE_STREET = frozenset(
    "am an im in der den dem auf unter hinter hinterm vor vorm zum zur beim bei ob über alte alter neue neuer "
    "lange kleine große obere untere "
    "hintere vordere alten neuen langen kleinen großen oberen unteren hohen sankt st hohe hoher breite kurze".split()
)
_LIVING = (
    "wohn",
    "adress",
    "anschrift",
    "umge",
    "umzug",
    "straße",
    "liefer",
    "zieh",
    "hausnr",
    "schickt",
    "plz",
    "postleit",
)
_NO_STREET = frozenset("plz adresse anschrift hausnummer nummer nr tarif ticket stock etage".split())


def german_streets(look: Look) -> Iterator[tuple[int, int]]:
    """Start and end of each."""
    words = look.words
    ends = [word.end for word in words]
    for value in look.values:
        if not value.text[0].isdigit():
            if "." in value.text or "-" in value.text:
                yield from _glued(look, value.start, value.end)
            continue
        house = _HOUSE.match(look.text, value.start)
        k = bisect_left(ends, value.start + 1) - 1
        if house is None or k < 0:
            continue
        if words[k].low in {"nr", "nummer", "no", "hausnummer"}:
            k -= 1
        if k < 0 or not _TO_NUMBER.fullmatch(look.text[words[k].end : value.start]):
            continue
        start = _street_start(look, k, comma="," in look.text[words[k].end : value.start])
        if start is not None:
            yield start, house.end()


def _glued(look: Look, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A street and its number in one piece: "Hauptstr.12"."""
    if re.fullmatch(r"[^\W\d_-]{3,30}(?:str\.?|straße|weg)[.-]?\d{1,4}[a-h]?", look.low[start:end]):
        yield start, end


def _street_start(look: Look, k: int, *, comma: bool) -> int | None:
    """Where the street begins that ends with word `k`; None when it is no street. `comma`: before the number."""
    words = look.words
    word = words[k]
    before = _word_before(look, k)
    leads = before is not None and before.low in _BEFORE_STREET
    last = word.low.rsplit("-", 1)[-1]
    alone = word.low in _TYPES
    if alone and (before is None or not (before.capital or leads)):
        return None
    kind = word_kind(word.low)
    if not last.endswith(_TYPES):
        if comma or not _led_by_preposition(look, k) or word.low in _NO_STREET or not _may_be_street(look, k, kind):
            return None
    elif not _is_sure(word.low, last) and kind <= WordKind.INFLECTED and not _led(look, before):
        return None
    start = word.start
    while before is not None and _belongs(look, k, before, glued=alone):
        start, k, alone = before.start, k - 1, False
        before = _word_before(look, k)
    return start


def _is_sure(low: str, last: str) -> bool:
    """Whether a word that ends like a street can be nothing else: "Gartenweg", "Theodor-Heuss-Ring"."""
    return last.endswith(_SURE_TYPES) or (last in _TYPES and last != low)


def _led(look: Look, before: Word | None) -> bool:
    """Whether "Am" or "Spittelauer" stands before, or "am" where somebody speaks of where they live."""
    if before is None:
        return False
    if before.low not in _BEFORE_STREET:
        return before.capital and word_kind(before.low) > WordKind.INFLECTED
    return before.capital or speaks_of_living(look)


def _word_before(look: Look, k: int) -> Word | None:
    """The word before word `k` when nothing but a blank, a hyphen or the dot of "St." stands between."""
    if k == 0:
        return None
    before = look.words[k - 1]
    return before if look.text[before.end : look.words[k].start] in {" ", "-", ".", ". ", ".-"} else None


def _belongs(look: Look, k: int, before: Word, *, glued: bool) -> bool:
    """Whether the word before word `k` is part of the street's name. Small "in der" before "Goethestraße" is none."""
    if before.low in _BEFORE_STREET:
        return before.capital or not look.words[k].capital or _led_by_capital(look, k - 1)
    return before.capital and (glued or look.text[before.end] in "-.")


def _led_by_capital(look: Look, k: int) -> bool:
    """Whether "Unter" stands before the small word `k`, as in "Unter den Linden"."""
    before = _word_before(look, k)
    return before is not None and before.capital and before.low in _BEFORE_STREET


def _led_by_preposition(look: Look, k: int) -> bool:
    """Whether "Am", "Unter den" or the like stands before word `k`, and not an article alone."""
    before = _word_before(look, k)
    if before is not None and before.low in {"der", "den", "dem", "die", "das"}:
        before = _word_before(look, k - 1)
    return before is not None and before.low in _BEFORE_STREET


def _may_be_street(look: Look, k: int, kind: WordKind) -> bool:
    """Whether a word that does not sound like a street may be one after "Am", "Unter den" and the like."""
    if "wohn" in look.low or "adress" in look.low or "anschrift" in look.low:
        return kind is not WordKind.PROPER
    first = k - 1
    while first > 0 and look.words[first - 1].low in _BEFORE_STREET:
        first -= 1
    lead = look.words[first]
    inside = look.text[: lead.start].rstrip(" \t")[-1:] not in {"", ".", "!", "?", "\n"}
    return lead.capital and look.words[k].capital and (inside or kind > WordKind.PROPER)


def speaks_of_living(look: Look) -> bool:
    return look.holds(_LIVING)
