"""The page of the form about storms: whether, when and for how much somebody may be called. Volunteers only."""

from __future__ import annotations

from desk.conversation import Button
from desk.phrases import marked as _
from desk.storm_wishes import NEVER, StormWishes
from workflows.volunteer_choice_pages import Card, ChoicePages, Filled

CALLS: tuple[tuple[str, StormWishes], ...] = (
    (_("Never"), NEVER),
    (_("In my hours"), StormWishes(is_called=True)),
    (_("At any hour but in my quiet time"), StormWishes(is_called=True, outside_hours=True)),
)
AT_ONCE_OFFERED, A_DAY_OFFERED = (3, 5, 8), (20, 40, 60)

STORM_TEXT = _(
    "**May I call you in a storm?** When very many people ask the same at once, coordinators call for help. *Not now* "
    "is fine every time, and afterwards you rest."
)
CAPS_TEXT = _("How much would you take on then? Without a choice your usual limits hold.")


def called_when(wishes: StormWishes) -> str:
    """When somebody may be called, as an English gettext message id."""
    place = 0 if not wishes.is_called else 2 if wishes.outside_hours else 1
    return CALLS[place][0]


def storm_card(pages: ChoicePages, filled: Filled) -> Card:
    """The page."""
    now = called_when(filled.storms)
    never, inside, always = (
        Button(("✅ " if label == now else "") + pages.say(label), f"volunteer.storm:{place}")
        for place, (label, _wishes) in enumerate(CALLS)
    )
    text, rows = pages.say(STORM_TEXT), ((never, inside), (always,))
    if not filled.storms.is_called:
        return Card(text, (*rows, pages.back()))
    at_once, a_day = filled.storms.most_at_once, filled.storms.most_a_day
    once = tuple(_number(pages.say(_("{count} at once"), count=one), one, at_once, 1) for one in AT_ONCE_OFFERED)
    day = tuple(_number(pages.say(_("{count} a day"), count=one), one, a_day, 0) for one in A_DAY_OFFERED)
    return Card(f"{text}\n\n{pages.say(CAPS_TEXT)}", (*rows, once, day, pages.back()))


def _number(label: str, offered: int, chosen: int | None, kind: int) -> Button:
    return Button(f"{'✅ ' if offered == chosen else ''}{label}", f"volunteer.storm_most:{kind}:{offered}")
