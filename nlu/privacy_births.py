"""Dates of birth: dates that stand after "geboren am", "date of birth" and the like, or before "geboren"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desk.reading import PersonalDataSpan
from nlu.privacy_look import Look

_TRIGGERS = (
    "over 18",
    "of age",
    "aged",
    "years old",
    "jahre alt",
    "jährig",
    "geb",
    "birth",
    "born",
    "dob",
    "d.o.b",
    "*",
    "b-day",
    "bday",
    "jahrgang",
)
_CUE = re.compile(
    r"(?:geb(?:oren|urtsdatum|urtstag|urtsd|dat)?(?!\w)\.?|geburts?\w{0,6}|geb\.|\*|born|dob|d\.o\.b\.?"
    r"|over 18|of age|aged|years old|jahre alt|jährig"
    r"|birth\s?da(?:te|y)|date of birth|b-?day)"
    r"[^\n]{0,28}?$"
)
_AFTER = re.compile(r"\s{0,2}(?:in \w{2,20} )?(?:geboren|geb\b|zur welt|(?:i was |was |is when i was )?born)")
_MONTH = (
    r"(?:jan(?:uary|uar|ner)?|jänner|feb(?:ruary|ruar|er)?|märz|maerz|mär|mrz|mar(?:ch)?|apr(?:il)?|mai|may|juni|june|jun"
    r"|juli|july|jul|aug(?:ust)?"
    r"|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[zc](?:ember)?)\.?"
)
_DATE = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}[./ -]\s?\d{{1,2}}[./ -]\s?(?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|(?:the\s)?\d{{1,2}}(?:\.|st|nd|rd|th)?\s?(?:of\s)?{_MONTH},?(?:\s'?\d{{2,4}})?|{_MONTH}\s\d{{1,2}}(?:st"
    rf"|nd|rd|th)?(?:,?\s'?\d{{2,4}})?"
    r"|\d{1,2}\.\s?\d{1,2}\.|\d{6}|\d{8})(?!\d)",
    re.I,
)
_YEAR = re.compile(r"(?:born(?: in)?|geboren(?: im jahre?| in)?|jahrgang|geburtsjahr) ((?:19|20)\d\d)(?!\d)")


def birth_dates(look: Look) -> Iterator[PersonalDataSpan]:
    """All of them."""
    if not look.has_digit or not look.holds(_TRIGGERS):
        return
    for match in _YEAR.finditer(look.low):
        yield PersonalDataSpan(match.start(1), match.end(1), "birth_date")
    for match in _DATE.finditer(look.text):
        if _CUE.search(look.before(match.start(), 48)) or _AFTER.match(look.low, match.end()):
            yield PersonalDataSpan(match.start(), match.end(), "birth_date")
