"""Contents made from other contents: polls, forwards and copies."""

from collections.abc import Sequence
from typing import Any

from .keyboards import Markup
from .messages import StoredMessage


def poll(poll_id: int, question: str, options: Sequence[str]) -> dict[str, Any]:
    choices = [{"text": text, "voter_count": 0, "persistent_id": str(place)} for place, text in enumerate(options)]
    closed: dict[str, Any] = {"is_closed": False, "is_anonymous": True, "members_only": False}
    many = {"allows_multiple_answers": False, "allows_revoting": True, "type": "regular"}
    return {"id": str(poll_id), "question": question, "options": choices, "total_voter_count": 0} | closed | many


def copied(message: StoredMessage) -> dict[str, Any]:
    """The content alone, for a new message."""
    kept = {"kind": message.kind, "text": message.text, "entities": message.entities}
    return kept | {"file": message.file, "content": message.content}


def forwarded(message: StoredMessage) -> dict[str, Any]:
    """The content, saying where it first came from; buttons stay behind."""
    user = message.sender.user()
    origin = message.origin or {"type": "user", "sender_user": user, "date": message.date}
    return copied(message) | {"origin": origin}


def same(message: StoredMessage, text: str, entities: list[dict[str, Any]], markup: Markup | None) -> bool:
    """Whether an edit would change nothing."""
    return (message.text, message.entities, message.markup) == (text, entities, markup)
