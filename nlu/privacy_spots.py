"""Where somebody or their car is: coordinates, three-word places, number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desk.reading import PersonalDataSpan
from nlu.privacy_look import Look

_DEGREES = r"\d{1,3}°\s?\d{1,2}(?:[.,]\d{1,6})?['′’]?\s?(?:\d{1,2}(?:[.,]\d{1,4})?[\"″”])?"
_COORDINATES = re.compile(
    r"(?<![\d.])-?\d{1,2}[.,]\d{4,15}\s?°?\s?[NS]?\s?[,;/ ]\s?-?\d{1,3}[.,]\d{4,15}\s?°?\s?[EWO]?(?!\d)"
    rf"|(?:[NS]\s?)?{_DEGREES}\s?[NS]?[ ,;/]{{0,3}}(?:[EWO]\s?)?{_DEGREES}\s?[EWO]?"
)
_THREE_WORDS = re.compile(
    r"(?:/{3}|what3words\W{1,3}(?:is |ist |adresse |address )?"
    r"|w3w\W{1,3})([^\W\d_]{2,30}\.[^\W\d_]{2,30}\.[^\W\d_]{2,30})",
    re.I,
)
_VEHICLE = (
    "kennzeichen", "nummernschild", "auto", "wagen", "fahrzeug", "transporter", "lkw", "parkt", "van", "plate", "truck",
    "car ", "reg ", "registration", "motorrad", "roller", "kfz", "lorry", "parked", "sprinter", "bus ",
)  # fmt: skip
_CUED = re.compile(
    r"(?<![\w-])(?:[A-Z]{2} ?\d{1,3}[ '.]\d{3}|[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2} ?\d{1,4}[EH]?|[A-Z]{1,2}[- ]\d{1,5} "
    r"?[A-Z]{0,3}|[A-Z]{1,3} ?\d{2,4} ?[A-Z]{1,3}"
    r"|\d[A-Z]{3}\d{3})(?![\w-])"
)
_AFTER_CUE = re.compile(
    r"\b(?:kennzeichen|nummernschild|autokennzeichen|(?:number|licen[sc]e)\s?plate|registration|plate|reg)\b"
    r"(?:\s(?:ist|is|lautet|number|no)\b|[\s:.-]){0,4}([a-zäöü]{1,3}[ -]?[a-z]{0,2}[ -]?\d{1,6}[ -]?[a-z]{0,3})\b",
    re.I,
)
_GERMAN = re.compile(r"(?<![\w-])(?!USB|HDMI|DVD|LTE|SIM)[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{1,4}[EH]?(?![\w-]|[.,]\d)")
_BRITISH = re.compile(r"(?<![\w-])[A-Z]{2}\d{2} ?[A-Z]{3}(?![\w-])")


def coordinates(look: Look) -> Iterator[PersonalDataSpan]:
    """Places as latitude and longitude."""
    for match in _COORDINATES.finditer(look.text):
        yield PersonalDataSpan(match.start(), match.end(), "coordinates")


def three_words(look: Look) -> Iterator[PersonalDataSpan]:
    """Places in three words."""
    if "///" in look.low or "3w" in look.low or "what3" in look.low:
        for match in _THREE_WORDS.finditer(look.text):
            yield PersonalDataSpan(match.start(1), match.end(1), "coordinates")


def plates(look: Look) -> Iterator[PersonalDataSpan]:
    """Number plates: German and British ones in their full form, others where a vehicle is spoken of."""
    for pattern in (_GERMAN, _BRITISH):
        for match in pattern.finditer(look.text):
            yield PersonalDataSpan(match.start(), match.end(), "plate")
    if look.holds(_VEHICLE):
        for match in _CUED.finditer(look.text):
            yield PersonalDataSpan(match.start(), match.end(), "plate")
        for match in _AFTER_CUE.finditer(look.text):
            yield PersonalDataSpan(match.start(1), match.end(1), "plate")
