"""Chat Markdown to HTML for the page, safe whatever people write: every character of theirs is escaped.

The shared Markdown is turned by the same pass that Telegram's HTML comes from; here links get what links in a page
need, and bare web addresses become links. Pure: no I/O.
"""

from __future__ import annotations

import re

from bots.telegram_formatting import to_html as to_plain_html

LINK = '<a rel="noopener noreferrer nofollow" target="_blank" href='
TAG = re.compile(r"(<[^>]*>)")
BARE = re.compile(r"https?://(?:[^\s<>&\"']|&amp;)+")
CLOSED_ELEMENTS = ("a", "code", "pre")
TRAILING = ".,;:!?)]*_~"


def to_html(text: str) -> str:
    """The text as HTML: b, i, s, code, pre, blockquote and a elements, text with its line breaks."""
    pieces = []
    inside = 0
    for piece in TAG.split(to_plain_html(text)):
        if piece.startswith("<"):
            name = piece.strip("</>").partition(" ")[0]
            if name in CLOSED_ELEMENTS:
                inside += -1 if piece.startswith("</") else 1
            pieces.append(piece.replace("<a href=", LINK, 1))
        else:
            after_block = bool(pieces) and pieces[-1] in ("</pre>", "</blockquote>")
            text = piece.removeprefix("\n") if after_block else piece
            pieces.append(text if inside else BARE.sub(_linked, text))
    return "".join(pieces)


def _linked(match: re.Match[str]) -> str:
    url = match[0].rstrip(TRAILING)
    return f'{LINK}"{url}">{url}</a>{match[0][len(url) :]}'
