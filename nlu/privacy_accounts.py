"""Numbers of money and state: IBANs, cards, tax, insurance and identity numbers, by their form and check digits.

A number that stands where a real one would is masked even when a digit is mistyped: an IBAN after a country's letters
or the word, a card after "Karte". Those after other cues are found in privacy_numbers.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import stdnum.iban
import stdnum.luhn
from stdnum.at import vnr
from stdnum.ch import ssn as swiss_ssn
from stdnum.de import idnr

from desk.reading import PersonalDataSpan
from nlu.privacy_look import Look

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}[ ]?\d{2}(?:[ \t.-]?[A-Z0-9]){10,30}(?![A-Za-z0-9])", re.I)
# "at", "it", "es", "be" are words before a phone number: in small letters only the others are a country.
_IBAN_DIGITS = re.compile(r"(?<![A-Za-z0-9])(?:(?i:DE|CH|LI|LU|NL|FR|PL)|AT|IT|ES|BE)[ ]?\d{2}(?:[ \t.-]?\d){10,22}")
_IBAN_BANK = re.compile(r"(?<![A-Za-z0-9])(?:GB|IE|NL)[ ]?\d{2}[ -]?[A-Z]{4}(?:[ -]?\d){8,14}(?!\d)", re.I)
"""British, Irish, Dutch ones with the bank in letters, right or not."""
_IBAN_CUED = re.compile(
    r"\biban\b[^\n\d]{0,30}?\b([A-Z]{2}[ ]?\d{2}(?:[ .-]?[A-Z0-9]){4,34}|\d(?:[ .-]?\d){8,32})\b", re.I
)
_NATIONAL = re.compile(r"(?<!\w)(?:DE|AT|GB|CHE|FR|IT|NL|PL)[- ]?U?\d[\d .]{6,12}\d(?!\d)", re.I)
_BIC = re.compile(r"(?<!\w)[A-Z]{4}(?:DE|AT|CH|GB|US|LI|LU|NL|FR|PL|IT|ES|IE)[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?!\w)")
_CARD = re.compile(r"(?<![\d.])[2-6](?:[ \t.-]{0,2}\d){12,18}(?!\d)")
_CARD_CUED = re.compile(
    r"(?:kredit|karte|card|visa|amex)\D{0,20}(\d(?:[ .-]?\d){11,18})(?!\d)"
    r"|\b(?:exp\w{0,6}|gültig bis|läuft(?: ab)?|valid (?:until|thru)|ablauf\w{0,6})[\s:.]{0,2}((?:0?[1-9]"
    r"|1[0-2])\s?/\s?(?:20)?\d\d)(?!\d)",
    re.I,
)
_CARD_CODE = re.compile(
    r"\b(?:code|(?:karten)?prüf(?:nummer|ziffer|zahl|nr)|sicherheits(?:zahl|nummer)|cid|csc|security number)"
    r"[\s:]{1,2}(?:ist |is )?(\d{3,4})(?!\d)",
    re.I,
)
_ELEVEN = re.compile(r"(?<![\d.,-])\d{2}\s?\d{3}\s?\d{3}\s?\d{3}(?!\d)")
_STEUERNUMMER = re.compile(r"(?<![\d/])\d{2,3}/\d{3,4}/\d{4,5}(?![\d/])")
_GERMAN_INSURANCE = re.compile(r"(?<![\w])\d{2}\s?[0-3]\d[01]\d{3}\s?[A-Z]\s?\d{3}(?!\w)")
_AUSTRIAN_INSURANCE = re.compile(r"(?<![\d.,-])\d{4}\s?\d{6}(?!\d)")
_SWISS_INSURANCE = re.compile(r"(?<!\d)756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}(?!\d)")
_BRITISH_INSURANCE = re.compile(r"(?<![\w])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)", re.I)
_AMERICAN_INSURANCE = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
_HEALTH_CARD = re.compile(r"(?<!\w)[A-Z]\d{9}(?!\w)")
_LICENCE = re.compile(r"(?<!\w)[A-Z9]{5}\d{6}[A-Z9]{2}\d[A-Z]{2}(?!\w)")
_DIGITS = re.compile(r"\d")


def ibans(look: Look) -> Iterator[PersonalDataSpan]:
    """International bank account numbers, mistyped ones included."""
    text = look.text
    for match in _IBAN.finditer(text):
        end = _valid_iban_length(match[0])
        if end:
            yield PersonalDataSpan(match.start(), match.start() + end, "iban")
    yield from _whole(_IBAN_DIGITS, text, "iban")
    yield from _whole(_IBAN_BANK, text, "iban")
    if "iban" in look.low:
        for match in _IBAN_CUED.finditer(text):
            yield PersonalDataSpan(match.start(1), _trimmed(text, match.start(1), match.end(1)), "iban")


def cards(look: Look) -> Iterator[PersonalDataSpan]:
    """Payment cards: right by their check digit, or with a cue; the month in which they expire."""
    for match in _CARD.finditer(look.text):
        if stdnum.luhn.is_valid("".join(_DIGITS.findall(match[0]))):
            yield PersonalDataSpan(match.start(), match.end(), "card")
    if look.holds(("kart", "card", "visa", "amex", "kredit")):
        for match in _CARD_CUED.finditer(look.text):
            group = 1 if match[1] else 2
            yield PersonalDataSpan(match.start(group), match.end(group), "card")
        for match in _CARD_CODE.finditer(look.text):
            yield PersonalDataSpan(match.start(1), match.end(1), "password")


def official_numbers(look: Look) -> Iterator[PersonalDataSpan]:
    """Tax, insurance and identity numbers of DE, AT, CH, GB, US by their form."""
    text = look.text
    for pattern, right, kind in (
        (_ELEVEN, idnr.is_valid, "tax_id"),
        (_AUSTRIAN_INSURANCE, vnr.is_valid, "insurance"),
        (_SWISS_INSURANCE, swiss_ssn.is_valid, "insurance"),
    ):
        for match in pattern.finditer(text):
            if right(match[0]):
                yield PersonalDataSpan(match.start(), match.end(), kind)
    for pattern in (_GERMAN_INSURANCE, _BRITISH_INSURANCE, _AMERICAN_INSURANCE, _HEALTH_CARD):
        yield from _whole(pattern, text, "insurance")
    yield from _whole(_STEUERNUMMER, text, "tax_id")
    yield from _whole(_LICENCE, text, "id_number")
    if "vat" in look.low or "ust" in look.low or "uid" in look.low:
        yield from _whole(_NATIONAL, text, "tax_id")


def bank_codes(look: Look) -> Iterator[PersonalDataSpan]:
    """Banks by their BIC, in letters."""
    if "bic" in look.low or "swift" in look.low:
        yield from _whole(_BIC, look.text, "account_number")


def _valid_iban_length(candidate: str) -> int:
    """How many characters of the candidate are a valid IBAN: words after it may have been caught too."""
    for end in range(len(candidate), 14, -1):
        if end == len(candidate) or not candidate[end].isalnum():
            piece = candidate[:end].replace(".", "").replace("\t", "")
            if stdnum.iban.is_valid(piece, check_country=False):
                return end
    return 0


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of a cued IBAN without the words after it: from the last digit on, only a short piece may follow."""
    last = max(at for at in range(start, end) if text[at].isdigit())
    return end if end - last <= 3 and " " not in text[last:end].strip() else last + 1


def _whole(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[PersonalDataSpan]:
    for match in pattern.finditer(text):
        yield PersonalDataSpan(match.start(), match.end(), kind)
