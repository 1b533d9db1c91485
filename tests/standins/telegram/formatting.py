"""HTML as the Bot API reads it: text plus entities, offsets and lengths in UTF-16 code units.

The platform's HTML is a small language of its own, not a browser's: a dozen tags, four named character
references, every tag closed in order. Whatever else stands between angle brackets refuses the whole
message, with the byte offset of the trouble.
Raises: ApiError 400 "can't parse entities: ...".
"""

import re
from dataclasses import dataclass
from typing import Any

from .errors import ApiError, bad_request

Entity = dict[str, Any]

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
TAG_NAME = re.compile(r"[^\s>]*")
TAG_END = re.compile(r"\s*>")
ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[\w.-]+))?""")
LINK = re.compile(r"(?:(?:https?|tg|ton|tonsite)://|mailto:|tel:)?[^\s<>\"]+\.?[^\s<>\"]*$", re.IGNORECASE)


def utf16(text: str) -> int:
    """The length Telegram counts in: UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    return _Reader(source).read()


@dataclass
class _Open:
    tag: str
    offset: int
    start: int
    attributes: dict[str, str]


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out = ""
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self._read_end_tag()
            elif self.source[self.at] == "<":
                self._read_start_tag()
            else:
                self._read_text()
        if self.open:
            raise _unparsed(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return self.out, self.entities

    def _where(self) -> str:
        return f"at byte offset {len(self.source[: self.at].encode())}"

    def _read_text(self) -> None:
        match = REFERENCE.match(self.source, self.at)
        char = _referred(match) if match else None
        if match and char:
            self.at = match.end()
        else:
            char = self.source[self.at]
            self.at += 1
        self.out += char
        self.offset += utf16(char)

    def _read_start_tag(self) -> None:
        name = TAG_NAME.match(self.source, self.at + 1)
        if name is None or name.end() == len(self.source):
            raise _unparsed(f"Unclosed start tag {self._where()}")
        tag = name[0].lower()
        if tag not in KINDS:
            raise _unparsed(f'Unsupported start tag "{tag}" {self._where()}')
        attributes, end = self._attributes(tag, name.end())
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _unparsed(f'Tag "span" must have class "tg-spoiler" {self._where()}')
        self.open.append(_Open(tag, self.offset, len(self.out), attributes))
        self.at = end

    def _attributes(self, tag: str, position: int) -> tuple[dict[str, str], int]:
        """The attributes from a position on, and where the text goes on behind the tag."""
        attributes: dict[str, str] = {}
        while (match := ATTRIBUTE.match(self.source, position)) and match[1]:
            name, value = match[1].lower(), match[2]
            if value is None and self.source[match.end() :].lstrip().startswith("="):
                raise _unparsed(f"Unclosed start tag {self._where()}")
            if value is None and (tag, name) != ("blockquote", "expandable"):
                problem = f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
                raise _unparsed(f"{problem} {self._where()}")
            unquoted = value[1:-1] if value and value[0] in "\"'" else value or ""
            attributes[name] = REFERENCE.sub(lambda reference: _referred(reference) or reference[0], unquoted)
            position = match.end()
        end = TAG_END.match(self.source, position)
        if end is None:
            raise _unparsed(f"Unclosed start tag {self._where()}")
        return attributes, end.end()

    def _read_end_tag(self) -> None:
        if not self.open:
            raise _unparsed(f"Unexpected end tag {self._where()}")
        end = self.source.find(">", self.at)
        if end < 0:
            raise _unparsed(f"Unclosed end tag {self._where()}")
        found = self.source[self.at + 2 : end].strip().lower()
        opened = self.open[-1]
        if found and found != opened.tag:
            problem = f'Unmatched end tag {self._where()}, expected "</{opened.tag}>", found "</{found}>"'
            raise _unparsed(problem)
        self.open.pop()
        self.at = end + 1
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Entity = {
            "type": KINDS[opened.tag],
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        inside = self.out[opened.start :]
        if opened.tag == "a":
            if not _link(entity, opened.attributes.get("href") or inside):
                return
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
            if not entity["custom_emoji_id"].isdigit():
                raise bad_request("Invalid custom emoji identifier specified")
        elif opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code" and opened.attributes.get("class", "").startswith("language-"):
            entity["language"] = opened.attributes["class"].removeprefix("language-")
        if opened.tag == "pre":
            self._join_code(entity)
        self.entities.append(entity)

    def _join_code(self, pre: Entity) -> None:
        """`<pre><code class="language-x">` is one block of that language."""
        last = self.entities[-1] if self.entities else {}
        if last.get("type") == "code" and (last["offset"], last["length"]) == (pre["offset"], pre["length"]):
            self.entities.pop()
            if "language" in last:
                pre["language"] = last["language"]


def _referred(match: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED.get(name)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else None


def _link(entity: Entity, url: str) -> bool:
    """Fills in where a link leads; False when it leads nowhere, and the platform drops it silently."""
    user = re.fullmatch(r"tg://user\?id=(\d+)", url)
    if user:
        entity |= {"type": "text_mention", "user_id": int(user[1])}
        return True
    entity["url"] = url
    return url.startswith("tg://") or ("." in url and bool(LINK.match(url)))


def _unparsed(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
