"""Chat Markdown to Discord's, and back.

Both have **bold**, *italic*, `code`, blocks, ~~strike~~, > quote and [text](url). Discord has more: underline,
spoilers, headings, mentions, custom emoji, timestamps. Inbound these become words; outbound, text that would
turn into them by accident is escaped. Code and links are left alone. One pass, linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

LIMIT = 2_000

_MARKUP = re.compile(
    r"(?P<code>```[\s\S]*?```|`[^`\n]+`)"
    r"|<@!?(?P<user>\d+)>|<@&(?P<role>\d+)>|<#(?P<channel>\d+)>"
    r"|<a?:(?P<emoji>\w{1,64}):\d+>|<t:(?P<time>-?\d{1,12})(?::[a-zA-Z])?>|</(?P<command>[^:<>]{1,100}):\d+>"
    r"|\|\|(?P<spoiler>[^|]+)\|\||__(?P<underline>[^_]+)__|(?<![\w\\])_(?P<italic>[^_\n]+)_(?!\w)"
)
_ACCIDENTS = re.compile(
    r"(?P<kept>```[\s\S]*?```|`[^`\n]+`|https?://\S+|\\.)"
    r"|(?P<plain>__|\|\||<(?=[@#/:a]|t:)|(?<!\w)_|_(?!\w)|^#{1,3}(?= )|^-#(?= ))",
    re.MULTILINE,
)


def inbound(content: str, names: Mapping[str, str]) -> str:
    """Discord's markup as chat Markdown. `names` by user, role or channel id; unknown ones stay anonymous."""

    def said(match: re.Match[str]) -> str:
        kind = match.lastgroup or "code"
        value = match[kind]
        if kind in ("user", "role"):
            return "@" + names.get(value, "…")
        if kind == "time":
            return _instant(int(value))
        if kind == "italic":
            return f"*{value}*"
        shapes = {"channel": "#" + names.get(value, "…"), "emoji": f":{value}:", "command": f"/{value}"}
        return shapes.get(kind, value)

    return clean(_MARKUP.sub(said, content)).strip()


def clean(text: str) -> str:
    """The text without what no database takes: NUL and lone halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def outbound(text: str) -> str:
    """Chat Markdown for Discord; the text unchanged when escapes would make it too long."""

    def safe(match: re.Match[str]) -> str:
        plain = match["plain"]
        return match[0] if plain is None else "".join("\\" + sign for sign in plain)

    escaped = _ACCIDENTS.sub(safe, text)
    return escaped if len(escaped) <= LIMIT else text


def mention_of(user: str, role: str | None) -> str:
    """A pattern for the bot's mention, by its name or by its own role."""
    by_role = rf"|<@&{re.escape(role)}>" if role else ""
    return rf"(?:<@!?{re.escape(user)}>{by_role})"


def without_mention(content: str, mention: str) -> str:
    """The text without the bot's mention, where it only calls the bot."""
    return re.sub(rf"\s*{mention}[ \t,:]*", " ", content).strip()


def _instant(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (OverflowError, OSError, ValueError):
        return "…"
