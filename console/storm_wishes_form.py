"""The form in which a volunteer says whether they may be called in storms, as it was sent."""

from __future__ import annotations

from collections.abc import Mapping

from desk.errors import InputRejected
from desk.storm_wishes import StormWishes


def storm_wishes_in(form: Mapping[str, str]) -> StormWishes:
    """What was chosen. Raises InputRejected."""
    when = form.get("calls", "")
    if when not in ("never", "hours", "always"):
        raise InputRejected("calls: expected never, hours or always")
    return StormWishes(
        is_called=when != "never",
        outside_hours=when == "always",
        most_at_once=_number(form, "storm_at_once"),
        most_a_day=_number(form, "storm_a_day"),
    )


def _number(form: Mapping[str, str], name: str) -> int | None:
    said = form.get(name, "").strip()
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) < 4):
        raise InputRejected(f"{name}: expected a number")
    return int(said)
