"""The JSON of a message, as a bot reads it from history, from an answer or from the gateway.

Without the message content intent a bot gets the envelope alone, unless the message is its own,
a direct one, or mentions it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import shapes
from .snowflake import iso, made_at
from .things import COMMAND_ANSWER, DM, PINNED, Json, Message, User

if TYPE_CHECKING:
    from .world import World


def message(one: Message, world: World, depth: int = 1) -> Json:
    """`depth` counts how many replies deep the referenced messages are included."""
    shape: Json = {
        "id": str(one.id),
        "channel_id": str(one.channel.id),
        "type": one.kind,
        "content": one.content,
        "author": author(one),
        "timestamp": made_at(one.id),
        "edited_timestamp": iso(one.edited_at) if one.edited_at else None,
        "tts": False,
        "mention_everyone": one.mention_everyone,
        "mentions": [shapes.mention(u, one) for u in one.mentions],
        "mention_roles": [],
        "attachments": [shapes.attachment(a, one.channel, world) for a in one.attachments],
        "embeds": one.embeds,
        "components": one.components,
        "pinned": one.pinned_at is not None,
        "flags": one.flags,
    }
    if one.reactions:
        shape["reactions"] = [reaction(text, who, world) for text, who in one.reactions.items()]
    if one.stickers:
        shape["sticker_items"] = [{"id": str(one.id), "name": n, "format_type": 1} for n in one.stickers]
    if one.webhook:
        shape["webhook_id"] = str(one.webhook.id)
    if one.author is world.bot or one.webhook or one.interaction:
        shape["application_id"] = str(world.application_id)
    if one.thread:
        shape["thread"] = shapes.thread(one.thread, world)
    return shape | interaction_of(one) | reference(one, world, depth)


def interaction_of(one: Message) -> Json:
    if one.interaction is None:
        return {}
    asked = one.interaction
    shape: Json = {"id": str(asked.id), "type": asked.kind, "user": shapes.user(asked.person)}
    shape["authorizing_integration_owners"] = {}
    found: Json = {"interaction_metadata": shape}
    if one.kind == COMMAND_ANSWER:
        found["interaction"] = {
            "id": str(asked.id),
            "type": asked.kind,
            "name": asked.data.get("name", ""),
            "user": shapes.user(asked.person),
        }
    return found


def reference(one: Message, world: World, depth: int) -> Json:
    target = one.reply_to
    if target is None:
        return {}
    pointer: Json = {"type": 0, "message_id": str(target.id), "channel_id": str(target.channel.id)}
    if target.channel.guild:
        pointer["guild_id"] = str(target.channel.guild.id)
    shape: Json = {"message_reference": pointer}
    if depth and one.kind != PINNED:
        shape["referenced_message"] = None if target.deleted else gated(target, world, depth - 1)
    return shape


def gated(one: Message, world: World, depth: int = 1) -> Json:
    """The message as REST shows it to this bot."""
    shape = message(one, world, depth)
    return shape if world.message_content else without_content(shape, one, world)


def without_content(shape: Json, one: Message, world: World) -> Json:
    """The shape a bot without the intent gets; a reply's original is emptied by its own rule."""
    open_to_bot = one.author is world.bot or one.channel.kind == DM or world.bot in one.mentions
    emptied: Json = {} if open_to_bot else {"content": "", "embeds": [], "attachments": [], "components": []}
    if shape.get("referenced_message") and one.reply_to:
        original = without_content(shape["referenced_message"], one.reply_to, world)
        emptied["referenced_message"] = original
    return shape | emptied


def author(one: Message) -> Json:
    if one.webhook is None:
        return shapes.user(one.author)
    return shapes.user(one.author) | {
        "id": str(one.webhook.id),
        "username": one.shown_name or one.webhook.name,
        "global_name": None,
        "discriminator": "0000",
        "bot": True,
    }


def reaction(text: str, who: list[User], world: World) -> Json:
    return {
        "emoji": shapes.emoji(text),
        "count": len(who),
        "count_details": {"burst": 0, "normal": len(who)},
        "burst_colors": [],
        "me": world.bot in who,
        "me_burst": False,
        "burst_me": False,
    }


def event(one: Message, world: World) -> Json:
    """The message as the gateway tells it: with its guild and, for people, their membership."""
    shape = message(one, world)
    guild = one.channel.guild
    if guild is None:
        return shape | {"channel_type": one.channel.kind}
    shape["guild_id"] = str(guild.id)
    found = guild.members.get(one.author.id)
    if found and one.webhook is None:
        shape["member"] = shapes.member(found, with_user=False)
    return shape
