"""Phone numbers in the habits of Germany, Austria, Switzerland, the United Kingdom and the United States.

A run of digits is a phone number when it is a possible one by `phonenumbers` in one of the REGIONS, or when a
cue such as "Handy" or "call me" stands before it. Runs are cut out by one bounded pattern; after
MOST_CHECKED of them in one text, those that look international or begin with 0 are taken unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from desk.reading import PersonalDataSpan

REGIONS = ("DE", "AT", "CH", "GB", "US")
MOST_CHECKED = 200

_RUN = re.compile(
    r"(?<![\w,.€$£])(?:\+\s?|\(\+?)?\d(?:[ \t/().–-]{0,3}\d){5,17}(?![\d])(?!\s?(?:[€$£]|euro\b|eur\b|gb\b|mbit))", re.I
)
_CUE = re.compile(
    r"(?:tel(?:efon)?|fon|phone|handy|mobil|mobile|cell|festnetz|landline|ruf(?:t|en|nummer)?|anruf|zurückruf"
    r"|rückruf|call(?:\sback)?"
    r"|whats\s?app|signal|text me|ring me|reach me|erreich\w{0,6}|durchwahl|fax|mobilnummer|nummer ist"
    r"|number is|number:|nr\.? ist|dial)"
    r"[^\d\n]{0,30}$",
    re.I,
)
_DATE = re.compile(r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}")
_US_SHAPE = re.compile(r"(?:\+?1[ .-]?)?(?:\(\d{3}\)\s?|\d{3}[ .-])\d{3}[ .-]\d{4}")
_DIGIT_WORD = (
    r"(?:null|eins?|zwei|zwo|drei|vier|fünf|fuenf|sechs|sieben|acht|neun|zero|oh|one|two|three|four|five|six|seven"
    r"|eight|nine|double|doppel)"
)
_SPOKEN = re.compile(rf"\b{_DIGIT_WORD}(?:[\s,-]{{1,3}}{_DIGIT_WORD}){{5,24}}\b", re.I)


def phones(text: str) -> Iterator[PersonalDataSpan]:
    """Phone numbers in digits."""
    for checked, match in enumerate(_RUN.finditer(text)):
        before = text[max(0, match.start() - 45) : match.start()]
        if _is_phone(match[0], before, check=checked < MOST_CHECKED):
            yield PersonalDataSpan(match.start(), match.end(), "phone")


def spoken_numbers(text: str) -> Iterator[PersonalDataSpan]:
    """Numbers dictated digit by digit: "null eins sieben sechs ..."."""
    for match in _SPOKEN.finditer(text):
        yield PersonalDataSpan(match.start(), match.end(), "phone")


def _is_phone(run: str, before: str, *, check: bool) -> bool:
    digits = sum(c.isdigit() for c in run)
    if _DATE.fullmatch(run.strip()) or digits > 15:
        return False
    if _CUE.search(before):
        return True
    plain = run.lstrip("( ")
    if plain.startswith("+"):
        return True
    if plain.startswith("0"):
        return digits >= 9 or (digits >= 7 and check and _valid(run))
    if _US_SHAPE.fullmatch(run.strip()):
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
