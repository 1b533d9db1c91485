"""Rows to desk objects, where more than one noun needs them. `prefix`: of the columns, when a row holds several."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from db.session import Row
from desk.conversation import (
    Address,
    Attachment,
    AttachmentId,
    AttachmentKind,
    AttachmentState,
    Button,
    ButtonRows,
    Conversation,
    MessageId,
    Surface,
)
from desk.people import ContactId, Locale, Responder, ResponderId, Role, TrustLevel
from desk.ticket import ConversationId


def locale(value: str | None) -> Locale | None:
    """The language, or None."""
    return None if value is None else Locale(value)


def responder(row: Row, prefix: str = "") -> Responder:
    """A responder."""
    return Responder(
        id=ResponderId(row[prefix + "id"]),
        role=Role(row[prefix + "role"]),
        name=row[prefix + "name"],
        languages=tuple(Locale(language) for language in row[prefix + "languages"]),
        units=tuple(row[prefix + "units"]),
        topics=tuple(row[prefix + "topics"]),
        trust=TrustLevel(row[prefix + "trust"]),
        paused_until=row[prefix + "paused_until"],
        active=row[prefix + "active"],
    )


def conversation(row: Row) -> Conversation:
    """A conversation."""
    return Conversation(
        id=ConversationId(row["id"]),
        contact_id=ContactId(row["contact_id"]),
        address=Address(row["channel"], row["chat"], row["thread"]),
        key=row["key"],
        surface=Surface(row["surface"]),
        locale=locale(row["locale"]),
        last_external_id=row["last_external_id"],
        blocked=row["blocked"],
    )


def attachment(file: Mapping[str, Any]) -> Attachment:
    """A file, from the JSON object of its row."""
    return Attachment(
        id=AttachmentId(file["id"]),
        message_id=None if file["message_id"] is None else MessageId(file["message_id"]),
        kind=AttachmentKind(file["kind"]),
        name=file["name"],
        media_type=file["media_type"],
        size=file["size"],
        channel=file["channel"],
        source=file["source"],
        state=AttachmentState(file["state"]),
        storage_key=file["storage_key"],
    )


def buttons(rows: Sequence[Sequence[Mapping[str, Any]]] | None) -> ButtonRows:
    """Buttons, from JSON."""
    return tuple(
        tuple(Button(button["label"], button.get("action", ""), button.get("url")) for button in row)
        for row in rows or ()
    )


def buttons_json(rows: ButtonRows) -> list[list[dict[str, str]]] | None:
    """Buttons as JSON; None without any."""
    return [[_button_json(button) for button in row] for row in rows] or None


def json_text(value: object) -> str:
    """JSON as PostgreSQL takes it in. For arrays of JSON too: the driver would take a list in a list for a matrix."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _button_json(button: Button) -> dict[str, str]:
    said = {"label": button.label, "action": button.action}
    return said if button.url is None else {**said, "url": button.url}
