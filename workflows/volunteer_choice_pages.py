"""Pages of the form on which one thing is chosen: languages, hours, quiet time, time zone, limits.

Where one stands is in the buttons, what was chosen so far in the database. Topics and time zones are named in buttons
by a short number that their name makes; a policy that changes meanwhile moves no button to another topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from desk.application import Application
from desk.conversation import Button, ButtonRows
from desk.hours_text import hours_in_words, quiet_in_words
from desk.people import Locale, Responder
from desk.phrases import marked as _
from desk.storm_wishes import NEVER, StormWishes
from desk.volunteering import Wishes
from workflows.sit_test import Standing
from workflows.voice import Voice
from workflows.volunteer_choices import (
    A_DAY_OFFERED,
    AT_ONCE_OFFERED,
    HOURS_OFFERED,
    LANGUAGE_NAMES,
    QUIET_OFFERED,
    ZONES_OFFERED,
)

MAIN, TOPICS, LANGUAGES, HOURS, QUIET, LIMITS, ZONE, CONDUCT, STORMS = range(9)
"""The pages of the form, as buttons name them."""


@dataclass(frozen=True, slots=True)
class Card:
    """A page of the form."""

    text: str
    buttons: ButtonRows


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form shows: of an applicant or of a volunteer. `opened`: units; `ahead`: tests to sit, by unit."""

    wishes: Wishes
    application: Application | None = None
    responder: Responder | None = None
    opened: frozenset[str] = frozenset()
    ahead: Mapping[str, Standing] | None = None
    storms: StormWishes = NEVER


def short_number(name: str) -> int:
    """The number that stands for a name in a button."""
    return crc32(name.encode())


def named(number: int, names: Iterable[str]) -> str | None:
    """The name that a button's number stands for."""
    return next((name for name in names if short_number(name) == number), None)


def arranged(buttons: Sequence[Button], *, most_rows: int = 4) -> list[tuple[Button, ...]]:
    """Rows of buttons, one a row while there is room, so that a phone shows them whole. Discord takes five rows of
    five; what finds no room is left to the page."""
    width = min(-(-len(buttons) // most_rows), 5) or 1
    rows = [tuple(buttons[start : start + width]) for start in range(0, len(buttons), width)]
    return rows[:most_rows]


class ChoicePages:
    """Draws them in one language."""

    def __init__(self, voice: Voice, locale: Locale | None) -> None:
        self._voice = voice
        self._locale = locale
        self.spoken = locale or voice.desk.locale
        self._policy = voice.desk.policy()

    def say(self, text: str, /, **values: object) -> str:
        """A phrase in the reader's language."""
        return self._voice.say(self._locale, text, **values)

    def choice_page(self, number: int, filled: Filled) -> Card | None:
        """The page of this number, if it is one of these."""
        drawn = {
            LANGUAGES: self._languages,
            HOURS: self._hours,
            QUIET: self._quiet,
            LIMITS: self._limits,
            ZONE: self._zone,
        }.get(number)
        return None if drawn is None else drawn(filled)

    def _languages(self, filled: Filled) -> Card:
        row = tuple(
            Button(
                f"{'✅ ' if one in filled.wishes.languages else ''}{LANGUAGE_NAMES[one]}", f"volunteer.language:{place}"
            )
            for place, one in enumerate(Locale)
        )
        return Card(self.say(_("**Which languages do you answer in?**")), (row, self.back()))

    def _hours(self, filled: Filled) -> Card:
        now = hours_in_words(filled.wishes.availability.hours, self.spoken)
        text = self.say(
            _("**When may I ask you?** Now: {hours}\n\nOther hours: write, for example,\n`/volunteer {example}`"),
            hours=now,
            example="Mo-Fr 18-22, Sa 10-14",
        )
        choices = [
            Button(
                ("✅ " if hours == filled.wishes.availability.hours else "") + self.say(label),
                f"volunteer.hours:{place}",
            )
            for place, (label, hours) in enumerate(HOURS_OFFERED)
        ]
        return Card(text, (*arranged(choices), self.back()))

    def _quiet(self, filled: Filled) -> Card:
        choices = [
            Button(
                ("✅ " if quiet == filled.wishes.availability.quiet else "")
                + (quiet_in_words(quiet, self.spoken) if quiet else self.say(_("No quiet time"))),
                f"volunteer.quiet:{place}",
            )
            for place, quiet in enumerate(QUIET_OFFERED)
        ]
        text = self.say(_("**When must it be quiet, every day?** It wins over your hours, in a storm too."))
        return Card(text, (*arranged(choices), self.back()))

    def _limits(self, filled: Filled) -> Card:
        wishes = filled.wishes
        days = tuple(
            Button(f"{'✅ ' if one == wishes.most_a_day else ''}{one}", f"volunteer.most:0:{one}")
            for one in A_DAY_OFFERED
        )
        once = tuple(
            Button(f"{'✅ ' if one == wishes.most_at_once else ''}{one}", f"volunteer.most:1:{one}")
            for one in AT_ONCE_OFFERED
        )
        text = self.say(
            _("**At most how many?** First row: offers a day. Second row: at once, offers and questions together.")
        )
        return Card(text, (days, once, self.back()))

    def _zone(self, filled: Filled) -> Card:
        zones = dict.fromkeys((filled.wishes.availability.zone, self._voice.desk.zone, *ZONES_OFFERED))
        choices = [
            Button(
                ("✅ " if zone == filled.wishes.availability.zone else "") + zone,
                f"volunteer.zone:{short_number(zone)}",
            )
            for zone in zones
        ]
        text = self.say(
            _("**Where are your clocks?** Another time zone: write, for example,\n`/volunteer {example}`"),
            example="Europe/Rome",
        )
        return Card(text, (*arranged(choices), self.back()))

    def unit_name(self, unit: str) -> str:
        return self._policy.unit_name(unit, self.spoken)

    def _button(self, label: str, action: str) -> Button:
        return Button(self.say(label), action)

    def _to(self, label: str, number: int) -> Button:
        return self._button(label, f"volunteer.show:{number}")

    def back(self) -> tuple[Button, ...]:
        return (self._to(_("Back"), MAIN),)
