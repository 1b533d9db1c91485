"""Personal data in a message: where they stand, and the message with them masked.

Recall comes first: what looks like a phone number is one, and what was once found as a name is masked wherever
it stands again. Names of products, prices, error codes, versions and dates without a cue stay.

Detectors stand in the privacy_*.py files, one per family; each costs time linear in the length of the text
(bounded repeats, no nested ones). Spans come sorted and disjoint, offsets in code points, end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from desk.reading import MessageLanguage, PersonalDataSpan
from nlu.privacy_access import links, login_pairs, passwords, tokens
from nlu.privacy_accounts import bank_codes, cards, ibans, official_numbers
from nlu.privacy_births import birth_dates
from nlu.privacy_handles import handles, network_addresses
from nlu.privacy_lexicon import WordKind, word_kind
from nlu.privacy_look import Look
from nlu.privacy_mail import mail_addresses
from nlu.privacy_name_cues import is_firm
from nlu.privacy_numbers import bare_numbers, cued_numbers, shaped_numbers
from nlu.privacy_people import names
from nlu.privacy_phones import phones, spoken_numbers
from nlu.privacy_places import addresses
from nlu.privacy_spots import coordinates, plates, three_words

Detector = Callable[[Look], Iterable[PersonalDataSpan]]

# In order of precedence: where two overlap, the kind of the earlier one names the whole.
_DETECTORS: tuple[tuple[Detector, int], ...] = (
    (mail_addresses, 0),
    (links, 0),
    (tokens, 1),
    (passwords, 0),
    (login_pairs, 1),
    (ibans, 4),
    (official_numbers, 6),
    (birth_dates, 2),
    (cards, 3),
    (cued_numbers, 2),
    (shaped_numbers, 4),
    (bank_codes, 0),
    (coordinates, 6),
    (three_words, 0),
    (network_addresses, 1),
    (phones, 2),
    (spoken_numbers, 0),
    (bare_numbers, 8),
    (plates, 1),
    (handles, 0),
    (addresses, 0),
    (names, 0),
)
"""Each with how many digits a text must hold for it to find anything."""

_LABELS: dict[str, tuple[str, str]] = {
    "email": ("E-Mail", "email"),
    "link": ("Link", "link"),
    "token": ("Zugangsschlüssel", "access key"),
    "password": ("Passwort", "password"),
    "iban": ("IBAN", "IBAN"),
    "tax_id": ("Steuernummer", "tax number"),
    "insurance": ("Versicherungsnummer", "insurance number"),
    "birth_date": ("Geburtsdatum", "date of birth"),
    "card": ("Kartennummer", "card number"),
    "account_number": ("Kontonummer", "account number"),
    "customer_number": ("Kundennummer", "customer number"),
    "order_number": ("Bestellnummer", "order number"),
    "contract_number": ("Vertragsnummer", "contract number"),
    "invoice_number": ("Rechnungsnummer", "invoice number"),
    "tracking_number": ("Sendungsnummer", "tracking number"),
    "meter_number": ("Zählernummer", "meter number"),
    "id_number": ("Ausweisnummer", "ID number"),
    "ip_address": ("IP-Adresse", "IP address"),
    "device_number": ("Gerätenummer", "device number"),
    "coordinates": ("Koordinaten", "coordinates"),
    "phone": ("Telefon", "phone"),
    "plate": ("Kennzeichen", "number plate"),
    "handle": ("Benutzername", "username"),
    "address": ("Adresse", "address"),
    "name": ("Name", "name"),
}

KINDS = tuple(_LABELS)
_MASK = re.compile(r"\[(?:" + "|".join(re.escape(shown) for pair in _LABELS.values() for shown in pair) + r")\]")
"""What the sender typed or another masked already: it stays as it is, and nothing around it is read out of it."""
_BLANK = "\x00"
_CERTAIN = frozenset({WordKind.GIVEN, WordKind.FAMILY, WordKind.UNKNOWN})
_WORD_AGAIN = re.compile(
    r"\b(?:im|am|der|die|das|dem|den|vom|zum|zur|beim|this|the|a|an|last|next|diesen|letzten|jeden) $", re.I
)
"""Before a name that is a word as well it is the word: "Herr Sommer ... im Sommer"."""


def label(kind: str, language: MessageLanguage) -> str:
    """What stands in place of personal data of this kind, such as "[Telefon]"."""
    german, english = _LABELS[kind]
    return f"[{german if language == 'de' else english}]"


def find_personal_data(text: str) -> tuple[PersonalDataSpan, ...]:
    """All personal data found in `text`, sorted and disjoint. Never raises."""
    masks = [match.span() for match in _MASK.finditer(text)] if "[" in text else []
    look = Look(_MASK.sub(lambda match: _BLANK * len(match[0]), text) if masks else text)
    found: list[tuple[int, PersonalDataSpan]] = []
    for rank, (detector, fewest_digits) in enumerate(_DETECTORS):
        if look.digits >= fewest_digits:
            found += [(rank, span) for span in detector(look) if span.start < span.end]
    known = _disjoint(found)
    if masks:
        known = tuple(piece for span in known for piece in _around(span, masks))
    again = [(len(_DETECTORS), span) for span in _names_again(text, known)]
    return _disjoint([*((rank, span) for rank, span in enumerate(known)), *again]) if again else known


def mask(text: str, spans: Sequence[PersonalDataSpan], language: MessageLanguage) -> str:
    """`text` with every span replaced by its label. `spans` as found: sorted and disjoint."""
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += (text[at : span.start], label(span.kind, language))
        at = span.end
    parts.append(text[at:])
    return "".join(parts)


def _around(span: PersonalDataSpan, masks: Sequence[tuple[int, int]]) -> Iterator[PersonalDataSpan]:
    """The pieces of `span` beside masks that were in the text before. `masks`: sorted."""
    at = span.start
    for start, end in masks[bisect_left(masks, (span.start, 0)) :]:
        if start >= span.end:
            break
        if at < start:
            yield PersonalDataSpan(at, start, span.kind)
        at = end
    if at < span.end:
        yield PersonalDataSpan(at, span.end, span.kind)


def _disjoint(found: Sequence[tuple[int, PersonalDataSpan]]) -> tuple[PersonalDataSpan, ...]:
    merged: list[tuple[int, PersonalDataSpan]] = []
    for rank, span in sorted(found, key=lambda f: (f[1].start, -f[1].end)):
        if not merged or span.start >= merged[-1][1].end:
            merged.append((rank, span))
            continue
        before_rank, before = merged[-1]
        kind = span.kind if rank < before_rank else before.kind
        merged[-1] = (min(rank, before_rank), PersonalDataSpan(before.start, max(before.end, span.end), kind))
    return tuple(span for _, span in merged)


def _names_again(text: str, spans: Sequence[PersonalDataSpan]) -> list[PersonalDataSpan]:
    """The other places where parts of found names stand: "Vogt" after "Frau Mira Vogt"."""
    parts = {
        part
        for span in spans
        if span.kind == "name"
        for part in re.findall(r"[^\W\d_]{3,}", text[span.start : span.end])
        if part[0].isupper()
    }
    if not parts:
        return []
    longest_first = sorted(parts, key=len, reverse=True)[:50]
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")s?\b")
    return [
        PersonalDataSpan(m.start(), m.end(), "name")
        for m in pattern.finditer(text)
        if (word_kind(m[0].lower()) in _CERTAIN or not _WORD_AGAIN.search(text, max(0, m.start() - 9), m.start()))
        and not is_firm(text, m.start(), m.end())
    ]
