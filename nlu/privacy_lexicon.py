"""Which words are names: word lists, and how a word sounds.

The lists stand in privacy_words/: given and family names, ordinary words, and what is capitalised but nobody's name
(towns, firms, products). A name that is also an ordinary word is doubtful. For words in no list, three rules:
a long word that ends in an ordinary word is a German compound; endings such as "-czyk" or "-opoulos" make a family
name; and the sound, the mean log odds of its trigrams between our names and our ordinary words. Loaded once, in a
tenth of a second.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "privacy_words"
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae"})
_FAMILY_ENDINGS = (
    "owski", "orski", "orska", "anski", "anska", "ewski", "inski", "iński", "ynski", "owska", "ewska", "inska",
    "czyk", "czak", "wicz", "vić", "ović", "ovic", "evic", "oğlu", "oglu", "opoulos", "poulou", "idis", "akis",
    "enko", "chuk", "shvili", "adze", "yan", "sson", "ersen", "ensen", "mann", "meier", "meyer", "maier",
    "mayer", "hofer", "huber", "bauer", "inger", "lechner", "macher", "worth", "thwaite", "bottom", "borough",
    "bury",
)  # fmt: skip
_ENDINGS = (
    "ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "tion", "tionen", "ismus", "ität", "täten", "ieren",
    "iert", "lich", "liche", "lichen", "licher", "isch", "ische", "ischen", "bar", "bare", "los", "lose", "sam",
    "ing", "ings", "erin", "erinnen", "tional", "ment", "ments", "ness", "less", "able", "ible", "ity", "ious", "ously",
    "fully",
)  # fmt: skip
_INFLECTIONS = (
    "s",
    "n",
    "e",
    "en",
    "er",
    "es",
    "em",
    "ern",
    "'s",
    "ed",
    "d",
    "ly",
    "st",
    "t",
    "te",
    "ten",
    "in",
    "innen",
)
_PLACE_ENDINGS = ("berg", "stein", "feld", "bach", "thal", "hausen", "burg", "brink", "horst", "hoff")
"""Of family names that were places. After an ordinary word they are none: "eingabefeld"."""
_CONTRACTIONS = ("n't", "'re", "'ll", "'ve", "'d", "'m")
LONGEST = 40
_LEAST_TAIL = 4


class WordKind(IntEnum):
    """What a word is, as far as names go."""

    ORDINARY = 0
    PROPER = 1
    INFLECTED = 2
    """In no list, but a form of an ordinary word."""
    COMPOUND = 3
    """In no list, but built like an ordinary word."""
    GIVEN = 4
    FAMILY = 5
    DOUBTFUL = 6
    UNKNOWN = 7


def word_kind(low: str) -> WordKind:
    """What kind of word `low` is, given in small letters. Longer than LONGEST is no word at all."""
    return _kind(low) if len(low) <= LONGEST else WordKind.ORDINARY


@lru_cache(maxsize=30_000)
def _kind(low: str) -> WordKind:
    kinds = _kinds()
    kind = kinds.get(low)
    if kind is None and not low.isascii():
        kind = kinds.get(_bare(low))
    if kind is not None:
        return kind
    if low.endswith(_CONTRACTIONS):
        return WordKind.ORDINARY
    if low.endswith("'s"):
        return word_kind(low[:-2])
    if "-" in low or "'" in low:
        return _joined_kind(low)
    if low.endswith("s") and kinds.get(low[:-1], WordKind.ORDINARY) in (WordKind.GIVEN, WordKind.FAMILY):
        return kinds[low[:-1]]
    if low.endswith(_ENDINGS) and len(low) > 6:
        return WordKind.COMPOUND
    if len(low) > 6 and _is_family_by_ending(low):
        return WordKind.FAMILY
    if any(_stem_is_word(low, end) for end in _INFLECTIONS):
        return WordKind.INFLECTED
    return WordKind.COMPOUND if _is_compound(low) else WordKind.UNKNOWN


@lru_cache(maxsize=10_000)
def sound(low: str) -> float:
    """How much a word sounds like a name: above 1 rather so, below -1 rather not."""
    odds = _odds()
    pieces = _trigrams(low[:40])
    return sum(odds.get(piece, 0.0) for piece in pieces) / math.sqrt(len(pieces))


def is_town(low: str) -> bool:
    """Whether `low` is a town we know, given in small letters."""
    return low in _towns() or (low.isascii() is False and _bare(low) in _towns())


def load_lexicon() -> None:
    """Load everything now, so that no message waits for it."""
    _kinds()
    _odds()


def _stem_is_word(low: str, ending: str) -> bool:
    stem = low.removesuffix(ending)
    return 3 <= len(stem) < len(low) and _kinds().get(stem) is WordKind.ORDINARY


def _joined_kind(low: str) -> WordKind:
    """Of "anna-lena", "o'neill", "tablet-hülle"."""
    parts = [part for part in low.replace("'", "-").split("-") if part]
    kinds = [word_kind(part) for part in parts if len(part) > 1]
    if not kinds or min(kinds) <= WordKind.PROPER:
        return WordKind.ORDINARY
    for named in (WordKind.GIVEN, WordKind.FAMILY):
        if named in kinds:
            return named
    return WordKind.FAMILY if low.startswith(("o'", "d'", "mc-", "al-", "el-", "ben-")) else WordKind.UNKNOWN


def _is_compound(low: str) -> bool:
    """Whether a German compound ends in an ordinary word: "reparaturannahme"."""
    kinds = _kinds()
    for cut in range(3, len(low) - _LEAST_TAIL + 1):
        tail = low[cut:]
        if kinds.get(tail) is WordKind.ORDINARY or (tail[-1] in "ns" and kinds.get(tail[:-1]) is WordKind.ORDINARY):
            head = low[:cut]
            if len(tail) > 5 or kinds.get(head) is WordKind.ORDINARY or kinds.get(head[:-1]) is WordKind.ORDINARY:
                return True
    return False


def _is_family_by_ending(low: str) -> bool:
    """As "achleitner" ends in "leitner", "stolzenberg" in a place; after an ordinary word it is none: "eingabefeld"."""
    kinds = _kinds()
    if low.endswith(_FAMILY_ENDINGS):
        return not _is_compound(low)
    place = next((end for end in _PLACE_ENDINGS if low.endswith(end)), None)
    cuts = range(1, len(low) - 4) if place is None else (len(low) - len(place),)
    for cut in cuts:
        if place is not None or kinds.get(low[cut:]) is WordKind.FAMILY:
            head = low[:cut]
            return all(kinds.get(word) is not WordKind.ORDINARY for word in (head, head[:-1], f"{head}e"))
    return False


@cache
def _kinds() -> dict[str, WordKind]:
    ordinary, proper = _spellings(_listed("ordinary")), _spellings(_listed("proper") | _listed("towns"))
    kinds = dict.fromkeys(ordinary, WordKind.ORDINARY) | dict.fromkeys(proper, WordKind.PROPER)
    words = frozenset(kinds)
    for kind, names in ((WordKind.FAMILY, _listed("family")), (WordKind.GIVEN, _listed("given"))):
        for name in _spellings(names):
            if name not in words:
                kinds[name] = kind
            elif name in names:
                kinds[name] = WordKind.DOUBTFUL
    return kinds


@cache
def _towns() -> frozenset[str]:
    return frozenset(_spellings(_listed("towns")))


@cache
def _odds() -> dict[str, float]:
    names = (_listed("given") | _listed("family")) - _listed("ordinary")
    name_pieces, word_pieces = _counted(names), _counted(_listed("ordinary"))
    total_names, total_words = sum(name_pieces.values()), sum(word_pieces.values())
    return {
        piece: math.log((name_pieces[piece] + 0.5) / total_names) - math.log((word_pieces[piece] + 0.5) / total_words)
        for piece in name_pieces.keys() | word_pieces.keys()
        if name_pieces[piece] + word_pieces[piece] > 1
    }


def _counted(words: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word in words:
        if len(word) > 2:
            counts.update(_trigrams(word))
    return counts


def _trigrams(word: str) -> list[str]:
    edged = f"^{word}$"
    return [edged[i : i + 3] for i in range(len(edged) - 2)]


def _spellings(words: Iterable[str]) -> set[str]:
    """The words, with umlauts spelled out and accents left off as well where enough is left to know them by."""
    every = set(words)
    for word in [w for w in every if not w.isascii()]:
        every.add(word.translate(_SPELLED))
        if len(word) > 3:
            every.add(_bare(word))
    return every


def _bare(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.translate(_STROKES))
    return "".join(c for c in parts if not unicodedata.combining(c))


@cache
def _listed(name: str) -> frozenset[str]:
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
