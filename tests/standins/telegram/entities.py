"""What a sent text becomes: parsed, trimmed, measured, with the entities the platform finds by itself.

Lengths are limited in characters after parsing (4096 for texts, 1024 for captions); offsets count UTF-16.
Mentions, commands, hashtags, links and addresses are marked in everybody's messages, the bot's included.
Raises: ApiError 400 for bad HTML, bad entities, or a text that is empty or too long.
"""

import re
from collections.abc import Callable
from typing import Any

from .errors import bad_request
from .formatting import Entity, parse_html, utf16
from .params import Params

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
FOUND = {
    "bot_command": re.compile(r"(?<![\w/<>@])/\w{1,64}(?:@\w{3,32})?(?![\w/])"),
    "url": re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]|(?<![\w@./-])(?:[\w-]+\.)+(?:com|de|org|net|io|eu)\b"),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "mention": re.compile(r"(?<![\w@/.])@\w{3,32}(?!\w)"),
    "hashtag": re.compile(r"(?<![\w#&])#\w*[^\W\d]\w*"),
    "phone_number": re.compile(r"(?<![\w+])\+\d[\d ()/-]{6,16}\d(?!\w)"),
}
UNTOUCHED = {"code", "pre", "text_link", "text_mention", "url", "email"}
Users = Callable[[int], dict[str, Any] | None]


def read_text(params: Params, name: str, users: Users) -> tuple[str, list[Entity]]:
    """The text or caption under `name` as the platform stores it. `users` finds a user's JSON by id."""
    raw = params.text(name)
    mode = params.text("parse_mode").lower()
    given = params.parsed("caption_entities" if name == "caption" else "entities", "entities")
    if mode == "html":
        text, entities = parse_html(raw)
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        text, entities = raw, checked(raw, given or [])
    text, entities = trimmed(text.replace("\r", ""), entities)
    _check_length(name, raw, text)
    entities = [known for entity in entities if (known := _with_user(entity, users))]
    return text, with_found(text, entities)


def _check_length(name: str, raw: str, text: str) -> None:
    if name == "text":
        if not text:
            raise bad_request("text must be non-empty" if raw else "message text is empty")
        if len(text) > TEXT_LIMIT:
            raise bad_request("message is too long")
    elif len(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")


def checked(text: str, given: Any) -> list[Entity]:
    """Entities given by offsets must lie inside the text and not cut a character in half."""
    if not isinstance(given, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    borders = {0}
    position = 0
    for char in text:
        position += utf16(char)
        borders.add(position)
    entities = []
    for entity in given:
        try:
            start, length = int(entity["offset"]), int(entity["length"])
        except (KeyError, TypeError, ValueError):
            raise bad_request('can\'t parse MessageEntity: Field "offset" must be a Number') from None
        if start < 0 or length <= 0 or start + length > position:
            raise bad_request("ENTITY_BOUNDS_INVALID")
        if start not in borders or start + length not in borders:
            raise bad_request(f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol")
        entities.append(dict(entity))
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """White space around a message is dropped and the entities move along."""
    kept = text.strip()
    shift = utf16(text[: len(text) - len(text.lstrip())])
    end = utf16(kept)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - shift)
        stop = min(end, entity["offset"] + entity["length"] - shift)
        if stop > start:
            moved.append(entity | {"offset": start, "length": stop - start})
    return kept, moved


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Adds what the platform recognises, except inside code, links and mentions."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in UNTOUCHED]
    found = list(entities)
    for kind, pattern in FOUND.items():
        for match in pattern.finditer(text):
            start = utf16(text[: match.start()])
            stop = start + utf16(match[0])
            if all(stop <= left or start >= right for left, right in taken):
                found.append({"type": kind, "offset": start, "length": stop - start})
                taken.append((start, stop))
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


def _with_user(entity: Entity, users: Users) -> Entity | None:
    if entity["type"] != "text_mention":
        return entity
    user = users(entity.pop("user_id", 0) or int(entity.get("user", {}).get("id", 0)))
    return entity | {"user": user} if user else None


def cut(text: str, entity: Entity) -> str:
    """The words an entity covers."""
    encoded = text.encode("utf-16-le")
    start = entity["offset"] * 2
    return encoded[start : start + entity["length"] * 2].decode("utf-16-le")
