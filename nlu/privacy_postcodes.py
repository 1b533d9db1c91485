"""Post codes with their towns; British and long American ones alone; any other alone with a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.privacy_lexicon import WordKind, is_town, word_kind
from nlu.privacy_look import Look

_BRITISH = re.compile(
    r"(?<![\w-])(?:[A-Z][A-HJ-Y]?\d[A-Z\d]? \d(?!GB|HZ)[ABD-HJLNP-UW-Z]{2}|(?:[A-Z]{2}\d{1,2}[A-Z]?"
    r"|[A-Z]\d{1,2}[A-Z])\d(?!GB|HZ)[ABD-HJLNP-UW-Z]{2})(?![\w-])"
)
_TOWN_BEFORE = re.compile(r"(?<![\w'’-])([A-Z][\w'’-]{2,20}) $")
_IRISH = re.compile(r"(?<= )[ACDEFHKNPRTVWXY]\d[\dW] (?=\w{0,3}\d)(?=\w{0,3}[A-Z])[ACDEFHKNPRTVWXY\d]{4}(?!\w)")
_STATES = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
)
_STATE_NAMES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana"
    "|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska"
    "|Nevada|New (?:Hampshire|Jersey|Mexico|York)|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|Tennessee|Texas|Utah"
    "|Vermont|Virginia|Washington|Wisconsin|Wyoming|(?:North|South) (?:Carolina|Dakota)|West Virginia"
)
_AMERICAN = re.compile(
    rf"(?<!\w)(?:[A-Z][A-Za-z.'-]{{2,25}}(?: [A-Z][a-z]{{2,20}})?,? )?(?:{_STATES}),? \d{{5}}(?:-\d{{4}})?(?!\d)"
    rf"|(?<=, )(?:{_STATE_NAMES}) \d{{5}}(?!\d)|(?<![\w-])\d{{5}}-\d{{4}}(?![\w-])"
)
_WITH_TOWN = re.compile(
    r"(?<![\w.,€$£#/-])(?:(?:D|DE|A|AT|CH|FL)[- ])?(\d{4,5})[ \t]{1,2}([^\W\d_][\w.-]{1,30})((?:[ -/](?:am |an "
    r"der |bei |im |ob der |in |b\. )?[A-ZÄÖÜ][\w.-]{2,25}){0,2})"
)
_CUED = re.compile(
    r"(?:plz|postleitzahl|post\s?code|zip(?:\s?code)?|postal code)\b[\s:=]{0,3}(?:ist\s|is\s|lautet\s|in\s)?"
    r"((?:[A-Z]{1,2}-)?\d{4,5}(?:-\d{4})?(?:[ \t](?-i:[A-ZÄÖÜ])[\wäöüß-]{2,30})?(?!\d)"
    r"|[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}(?!\w))",
    re.I,
)
_NOT_A_CODE = re.compile(
    r"(?:fehler|error|code|fehlercode|modell|model|version|firmware|typ|art\.?|artikel(?:nummer|nr)?|nr|nummer"
    r"|tarif|über|ca|fast|rund)[\s:#.-]{0,3}$"
)
_LEADS = re.compile(r"(?:in|aus|nach|,|\n|^|bei|von|plz|wohne|wohnort)[\s:]{0,2}$")
_AFTER_HOUSE = re.compile(r"\d ?[a-h]?(?:,| in|, in)[ \n]$")
_TOWNS_BEGIN = frozenset({"bad", "sankt", "st", "groß", "klein", "neu", "alt"})
_PREFIXED = re.compile(r"(?:d|de|a|at|ch|fl)[- ]")


def postcodes(look: Look) -> Iterator[tuple[int, int]]:
    """Start and end of each."""
    for match in _AMERICAN.finditer(look.text):
        yield match.span()
    for match in _BRITISH.finditer(look.text):
        before = _TOWN_BEFORE.search(look.text[max(0, match.start() - 24) : match.start()])
        if before is None or (before.start() and word_kind(before[1].lower()) <= WordKind.ORDINARY):
            yield match.span()
        else:
            yield match.start() - len(before[0]), match.end()
    for match in _IRISH.finditer(look.text):
        yield match.span()
    for match in _WITH_TOWN.finditer(look.text):
        if _NOT_A_CODE.search(look.before(match.start(), 20)):
            continue
        if _is_town_after(look, match):
            town = match[2].lower()
            more = match.end() if match[3] and _goes_on(match[3], town) else match.end(2)
            yield match.start(), more
    if look.holds(("plz", "postleitzahl", "post", "zip")):
        for match in _CUED.finditer(look.text):
            yield match.span(1)


def _is_town_after(look: Look, match: re.Match[str]) -> bool:
    """Whether the word after the figures is a town, as far as one can tell."""
    code, town = match[1], match[2]
    low = town.lower().rstrip(".")
    if is_town(low) or low in _TOWNS_BEGIN:
        return True
    kind = word_kind(low)
    leads = (
        _LEADS.search(look.before(match.start(), 12)) is not None
        or _PREFIXED.match(look.low, match.start()) is not None
    )
    if len(code) == 5 and _AFTER_HOUSE.search(look.before(match.start(), 14)):
        return True
    if kind <= WordKind.PROPER:
        return False
    if len(code) == 5:
        return town[0].isupper() or (leads and len(low) > 3 and kind >= WordKind.COMPOUND)
    if town.isupper() and not leads:
        return False
    return town[0].isupper() and (leads or kind is WordKind.UNKNOWN) and not code.startswith(("19", "20"))


def _goes_on(more: str, town: str) -> bool:
    """Whether further capitalised words belong to the town: "Bad Homburg", "Frankfurt am Main"."""
    words = re.findall(r"[^\W\d_]+", more.lower())
    return (
        town.rstrip(".") in _TOWNS_BEGIN
        or words[0] in {"am", "an", "bei", "im", "ob", "in"}
        or (word_kind(words[0]) > WordKind.ORDINARY)
    )
