"""What a Telegram message carries: its text as Markdown, its files, or the name of what nobody can relay.

Pure: no I/O. File names come from strangers and are made harmless here; sizes are bytes.
"""

from __future__ import annotations

import re

from aiogram.types import Message, PhotoSize, Sticker

from bots.telegram_entities import to_markdown
from bots.telegram_updates import clean
from desk.conversation import AttachmentKind
from desk.inbound import InboundFile

UNRELAYED = (
    "poll", "dice", "location", "venue", "contact", "game", "story", "paid_media", "checklist", "giveaway",
    "rich_message", "invoice", "gift", "unique_gift", "web_app_data", "users_shared", "chat_shared", "passport_data",
)  # fmt: skip
UNKNOWN = "unknown"
NAME_CHARACTERS = 200
BINARY = "application/octet-stream"


def text_of(message: Message) -> str:
    """The text or caption with its formatting as Markdown."""
    text = message.text if message.text is not None else message.caption or ""
    entities = message.entities if message.text is not None else message.caption_entities
    return clean(to_markdown(text, entities or ()))


def unrelayed(message: Message) -> str | None:
    """The platform's name for content that is neither text nor a file, None for service messages and the rest."""
    kind = str(getattr(message.content_type, "value", message.content_type))
    if kind == UNKNOWN or kind in UNRELAYED:
        return kind
    return None


def has_content(message: Message) -> bool:
    """Whether a person said something; service messages (joined, pinned, topic opened, ...) say nothing."""
    return bool(text_of(message) or files_of(message) or unrelayed(message))


def files_of(message: Message) -> tuple[InboundFile, ...]:
    """The file of the message; Telegram sends at most one a message."""
    found = _picture(message) or _sound(message) or _film(message) or _document(message)
    return (found,) if found else ()


def _picture(message: Message) -> InboundFile | None:
    if message.sticker:
        return _sticker(message.sticker)
    sizes: list[PhotoSize] = list(message.photo or ())
    if message.live_photo and message.live_photo.photo:
        sizes = sizes or list(message.live_photo.photo)
    if not sizes:
        return None
    largest = max(sizes, key=lambda size: size.width * size.height)
    return InboundFile(AttachmentKind.PHOTO, "photo.jpg", "image/jpeg", largest.file_size, clean(largest.file_id))


def _sticker(sticker: Sticker) -> InboundFile:
    name, media_type = "sticker.webp", "image/webp"
    if sticker.is_video:
        name, media_type = "sticker.webm", "video/webm"
    elif sticker.is_animated:
        name, media_type = "sticker.tgs", "application/x-tgsticker"
    return InboundFile(AttachmentKind.STICKER, name, media_type, sticker.file_size, clean(sticker.file_id))


def _sound(message: Message) -> InboundFile | None:
    if voice := message.voice:
        media_type = _media_type(voice.mime_type, "audio/ogg")
        return InboundFile(AttachmentKind.VOICE, "voice.ogg", media_type, voice.file_size, clean(voice.file_id))
    if audio := message.audio:
        name, media_type = harmless(audio.file_name, "audio.mp3"), _media_type(audio.mime_type, "audio/mpeg")
        return InboundFile(AttachmentKind.AUDIO, name, media_type, audio.file_size, clean(audio.file_id))
    return None


def _film(message: Message) -> InboundFile | None:
    if note := message.video_note:
        return InboundFile(AttachmentKind.VIDEO, "video_note.mp4", "video/mp4", note.file_size, clean(note.file_id))
    film = message.video or message.animation
    if film is None:
        return None
    name, media_type = harmless(film.file_name, "video.mp4"), _media_type(film.mime_type, "video/mp4")
    return InboundFile(AttachmentKind.VIDEO, name, media_type, film.file_size, clean(film.file_id))


def _document(message: Message) -> InboundFile | None:
    paper = message.document
    if paper is None:
        return None
    name, media_type = harmless(paper.file_name, "document"), _media_type(paper.mime_type, BINARY)
    return InboundFile(AttachmentKind.DOCUMENT, name, media_type, paper.file_size, clean(paper.file_id))


def harmless(name: str | None, otherwise: str) -> str:
    """A file name without paths, control characters or endless length."""
    kept = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", clean(name or ""))
    kept = re.split(r"[/\\]", kept)[-1].strip().lstrip(".")
    if len(kept) > NAME_CHARACTERS:
        stem, dot, ending = kept.rpartition(".")
        kept = f"{stem[: NAME_CHARACTERS - 20]}.{ending}" if dot and len(ending) <= 10 else kept[:NAME_CHARACTERS]
    return kept or otherwise


def _media_type(given: str | None, otherwise: str) -> str:
    return given.lower() if given and re.fullmatch(r"[\w.+-]{1,64}/[\w.+-]{1,64}", given, re.ASCII) else otherwise
