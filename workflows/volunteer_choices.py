"""What the form offers by buttons, and the code of conduct. Other hours and zones are written, or set on the page."""

from __future__ import annotations

from desk.people import Locale
from desk.phrases import marked as _
from desk.volunteering import ALWAYS, Span

EVENING, DAYTIME, LONG_DAY = (Span(18 * 60, 22 * 60),), (Span(9 * 60, 17 * 60),), (Span(9 * 60, 22 * 60),)
HOURS_OFFERED: tuple[tuple[str, tuple[tuple[Span, ...], ...]], ...] = (
    (_("Evenings on weekdays"), (EVENING,) * 5 + ((), ())),
    (_("Weekends"), ((),) * 5 + (LONG_DAY,) * 2),
    (_("Evenings and weekends"), (EVENING,) * 5 + (LONG_DAY,) * 2),
    (_("Weekdays 9 to 17"), (DAYTIME,) * 5 + ((), ())),
    (_("Always"), ALWAYS),
)
QUIET_OFFERED: tuple[tuple[Span, ...], ...] = (
    (),
    (Span(22 * 60, 7 * 60),),
    (Span(21 * 60, 8 * 60),),
    (Span(23 * 60, 9 * 60),),
)
A_DAY_OFFERED, AT_ONCE_OFFERED = (2, 5, 10, 20), (1, 2, 3)
ZONES_OFFERED = ("Europe/Berlin", "Europe/London", "Europe/Lisbon", "Europe/Athens", "America/New_York")
LANGUAGE_NAMES = {Locale.GERMAN: "Deutsch", Locale.ENGLISH: "English"}

CODE_OF_CONDUCT = _(
    "**How we help**\n"
    "• Be friendly and honest; if you do not know, pass or say so.\n"
    "• You are not staff and never pose as staff.\n"
    "• Never ask for names, addresses, numbers or passwords, and pass on none that you see.\n"
    "• Never lead anybody into a private chat, and never sell anything.\n"
    "• Write in your own words; name where you know it from.\n"
    "• What you read here stays here."
)
