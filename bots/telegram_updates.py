"""Raw updates, one by one: their id, their kind, the chat they belong to, and their parsed form.

Telegram's answer is taken as plain JSON and each update is parsed by itself, so that a malformed one harms no
other. When one does not parse as a whole, it is tried again with its core fields alone: what a person wrote
outlives a novelty beside it that this version of the library does not know.
Pure: no I/O. Raises: UpdateMalformed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram.types import Update

WATCHED_KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "message_reaction")
MESSAGE_KINDS = ("message", "edited_message")
CORE_FIELDS = (
    "message_id", "date", "edit_date", "chat", "from", "sender_chat", "message_thread_id", "is_topic_message",
    "text", "caption", "media_group_id", "migrate_to_chat_id",
)  # fmt: skip
CORE_PEOPLE = ("id", "is_bot", "type", "title", "first_name", "last_name", "username", "language_code", "is_forum")
LARGEST_ID = 2**63 - 1


class UpdateMalformed(Exception):
    """Not an update that can be understood. The text names its kind, nothing of its content."""


def id_of(raw: object) -> int | None:
    """The update's id, None when it has none."""
    value = raw.get("update_id") if isinstance(raw, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_ID else None


def kind_of(raw: object) -> str:
    """The kind of update, for counts and logs: a known word or "foreign", never content."""
    if not isinstance(raw, dict):
        return "foreign"
    return next((kind for kind in Update.model_fields if kind != "update_id" and kind in raw), "foreign")


def lane_of(raw: object) -> str:
    """Updates of the same lane are handled in order: the chat's id, or the kind when there is no chat."""
    kind = kind_of(raw)
    content = raw.get(kind) if isinstance(raw, dict) else None
    for path in (("chat",), ("message", "chat"), ("from",)):
        place = content
        for step in path:
            place = place.get(step) if isinstance(place, dict) else None
        if isinstance(place, dict) and isinstance(place.get("id"), int):
            return str(place["id"])
    return kind


def parsed(raw: object) -> Update:
    """The update in the library's form. Raises UpdateMalformed."""
    if not isinstance(raw, dict):
        raise UpdateMalformed("no object")
    for form in (lambda: raw, lambda: _core(raw)):
        try:
            return Update.model_validate(form())
        except (ValueError, TypeError, RecursionError, OverflowError):
            continue
    raise UpdateMalformed(kind_of(raw))


def _core(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The update with nothing but who wrote what, where and when."""
    core: dict[str, Any] = {"update_id": raw.get("update_id")}
    for kind in MESSAGE_KINDS:
        message = raw.get(kind)
        if isinstance(message, dict):
            core[kind] = {key: _cleaned(message[key]) for key in CORE_FIELDS if key in message}
    if len(core) == 1:
        raise UpdateMalformed(kind_of(raw))
    return core


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(value[key]) for key in CORE_PEOPLE if key in value}
    return value


def clean(text: str) -> str:
    """Without what no database takes: NUL characters and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
