"""The words of a message by which clusters are told apart.

Terms are folded words without their endings; beside them stand the beginnings and ends of long words, which join
"Preiserhöhung" with "Preisanpassung", "#harvaleflood" with "Harvale", and words with their misspellings. A hashtag is
a term of its own and gives its parts ("#PrayForSalvara"). Function words are left out, as is what stands in square
brackets for personal data. A message that holds nothing but links is known by them: the same link is the same message.
What has no term at all (no text, emoji only) says nothing that could be compared.

Pure. A message costs as much as its first and last characters up to MOST_CHARACTERS, whatever its length.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

MOST_CHARACTERS = 600
MOST_TERMS = 60
FEWEST_LETTERS = 2
_LONG, _VERY_LONG, _PART = 6, 9, 5
_STEM = 4

GERMAN = frozenset(
    """
    der die das den dem des ein eine einen einem einer eines kein keine keinen und oder aber denn weil dass daß
    wenn ob als wie wo was wer wann warum wieso weshalb welche welcher welches ich du er sie es wir ihr mich mir
    dich dir ihn ihm uns euch ihnen mein meine meinen meinem meiner dein deine sein seine ihre ihren unser
    unsere euer eure ist sind war waren bin bist seid habe hab hast hat haben hatte hatten wird werden wurde
    wurden würde kann kannst können könnt konnte könnte muss müssen soll sollte will wollen möchte mag darf
    nicht nichts nix nie schon noch nur auch mal doch ja nein bitte danke hallo für von vom mit ohne bei beim
    nach aus auf an am im in ins zu zum zur über unter vor seit bis durch gegen um zwischen sehr so ganz viel
    mehr immer wieder jetzt heute gestern morgen hier da dort dann also eben halt leider endlich geht gibt kommt
    alles etwas man sich einfach diese dieser dieses jemand wegen damit davon dafür daran gerade gar meiner
    ganze ganzen ganzer guten tag welchen sagt
    """.split()
)
ENGLISH = frozenset(
    """
    the a an and or but because that if whether when where what who why how which i you he she it we they me him
    her us them my your his its our their mine is are was were am be been being have has had having do does did
    don't doesn't didn't can can't cannot could couldn't will won't would should may might not no yes please
    thanks thank hello hi hey for of from with without at by to in into on onto about over under before after
    since until through against between very so too more most always again now today yesterday tomorrow here
    there then just still yet already never ever some any all this these those i'm i've i'd i'll it's that's
    there's what's you're get got gets getting there up out off u ur pls plz dont cant wont im ive isnt anyone
    been make made say said says like also really go going gonna come came one than as only other amp rt via lol
    omg
    """.split()
)
_FUNCTION = GERMAN | ENGLISH
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LINK = re.compile(r"(?:https?://|www\.)(\S+)", re.IGNORECASE)
_MASK = re.compile(r"\[[^\[\]]{2,30}\]")
_TOKEN = re.compile(r"#?[^\W_]\w*(?:['’][^\W\d_]+)?")
_PARTS = re.compile(r"[A-ZÄÖÜ]?[a-zäöüß]+|[A-ZÄÖÜ]+(?![a-zäöüß])|\d+")
_ENDINGS = ("ungen", "ungs", "ing", "ung", "ern", "ens", "ies", "est", *"ed en er es em e s n t y".split())


class Kind(IntEnum):
    """What sort of term; each has its weight."""

    WORD = 0
    PIECE = 1
    HASHTAG = 2
    NAME = 3
    NUMBER = 4
    LINK = 5


def terms(text: str) -> dict[str, Kind]:
    """The terms of a message, at most MOST_TERMS, in order; none when it says nothing."""
    text = _MASK.sub(" ", _read(text))
    bare = _LINK.sub(" ", text)
    shouted = bare.isupper()
    found: dict[str, Kind] = {}
    begins = True
    for match in _TOKEN.finditer(bare):
        named = not (begins or shouted) and match[0][0].isupper()
        begins = bare[match.end() : match.end() + 1] in {".", "!", "?", ":"}
        _take(match[0], named, found)
        if len(found) >= MOST_TERMS:
            break
    return found or {f"link {link.rstrip('/.,)')}": Kind.LINK for link in _LINK.findall(text)}


def _take(token: str, named: bool, found: dict[str, Kind]) -> None:
    tag = token[0] == "#"
    word = token.lstrip("#").lower().replace("’", "'")
    if word in _FUNCTION or len(word) < FEWEST_LETTERS:
        return
    word = word.translate(_FOLD)
    if tag:
        found[f"#{word}"] = Kind.HASHTAG
        for part in _PARTS.findall(token):
            if len(part) > FEWEST_LETTERS and part.lower() not in _FUNCTION:
                found[stem(part.lower().translate(_FOLD))] = Kind.NAME
    kind = Kind.NUMBER if word[0].isdigit() else Kind.NAME if named or tag else Kind.WORD
    base = stem(word)
    found[base] = max(kind, found.get(base, kind))
    if len(word) >= _LONG:
        found.setdefault(f"{word[:_PART]}-", Kind.PIECE)
    if len(word) >= _VERY_LONG:
        found.setdefault(f"-{word[-_PART:]}", Kind.PIECE)


@lru_cache(20_000)
def stem(word: str) -> str:
    """A folded word without its ending, if enough of it is left."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word


def leaning(text: str) -> int:
    """Above zero for German, below for English, by function words."""
    words = [word.lower() for word in _TOKEN.findall(_read(text))]
    return sum((word in GERMAN) - (word in ENGLISH) for word in words)


def shown_words(text: str) -> dict[str, str]:
    """The words of a masked message as it writes them, by their term."""
    words: dict[str, str] = {}
    for token in _TOKEN.findall(_LINK.sub(" ", _MASK.sub(" ", _read(text)))):
        word = token.lstrip("#").lower()
        if word not in _FUNCTION and len(word) > FEWEST_LETTERS and not word.isdigit():
            words.setdefault(stem(word.translate(_FOLD)), token)
    return words


def _read(text: str) -> str:
    """What is read of a long text: most of it from its beginning."""
    if len(text) <= MOST_CHARACTERS:
        return text
    head = MOST_CHARACTERS * 3 // 4
    return f"{text[:head]} {text[head - MOST_CHARACTERS :]}"
