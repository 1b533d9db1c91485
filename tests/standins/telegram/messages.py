"""A message as the platform stores it, and as a bot or a person reads it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from .entities import cut
from .files import StoredFile
from .keyboards import Markup, inline, inline_buttons, labels

if TYPE_CHECKING:
    from .chats import Chat


class Sender(Protocol):
    """Who wrote: a person or the bot."""

    id: int
    name: str
    is_bot: bool

    def user(self) -> dict[str, Any]: ...


@dataclass(eq=False)
class StoredMessage:
    """One message. `text` is its text or caption, empty when it has neither.

    `kind` is the content's field name in the API: text, photo, ..., location, or a service message's
    field such as `forum_topic_created`; `content` is that field's value where it is neither text nor file.
    """

    chat: Chat
    id: int
    sender: Sender
    kind: str = "text"
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    file: StoredFile | None = None
    content: Any = None
    service: bool = False
    markup: Markup | None = None
    reply_to: StoredMessage | None = None
    thread: int | None = None
    album: str | None = None
    origin: dict[str, Any] | None = None
    date: int = field(default_factory=lambda: int(time.time()))
    edited_at: int | None = None
    deleted: bool = False
    earlier_texts: list[str] = field(default_factory=list)
    reactions: dict[int, list[str]] = field(default_factory=dict)

    @property
    def from_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def buttons(self) -> list[str]:
        """The labels under the message, in reading order."""
        return labels(self.markup)

    def callback_data(self, label: str) -> str:
        """The data behind a label (or a label that starts so). Raises AssertionError: no such button."""
        pressable = [b for b in inline_buttons(self.markup) if "callback_data" in b]
        for button in pressable:
            if button["text"] == label:
                return str(button["callback_data"])
        near = [b for b in pressable if label in b["text"]]
        if len(near) == 1 and not self.deleted:
            return str(near[0]["callback_data"])
        raise AssertionError(f"no button {label!r} on message {self.id}: {self.buttons}\n{self.chat.transcript()}")

    def url(self, label: str) -> str:
        """Where a link button leads."""
        for button in inline_buttons(self.markup):
            if button["text"] == label and "url" in button:
                return str(button["url"])
        raise AssertionError(f"no link {label!r} on message {self.id}: {self.buttons}")

    def covered(self, kind: str) -> list[str]:
        """The words under each entity of a kind: covered("bold")."""
        return [cut(self.text, entity) for entity in self.entities if entity["type"] == kind]

    def json(self, *, with_reply: bool = True) -> dict[str, Any]:
        """As the API shows it; one level of reply, as on the platform."""
        body: dict[str, Any] = {
            "message_id": self.id,
            "from": self.sender.user(),
            "chat": self.chat.json(),
            "date": self.date,
        }
        self._add_place(body, with_reply)
        if self.edited_at:
            body["edit_date"] = self.edited_at
        if self.origin:
            body["forward_origin"] = self.origin
        if self.album:
            body["media_group_id"] = self.album
        if self.kind == "text":
            body |= {"text": self.text} | ({"entities": self.entities} if self.entities else {})
        else:
            body[self.kind] = self.file.described() if self.file else self.content
            if self.text:
                body["caption"] = self.text
                if self.entities:
                    body["caption_entities"] = self.entities
        if self.kind == "animation":
            body["document"] = body["animation"]
        if keyboard := inline(self.markup):
            body["reply_markup"] = keyboard
        return body

    def _add_place(self, body: dict[str, Any], with_reply: bool) -> None:
        if self.thread is not None:
            body["message_thread_id"] = self.thread
            if self.chat.is_forum:
                body["is_topic_message"] = True
        shown = self.reply_to or self._topic_start()
        if with_reply and shown and not shown.deleted:
            body["reply_to_message"] = shown.json(with_reply=False)

    def _topic_start(self) -> StoredMessage | None:
        """Every message of a topic counts as a reply to the topic's first one: the platform's own quirk."""
        if self.chat.is_forum and self.thread and self.thread != self.id:
            return self.chat.find(self.thread)
        return None

    def line(self) -> str:
        """The message as a person reads it in the chat."""
        marks = " ".join(
            part
            for part in (
                f"[{self.kind}]" if self.kind != "text" else "",
                f"(topic {self.thread})" if self.chat.is_forum and self.thread else "",
                f"(reply to #{self.reply_to.id})" if self.reply_to else "",
                "(edited)" if self.edited_at else "",
                "(deleted)" if self.deleted else "",
            )
            if part
        )
        said = self.text if self.kind == "text" or self.text else str(self.content or "")
        buttons = "".join(f" [{label}]" for label in self.buttons)
        liked = "".join(f" {emoji}" for given in self.reactions.values() for emoji in given)
        head = f"#{self.id} {self.sender.name}" + (f" {marks}" if marks else "")
        return f"{head}: {said}{buttons}{liked}"
