"""Discord's message objects as the desk's events. Pure: what is said where is settled by the caller.

Raises KeyError, TypeError, ValueError on malformed objects; the caller counts them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bots.discord_files import source_of, sticker_file
from bots.discord_formatting import clean, inbound, mention_of, without_mention
from bots.discord_places import CHANNEL, Place
from desk.commands import BY_NAME
from desk.conversation import AttachmentKind
from desk.inbound import CommandGiven, InboundFile, InboundMessage, MessageEdited
from desk.people import Author, Locale

SPOKEN = frozenset({0, 19})
"""Message types that people write: plain, and replies. All others are the platform's own notices."""
VOICE = 1 << 13
FORWARD = 1

_COMMAND = re.compile(r"/([a-zA-Z_]{1,32})(?:\s+(.*))?", re.DOTALL)

Json = Mapping[str, Any]


def author_of(user: Json, member: Json | None = None, locale: str | None = None) -> Author:
    """The person, by the name others see."""
    name = (member or {}).get("nick") or user.get("global_name") or user.get("username") or ""
    return Author(CHANNEL, str(int(user["id"])), clean(str(name)), _locale(locale), bool(user.get("bot")))


def spoken(data: Json, bot_id: str) -> bool:
    """Written by a person: no bot, no webhook, no notice of the platform."""
    user = data["author"]
    mine = str(user["id"]) == bot_id
    return not (mine or user.get("bot") or data.get("webhook_id")) and int(data.get("type") or 0) in SPOKEN


def calls_bot(data: Json, bot_id: str, place: Place, *, replies_count: bool = True) -> bool:
    """The bot is mentioned, or the message answers one of the bot's."""
    if re.search(mention_of(bot_id, place.bot_role), str(data.get("content") or "")):
        return True
    answered = data.get("referenced_message") or {}
    return replies_count and str((answered.get("author") or {}).get("id")) == bot_id


def text_of(data: Json, bot_id: str, place: Place) -> str:
    """What was said, forwarded texts included, as chat Markdown."""
    told = data.get("mentions") or ()
    names = {str(user["id"]): str(user.get("global_name") or user.get("username")) for user in told}
    content = str(data.get("content") or "")
    if place.guild is not None:
        content = without_mention(content, mention_of(bot_id, place.bot_role))
    parts = [inbound(content, names)]
    for snapshot in _forwarded(data):
        quoted = inbound(str(snapshot.get("content") or ""), names)
        parts += ["\n".join(f"> {line}" for line in quoted.splitlines())]
    return "\n".join(part for part in parts if part)


def message_of(data: Json, bot_id: str, place: Place) -> InboundMessage | CommandGiven:
    """A message, or the command it spells."""
    author = author_of(data["author"], data.get("member"))
    text = text_of(data, bot_id, place)
    external_id = str(int(data["id"]))
    sent_at = instant(str(data["timestamp"]))
    command = _COMMAND.fullmatch(text)
    if command and (name := command[1].lower()) in BY_NAME:
        argument = (command[2] or "").strip()
        return CommandGiven(CHANNEL, external_id, place.address, place.surface, author, name, argument, sent_at)
    return InboundMessage(
        channel=CHANNEL,
        external_id=external_id,
        address=place.address,
        surface=place.surface,
        author=author,
        text=text,
        sent_at=sent_at,
        files=files_of(data),
        reply_to=replied_to(data),
        title=clean(place.name) if external_id == place.id and place.name else None,
        unsupported=_unsupported(data),
        thread_root=place.id if place.is_thread and external_id != place.id else None,
        calls_bot=place.guild is not None and calls_bot(data, bot_id, place, replies_count=False),
    )


def replied_to(data: Json) -> str | None:
    """The id of the message it answers; what is forwarded answers nothing."""
    reference = data.get("message_reference") or {}
    replied = reference.get("message_id") if int(reference.get("type") or 0) != FORWARD else None
    return str(replied) if replied else None


def pointed_at(chosen: Json, bot_id: str, place: Place) -> InboundMessage | None:
    """The message on which a command of its menu was chosen; None when it is no person's."""
    data = ((chosen.get("resolved") or {}).get("messages") or {}).get(str(chosen.get("target_id")))
    if data is None or not spoken(data, bot_id):
        return None
    event = message_of(data, bot_id, place)
    return event if isinstance(event, InboundMessage) else None


def edit_of(data: Json, bot_id: str, place: Place) -> MessageEdited:
    """The message's present text, as an edit."""
    return MessageEdited(
        channel=CHANNEL,
        external_id=str(int(data["id"])),
        address=place.address,
        author=author_of(data["author"], data.get("member")),
        text=text_of(data, bot_id, place),
        edited_at=instant(str(data["edited_timestamp"])),
    )


def files_of(data: Json) -> tuple[InboundFile, ...]:
    """Attachments and stickers, those of forwarded messages too."""
    files: list[InboundFile] = []
    for part in (data, *_forwarded(data)):
        voice = bool(int(part.get("flags") or 0) & VOICE)
        files += [_file(data, item, voice) for item in part.get("attachments") or ()]
        stickers = (sticker_file(item) for item in part.get("sticker_items") or ())
        files += [sticker for sticker in stickers if sticker is not None]
    return tuple(files)


def instant(stamp: str) -> datetime:
    """The platform's ISO form, as aware UTC."""
    moment = datetime.fromisoformat(stamp)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _file(data: Json, item: Json, voice: bool) -> InboundFile:
    media_type = str(item.get("content_type") or "application/octet-stream").partition(";")[0]
    size = item.get("size")
    return InboundFile(
        kind=AttachmentKind.VOICE if voice else _kind(media_type),
        name=clean(str(item.get("filename") or "file")),
        media_type=media_type,
        size=size if isinstance(size, int) else None,
        source=source_of(str(data["channel_id"]), str(data["id"]), str(item["id"]), str(item["url"])),
    )


def _kind(media_type: str) -> AttachmentKind:
    kinds = {"image": AttachmentKind.PHOTO, "audio": AttachmentKind.AUDIO, "video": AttachmentKind.VIDEO}
    if media_type == "image/svg+xml":
        return AttachmentKind.DOCUMENT
    return kinds.get(media_type.partition("/")[0], AttachmentKind.DOCUMENT)


def _forwarded(data: Json) -> list[Json]:
    return [snapshot["message"] for snapshot in data.get("message_snapshots") or ()]


def _unsupported(data: Json) -> str | None:
    """The platform's name for what cannot be relayed."""
    if data.get("poll"):
        return "poll"
    if data.get("activity"):
        return "activity"
    unshown = [item for item in data.get("sticker_items") or () if sticker_file(item) is None]
    return "sticker" if unshown else None


def _locale(told: str | None) -> Locale | None:
    language = (told or "").partition("-")[0].lower()
    return Locale(language) if language in tuple(Locale) else None


def interaction_locale(data: Json) -> Locale | None:
    """The language of the person's app."""
    return _locale(str(data.get("locale") or ""))
