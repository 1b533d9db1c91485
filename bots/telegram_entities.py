"""Telegram's message entities to chat Markdown, and taking a mention of the bot out of a text.

Entities are spans in UTF-16 code units, nested or side by side. White space at the edges of a span is left outside
its marks, since "** bold **" would not read as bold. Kinds without a Markdown (underline, spoiler, custom emoji,
mentions) stay plain. Spans that lie outside the text or cut a character are ignored: input is hostile.
Pure: no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from aiogram.types import MessageEntity, User

MARKS = {"bold": "**", "italic": "*", "strikethrough": "~~", "code": "`"}
QUOTES = {"blockquote", "expandable_blockquote"}
NESTING = ("blockquote", "expandable_blockquote", "text_link", "bold", "strikethrough", "italic", "code", "pre")
MOST_ENTITIES = 400
ADDRESSING = re.compile(r"^[\s,:;]+(?=\S)")

Span = tuple[int, int, MessageEntity]


def spans(text: str, entities: Sequence[MessageEntity]) -> list[Span]:
    """Entities with their places in characters, outer ones first; nonsense left out."""
    units = list(accumulate((2 if char > "\uffff" else 1 for char in text), initial=0))
    place = {unit: index for index, unit in enumerate(units)}
    found = []
    for entity in entities[:MOST_ENTITIES]:
        start, end = place.get(entity.offset), place.get(entity.offset + entity.length)
        if start is not None and end is not None and start < end:
            found.append((start, end, entity))
    return sorted(found, key=lambda span: (span[0], -span[1], _rank(span[2])))


def _rank(entity: MessageEntity) -> int:
    return NESTING.index(entity.type) if entity.type in NESTING else len(NESTING)


def to_markdown(text: str, entities: Sequence[MessageEntity]) -> str:
    """The text with its formatting as Markdown."""
    if not entities:
        return text
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    quoted: list[tuple[int, int]] = []
    ends: list[int] = []
    for start, end, entity in spans(text, entities):
        while ends and ends[-1] <= start:
            ends.pop()
        if ends and ends[-1] < end:
            continue
        if entity.type in QUOTES:
            quoted.append((start, end))
        if not (marks := _marks(entity, text[start:end])):
            continue
        ends.append(end)
        inner = text[start:end]
        opening.setdefault(start + len(inner) - len(inner.lstrip()), []).append(marks[0])
        closing.setdefault(start + len(inner.rstrip()), []).insert(0, marks[1])
    return _assemble(text, opening, closing, quoted)


def _marks(entity: MessageEntity, inner: str) -> tuple[str, str] | None:
    """What goes before and after, or None for nothing."""
    if not inner.strip():
        return None
    if entity.type == "pre":
        return None if "```" in inner else (f"```{_language(entity)}\n", "\n```")
    if entity.type == "text_link":
        url = entity.url or ""
        usable = (
            url.startswith(("http://", "https://"))
            and not re.search(r"[\s()]", url)
            and not re.search(r"[\[\]\n]", inner)
        )
        return ("[", f"]({url})") if usable else None
    mark = MARKS.get(entity.type)
    if mark is None or (mark == "`" and re.search(r"[`\n]", inner)):
        return None
    return mark, mark


def _language(entity: MessageEntity) -> str:
    language = entity.language or ""
    return language if re.fullmatch(r"[A-Za-z0-9_+#-]{1,32}", language) else ""


def _assemble(
    text: str, opening: dict[int, list[str]], closing: dict[int, list[str]], quoted: list[tuple[int, int]]
) -> str:
    starts = {start for start, _ in quoted}
    quoted_breaks = {at for start, end in quoted for at in range(start, end) if text[at] == "\n"}
    pieces: list[str] = []
    for at, char in enumerate(text):
        pieces += closing.get(at, ())
        pieces += ["> "] if at in starts else ()
        pieces += opening.get(at, ())
        pieces.append("\n> " if at in quoted_breaks else char)
    return "".join([*pieces, *closing.get(len(text), ())])


def mentions_of(text: str, entities: Sequence[MessageEntity], me: User) -> list[Span]:
    """Where the text mentions the bot."""
    name = f"@{me.username}".lower()
    return [
        (start, end, entity)
        for start, end, entity in spans(text, entities)
        if (entity.type == "mention" and text[start:end].lower() == name)
        or (entity.type == "text_mention" and entity.user is not None and entity.user.id == me.id)
    ]


def without_mentions(markdown: str, me: User) -> str:
    """The text as if it had been said to the bot in private: its name, and what sets it off, taken out."""
    name = re.compile(rf"(?<![\w@/.])@{re.escape(me.username or '')}(?!\w)[ \t]?", re.IGNORECASE)
    stripped, count = name.subn("", markdown)
    return ADDRESSING.sub("", stripped).strip() if count else markdown
