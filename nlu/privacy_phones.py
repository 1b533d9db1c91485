"""Phone numbers in the habits of Germany, Austria, Switzerland, the United Kingdom and the United States.

A run of digits is a phone number when it looks like one (a plus, a zero in front, the American grouping), is a possible
one by `phonenumbers` in one of the REGIONS, or when a cue such as "Handy" or "call me" stands before it. After
MOST_CHECKED runs in one text, those that look like a number are taken unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from desk.reading import PersonalDataSpan
from nlu.privacy_look import Look

REGIONS = ("DE", "AT", "CH", "GB", "US")
MOST_CHECKED = 50

_RUN = re.compile(
    r"(?<![\w,.€$£])(?:\+\s?|\(\+?\s?)?[\doO](?:[ \t/().·–-]{0,3}(?:\d|[oO](?![a-np-z]))){5,17}(?!\d)"
    r"(?:[ ,]{1,2}(?:ext|extension|x|dw|durchwahl|app)\.?[ ]?\d{1,5})?(?![ ]?(?:[€$£]|euro\b|eur\b|gb\b|mbit))",
    re.I,
)
_CUE = re.compile(
    r"(?:tel(?:efon)?|fon|phone|handy|mobil|mobile|cell|festnetz|landline|ruf(?:t|en|nummer)?|anruf|zurückruf"
    r"|rückruf|call(?:\sback)?|whats\s?app|signal|text|ring me|reach me|erreich\w{0,6}|durchwahl|fax|mobilnummer"
    r"|(?<!\w)nummer(?: ist)?|number is|number's|number:|(?<!\w)nr\.? ist|dial|büro|office|zu hause|line is)"
    r"[^\d\n\x00]{0,30}\Z"
)
_LIST_NUMBER = re.compile(r"\d{1,2}\)\s")
"""Not of the phone number: "(9 to 4) 0161 ..."."""
_HELPLINES = frozenset({"116117", "116116", "116111", "116123", "08001110111", "08001110222"})
"""Everybody's numbers."""
_EXTENSION = re.compile(r"\b(?:durchwahl|nebenstelle|extension|ext)\b[\s.:]{0,2}(?:ist |is )?(-?\d{2,6})(?!\d)", re.I)
_DATE = re.compile(r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}")
_AMERICAN = re.compile(r"(?:\+?1[ .-]?)?(?:\(\d{3}\)\s?|\d{3}[ .-])\d{3}[ .-]\d{4}|555[ .-]?\d{4}")
_UNITS = (
    "null eins ein zwei zwo drei vier fünf fuenf sechs sieben acht neun zero oh o one two three four five six "
    "seven eight "
    "nine ten eleven twelve zehn elf zwölf zwoelf double triple doppel doppelt dreimal zweimal plus hundert "
    "hundred hundredand"
)
_GERMAN_TENS = "zwanzig|dreißig|dreissig|vierzig|fünfzig|fuenfzig|sechzig|siebzig|achtzig|neunzig"
_DIGIT_WORD = (
    r"(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)?hundert)?"
    r"(?:(?:ein|zwei|drei|vier|fünf|fuenf|sechs|sieben|acht|neun)und(?:" + _GERMAN_TENS + r")|" + _GERMAN_TENS
    + r"|(?:drei|vier|fünf|sech|sieb|acht|neun)zehn"
    + r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    + r"|" + "|".join(sorted(_UNITS.split(), key=len, reverse=True)) + r"|\d{1,4})"
)  # fmt: skip
_SPOKEN = re.compile(rf"(?<!\w){_DIGIT_WORD}(?:[ \t,/-]{{1,3}}{_DIGIT_WORD}){{4,24}}(?!\w)", re.I)
_MARKS = (
    "null",
    "zwei",
    "drei",
    "three",
    "five",
    "fünf",
    "sechs",
    "six",
    "acht",
    "eight",
    "sieben",
    "seven",
    "double",
    "zero",
    "one",
    "eins",
    "nine",
    "neun",
    "two",
    "four",
    "vier",
)
_GLUED = re.compile(
    r"(?<!\w)(?:null|eins|zwei|zwo|drei|vier|fünf|fuenf|sechs|sieben|acht|neun){3,20}"
    r"(?:[ /-]{1,3}\d[\d ]{2,14})?(?!\w)",
    re.I,
)
_FEWEST_WORDS = 5


def phones(look: Look) -> Iterator[PersonalDataSpan]:
    """Phone numbers in digits."""
    for checked, match in enumerate(_RUN.finditer(look.text)):
        listed = _LIST_NUMBER.match(match[0])
        start = match.start() + (listed.end() if listed is not None else 0)
        if _is_phone(look.text[start : match.end()], look.before(start, 45), check=checked < MOST_CHECKED):
            yield PersonalDataSpan(start, match.end(), "phone")
    if look.holds(("durchwahl", "ext", "nebenstelle")):
        for match in _EXTENSION.finditer(look.text):
            yield PersonalDataSpan(match.start(1), match.end(1), "phone")


def spoken_numbers(look: Look) -> Iterator[PersonalDataSpan]:
    """Numbers dictated digit by digit: "null eins sieben sechs ..."."""
    if sum(map(look.low.__contains__, _MARKS)) < 2:
        return
    for match in _SPOKEN.finditer(look.text):
        if _is_dictated(match[0]):
            yield PersonalDataSpan(match.start(), match.end(), "phone")
    for match in _GLUED.finditer(look.text):
        yield PersonalDataSpan(match.start(), match.end(), "phone")


def _is_dictated(said: str) -> bool:
    pieces = re.split(r"[ \t,/-]+", said)
    words = sum(piece.isalpha() for piece in pieces)
    return words >= _FEWEST_WORDS or (words > 1 and sum(len(piece) for piece in pieces if piece.isdigit()) > 4)


def _is_phone(run: str, before: str, *, check: bool) -> bool:
    digits = sum(c.isdigit() or c in "oO" for c in run)
    if "".join(filter(str.isdigit, run)) in _HELPLINES:
        return False
    if _DATE.fullmatch(run.strip()) or digits > 20:
        return False
    if _CUE.search(before):
        return True
    plain = run.lstrip("( ")
    if plain.startswith("+"):
        return True
    if plain[0] in "oO":
        return digits >= 9
    if plain.startswith("0"):
        return digits >= 9 or (digits >= 7 and check and _valid(run))
    if _AMERICAN.match(run.strip()):
        return True
    return digits >= 11 and plain.startswith(("49", "43", "41", "44")) and check and _valid("+" + plain)


def _valid(run: str) -> bool:
    for region in REGIONS:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(run, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False
