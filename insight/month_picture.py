"""The picture of a volunteer's month, to keep or to share: people helped, their topics, thanks. A square for a phone.

It shows sums only, and no word of any contact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel.dates import format_date

from desk.honours import MonthOfHelp
from desk.phrases import marked as _
from insight.drawing import LINE, MAIN, PAPER, SOFT, WARM, Picture, figure, picture
from insight.wording import Wording

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIDE = 5.4
"""Inches: 864 pixels."""

MOST_TOPICS = 5
LONGEST_NAME = 28
_LEFT, _RIGHT = 0.09, 0.91
_ROW = 0.062
_TITLE = 23.0
_TITLE_ROOM = (_RIGHT - _LEFT) * SIDE * 72
"""Points: the largest size of the title, and how wide it may be."""


def month_picture(month: MonthOfHelp, say: Wording, *, brand: str) -> Picture:
    """The picture, as PNG for the chat."""
    when = str(format_date(month.first, "LLLL yyyy", locale=month.locale.value))
    with figure(SIDE, SIDE) as drawn:
        _ground(drawn)
        drawn.text(_LEFT, 0.905, when, size=13, color=SOFT)
        title = say(_("Thank you, {name}!"), name=_short(month.name))
        drawn.text(_LEFT, 0.83, title, size=_fitting(title), weight="bold")
        helped = say(_("person helped")) if month.people == 1 else say(_("people helped"))
        _number(drawn, _LEFT, say.number(month.people), helped, MAIN)
        if month.thanks:
            thanked = say(_("time thanked")) if month.thanks == 1 else say(_("times thanked"))
            _number(drawn, 0.56, say.number(month.thanks), thanked, WARM)
        _topics(drawn, month)
        drawn.text(_LEFT, 0.06, say(_("Volunteer at {brand}"), brand=brand), size=11, color=SOFT)
        drawn.text(_RIGHT, 0.055, "♥", size=17, color=WARM, ha="right")
        said = say(
            _("{when}: people helped {people}, thanks {thanks}."),
            when=when,
            people=month.people,
            thanks=month.thanks,
        )
        return picture(drawn, f"{month.first:%Y-%m}", said)


def _short(name: str) -> str:
    """One line of the picture, whatever somebody calls themselves."""
    plain = "".join(char if char.isprintable() else " " for char in name)
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 1]}…"


def _fitting(title: str) -> float:
    """The size in which the title fills one line at most."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    bold = FontProperties(weight="bold")
    wide = TextPath((0, 0), title, size=_TITLE, prop=bold).get_extents().width
    return min(_TITLE, _TITLE * _TITLE_ROOM / wide)


def _ground(drawn: Figure) -> None:
    """The whole square, with a frame that holds it together wherever it is shared."""
    drawn.add_artist(_box(0, 0, 1, 1, facecolor=PAPER, edgecolor=LINE, linewidth=1.2))
    drawn.add_artist(_box(0, 0.985, 1, 0.015, facecolor=MAIN, edgecolor="none"))


def _number(drawn: Figure, left: float, number: str, label: str, colour: str) -> None:
    drawn.text(left, 0.61, number, size=54, weight="bold", color=colour)
    drawn.text(left, 0.555, label, size=13)


def _topics(drawn: Figure, month: MonthOfHelp) -> None:
    """A bar a topic, its name above it, the number at its end."""
    shown = month.topics[:MOST_TOPICS]
    most = max((people for _name, people in shown), default=1)
    for row, (name, people) in enumerate(shown):
        middle = 0.465 - row * (_ROW + 0.016)
        drawn.text(_LEFT, middle, _short(name), size=10.5, va="center")
        left, width = 0.5, 0.33 * people / most
        drawn.add_artist(_box(left, middle - 0.016, width, 0.032, facecolor=MAIN, edgecolor="none"))
        drawn.text(left + width + 0.015, middle, str(people), size=10.5, va="center", color=SOFT)


def _box(left: float, bottom: float, width: float, height: float, **look: Any) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((left, bottom), width, height, **look)
