"""Hours as people write and read them: `Mo-Fr 18-22, Sa 10:00-14:00`, `weekends`, `immer`; quiet times: `22-7`.

German and English may be mixed. A part is days and times; times without days hold every day, days without times all
day. What goes over midnight ends on the next day. What is written here is read again as the same hours.

Pure. Raises: InputRejected for anything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desk.errors import InputRejected
from desk.people import Locale
from desk.volunteering import ALWAYS, DAY, WEEKDAYS, WHOLE_DAY, Availability, Span, checked

DAYS: dict[Locale, tuple[str, ...]] = {
    Locale.GERMAN: ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    Locale.ENGLISH: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
ALL_DAY = {Locale.GERMAN: "ganztags", Locale.ENGLISH: "all day"}
AT_ANY_TIME = {Locale.GERMAN: "immer", Locale.ENGLISH: "always"}
NEVER = {Locale.GERMAN: "nie", Locale.ENGLISH: "never"}

_NAMES: dict[str, int] = {}
for _day, _spellings in enumerate(
    (
        "mo montag montags mon monday mondays",
        "di dienstag dienstags tue tues tuesday tuesdays",
        "mi mittwoch mittwochs wed wednesday wednesdays",
        "do donnerstag donnerstags thu thur thurs thursday thursdays",
        "fr freitag freitags fri friday fridays",
        "sa samstag samstags sonnabend sat saturday saturdays",
        "so sonntag sonntags sun sunday sundays",
    )
):
    _NAMES |= dict.fromkeys(_spellings.split(), _day)
_GROUPS = {
    **dict.fromkeys(("werktags", "wochentags", "weekdays", "weekday"), range(5)),
    **dict.fromkeys(("wochenende", "wochenenden", "weekend", "weekends"), range(5, 7)),
    **dict.fromkeys(("täglich", "jeden tag", "daily", "every day"), range(7)),
}
_ALWAYS = {"immer", "always", "jederzeit", "any time", "anytime", "24/7"}
_NEVER = {"nie", "never", "keine", "none"}
_DASH = r"\s*(?:-|–|—|bis|to|till|until)\s*"
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?\s*(uhr|h|am|pm)?"
_SPAN = re.compile(rf"{_TIME}{_DASH}{_TIME}")
_WORD = "|".join(sorted([*_NAMES, *_GROUPS], key=len, reverse=True))
_DAY_RANGE = re.compile(rf"({'|'.join(sorted(_NAMES, key=len, reverse=True))})\.?{_DASH}({'|'.join(_NAMES)})\b\.?")
_DAY_NAME = re.compile(rf"(?:am |on )?({_WORD})\b\.?")
_BETWEEN = re.compile(r"\s*(?:,|und|and|&|\+|/)?\s*")
_BEFORE = re.compile(r"[\s:]*(?:von |from |um |at )?")
_BREAK = re.compile(r"\s*(?:[,;\n]|und\b|and\b|&|$)\s*")
_LONGEST = 300


def parse_hours(text: str) -> tuple[tuple[Span, ...], ...]:
    """Hours of Monday to Sunday. Raises InputRejected."""
    said = " ".join(text.lower().split()).rstrip(".")
    if said in _ALWAYS:
        return ALWAYS
    if not said or len(said) > _LONGEST:
        raise _unclear()
    week: list[list[Span]] = [[] for _ in range(WEEKDAYS)]
    place = 0
    while place < len(said):
        days, place = _read_days(said, place)
        spans, place = _read_spans(said, place)
        if not days and not spans:
            raise _unclear()
        for day in days or range(WEEKDAYS):
            for span in spans or WHOLE_DAY:
                _put(week, day, span)
        place = _after_break(said, place)
    return checked(Availability("UTC", tuple(map(tuple, week)))).hours


def parse_quiet(text: str) -> tuple[Span, ...]:
    """Quiet times of every day. Raises InputRejected."""
    said = " ".join(text.lower().split()).rstrip(".")
    if said in _NEVER:
        return ()
    spans, place = _read_spans(said, 0)
    if not spans or place < len(said):
        raise InputRejected("quiet: expected something like 22-7")
    return checked(Availability("UTC", ALWAYS, tuple(Span(one.start, one.end % DAY or DAY) for one in spans))).quiet


def hours_in_words(hours: Sequence[Sequence[Span]], locale: Locale) -> str:
    """Such as `Mo–Fr 18:00–22:00, Sa ganztags`. Days with the same hours that follow each other stand together."""
    if tuple(map(tuple, hours)) == ALWAYS:
        return AT_ANY_TIME[locale]
    parts = []
    day = 0
    while day < WEEKDAYS:
        last = day
        while last + 1 < WEEKDAYS and hours[last + 1] == hours[day]:
            last += 1
        if hours[day]:
            names = DAYS[locale]
            named = names[day] if last == day else f"{names[day]}–{names[last]}"
            parts.append(f"{named} {_spans_in_words(hours[day], locale)}")
        day = last + 1
    return ", ".join(parts) or NEVER[locale]


def quiet_in_words(quiet: Sequence[Span], locale: Locale) -> str:
    """Such as `22:00–07:00`."""
    return _spans_in_words(quiet, locale) if quiet else NEVER[locale]


def _spans_in_words(spans: Sequence[Span], locale: Locale) -> str:
    if tuple(spans) == WHOLE_DAY:
        return ALL_DAY[locale]
    return " & ".join(f"{_clock(one.start)}–{_clock(one.end)}" for one in spans)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _put(week: list[list[Span]], day: int, span: Span) -> None:
    if span.end <= DAY:
        week[day].append(span)
        return
    week[day].append(Span(span.start, DAY))
    if span.end > DAY:
        week[(day + 1) % WEEKDAYS].append(Span(0, span.end - DAY))


def _read_days(said: str, place: int) -> tuple[list[int], int]:
    days: list[int] = []
    while True:
        start = _skipped(_BETWEEN, said, place) if days else place
        if found := _DAY_RANGE.match(said, start):
            first, last = _NAMES[found[1]], _NAMES[found[2]]
            days += [(first + step) % WEEKDAYS for step in range((last - first) % WEEKDAYS + 1)]
        elif found := _DAY_NAME.match(said, start):
            days += _GROUPS[found[1]] if found[1] in _GROUPS else [_NAMES[found[1]]]
        else:
            return days, place
        place = found.end()


def _read_spans(said: str, place: int) -> tuple[list[Span], int]:
    spans: list[Span] = []
    for words in ("ganztags", "den ganzen tag", "all day"):
        if said.startswith(words, _skip(said, place)):
            return list(WHOLE_DAY), _skip(said, place) + len(words)
    while True:
        start = _skipped(_BETWEEN, said, place) if spans else _skip(said, place)
        found = _SPAN.match(said, start)
        if found is None:
            return spans, place
        spans.append(_span(found))
        place = found.end()


def _skip(said: str, place: int) -> int:
    return _skipped(_BEFORE, said, place)


def _skipped(pattern: re.Pattern[str], said: str, place: int) -> int:
    found = pattern.match(said, place)
    return found.end() if found else place


def _after_break(said: str, place: int) -> int:
    """The end of a comma or semicolon, or of the text; anything else is not ours. Raises InputRejected."""
    found = _BREAK.match(said, place)
    if found is None:
        raise _unclear()
    return found.end()


def _span(found: re.Match[str]) -> Span:
    hour, minute, sign, last_hour, last_minute, last_sign = found.groups()
    end = _minute(last_hour, last_minute, last_sign)
    start = _minute(hour, minute, sign or (last_sign if last_sign in ("am", "pm") else None))
    if start >= DAY:
        raise _unclear()
    return Span(start, end if end > start else end + DAY)


def _minute(hour: str, minute: str | None, sign: str | None) -> int:
    hours, minutes = int(hour), int(minute or 0)
    if sign in ("am", "pm"):
        if not 1 <= hours <= 12:
            raise _unclear()
        hours = hours % 12 + (12 if sign == "pm" else 0)
    if hours > 24 or minutes > 59 or hours * 60 + minutes > DAY:
        raise _unclear()
    return hours * 60 + minutes


def _unclear() -> InputRejected:
    return InputRejected("hours: expected something like Mo-Fr 18-22, Sa 10:00-14:00")
