"""Postal addresses in German, Austrian, Swiss, British and American habits.

First the parts that can be told by themselves: streets with house numbers, post codes with towns, P.O. boxes, labelled
lines. Then each part grows: over short capitalised pieces next to it ("The Old Rectory, ", a line above a post code)
and over what joins two parts. Words are those of the message; a part looks at a bounded number of them.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from collections.abc import Iterator

from desk.reading import PersonalDataSpan
from nlu.privacy_lexicon import WordKind, is_town, word_kind
from nlu.privacy_look import Look
from nlu.privacy_postcodes import postcodes
from nlu.privacy_streets import german_streets, speaks_of_living

_ENGLISH_TYPE = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|crescent|cres|gardens|grove|terrace|boulevard"
    r"|blvd|square|sq|mews|parade|hill|row|walk|way|place|pl|highway|hwy|parkway|quay|green|view|rise|wharf"
    r"|circle|trail|park|estate|gate|yard|gardens|vale|paddocks?|cottages|fields?|end)"
)
_PREFIX = r"(?:(?:flat|apt|apartment|unit|suite)\.?\s?\w{1,5},?\s|(?:flat|apt|apartment|unit|suite|number|no\.?)\s)?"
_ENGLISH = re.compile(
    rf"(?<![\w.,£$€/-]){_PREFIX}\d{{1,5}}[a-z]?(?:-\d{{1,5}})?,?\s(?:(?!(?:days?|weeks?|months?|hours?|minutes?"
    rf"|times?|years?"
    rf"|january|february|march|april|may|june|july|august|september|october|november|december"
    rf"|euros?|pounds?|of|the|my|is"
    rf"|at|and|in|on|for|to|a)\b)[\w'’.-]{{1,25}}\s){{1,3}}{_ENGLISH_TYPE}\b\.?(?:,?\s(?:apt|unit|suite|flat"
    rf"|#)\.?\s?\w{{1,5}})?",
    re.I,
)
_ONE_WORD = re.compile(
    r"(?<![\w.,£$€-])\d{1,4}[a-z]? [A-Z][a-z]{2,12}(?:way|gate|side|croft|mead|hurst|bank|brow|dene|holme|lea)(?!\w)"
)
_THE = re.compile(
    r"(?<![\w.,£$€-])(?:(?:Building|Block|House|Unit|Flat) \w{1,4}, )?\d{1,4}(?:-\d{1,4})?[a-z]? "
    r"The (?:Old |New |Great |Little )?[A-Z][a-z]{3,14}(?!\w)"
)
_NAMED = re.compile(
    r"(?<!\w)(?:[A-Z][\w'’-]{1,20}\s){1,3}(?:Street|Road|Avenue|Lane|Drive|Close|Crescent|Gardens|Grove|Terrace"
    r"|Court|Mews|Cottage|House)(?=,|\n|$|\s[A-Z]{1,2}\d)"
)
_ROMANCE = re.compile(
    r"(?<!\w)(?:\d{1,4}[a-z]?,?\s)?(?:rue|chemin|route|via|viale|piazza|calle|quai|avenue|boulevard|place(?= de| "
    r"du))\s(?:d[eu]\s"
    r"|des\s|della\s|la\s|le\s|l')*"
    r"[\w'’-]{2,25}(?:\s[\w'’-]{2,25})?(?:[ ,]{1,2}\d{1,4}[a-z]?(?!\w))",
    re.I,
)
_ROMANCE_FIRST = re.compile(
    r"(?<!\w)\d{1,4}[a-z]?,?\s(?:rue|chemin|route|via|viale|piazza|calle|quai)\s(?:d[eu]\s|des\s|la\s|le\s"
    r"|l'){0,3}[\w'’-]{2,25}",
    re.I,
)
_HOUSE_ALONE = re.compile(r"(?<!\w)haus (?:nr\.? ?|nummer )\d{1,4}[a-h]?(?!\w)", re.I)
_NUMBER_FIRST = re.compile(
    r"(?<!\w)(?:hausnr|hausnummer|nr|nummer)\.? ?\d{1,4}[a-h]?,? (?:in der |im |am )?"
    r"[a-zäöüß-]{2,30}(?:straße|strasse|str\.|weg|gasse|allee|platz)(?!\w)",
    re.I,
)
_SQUARES = re.compile(r"(?<!\w)[A-U][1-7][ ,]{1,2}\d{1,2}[a-h]?(?!\w)")
"""Blocks of Mannheim, which has them in place of streets."""
_OF_DATE = re.compile(r"(?<!\w)(?:straße|strasse|str\.|platz) des \d{1,2}\. \w{3,9} \d{1,4}[a-h]?", re.I)
_BOX = re.compile(
    r"(?<!\w)(?:packstation|postfach|po box|p\.o\. ?box|postnummer|paketbox|dhl-kundennummer)\s?(?:nr\.?"
    r"|nummer)?[ :]{0,3}\d(?:[ ]?\d){1,11}",
    re.I,
)
_LABELLED = re.compile(
    r"(?<!\w)(?:straße|strasse|str\.|hausnr\.?|hausnummer|haus-nr\.?|plz|wohnort|ort|street|town|city|address"
    r"|adresse|anschrift"
    r"|lieferadresse|rechnungsadresse|billing address|shipping address)[ ]?[:=][ \t]*([A-ZÄÖÜ\d][^\n,;?!]{1,50})",
    re.I,
)
_WITHOUT_NUMBER = re.compile(
    r"(?:wohne|wohnhaft|wohnen|adresse|anschrift|liefer\w{0,12}|zieh\w{0,4}|umgezogen|umzug|nachbarn?)[^\n.!?]{0,30}?\s"
    r"(?:(?:in|an|auf|zur?|zum|ist|:)?\s?(?:der|die|dem|den)?\s?)([A-ZÄÖÜ][\wäöüß-]{2,40}(?:straße|strasse|gasse"
    r"|allee|weg|platz|str\.))(?!\w)"
)
_ENGLISH_SIGNS = (
    " st", " rd", "road", " ave", "lane", " ln", " dr", "close", "court", " ct", "cres", "garden", "grove",
    "terr", "boulev", "blvd", "squ", " sq", "mews", "parade", "hill", " row", "walk", "way", "place", " pl",
    "highw", "hwy", "quay", "green", "view", "rise", "wharf", "circle", "trail", "park", "estate", "gate",
    "yard", "vale", "paddock", "cottage", "field", " end", "side", "croft", "bank",
)  # fmt: skip
_ROMANCE_SIGNS = ("place d", "rue ", "chemin", "route", "via", "piazza", "calle", "quai", "avenue", "boulevard")
_NAMED_SIGNS = (
    "Lane", "Street", "Road", "Avenue", "Cottage", "Close", "House", "Court", "Drive", "Gardens", "Crescent",
)  # fmt: skip
_BY_SIGNS = (
    (("po", "pack", "p.o", "dhl"), (_BOX,)),
    (_ENGLISH_SIGNS, (_ENGLISH, _ONE_WORD, _NAMED)),
    ((" the ",), (_THE,)),
    (_ROMANCE_SIGNS, (_ROMANCE, _ROMANCE_FIRST)),
    ((" des ",), (_OF_DATE,)),
    (("mannheim",), (_SQUARES,)),
    (("nr", "nummer"), (_NUMBER_FIRST,)),
    (("haus n",), (_HOUSE_ALONE,)),
)
"""Patterns, each tried only where one of its signs stands in the message."""
_JOIN = re.compile(
    r"[ \t]{0,2}[,;·|/-]?[ \t]{0,2}\n?[ \t]{0,2}(?:in[ ]|,[ ])?(?:(?:\d{1,2}(?:\.|st|nd|rd"
    r"|th)?[ ]?(?:og|stock|etage|floor)|eg|dg|hinterhaus)(?:[ ](?:links|rechts|mitte))?,?[ ]{1,2}"
    r"|(?:links|rechts|mitte),[ ])?",
    re.I,
)
_PIECE_BEFORE = re.compile(
    r"(?:^|(?<=[\n,:])|(?<=nach )|(?<= to )|(?<= in )|(?<= an )|(?<= at )|(?<=from )|(?<= aus "
    r"))[ \t]{0,3}([A-ZÄÖÜ][\w'’.-]{1,20}(?: [A-ZÄÖÜ\d][\w'’.-]{0,20}| of| the| am| an der| "
    r"im){0,4}),?[ \t]*(?:\n[ \t]*|,[ ]|[ ])$"
)
_TOWN_AFTER = re.compile(r",[ ]([A-ZÄÖÜ][\w-]{2,20})")
_FLOOR = re.compile(r", ?\d{1,2}(?:st|nd|rd|th) floor|, ?(?:ground|top|first|second|third) floor")
_SMALL_CODE = re.compile(
    r",? ?(?:[a-z'-]{3,20}(?: [a-z'-]{2,20}){0,3},? )?[a-z]{1,2}\d[a-z\d]? ?\d"
    r"(?!gb|hz|th|st|nd|rd)[abd-hjlnp-uw-z]{2}(?!\w)"
    r"|,? ?[a-z'-]{3,20},? [a-z]{2} \d{5}(?!\d)"
)
_PIECE_AFTER = re.compile(
    r",?[ ]([A-ZÄÖÜ][\w'’-]{2,20}(?: (?:am|an der|im|ob der|upon) [A-ZÄÖÜ]\w{2,20}| "
    r"[A-Z][a-z]{3,20})?)(?=[.,;!?\n]|$)|,[ ]([a-zäöü]{3,20})(?=[.,;!?\n]|$)"
)


def addresses(look: Look) -> Iterator[PersonalDataSpan]:
    """Addresses and their parts, grown together."""
    parts = sorted(_parts(look))
    if not parts:
        return
    grown: list[tuple[int, int]] = []
    for start, end in parts:
        start, end = _grown(look, start, end)
        if grown and (start <= grown[-1][1] or _JOIN.fullmatch(look.text[grown[-1][1] : start])):
            grown[-1] = (grown[-1][0], max(end, grown[-1][1]))
        else:
            grown.append((start, end))
    for start, end in grown:
        yield PersonalDataSpan(start, end, "address")


def _parts(look: Look) -> Iterator[tuple[int, int]]:
    yield from _said(look)
    if not look.has_digit:
        if any(named in look.text for named in _NAMED_SIGNS):
            yield from (match.span() for match in _NAMED.finditer(look.text))
        return
    for signs, patterns in _BY_SIGNS:
        if look.holds(signs):
            for pattern in patterns:
                yield from (match.span() for match in pattern.finditer(look.text))
    yield from german_streets(look)
    yield from postcodes(look)


def _said(look: Look) -> Iterator[tuple[int, int]]:
    """What is said to be an address: "ich wohne in der Ahornstraße", "Ort: Ulm"."""
    if speaks_of_living(look):
        yield from (match.span(1) for match in _WITHOUT_NUMBER.finditer(look.text))
    if ":" in look.low or "=" in look.low:
        for match in _LABELLED.finditer(look.text):
            first = match[1].split()[0].strip(".").lower()
            if any(c.isdigit() for c in match[1]) or word_kind(first) > WordKind.ORDINARY:
                yield match.start(1), match.start(1) + len(match[1].rstrip(" ."))


def _grown(look: Look, start: int, end: int) -> tuple[int, int]:
    text = look.text
    after = _PIECE_AFTER.match(text, end, end + 50)
    if after is not None:
        group = 1 if after[1] else 2
        first = after[group].split()[0].lower()
        if is_town(first) or (
            group == 1 and word_kind(first) in {WordKind.UNKNOWN, WordKind.COMPOUND} and text[end] == ","
        ):
            end = after.end(group)
    town = _TOWN_AFTER.match(text, end, end + 40)
    if town is not None and is_town(town[1].lower()):
        end = town.end()
    floor = _FLOOR.match(look.low, end, end + 30)
    small = _SMALL_CODE.match(look.low, end if floor is None else floor.end(), end + 60)
    if small is not None:
        end = small.end()
    for _ in range(4):
        before = _PIECE_BEFORE.search(text[max(0, start - 70) : start])
        if before is None or not _is_place_piece(before[1]):
            break
        start -= len(before[0]) - (before.start(1) - before.start())
    return start, end


def _is_place_piece(piece: str) -> bool:
    """Whether a short capitalised piece before an address may be a house, a hamlet, a firm."""
    words = piece.lower().replace(".", " ").split()
    kinds = [word_kind(word) for word in words]
    if any(kind in (WordKind.GIVEN, WordKind.FAMILY) for kind in kinds):
        return False
    if len(words) == 1:
        return is_town(words[0]) or kinds[0] in (WordKind.UNKNOWN, WordKind.COMPOUND)
    return words[-1] not in _NOT_A_PLACE and words[0] not in _NOT_A_PLACE


_NOT_A_PLACE = frozenset(
    "adresse anschrift lieferadresse address bitte hallo danke hi hello please neu new meine my".split()
)
