"""Splitting a long text into parts that a platform takes, at sensible places.

Lengths are UTF-16 code units, the strictest count of the platforms (Telegram's). Cuts are made, in order of
preference, after a paragraph, a line, a sentence, a word; only a word longer than the limit is cut inside. A code
block that is cut is closed and opened again. Joined without the added fences, the parts hold every word, and in code
blocks every indentation.

Each cut takes more than the fence that opens the next part, so the work ends; its time grows with the length only.
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
    if _too_long(rest, limit) and rest.count(FENCE) % 2:
        rest = f"{rest}\n{FENCE}"
    while _too_long(rest, limit):
        part, rest = _cut(rest, limit - len(FENCE) - 1)
        if part.count(FENCE) % 2:
            part, rest = _close_and_open(part, rest)
        if part.strip("`\n "):
            parts.append(part)
    return [*parts, rest] if rest else parts


def _too_long(text: str, limit: int) -> bool:
    return _prefix(text, limit) < len(text)


def _cut(text: str, limit: int) -> tuple[str, str]:
    """The first part, not too short when that can be had, and the rest."""
    head = text[: _prefix(text, limit)]
    for shortest in (len(head) // 3, 1):
        for separator in SEPARATORS:
            found = _cut_after(separator, text, head, shortest)
            if found is not None:
                return found
    whole_fences = head.rstrip("`") if text[len(head)] == "`" else head
    at = len(whole_fences) or len(head)
    return text[:at], text[at:]


def _cut_after(separator: str, text: str, head: str, shortest: int) -> tuple[str, str] | None:
    """A cut after the last `separator` of `head`, or before the code block that would be left empty by it."""
    at = head.rfind(separator)
    if at < shortest:
        return None
    end = at + len(separator)
    block = head.rfind(FENCE, 0, at) if head.count(FENCE, 0, at) % 2 else -1
    if block < 0:
        return text[:end].rstrip(), text[end:].lstrip()
    if head[block:at].partition("\n")[2].strip():
        return text[:end].rstrip(), text[end:].lstrip("\n")
    return (text[:block].rstrip(), text[block:]) if block >= shortest else None


def _close_and_open(part: str, rest: str) -> tuple[str, str]:
    """A cut inside a code block: both sides become whole blocks, and none an empty one."""
    if rest.lstrip().startswith(FENCE):
        return f"{part}\n{FENCE}", rest.lstrip().removeprefix(FENCE).lstrip()
    return f"{part}\n{FENCE}", f"{FENCE}\n{rest}"


def _prefix(text: str, limit: int) -> int:
    """How many characters of `text` fit into `limit` units."""
    used = 0
    for index, char in enumerate(text):
        used += 2 if ord(char) > 0xFFFF else 1
        if used > limit:
            return index
    return len(text)
