"""People and all that they do in the app. Each act queues the update that the platform would send.

An act that the app would not let a person do (writing where they are not a member, or into a closed topic)
raises ValueError at once: the test is wrong, not the bot.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import content
from .accounts import Account
from .chats import PRESENT, Chat, Topic
from .entities import CAPTION_LIMIT, TEXT_LIMIT, trimmed, with_found
from .files import StoredFile, is_image, png
from .messages import StoredMessage
from .reactions import REACTIONS

Place = Chat | None
Thread = Topic | int | None
ALBUM = 13_000_000_000_000_000


class Person(Account):
    """Somebody with the app. Where no chat is named, their private chat with the bot is meant."""

    # --- writing ---

    def writes(
        self, text: str, chat: Place = None, reply_to: StoredMessage | None = None, thread: Thread = None
    ) -> StoredMessage:
        """A text of at most 4096 characters, as the app itself would split longer ones."""
        if not text.strip() or len(text) > TEXT_LIMIT:
            raise ValueError("the app sends texts of 1 to 4096 characters")
        kept, _ = trimmed(text, [])
        return self._sends(chat, reply_to, thread, text=kept, entities=with_found(kept, []))

    def starts(self, code: str = "") -> StoredMessage:
        """Presses Start, by a link with a code or without."""
        return self.writes(f"/start {code}".strip())

    def sends_file(
        self,
        kind: str,
        data: bytes | StoredFile,
        chat: Place = None,
        caption: str = "",
        name: str = "",
        mime: str = "application/octet-stream",
        reply_to: StoredMessage | None = None,
        thread: Thread = None,
        album: str | None = None,
    ) -> StoredMessage:
        """Any file: photo, document, voice, video, sticker, audio, animation, video_note."""
        if len(caption) > CAPTION_LIMIT:
            raise ValueError("the app sends captions of at most 1024 characters")
        if isinstance(data, bytes) and kind == "photo" and not is_image(data):
            raise ValueError("not a picture; png() makes a small one")
        file = data if isinstance(data, StoredFile) else self.platform.files.add(kind, data, name, mime)
        kept, _ = trimmed(caption, [])
        said = {"kind": kind, "file": file, "text": kept, "entities": with_found(kept, []), "album": album}
        return self._sends(chat, reply_to, thread, **said)

    def sends_photo(
        self, chat: Place = None, data: bytes | None = None, caption: str = "", **place: Any
    ) -> StoredMessage:
        return self.sends_file("photo", data or png(), chat, caption, mime="image/png", **place)

    def sends_album(
        self, photos: Sequence[bytes], chat: Place = None, caption: str = "", **place: Any
    ) -> list[StoredMessage]:
        """2 to 10 photos in one go: as many updates with one media_group_id, the caption on the first."""
        if not 2 <= len(photos) <= 10:
            raise ValueError("an album has 2 to 10 items")
        place["album"] = str(ALBUM + self.platform.number())
        captions = [caption] + [""] * (len(photos) - 1)
        return [self.sends_photo(chat, data, text, **place) for data, text in zip(photos, captions, strict=True)]

    def sends_document(
        self,
        chat: Place = None,
        data: bytes = b"%PDF-1.7 a bill",
        name: str = "rechnung.pdf",
        caption: str = "",
        mime: str = "application/pdf",
        **place: Any,
    ) -> StoredMessage:
        return self.sends_file("document", data, chat, caption, name, mime, **place)

    def sends_voice(self, chat: Place = None, data: bytes = b"OggS voice", **place: Any) -> StoredMessage:
        return self.sends_file("voice", data, chat, mime="audio/ogg", **place)

    def sends_video(self, chat: Place = None, data: bytes = b"....ftyp video", **place: Any) -> StoredMessage:
        return self.sends_file("video", data, chat, mime="video/mp4", name="video.mp4", **place)

    def sends_sticker(self, chat: Place = None, data: bytes = b"RIFF....WEBP", **place: Any) -> StoredMessage:
        return self.sends_file("sticker", data, chat, mime="image/webp", **place)

    def sends_location(self, chat: Place = None, latitude: float = 52.52, longitude: float = 13.4) -> StoredMessage:
        spot = {"latitude": latitude, "longitude": longitude}
        return self._sends(chat, None, None, kind="location", content=spot)

    def sends_contact(self, chat: Place = None, phone: str = "+49301234567") -> StoredMessage:
        card = {"phone_number": phone, "first_name": self.name, "user_id": self.id}
        return self._sends(chat, None, None, kind="contact", content=card)

    def sends_poll(self, question: str, options: Sequence[str], chat: Place = None) -> StoredMessage:
        asked = content.poll(self.platform.number(), question, options)
        return self._sends(chat, None, None, kind="poll", content=asked)

    def forwards(self, message: StoredMessage, chat: Place = None, thread: Thread = None) -> StoredMessage:
        """Passes a message on; it says where it came from."""
        return self._sends(chat, None, thread, **content.forwarded(message))

    def _sends(self, chat: Place, reply_to: StoredMessage | None, thread: Thread, **said: Any) -> StoredMessage:
        chat = chat or self.private_chat()
        if thread is None and reply_to:
            thread = reply_to.thread
        topic = self._place(chat, thread)
        chat.opened = True
        if topic is None:
            topic = chat.reply_thread(reply_to)
        return self.platform.say(chat, self, reply_to=reply_to, thread=topic, **said)

    def _place(self, chat: Chat, thread: Thread) -> int | None:
        if chat.is_private and (chat.id != self.id or self.blocked or self.gone):
            raise ValueError(f"{self.name} cannot write in {chat.title}'s chat with the bot")
        if not chat.is_private and chat.members.get(self.id) not in PRESENT:
            raise ValueError(f"{self.name} is no member of {chat.title}")
        if chat.migrated_to:
            raise ValueError(f"{chat.title} is now {chat.migrated_to.id}")
        topic_id = thread.id if isinstance(thread, Topic) else thread
        if not topic_id or not chat.is_forum:
            return None
        topic = chat.topic(topic_id)
        if topic is None or (topic.closed and chat.members[self.id] == "member"):
            raise ValueError(f"topic {topic_id} is deleted or closed")
        return topic.id

    # --- changing ---

    def edits(self, message: StoredMessage, text: str) -> StoredMessage:
        """Rewrites a text or caption of their own."""
        if message.sender is not self or message.deleted:
            raise ValueError("only their own standing messages")
        message.earlier_texts.append(message.text)
        message.text, message.entities = text, with_found(text, [])
        message.edited_at = self.now()
        self.platform.tell("edited_message", message)
        message.chat.changed()
        return message

    def deletes(self, message: StoredMessage) -> None:
        """Takes a message back; the platform tells no bot."""
        message.deleted = True
        message.chat.changed()

    def reacts(self, message: StoredMessage, *emojis: str) -> None:
        """Sets their reaction, none to take it back. Bots hear of it in private and as administrators. The app offers
        only what is on the platform's list."""
        if not set(emojis) <= REACTIONS:
            raise ValueError(f"the app offers no such reactions: {emojis}")
        old, new = message.reactions.get(self.id, []), list(emojis)
        message.reactions[self.id] = new
        chat = message.chat
        if old == new or not chat.bot_is_admin:
            return
        change = {"chat": chat.json(), "message_id": message.id, "user": self.user(), "date": self.now()}
        for name, given in (("old_reaction", old), ("new_reaction", new)):
            change[name] = [{"type": "emoji", "emoji": emoji} for emoji in given]
        self.platform.updates.put("message_reaction", change, chat.id)
        chat.changed()
