"""The form of wishes on a page, for those who apply and those who are in: what stands in it, and what was sent.

What was typed is kept as it was typed, so that a refused form comes back with its words and says what to mend.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desk.errors import InputRejected
from desk.hours_text import DAYS, hours_in_words, parse_hours, parse_quiet, quiet_in_words
from desk.people import Locale
from desk.phrases import marked as _
from desk.volunteering import (
    LARGEST_A_DAY,
    LARGEST_AT_ONCE,
    WEEKDAYS,
    Availability,
    Span,
    Wishes,
    checked,
    zone_of,
    zones_by_name,
)
from routing.policy import Policy
from routing.topics import peer_topics

PROBLEMS: dict[str, str] = {
    "name": _("Please say what we may call you, in at most 60 characters."),
    "topics": _("Please choose at least one topic."),
    "languages": _("Please choose at least one language."),
    "zone": _("Please choose a time zone of the list, such as Europe/Berlin."),
    "hours": _("Please write hours as in 18-22 or 9:30-12 & 14-18."),
    "quiet": _("Please write the quiet time as in 22-7, or leave it empty."),
    "most_a_day": _("Please give a number of offers a day from 1 to 100."),
    "most_at_once": _("Please give a number at once from 1 to 10."),
    "conduct": _("Please read and accept how we help."),
    "storm_at_once": _("Please give a number at once from 1 to 10, or none."),
    "storm_a_day": _("Please give a number of offers a day from 1 to 100, or none."),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they are typed. `hours`: Monday to Sunday."""

    topics: frozenset[str]
    languages: frozenset[str]
    zone: str
    hours: tuple[str, ...]
    quiet: str
    most_a_day: str
    most_at_once: str
    name: str = ""


def typed_of(wishes: Wishes, locale: Locale, policy: Policy, *, everything: bool) -> Typed:
    """The fields for wishes in force. `everything`: no topic means all."""
    topics = frozenset(peer_topics(policy)) if everything and not wishes.topics else frozenset(wishes.topics)
    at = wishes.availability
    return Typed(
        topics=topics,
        languages=frozenset(one.value for one in wishes.languages),
        zone=at.zone,
        hours=tuple(_day_in_words(day, at.hours[day], locale) for day in range(WEEKDAYS)),
        quiet=quiet_in_words(at.quiet, locale) if at.quiet else "",
        most_a_day=str(wishes.most_a_day),
        most_at_once=str(wishes.most_at_once),
    )


def typed_in(form: Mapping[str, str]) -> Typed:
    """The fields that were sent."""
    return Typed(
        topics=_listed(form.get("topics[]", "")),
        languages=_listed(form.get("languages[]", "")),
        zone=form.get("zone", "").strip(),
        hours=tuple(form.get(f"hours-{day}", "").strip() for day in range(WEEKDAYS)),
        quiet=form.get("quiet", "").strip(),
        most_a_day=form.get("most_a_day", "").strip(),
        most_at_once=form.get("most_at_once", "").strip(),
        name=form.get("name", "").strip(),
    )


def wishes_in(typed: Typed, languages_before: Sequence[Locale] = ()) -> Wishes:
    """The wishes that were typed; languages keep the order they had. Raises InputRejected."""
    if not typed.languages or not typed.languages <= set(Locale):
        raise InputRejected("languages: expected de, en or both")
    order = [*languages_before, *Locale]
    languages = tuple(dict.fromkeys(one for one in order if one.value in typed.languages))
    availability = Availability(zone_of(typed.zone), _week(typed.hours), parse_quiet(typed.quiet or "never"))
    return Wishes(
        checked(availability),
        tuple(sorted(typed.topics)),
        languages,
        _number("most_a_day", typed.most_a_day, LARGEST_A_DAY),
        _number("most_at_once", typed.most_at_once, LARGEST_AT_ONCE),
    )


def problem_in(error: InputRejected) -> str:
    """What to mend, as an English gettext message id."""
    return PROBLEMS.get(error.reason.partition(":")[0], _("The input cannot be taken as it is."))


def form_values(typed: Typed, policy: Policy, locale: Locale) -> dict[str, Any]:
    """What the template of the fields needs."""
    return {
        "typed": typed,
        "unit_names": {unit: policy.unit_name(unit, locale) for unit in policy.units},
        "topic_choice": peer_topics(policy),
        "weekdays": DAYS[locale],
        "zones": [zone for zone in zones_by_name().values() if "/" in zone and not zone.startswith("Etc/")],
        "languages": list(Locale),
    }


def _day_in_words(day: int, spans: Sequence[Span], locale: Locale) -> str:
    if not spans:
        return ""
    alone = tuple(tuple(spans) if one == day else () for one in range(WEEKDAYS))
    return hours_in_words(alone, locale).partition(" ")[2]


def _week(typed: Sequence[str]) -> tuple[tuple[Span, ...], ...]:
    """Each day is read by itself; what goes over midnight lands on the next."""
    week: list[list[Span]] = [[] for _day in range(WEEKDAYS)]
    for day, text in enumerate(typed):
        if not text:
            continue
        for at, spans in enumerate(parse_hours(f"{DAYS[Locale.GERMAN][day]} {text}")):
            week[at] += spans
    if not any(week):
        raise InputRejected("hours: none at all")
    return tuple(map(tuple, week))


def _number(name: str, said: str, largest: int) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 4 and 1 <= int(said) <= largest):
        raise InputRejected(f"{name}: expected 1 to {largest}")
    return int(said)


def _listed(said: str) -> frozenset[str]:
    return frozenset(one for one in said.split(",") if one)
