"""The shapes of the web chat's JSON: a message and the state of the talk, as pages and apps read them."""

from __future__ import annotations

from typing import Any

from bots.web_formatting import to_html
from desk.conversation import Attachment, AttachmentState, AuthorKind, Button, Message
from workflows.web_talk import Talk, TalkState

SPEAKERS = {
    AuthorKind.CONTACT: "contact",
    AuthorKind.BOT: "bot",
    AuthorKind.VOLUNTEER: "community",
    AuthorKind.AGENT: "staff",
}


def message_shape(message: Message, name: str | None, chat: str) -> dict[str, Any]:
    """A message. `delivered`: the desk has it, or it has left the desk. `client_id`: the sender's own id for it."""
    own = f"{chat}:"
    external_id = message.external_id or ""
    return {
        "id": message.id,
        "client_id": external_id.removeprefix(own) if external_id.startswith(own) else None,
        "from": SPEAKERS[message.author],
        "name": name,
        "text": message.body,
        "html": to_html(message.body),
        "at": message.created_at.isoformat(),
        "buttons": [_button(button) for row in message.buttons for button in row],
        "attachments": [_file(file) for file in message.attachments if file.state is not AttachmentState.REFUSED],
        "edited": message.edited_at is not None,
        "deleted": message.deleted_at is not None,
        "delivered": True,
    }


def talk_shape(talk: Talk, chat: str) -> dict[str, Any]:
    """A page of the talk, with where the question stands."""
    return {
        "messages": [message_shape(message, talk.names.get(message.id), chat) for message in talk.messages],
        "more": talk.more,
        "status": state_shape(talk.state),
    }


def state_shape(state: TalkState) -> dict[str, Any]:
    """Where the question stands; `status` is null while none is open."""
    return {
        "status": state.status,
        "ticket": state.number,
        "lane": state.lane,
        "csat": state.csat,
        "someone_is_answering": state.answering is not None,
        "by": SPEAKERS[state.answering] if state.answering else None,
    }


def _button(button: Button) -> dict[str, Any]:
    return {"label": button.label, "action": button.action or None, "url": button.url}


def _file(file: Attachment) -> dict[str, Any]:
    is_stored = file.state is AttachmentState.STORED
    return {
        "id": file.id,
        "name": file.name,
        "kind": file.kind,
        "media_type": file.media_type,
        "size": file.size,
        "url": f"/chat/api/attachments/{file.id}" if is_stored else None,
    }
