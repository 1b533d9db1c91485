"""Chat Markdown to Telegram's HTML: **bold**, *italic*, ~~strike~~, `code`, ```blocks```, [text](link), > quotes.

One pass over the text with a stack of open marks, so the time is linear whatever people write. A mark that never
closes, or closes across another, stays what it was: characters. Everything else is escaped, so the result is
always well-formed. Links go to http and https only; others stay as written.
Pure: no I/O.
"""

from __future__ import annotations

import re
from html import escape

TAGS = {"**": "b", "*": "i", "~~": "s"}
MARK = re.compile(
    r"(?P<code>`[^`\n]{1,4096}`)"
    r"|\[(?P<label>[^\[\]\n]{1,1024})\]\((?P<url>https?://(?:[^\s()]|\([^\s()]{0,512}\)){1,2048}+)\)"
    r"|(?P<stars>\*+)"
    r"|(?P<strike>~~)"
)
FENCE = re.compile(r"(?:(?P<language>[A-Za-z0-9_+#-]{1,32})?[ \t]*\n)?(?P<body>.*)", re.DOTALL)
QUOTED = re.compile(r">(?:[ \t]|$)")


def to_html(text: str) -> str:
    """The text as Telegram's HTML."""
    parts = text.split("```")
    if len(parts) % 2 == 0:
        last = parts.pop()
        parts[-1] += "```" + last
    return "".join(_block(part) if index % 2 else _quoting(part) for index, part in enumerate(parts))


def _block(code: str) -> str:
    found = FENCE.fullmatch(code)
    language, body = (found["language"], found["body"]) if found else (None, code)
    if not body.strip():
        return escape(f"```{code}```", quote=False)
    safe = escape(body.strip("\n"), quote=False)
    return f'<pre><code class="language-{escape(language)}">{safe}</code></pre>' if language else f"<pre>{safe}</pre>"


def _quoting(text: str) -> str:
    """Runs of lines that begin with > become quotes; the rest is inline text."""
    runs: list[tuple[bool, list[str]]] = []
    for line in text.split("\n"):
        mark = QUOTED.match(line)
        if not runs or runs[-1][0] is not bool(mark):
            runs.append((bool(mark), []))
        runs[-1][1].append(line[mark.end() :] if mark else line)
    return "\n".join(_quote(lines) if is_quote else _Inline("\n".join(lines)).html() for is_quote, lines in runs)


def _quote(lines: list[str]) -> str:
    inner = _Inline("\n".join(lines)).html()
    return f"<blockquote>{inner}</blockquote>" if inner.strip() else escape("\n".join(f">{line}" for line in lines))


class _Inline:
    """One run of inline text. `open` holds the marks not yet closed: (mark, where it stands in `pieces`)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[str] = []
        self.open: list[tuple[str, int]] = []

    def html(self) -> str:
        done = 0
        for found in MARK.finditer(self.text):
            self._plain(self.text[done : found.start()])
            done = found.end()
            if found["code"]:
                self.pieces.append(f"<code>{escape(found['code'][1:-1], quote=False)}</code>")
            elif found["label"]:
                label = escape(found["label"], quote=False)
                self.pieces.append(f'<a href="{escape(found["url"])}">{label}</a>')
            else:
                self._marks(found[0], found.start(), found.end())
        self._plain(self.text[done:])
        return "".join(self.pieces)

    def _plain(self, text: str) -> None:
        if text:
            self.pieces.append(escape(text, quote=False))

    def _marks(self, run: str, start: int, end: int) -> None:
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        if len(run) > 3:
            self.pieces.append(run)
            return
        marks = [run] if len(run) < 3 else ["**", "*"]
        if len(run) == 3 and self.open and self.open[-1][0] == "*":
            marks.reverse()
        for mark in marks:
            self._mark(mark, before, after)

    def _mark(self, mark: str, before: str, after: str) -> None:
        """Closes the mark when it is open and words precede, opens it when words follow, else it is characters."""
        single = mark == "*"
        closes = before.strip() and not (single and after.isalnum())
        opens = after.strip() and not (single and before.isalnum())
        if closes and any(known == mark for known, _ in self.open):
            while (opened := self.open.pop())[0] != mark:
                pass
            self.pieces[opened[1]] = f"<{TAGS[mark]}>"
            self.pieces.append(f"</{TAGS[mark]}>")
        elif opens and not any(known == mark for known, _ in self.open):
            self.open.append((mark, len(self.pieces)))
            self.pieces.append(mark)
        else:
            self.pieces.append(mark)
