"""Numbers that belong to somebody: a value with a digit, and a word before it that says what it is.

From each value one walks back over at most MOST_STEPS words. Words that only lead over ("Nr.", "ist", "number") are
stepped over; the first other word decides: in CUES it names the kind, else there is no cue. Numbers of orders, invoices
and the like have shapes of their own as well and are found without a cue. Years, dates, prices and quantities stay.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from collections.abc import Iterator

from desk.reading import PersonalDataSpan
from nlu.privacy_look import Look, Value

MOST_STEPS = 7
_STEP = re.compile(r"[^\W\d_]+|(?<=[^\W\d_]{4})[.!?](?=\s(?!nr|no\b)[^\W\d_])")
_GAP = frozenset(
    """
    nr nummer number numbers no num nos id ids ist is lautet lautete war was die der das the mit of meine mein meiner my
    our und and oder or code ref reference serial kennung zeichen endet auf ending in with unter folgende folgender wie
    folgt konto s account card karte a neue new noch mal habe hat steht da here hier alte old zur zum adresse address
    anbei eben this diese vom von des meines for für ich i have hab haben ich i have hab haben
    glaub glaube think guess believe maybe perhaps vielleicht wohl were should sollte müsste muss be sein
    denke meinte probably wahrscheinlich irgendwas wie so
    """.split()
)
_SUFFIXES = ("", "nummer", "nummern", "nr", "no", "id", "code", "kennung", "zeichen", "kennzeichen", "konto", "s", "n")
_BASES: dict[str, str] = {
    "customer_number": """
        kunden kund kunde kd kdnr knr cust customer client mitglieds mitglied member membership user benutzer
        teilnehmer account vertragspartner bonuskarten kundenkarten loyalty
    """,
    "order_number": """
        bestell best.nr bestnr ord bestellung bestellungs bestellungen auftrags auftrag order orders vorgangs
        vorgang referenz
        reference purchase po ticket case fall incident aktenzeichen az beschwerde reservierungs reservierung
        buchungs buchung booking confirmation bestätigungs
    """,
    "contract_number": """
        abo abonnement subscription mandats mandat mandate mandatsreferenz vertrags vertrag contract anschluss
        policen police policy vertragskonto agreement versicherungsschein
        leitungs
    """,
    "invoice_number": """
        kassen rechnungs rechnung rechnungen inv rnr renr rechnr rg rechn invoice invoices bill beleg mahnung
        mahnungs quittung quittungs
        receipt gutschrifts zahlungs
    """,
    "tracking_number": """
        sendungs sendung sendungsverfolgungs paket trackings tracking retouren retoure rücksende shipment
        parcel consignment frachtbrief lieferschein delivery package dhl evri hermes dpd gls ups yodel mail
    """,
    "meter_number": """
        zähler zaehler zählpunkt zählpunkts meter mpan mprn stromzähler gaszähler
    """,
    "device_number": """
        imei iccid eid serien serie seriennr geräte geraete gerät sn serial mac simkarten sim chip
    """,
    "account_number": """
        blz bankleitzahl bic swift sort routing kto acct konto kontonr aba bankkonto
    """,
    "tax_id": """
        steuer steueridentifikations steuerident steueridentnummer idnr tin utr ein itin ust ustid vat tax
        umsatzsteuer uid
    """,
    "insurance": """
        sozialversicherungs sozialversicherung rentenversicherungs krankenversicherungs krankenversicherten
        versicherten versicherungs versicherung sv svnr insurance ni nino nhs ssn social security ahv rv
    """,
    "id_number": """
        ausweis personalausweis personalausweises reisepass pass passport ausweises licence license
        führerschein führerscheins identity
    """,
    "birth_date": """
        geburtsjahr jahrgang birthyear geburtsdatum dob
    """,
    "card": """
        kreditkarten kreditkarte karten card visa mastercard amex girocard maestro endet ending
    """,
}
CUES = {base + suffix: kind for kind, bases in _BASES.items() for base in bases.split() for suffix in _SUFFIXES}
CUES |= {"s/n": "device_number", "pass": "id_number", "pan": "card", "endet": "card", "ending": "card", "ends": "card"}
_PHRASES = {
    "birth year": "birth_date",
    "year of birth": "birth_date",
    "national insurance": "insurance",
}
_SHORT = frozenset({"card", "birth_date", "tax_id", "account_number"})
_SHAPES = {
    "invoice_number": re.compile(r"(?<![\w-])(?:RE|RG|INV|RN|RCH)[-_/]?\d{2,4}[-_/]?\d{3,10}(?![\w])", re.I),
    "customer_number": re.compile(r"(?<![\w-])(?:KD|KN|KdNr|CUS|CUST|ACC|CU)[-_/]?\d{4,12}(?:-\d{1,4})?(?!\w)", re.I),
    "contract_number": re.compile(r"(?<![\w-])(?:VN|VTR|CTR|POL)[-_/]?\d{4,12}(?:-\d{1,6})?(?!\w)", re.I),
    "order_number": re.compile(
        r"(?<![\w.-])(?:(?:ORD|BE|BST|AB|ZU|CAS)[-_/]?\d{4,12}|[A-Z]{2,4}-\d{4}-\d{3,8}|\d{4}-\d{4})(?![\w-])"
        r"|(?<!\w)#[A-Z]{0,3}\d[\dA-Z-]{3,12}(?!\w)",
        re.I,
    ),
    "tracking_number": re.compile(
        r"(?<![\w-])(?:1Z[0-9A-Z]{16}|JJ?D\d{12,22}|0034\d{16}|[A-Z]{2} ?\d{2} ?\d{3} ?\d{3} ?\d ?[A-Z]{2})(?!\w)"
    ),
}
_YEARS = re.compile(r"(?:19|20)\d\d-(?:19|20)\d\d")
_PLAIN = re.compile(
    r"\d{1,6}[.]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d-[01]\d-[0-3]\d|\d{1,2}\.\d{1,2}\.?|\d{1,2}:\d\d"
)
_UNIT_AFTER = re.compile(
    r",\d\d(?!\d)|\s?(?:[€$£%]|euros?\b|eur\b|cent|mbit|[gmk]b\b|stück|mal\b|pounds?\b|quid|x\b|tage?n?\b|days|uhr\b"
    r"|wochen?\b|weeks|monate?n?\b|months|stunden|hours|minute?n?s?\b|kwh|watt|volt|meter)",
    re.I,
)
_REFERENCES = frozenset(
    {"customer_number", "order_number", "contract_number", "invoice_number", "tracking_number", "meter_number"}
)


def cued_numbers(look: Look) -> Iterator[PersonalDataSpan]:
    """Every value with a cue before it."""
    kept = None
    for value in look.values:
        kind = _kind_by_cue(look, value.start)
        if kind is None and kept is not None and _CHAIN.fullmatch(look.low[kept[0] : value.start]):
            kind = kept[1]
        start = value.start
        letters = None
        if look.text[max(0, start - 2) : start - 1].isupper():
            letters = _LETTERS.search(look.text, max(0, start - 8), start)
        if letters is not None and letters[1] not in _NOT_ITS_LETTERS:
            outer = _kind_by_cue(look, letters.start(1))
            if outer is not None and kind in (None, outer):
                start, kind = letters.start(1), outer
        if kind is not None and _is_number(look, value, kind):
            yield PersonalDataSpan(start, value.end, kind)
            kept = (value.end, kind)


_LETTERS = re.compile(r"(?<!\w)([A-Z]{1,4})[ ]$")
"""Capitals before the figures belong to the number: "contract MOB 554 120"."""
_NOT_ITS_LETTERS = frozenset({"EUR", "USD", "GBP", "CHF", "USB", "LTE", "DSL", "TV", "I", "A", "PLZ", "NR", "NO", "ID"})


_CHAIN = re.compile(r"(?:,\s)?\s?(?:,|;|/|&|und|and|oder|or|sowie|nicht|not|statt|instead of)\s?(?:die\s|the\s|#)?")
"""Between two numbers of one kind: "orders 88213 and 88214"."""


def reference_numbers(look: Look) -> Iterator[PersonalDataSpan]:
    """Customer, order, contract, invoice, tracking and meter numbers: by their cue or their shape."""
    yield from (span for span in cued_numbers(look) if span.kind in _REFERENCES)
    yield from shaped_numbers(look)


_BARE = re.compile(r"(?<![\w.,/#€$£+-])\d{8,16}(?![\w/%€$£-]|[.,:]\d|[ ]?(?:€|euro|mal\b|mbit|gb\b|kwh|stück))", re.I)
_NOT_ITS = re.compile(
    r"(?:fehler|error|code|artikel|modell|model|version|firmware|build|ean|pzn|isbn)\w{0,8}[\s:#.-]{0,3}$"
)


def shaped_numbers(look: Look) -> Iterator[PersonalDataSpan]:
    """Numbers known by their shape."""
    if not look.has_digit:
        return
    for kind, shape in _SHAPES.items():
        for match in shape.finditer(look.text):
            if not _YEARS.fullmatch(match[0]):
                yield PersonalDataSpan(match.start(), match.end(), kind)


def bare_numbers(look: Look) -> Iterator[PersonalDataSpan]:
    """Long numbers that nothing else explains: most likely somebody types an order's without a word."""
    for match in _BARE.finditer(look.text):
        if not _NOT_ITS.search(look.before(match.start(), 20)):
            yield PersonalDataSpan(match.start(), match.end(), "order_number")


def _kind_by_cue(look: Look, at: int) -> str | None:
    before = look.before(at).rpartition("\x00")[2]
    if "://" in before and not re.search(r"\s", before[before.rfind("://") :]):
        return None
    words = _STEP.findall(before)[-MOST_STEPS:][::-1]
    aside = False
    for step, word in enumerate(words):
        kind = CUES.get(word)
        if kind is not None and (step > 0 or word not in _GAP or word in _BOTH):
            return _by_phrase(before) or kind
        if word in _GAP:
            continue
        leads_aside = step + 1 < len(words) and words[step + 1] in _LINKS
        if aside or word in ".!?" or not leads_aside:
            break
        aside = True
    return _by_phrase(before)


_BOTH = frozenset({"account", "card", "konto"})
"""Step over these after another cue, count them as one right before the value."""
_LINKS = frozenset({"vom", "von", "des", "der", "meines", "meiner", "of", "for", "für", "zum", "zur", "my", "the"})
"""One thing may be named between the cue and the value after one of these: "Seriennummer vom Router: ..."."""


def _by_phrase(before: str) -> str | None:
    tail = before[-30:]
    for phrase, kind in _PHRASES.items():
        at = tail.rfind(phrase)
        if at >= 0 and len(tail) - at - len(phrase) < 14:
            return kind
    if _SERIAL.search(tail):
        return "device_number"
    short = _SHORTENED.search(tail)
    if short is not None:
        return _SHORT_FOR[short[1]]
    return "account_number" if _SLASHED.search(tail) else None


_SHORT_FOR = {
    "re": "invoice_number", "rg": "invoice_number", "rechn": "invoice_number", "best": "order_number",
    "auftr": "order_number", "vertr": "contract_number", "kd": "customer_number", "kto": "account_number",
}  # fmt: skip
_SHORTENED = re.compile(r"\b(re|rg|rechn|best|auftr|vertr|kd|kto)\.?[ -]?n(?:r|umme)[\s:.#]{0,3}(?:ist |lautet )?$")
_SERIAL = re.compile(r"\bs/?n[\s:.#]{0,3}(?:is |ist )?$")
_SLASHED = re.compile(r"\b(?:sort code|a/c|s/c)[\s:]{0,3}(?:is |no )?$")


def _is_number(look: Look, value: Value, kind: str) -> bool:
    """Whether the value can be a number of this kind, and not a year, a date or an amount of something."""
    digits = sum(map(str.isdigit, value.text))
    if kind == "birth_date":
        return re.fullmatch(r"(?:19|20)?\d\d", value.text) is not None
    if digits < 3 or (digits < 4 and kind not in _SHORT and value.text.isdigit() and not _named(look, value)):
        return False
    if kind == "device_number" and digits < 5 and len(value.text) < 9:
        return False
    if kind == "card":
        return digits == 4 or digits > 11
    year = len(value.text) == 4 and value.text.startswith(("19", "20"))
    if kind != "account_number" and (year or _PLAIN.fullmatch(value.text)):
        return False
    return _UNIT_AFTER.match(look.text, value.end) is None


def _named(look: Look, value: Value) -> bool:
    return (
        re.search(r"(?:nummer|number|nr|no|id|ref|#)\.?[\s:]{0,3}(?:is |ist |lautet )?$", look.before(value.start, 20))
        is not None
    )
