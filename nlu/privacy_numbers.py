"""Personal numbers: bank, card, tax, insurance, customer, order, contract and the like; plates; coordinates.

Numbers with check digits are checked with python-stdnum, but a number that stands where a real one would is
masked even when a digit is mistyped.
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

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\s?\d{2}(?:[ \t.-]?[A-Z0-9]){10,30}(?![A-Za-z0-9])", re.I)
# "at", "it", "es", "be" are words before a phone number: in small letters only the others are a country.
_IBAN_DIGITS = re.compile(r"(?<![A-Za-z0-9])(?:(?i:DE|CH|LI|LU|NL|FR|PL)|AT|IT|ES|BE)\s?\d{2}(?:[ \t.-]?\d){10,22}")
_IBAN_CUED = re.compile(r"\biban\b\s?(?:ist|is|lautet|:|=)?\s?:?\s?([A-Z]{2}[\d .-]{6,40}\d|\d[\d .-]{6,40}\d)", re.I)
_CARD = re.compile(r"(?<![\d.])[2-6](?:[ \t.-]{0,2}\d){12,18}(?!\d)")
_CARD_CUED = re.compile(
    (
        r"(?:kreditkarte|karten(?:nummer|nr)|card(?:\snumber|\sno)?|visa|mastercard"
        r"|amex)\D{0,20}(\d(?:[ .-]?\d){11,18})(?!\d)"
    ),
    re.I,
)
_ELEVEN = re.compile(r"(?<![\d.,-])\d{2}\s?\d{3}\s?\d{3}\s?\d{3}(?!\d)")
_GERMAN_INSURANCE = re.compile(r"(?<![\w])\d{2}\s?[0-3]\d[01]\d{3}\s?[A-Z]\s?\d{3}(?!\w)")
_AUSTRIAN_INSURANCE = re.compile(r"(?<![\d.,-])\d{4}\s?\d{6}(?!\d)")
_SWISS_INSURANCE = re.compile(r"(?<!\d)756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}(?!\d)")
_BRITISH_INSURANCE = re.compile(r"(?<![\w])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)", re.I)
_AMERICAN_INSURANCE = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
_GAP = (
    r"(?:[\s:#=.,-]|\b(?:nr|nummer|number|no|num|id|ist|is|lautet|lautete|war|was|die|the|die|mit|der|von|of|meine"
    r"|my|und|and)\b\.?){0,8}"
)
_VALUE = r"((?=[A-Z/-]{0,6}\d)[A-Z0-9](?:[A-Z0-9]|[-/._](?=[A-Z0-9])){3,40}(?:[ ]\d{2,12}){0,6})"
_OFFICIAL_CUED = re.compile(
    r"\b(steuer[- ]?(?:id|identifikations?nummer|nummer|nr)|tax[- ]?(?:id|number|no)|idnr|ust-?id\w{0,6}"
    r"|vat(?:\s(?:id|number|no))?"
    r"|(?:sozial|kranken|renten)?versicherten?[- ]?(?:nummer|nr)|(?:sozial|kranken"
    r"|renten)?versicherungs[- ]?(?:nummer|nr)"
    r"|sv-?nummer|svnr|national insurance(?: number)?|insurance (?:number|no)|policy (?:number|no)"
    r"|social security(?: number)?|ssn|ahv-?(?:nummer|nr)?"
    rf"|personalausweis\w{{0,10}}|ausweis\w{{0,10}}|reisepass\w{{0,10}}|passport(?: number| no)?"
    rf"|id card(?: number)?)\b{_GAP}{_VALUE}",
    re.I,
)
_CUES = {
    "customer_number": r"kunden?[- ]?(?:nummer|nr|no|id|konto|account)?|kd-?nr"
    r"|customer\s?(?:number|no|id|account|ref\w{0,6})?"
    r"|client (?:number|no|id)"
    r"|mitglieds?[- ]?(?:nummer|nr)|member(?:ship)?\s?(?:number|no|id)|user[- ]?id|account\s(?:number|no|id)",
    "order_number": (
        r"(?:bestell|auftrags?|order|vorgangs|referenz)[- ]?(?:nummer|nr|no|id)|bestellung|auftrag"
        r"|order(?:\s(?:number|no|id|ref\w{0,6}))?|purchase (?:number|no)"
    ),
    "contract_number": (
        r"vertrags?[- ]?(?:nummer|nr|konto)?|contract(?:\s(?:number|no|id))?|anschluss[- ]?(?:nummer|nr)"
        r"|policen?[- ]?(?:nummer|nr)"
    ),
    "invoice_number": (
        r"rechnungs?[- ]?(?:nummer|nr)?|invoice(?:\s(?:number|no|id))?|bill (?:number|no)|beleg[- ]?(?:nummer|nr)"
        r"|mahnung"
    ),
    "tracking_number": (
        r"(?:sendungs|paket|tracking|trackings|retouren?)[- ]?(?:nummer|nr|code|id)|sendung|tracking(?:\s(?:number"
        r"|no|code|id))?|shipment(?: number)?"
    ),
    "device_number": r"imei(?:[- ]?(?:nummer|nr|number))?|iccid|eid|(?:sim|karten)[- ]?kartennummer"
    r"|mac[- ]?(?:adresse|address)",
    "account_number": r"konto[- ]?(?:nummer|nr)|blz|bankleitzahl|sort\s?code|routing number|bic|swift",
}
_CUED = {kind: re.compile(rf"\b(?:{cue})\b{_GAP}{_VALUE}", re.I) for kind, cue in _CUES.items()}
_SHAPES = {
    "invoice_number": re.compile(r"(?<![\w-])(?:RE|RG|INV|RN)[-_/]?\d{2,4}[-_/]?\d{3,10}(?![\w])", re.I),
    "customer_number": re.compile(r"(?<![\w-])(?:KD|KN|KdNr|CUS|CUST)[-_/]?\d{4,12}(?!\w)", re.I),
    "contract_number": re.compile(r"(?<![\w-])(?:VN|VTR|CTR)[-_/]?\d{4,12}(?:-\d{1,6})?(?!\w)", re.I),
    "order_number": re.compile(r"(?<![\w.-])(?:(?:ORD|BE|BST|AB)[-_/]?\d{4,12}|\d{4}-\d{4})(?![\w-])", re.I),
    "tracking_number": re.compile(r"(?<![\w-])(?:1Z[0-9A-Z]{16}|JJD\d{12,22}|0034\d{16}|[A-Z]{2}\d{9}[A-Z]{2})(?!\w)"),
}
_YEARS = re.compile(r"(?:19|20)\d\d-(?:19|20)\d\d")
_PLAIN = re.compile(r"\d{1,6}[.]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}")
_UNIT_AFTER = re.compile(r",\d\d(?!\d)|\s?(?:[€$£%]|euro?\b|eur\b|mbit|gb\b|stück|mal\b|pounds?\b)", re.I)
_MAC = re.compile(r"(?<![\w:])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:])", re.I)
_PLATE_CUED = re.compile(
    r"\b(?:kennzeichen|nummernschild|autokennzeichen|(?:number|licen[sc]e)\s?plate|registration|plate"
    r"|reg)\b(?:\s(?:ist|is|lautet|number|no)\b|[\s:.-]){0,4}"
    r"([A-ZÄÖÜ]{1,3}[ -]?[A-Z]{0,2}[ -]?\d{1,6}[ -]?[A-Z]{0,3})\b",
    re.I,
)
_PLATE = re.compile(r"(?<![\w-])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} \d{1,4}[EH]?(?![\w-])")
_COORDINATES = re.compile(
    r"(?<![\d.])-?\d{1,2}[.,]\d{4,15}\s?°?\s?[NS]?\s?[,;/ ]\s?-?\d{1,3}[.,]\d{4,15}\s?°?\s?[EWO]?(?!\d)"
    r"|\d{1,2}°\s?\d{1,2}['′]\s?(?:\d{1,2}(?:[.,]\d{1,4})?[\"″])?\s?[NS][ ,;]{0,3}\d{1,3}°\s?\d{1,2}['′]\s?"
    r"(?:\d{1,2}(?:[.,]\d{1,4})?[\"″])?\s?[EWO]"
)


def ibans(text: str) -> Iterator[PersonalDataSpan]:
    """International bank account numbers, mistyped ones included."""
    for match in _IBAN.finditer(text):
        end = _valid_iban_length(match[0])
        if end:
            yield PersonalDataSpan(match.start(), match.start() + end, "iban")
    yield from _whole(_IBAN_DIGITS, text, "iban")
    yield from _first_group(_IBAN_CUED, text, "iban")


def cards(text: str) -> Iterator[PersonalDataSpan]:
    """Payment cards: right by their check digit, or with a cue."""
    for match in _CARD.finditer(text):
        if stdnum.luhn.is_valid("".join(c for c in match[0] if c.isdecimal())):
            yield PersonalDataSpan(match.start(), match.end(), "card")
    yield from _first_group(_CARD_CUED, text, "card")


def official_numbers(text: str) -> Iterator[PersonalDataSpan]:
    """Tax and insurance numbers of DE, AT, CH, GB, US, and identity papers with a cue."""
    for match in _OFFICIAL_CUED.finditer(text):
        cue = match[1].lower()
        kind = "tax_id" if cue.startswith(("steuer", "tax", "idnr", "ust", "vat")) else "insurance"
        yield PersonalDataSpan(match.start(2), match.end(2), kind)
    for match in _ELEVEN.finditer(text):
        if idnr.is_valid(match[0]):
            yield PersonalDataSpan(match.start(), match.end(), "tax_id")
    for match in _AUSTRIAN_INSURANCE.finditer(text):
        if vnr.is_valid(match[0]):
            yield PersonalDataSpan(match.start(), match.end(), "insurance")
    for match in _SWISS_INSURANCE.finditer(text):
        if swiss_ssn.is_valid(match[0]):
            yield PersonalDataSpan(match.start(), match.end(), "insurance")
    for pattern in (_GERMAN_INSURANCE, _BRITISH_INSURANCE, _AMERICAN_INSURANCE):
        yield from _whole(pattern, text, "insurance")


def accounts(text: str) -> Iterator[PersonalDataSpan]:
    """Bank accounts in the old form, with a cue; devices by IMEI or MAC address."""
    for kind in ("account_number", "device_number"):
        yield from _first_group(_CUED[kind], text, kind)
    yield from _whole(_MAC, text, "device_number")


def reference_numbers(text: str) -> Iterator[PersonalDataSpan]:
    """Customer, order, contract, invoice and tracking numbers: by their cue or their shape."""
    for kind in ("customer_number", "order_number", "contract_number", "invoice_number", "tracking_number"):
        for match in _CUED[kind].finditer(text):
            if sum(c.isdigit() for c in match[1]) >= 3 and not _is_plain(
                match[1], text[match.end(1) : match.end(1) + 8]
            ):
                yield PersonalDataSpan(match.start(1), match.end(1), kind)
    for kind, shape in _SHAPES.items():
        for match in shape.finditer(text):
            if not _YEARS.fullmatch(match[0]):
                yield PersonalDataSpan(match.start(), match.end(), kind)


def plates(text: str) -> Iterator[PersonalDataSpan]:
    """Number plates: German ones in their full form, others with a cue."""
    yield from _first_group(_PLATE_CUED, text, "plate")
    yield from _whole(_PLATE, text, "plate")


def coordinates(text: str) -> Iterator[PersonalDataSpan]:
    """Places as latitude and longitude."""
    yield from _whole(_COORDINATES, text, "coordinates")


def _valid_iban_length(candidate: str) -> int:
    """How many characters of the candidate are a valid IBAN: words after it may have been caught too."""
    for end in range(len(candidate), 14, -1):
        if end == len(candidate) or not candidate[end].isalnum():
            piece = candidate[:end].replace(".", "").replace("\t", "")
            if stdnum.iban.is_valid(piece, check_country=False):
                return end
    return 0


def _is_plain(value: str, after: str) -> bool:
    """A year, a date or an amount of something, not a number of anybody's."""
    year = len(value) == 4 and value.startswith(("19", "20"))
    return year or _PLAIN.fullmatch(value) is not None or _UNIT_AFTER.match(after) is not None


def _whole(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[PersonalDataSpan]:
    for match in pattern.finditer(text):
        yield PersonalDataSpan(match.start(), match.end(), kind)


def _first_group(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[PersonalDataSpan]:
    for match in pattern.finditer(text):
        yield PersonalDataSpan(match.start(1), match.end(1), kind)
