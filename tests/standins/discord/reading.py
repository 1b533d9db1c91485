"""Reading: a channel as a person sees it in their app, for assertions and for failure messages.

#hilfe
Anna: Mein Paket fehlt {✅ 1}
Zuruf: Gern! [Nehmen] [Passen] (edited)
Zuruf (only Anna sees this): Danke
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .things import LOADING, THREAD_CREATED, Message, User, caption, parts_of

if TYPE_CHECKING:
    from .places import Channel


def transcript(channel: Channel, viewer: User | None = None) -> str:
    """All there is to read; whispers only to their `viewer`, or to everybody without one."""
    whispers = [m for m in channel.whispers.values() if viewer in (None, m.only_for)]
    shown = sorted([*channel.messages, *whispers], key=lambda m: m.id)
    state = ", ".join(word for word in ("archived", "locked") if getattr(channel, word))
    title = f"{channel.title} ({state})" if state else channel.title
    return "\n".join([title, *(line(m) for m in shown)])


def line(message: Message) -> str:
    who = message.shown_as
    if message.reply_to is not None and not message.system:
        who += f" (to {message.reply_to.shown_as})"
    if message.only_for is not None:
        who += f" (only {message.only_for.name} sees this)"
    return f"{who}: {body(message)}"


def body(message: Message) -> str:
    if message.kind == THREAD_CREATED:
        return f"(started a thread: {message.content})"
    parts = ["(is thinking)" if message.flags & LOADING else message.content]
    parts += [_embed(embed) for embed in message.embeds]
    parts += [part["content"] for part in parts_of(message.components) if part["type"] == 10]
    parts += [f"<{file.filename}, {len(file.data)} bytes>" for file in message.attachments]
    parts += [f"<sticker {name}>" for name in message.stickers]
    parts += [_control(part) for part in parts_of(message.components) if part["type"] in (2, 3)]
    parts += [f"{{{emoji} {len(who)}}}" for emoji, who in message.reactions.items()]
    parts += ["(edited)"] if message.edited_at else []
    parts += ["(pinned)"] if message.pinned_at else []
    return " ".join(part for part in parts if part)


def _embed(embed: dict[str, object]) -> str:
    words = [str(embed[key]) for key in ("title", "description") if embed.get(key)]
    fields = embed.get("fields") or []
    assert isinstance(fields, list)
    words += [f"{f['name']}: {f['value']}" for f in fields]
    return "| " + " | ".join(words) + " |"


def _control(part: dict[str, object]) -> str:
    if part["type"] == 3:
        options = part.get("options") or []
        assert isinstance(options, list)
        return f"[{part.get('placeholder') or 'choose'}: {' / '.join(o['label'] for o in options)}]"
    return f"[{caption(part)}{' (off)' if part.get('disabled') else ''}]"
