"""Splitting a long text into parts that a platform takes, at sensible places.

Lengths are UTF-16 code units, the strictest count of the platforms (Telegram's). Cuts are made, in order of
preference, after a paragraph, a line, a sentence, a word; only a word longer than the limit is cut inside. A code
block that is cut is closed and opened again. Joined without the added fences, the parts hold every word.
"""

from __future__ import annotations

SEPARATORS = ("\n\n", "\n", ". ", "! ", "? ", " ")
FENCE = "```"


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def split(text: str, limit: int) -> list[str]:
    """Parts of at most `limit` units (limit >= 16), in order. A blank text has no parts."""
    parts: list[str] = []
    rest = text.strip()
    while units(rest) > limit:
        part, rest = _cut(rest, limit - len(FENCE) - 1)
        if part.count(FENCE) % 2:
            part, rest = f"{part}\n{FENCE}", f"{FENCE}\n{rest}"
        parts.append(part)
    return [*parts, rest] if rest else parts


def _cut(text: str, limit: int) -> tuple[str, str]:
    head = text[: _prefix(text, limit)]
    for separator in SEPARATORS:
        at = head.rfind(separator)
        if at >= len(head) // 3:
            return text[: at + len(separator)].rstrip(), text[at + len(separator) :].lstrip()
    return head, text[len(head) :]


def _prefix(text: str, limit: int) -> int:
    """How many characters of `text` fit into `limit` units."""
    used = 0
    for index, char in enumerate(text):
        used += 2 if ord(char) > 0xFFFF else 1
        if used > limit:
            return index
    return len(text)
