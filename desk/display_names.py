"""Names that volunteers are shown by: none of them looks like staff, none says more than needed.

Pure.
"""

from __future__ import annotations

import re

from desk.lookalikes import bare

_STAFF_WORDS = (
    "support", "kundenservice", "kundendienst", "kundenbetreuung", "customerservice", "customercare", "helpdesk",
    "hotline", "mitarbeiter", "employee", "official", "offiziell", "administrator", "moderator", "servicedesk",
    "serviceteam",
)  # fmt: skip
"""Anywhere in a name, however it is spelt."""

_STAFF_WHOLE = frozenset({"staff", "team", "admin", "mod", "service", "bot", "agent", "ceo", "office", "help", "hilfe"})
"""As a word of its own: Steampunk is no team."""

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s_()\[\].,|/\-]+")
_LONGEST = 20


def looks_like_staff(name: str, brand: str) -> bool:
    """Whether somebody could take the bearer of the name for staff, or for the brand."""
    letters = bare(name)
    own = bare(brand)
    if len(own) >= 3 and own in letters:
        return True
    return any(word in letters for word in _STAFF_WORDS) or any(
        bare(word) in _STAFF_WHOLE for word in _BETWEEN.split(name)
    )


def colleague_name(name: str) -> str:
    """What other volunteers call somebody: the first word of their name, whatever they joined with."""
    words = _WORD.findall(name)
    first = words[0] if words else "?"
    number = f" {words[-1]}" if len(words) > 1 and words[-1].isdigit() else ""
    return f"{first[:_LONGEST]}{number}"
