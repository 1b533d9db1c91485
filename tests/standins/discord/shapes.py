"""Shapes: the JSON of each thing, with exactly the keys a client trips over when they are wrong.

Never `"thread": null`, never a null `guild_id`; ids are strings; member roles are ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from .snowflake import iso, made_at
from .things import CATEGORY, DM, FORUM, Attachment, Json, Member, Message, Role, User, Webhook

if TYPE_CHECKING:
    from .places import Channel, Guild
    from .world import World

BITS = {
    "add_reactions": 6,
    "manage_channels": 4,
    "view_channel": 10,
    "send_messages": 11,
    "manage_messages": 13,
    "embed_links": 14,
    "attach_files": 15,
    "read_message_history": 16,
    "manage_roles": 28,
    "manage_webhooks": 29,
    "use_application_commands": 31,
    "manage_threads": 34,
    "create_public_threads": 35,
    "create_private_threads": 36,
    "send_messages_in_threads": 38,
    "pin_messages": 51,
}
ALL_BITS = sum(1 << bit for bit in BITS.values())
PEOPLE_BITS = sum(1 << BITS[n] for n in BITS if not n.startswith(("manage", "pin")))


def bits(permissions: set[str]) -> int:
    return sum(1 << BITS[name] for name in permissions)


def user(one: User) -> Json:
    return {
        "id": str(one.id),
        "username": one.name.lower(),
        "global_name": None if one.bot else one.name,
        "discriminator": "0",
        "avatar": None,
        "bot": one.bot,
        "public_flags": 0,
    }


def member(one: Member, with_user: bool = True, permissions: int | None = None) -> Json:
    shape: Json = {
        "roles": [str(role.id) for role in one.roles],
        "joined_at": iso(one.joined_at),
        "premium_since": None,
        "nick": one.nick,
        "avatar": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    if with_user:
        shape["user"] = user(one.user)
    if permissions is not None:
        shape["permissions"] = str(permissions)
    return shape


def role(one: Role, position: int = 1) -> Json:
    return {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(one.permissions),
        "position": 0 if one.id == one.guild.id else position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": True,
        "flags": 0,
    }


def guild(one: Guild) -> Json:
    return {
        "id": str(one.id),
        "name": one.name,
        "owner_id": str(one.owner.id),
        "icon": None,
        "splash": None,
        "features": ["COMMUNITY"],
        "preferred_locale": one.locale,
        "afk_timeout": 300,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "roles": [role(r) for r in one.roles.values()],
        "emojis": [],
        "stickers": [],
    }


def channel(one: Channel, world: World) -> Json:
    if one.is_thread:
        return thread(one, world)
    shape: Json = {"id": str(one.id), "type": one.kind, "last_message_id": text_id(one.last_message_id), "flags": 0}
    if one.kind == DM:
        return shape | {"recipients": [user(one.recipient)] if one.recipient else []}
    assert one.guild is not None
    shape |= {
        "guild_id": str(one.guild.id),
        "name": one.name,
        "position": one.position,
        "parent_id": text_id(one.parent.id if one.parent else None),
        "topic": one.topic,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "permission_overwrites": overwrites(one, world),
    }
    if one.kind == FORUM:
        shape |= {"available_tags": one.tags, "default_auto_archive_duration": 1440, "default_forum_layout": 0}
    if one.kind == CATEGORY:
        del shape["last_message_id"]
    return shape | one.settings


def overwrites(one: Channel, world: World) -> list[Json]:
    listed = list(one.overwrites)
    if one.lacks:
        denied = str(bits(one.lacks))
        listed.append({"id": str(world.bot.id), "type": 1, "allow": "0", "deny": denied})
    return listed


def thread(one: Channel, world: World) -> Json:
    assert one.guild is not None
    assert one.parent is not None
    shape: Json = {
        "id": str(one.id),
        "type": one.kind,
        "guild_id": str(one.guild.id),
        "parent_id": str(one.parent.id),
        "owner_id": str(one.owner.id if one.owner else 0),
        "name": one.name,
        "last_message_id": text_id(one.last_message_id),
        "message_count": len([m for m in one.history if m != one.id]),
        "total_message_sent": one.total_sent,
        "member_count": len(one.joined),
        "rate_limit_per_user": 0,
        "flags": 0,
        "applied_tags": [str(tag) for tag in one.applied_tags],
        "thread_metadata": {
            "archived": one.archived,
            "locked": one.locked,
            "auto_archive_duration": one.auto_archive_minutes,
            "archive_timestamp": iso(one.archived_at),
            "create_timestamp": made_at(one.id),
            "invitable": True,
        },
    }
    if world.bot.id in one.joined:
        shape["member"] = thread_member(one, world.bot.id)
    return shape


def thread_member(one: Channel, user_id: int) -> Json:
    joined_at = iso(one.joined[user_id])
    return {"id": str(one.id), "user_id": str(user_id), "join_timestamp": joined_at, "flags": 0}


def attachment(one: Attachment, place: Channel, world: World) -> Json:
    path = f"/attachments/{place.id}/{one.id}/{quote(one.filename)}"
    url = f"{world.base_url}{path}?ex={world.link_age:x}&is=0&hm={world.link_age:064x}&"
    shape: Json = {
        "id": str(one.id),
        "filename": one.filename,
        "size": len(one.data),
        "url": url,
        "proxy_url": url,
        "content_type": one.content_type,
        "flags": 0,
    }
    if one.description:
        shape["description"] = one.description
    if one.duration_seconds is not None:
        shape |= {"duration_secs": one.duration_seconds, "waveform": "AAAA"}
    return shape


def webhook(one: Webhook, world: World) -> Json:
    assert one.channel.guild is not None
    return {
        "id": str(one.id),
        "type": 1,
        "guild_id": str(one.channel.guild.id),
        "channel_id": str(one.channel.id),
        "name": one.name,
        "avatar": None,
        "token": one.token,
        "application_id": str(world.application_id),
        "user": user(one.creator),
    }


def emoji(text: str) -> Json:
    """A unicode emoji, or a guild's own as `name:id`."""
    name, _, emoji_id = text.partition(":")
    return {"id": emoji_id or None, "name": name if emoji_id else text}


def mention(one: User, message: Message) -> Json:
    guild_of = message.channel.guild
    found = guild_of.members.get(one.id) if guild_of else None
    return user(one) | ({"member": member(found, with_user=False)} if found else {})


def text_id(snowflake: int | None) -> str | None:
    return None if snowflake is None else str(snowflake)


def bot_permissions(place: Channel) -> int:
    return ALL_BITS & ~bits(place.denied)
