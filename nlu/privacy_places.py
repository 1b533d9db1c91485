"""Postal addresses: streets with house numbers, post codes with towns, in German and English habits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desk.reading import PersonalDataSpan

_NUMBER = r"\d{1,4}(?:\s?[a-h](?![\w]))?(?:\s?[-/]\s?\d{1,4}\s?[a-h]?(?!\w))?"
_TYPE = (
    r"(?:stra(?:ß|ss)e|straße|strasse|str\.?|weg|platz|allee|gasse|ring|damm|ufer|chaussee|steig|pfad|markt|hof"
    r"|berg|graben|zeile|promenade|gässle|gässli|stieg|wall|brücke|tor|siedlung|winkel|acker|kamp)"
)
_STREET = re.compile(
    (
        rf"(?<![\w-])(?:(?-i:[A-ZÄÖÜ])[\wäöüß.-]{{1,30}}[ -]){{0,2}}[\wäöüß.-]{{0,40}}?{_TYPE}(?<![ ])(?:\s(?:nr"
        rf"|nummer|no)\.?)?,?\s{{1,2}}{_NUMBER}(?![\d%€°,.]\d|\s?(?:€|euro|uhr|prozent|tage?n?|wochen?|minuten"
        rf"|stunden|mal)\b)"
    ),
    re.I,
)
_STREET_WITHOUT_NUMBER = re.compile(
    r"(?:wohne|wohnhaft|wohnen|adresse|anschrift|liefer\w{0,12}|zieh\w{0,4}|umgezogen"
    r"|nachbarn?)[^\n.!?]{0,30}?\s((?:in|an|auf|zur?|zum|ist|:)?\s?(?:der|die|dem|den)?\s?)"
    r"([A-ZÄÖÜ][\wäöüß-]{2,40}(?:straße|strasse|gasse|allee|weg|platz|str\.))(?!\w)"
)
_PREPOSITION = re.compile(
    r"(?<!\w)(?:Am|An der|An den|Auf dem|Auf der|Im|In der|In den|Unter den|Zum|Zur|Hinter der|Vor dem"
    r"|Alte[rs]?|Neue[rs]?|Lange|Kleine|Große|Obere|Untere|Hintere)"
    rf"(?: [A-ZÄÖÜ][\wäöüß.-]{{2,30}}){{1,2}} {_NUMBER}(?!\s?(?:€|Euro|Uhr|Prozent|Tag|Woche|Mbit|GB|Mal|Minute"
    rf"|Stunde)|[.,:]\d|\.\s?[A-Z])"
)
_ENGLISH_TYPE = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|crescent|cres|gardens|grove|terrace|boulevard"
    r"|blvd|square|sq|mews|parade|hill|row|walk|way|place|pl|highway|hwy|parkway|quay|green|view)"
)
_ENGLISH = re.compile(
    (
        rf"(?<![\w.,£$€-])(?:(?:flat|apt|apartment|unit|suite)\.?\s?\w{{1,5}},?\s)?\d{{1,5}}[a-z]?,?\s(?:(?!"
        rf"(?:days?|weeks?|months?|hours?|minutes?|times?|years?|euros?|pounds?|of|the|my|is"
        rf"|at)\b)[a-z'’.-]{{2,25}}\s){{1,3}}{_ENGLISH_TYPE}\b\.?"
    ),
    re.I,
)
_BRITISH_CODE = re.compile(
    r"(?<![\w-])(?:[A-Z][A-HJ-Y]?\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}|(?:[A-Z]{2}\d{1,2}[A-Z]?"
    r"|[A-Z]\d{1,2}[A-Z])\d[ABD-HJLNP-UW-Z]{2})(?![\w-])"
)
_BRITISH_CODE_CUED = re.compile(
    r"(?:post\s?code|zip)\b[\s:=]{0,3}(?:is\s|ist\s)?([a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}|\d{5}(?:-\d{4})?)(?!\w)", re.I
)
_AMERICAN = re.compile(r"(?<!\w)[A-Z][A-Za-z.'-]{2,25}(?: [A-Z][a-z]{2,20})?,? [A-Z]{2},? \d{5}(?:-\d{4})?(?!\d)")
_UNIT = (
    r"(?:euro|eur|cent|mbit|mb|gb|tb|kb|kbit|watt|volt|meter|metern?|km|kilometer|grad|prozent|stück|mal|stunden"
    r"|minuten|sekunden|tage|tagen|wochen|monate|jahre|punkte|bonuspunkte|follower|kunden|leute|menschen|mah|hz|rpm"
    r"|dpi|fehler|error|uhr|times|people|points|dollars?|pounds?|steps|schritte|umdrehungen|pixel|franken|chf"
    r"|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march"
    r"|may|june|july|october|december|model|modell|version)"
)
_GERMAN_CODE = re.compile(
    (
        rf"(?<![\w.,€$£#/-])(?:(?:D|DE)[- ])?\d{{5}}[ \t]{{1,2}}(?!{_UNIT}\b)[A-ZÄÖÜ][\wäöüß.-]{{1,30}}(?:[ -](?:am"
        rf"|an der|bei|im|ob der|in)?[ ]?[A-ZÄÖÜ][\wäöüß.-]{{2,25}}){{0,2}}"
    ),
)
_GERMAN_CODE_LOWER = re.compile(
    rf"(?:\bin|\baus|\bnach|,|\n|plz:?)[ \t]{{1,2}}(\d{{5}}[ \t](?!{_UNIT}\b)[a-zäöüß]{{4,30}})", re.I
)
_SHORT_CODE = re.compile(
    rf"(?:(?<=, )|(?<=\n)|(?<=\bin )|(?<=\baus )|(?<=\bnach )|(?<!\w)(?:A|CH"
    rf"|AT)[- ])[1-9]\d{{3}}[ \t](?!(?i:{_UNIT})\b)[A-ZÄÖÜ][\wäöüß-]{{2,30}}(?:[ ](?:am|an der"
    rf"|bei)[ ][A-ZÄÖÜ][\wäöüß-]{{2,25}})?"
)
_CODE_CUED = re.compile(
    (
        r"(?:plz|postleitzahl|post\s?code|zip(?:\s?code)?)\b[\s:=]{0,3}(?:ist\s|is\s"
        r"|lautet\s)?((?:[A-Z]{1,2}-)?\d{4,5}(?:[ \t][A-ZÄÖÜ][\wäöüß-]{2,30})?)(?!\d)"
    ),
    re.I,
)
_NOT_A_CODE = re.compile(
    r"(?:fehler|error|code|fehlercode|modell|model|version|firmware|typ|art\.?|artikel(?:nummer|nr)?)[\s:#.-]{0,3}$",
    re.I,
)
_FLOOR = re.compile(r"(?:packstation|postfach|po box|p\.o\. box|postnummer)\s?(?:nr\.?|nummer)?\s?:?\s?\d{2,12}", re.I)


def addresses(text: str) -> Iterator[PersonalDataSpan]:
    """Streets with house numbers, and streets alone where the words before speak of living there."""
    for pattern in (_STREET, _PREPOSITION, _ENGLISH, _FLOOR):
        for match in pattern.finditer(text):
            yield PersonalDataSpan(match.start(), match.end(), "address")
    for match in _STREET_WITHOUT_NUMBER.finditer(text):
        yield PersonalDataSpan(match.start(2), match.end(2), "address")


def postcodes(text: str) -> Iterator[PersonalDataSpan]:
    """Post codes with their town; British ones alone; others alone with a cue."""
    for pattern in (_GERMAN_CODE, _SHORT_CODE, _BRITISH_CODE, _AMERICAN):
        for match in pattern.finditer(text):
            if not _NOT_A_CODE.search(text[max(0, match.start() - 20) : match.start()]):
                yield PersonalDataSpan(match.start(), match.end(), "address")
    for pattern in (_GERMAN_CODE_LOWER, _CODE_CUED, _BRITISH_CODE_CUED):
        for match in pattern.finditer(text):
            yield PersonalDataSpan(match.start(1), match.end(1), "address")
