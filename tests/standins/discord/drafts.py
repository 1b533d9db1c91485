"""Drafts: what a bot's request body says it wants to send, read into a `Draft` and checked."""

from __future__ import annotations

import mimetypes
import re

from . import refusals, rules
from .places import Channel
from .things import EPHEMERAL, LOADING, Attachment, Draft, Json, Message, User
from .world import World

Files = dict[str, tuple[str, bytes]]
MENTION = re.compile(r"<@!?(\d+)>")
SUPPRESS_EMBEDS = 1 << 2
EDITABLE = {"content", "embeds", "components", "flags"}


def read(world: World, channel: Channel, body: Json, files: Files, keep: Message | None = None) -> Draft:
    """A new message (`keep` None) or the changes to one; checked by the platform's limits."""
    draft = Draft(
        content=body.get("content") or "",
        embeds=list(body.get("embeds") or []),
        components=list(body.get("components") or []),
        stickers=[str(s) for s in body.get("sticker_ids") or []],
        attachments=attachments(world, body, files, keep),
        flags=int(body.get("flags") or 0),
        nonce=None if body.get("nonce") is None else str(body["nonce"]),
    )
    if keep is not None:
        for name in EDITABLE - body.keys():
            setattr(draft, name, getattr(keep, name))
        draft.flags |= keep.flags & ~(LOADING | SUPPRESS_EMBEDS)
        draft.stickers = keep.stickers
    draft.mentions, draft.mention_everyone = mentioned(world, draft.content, body.get("allowed_mentions"))
    rules.check_message(draft)
    draft.reply_to = replied(world, channel, body.get("message_reference"))
    if draft.reply_to is not None:
        pinged = (body.get("allowed_mentions") or {}).get("replied_user", True)
        if pinged and draft.reply_to.author not in draft.mentions and draft.reply_to.webhook is None:
            draft.mentions.append(draft.reply_to.author)
    return draft


def changed(body: Json, files: Files) -> set[str]:
    """The fields an edit touches."""
    fields = EDITABLE & body.keys()
    if "content" in fields:
        fields |= {"mentions", "mention_everyone"}
    return fields | ({"attachments"} if files or "attachments" in body else set())


def attachments(world: World, body: Json, files: Files, keep: Message | None) -> list[Attachment]:
    """Uploads `files[n]`, described by the body's attachment of id n; an edit lists those it keeps."""
    if any(len(data) > world.limits.upload for _, data in files.values()):
        raise refusals.too_large()
    entries: list[Json] = body.get("attachments") or []
    described = {str(entry.get("id")): entry for entry in entries}
    found: list[Attachment] = []
    if keep is not None:
        kept = keep.attachments
        found += [a for a in kept if "attachments" not in body or str(a.id) in described]
    for name, (filename, data) in files.items():
        entry = described.get(name.removeprefix("files[").removesuffix("]"), {})
        called = str(entry.get("filename") or filename)
        found.append(attachment(world, called, data, entry.get("description")))
    return found


def attachment(world: World, filename: str, data: bytes, description: str | None = None) -> Attachment:
    content_type = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    return Attachment(world.ids.next(), filename, data, content_type, description)


def mentioned(world: World, content: str, allowed: Json | None) -> tuple[list[User], bool]:
    """Who is pinged: those named in the text, as far as `allowed_mentions` lets them be."""
    parse = ["users", "roles", "everyone"] if allowed is None else allowed.get("parse") or []
    listed = {int(u) for u in (allowed or {}).get("users") or []}
    ids = dict.fromkeys(int(found) for found in MENTION.findall(content))
    pinged = [i for i in ids if i in world.users and ("users" in parse or i in listed)]
    everyone = "everyone" in parse and ("@everyone" in content or "@here" in content)
    return [world.users[i] for i in pinged], everyone


def replied(world: World, channel: Channel, reference: Json | None) -> Message | None:
    if not reference or reference.get("type", 0) != 0:
        return None
    found = channel.history.get(int(reference["message_id"]))
    if found is None and reference.get("fail_if_not_exists", True):
        raise refusals.invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    if found is not None and found.system:
        text = "Cannot reply to a system message"
        raise refusals.invalid("message_reference", "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", text)
    return found


def whisper(draft: Draft, reader: User) -> Draft:
    """An ephemeral draft is for one reader."""
    draft.only_for = reader if draft.flags & EPHEMERAL else None
    return draft
