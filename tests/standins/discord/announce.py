"""Announcements: the gateway events that a change brings about, with the intent each needs.

What the bot may not see is not announced to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import events, guild_shape, message_shape, shapes, snowflake
from .things import Json, Member, Message, Role, User

if TYPE_CHECKING:
    from .places import Channel, Guild
    from .world import World


def channel(world: World, name: str, one: Channel) -> None:
    """CHANNEL_CREATE, CHANNEL_UPDATE or CHANNEL_DELETE."""
    if one.guild is None or world.bot.id in one.guild.members:
        intent = events.DM_MESSAGES if one.guild is None else events.GUILDS
        world.emit(events.Event(name, shapes.channel(one, world), intent))


def thread(world: World, name: str, one: Channel, newly_created: bool = False) -> None:
    """THREAD_CREATE, THREAD_UPDATE or THREAD_DELETE."""
    shape = shapes.thread(one, world)
    if name == "THREAD_DELETE":
        shape = {key: shape[key] for key in ("id", "guild_id", "parent_id", "type")}
    if newly_created:
        shape["newly_created"] = True
    if world.bot_sees(one):
        world.emit(events.Event(name, shape, events.GUILDS))


def thread_members(world: World, one: Channel, added: list[User], removed: list[User]) -> None:
    assert one.guild is not None
    shape: Json = {
        "id": str(one.id),
        "guild_id": str(one.guild.id),
        "member_count": len(one.joined),
        "added_members": [shapes.thread_member(one, u.id) for u in added],
        "removed_member_ids": [str(u.id) for u in removed],
    }
    for entry, user in zip(shape["added_members"], added, strict=True):
        if user.id in one.guild.members:
            entry |= {"member": shapes.member(one.guild.members[user.id]), "presence": None}
    if world.bot_sees(one):
        world.emit(events.Event("THREAD_MEMBERS_UPDATE", shape, events.GUILDS))


def message(world: World, name: str, one: Message, nonce: str | None = None) -> None:
    """MESSAGE_CREATE, MESSAGE_UPDATE or MESSAGE_DELETE. A whisper (ephemeral) is not announced."""
    if one.only_for is not None or not world.bot_sees(one.channel):
        world.stir()
        return
    shape = message_shape.event(one, world)
    gate: Message | None = one
    if name == "MESSAGE_DELETE":
        gate = None
        shape = {key: shape[key] for key in ("id", "channel_id", "guild_id") if key in shape}
    if nonce is not None:
        shape["nonce"] = nonce
    intent = events.GUILD_MESSAGES if one.channel.guild else events.DM_MESSAGES
    world.emit(events.Event(name, shape, intent, gate))


def messages_deleted(world: World, one: Channel, messages: list[Message]) -> None:
    shape = _place(one) | {"ids": [str(m.id) for m in messages]}
    if world.bot_sees(one):
        world.emit(events.Event("MESSAGE_DELETE_BULK", shape, events.GUILD_MESSAGES))


def reaction(world: World, name: str, one: Message, emoji: str, user: User) -> None:
    """MESSAGE_REACTION_ADD or MESSAGE_REACTION_REMOVE."""
    shape = _place(one.channel) | {
        "message_id": str(one.id),
        "user_id": str(user.id),
        "emoji": shapes.emoji(emoji),
        "burst": False,
        "type": 0,
    }
    if name == "MESSAGE_REACTION_ADD":
        shape["message_author_id"] = str(one.author.id)
        if one.channel.guild and user.id in one.channel.guild.members:
            shape["member"] = shapes.member(one.channel.guild.members[user.id])
    intent = events.GUILD_REACTIONS if one.channel.guild else events.DM_REACTIONS
    if world.bot_sees(one.channel):
        world.emit(events.Event(name, shape, intent))


def reactions_cleared(world: World, one: Message, emoji: str | None) -> None:
    shape = _place(one.channel) | {"message_id": str(one.id)}
    name = "MESSAGE_REACTION_REMOVE_ALL"
    if emoji is not None:
        name, shape["emoji"] = "MESSAGE_REACTION_REMOVE_EMOJI", shapes.emoji(emoji)
    intent = events.GUILD_REACTIONS if one.channel.guild else events.DM_REACTIONS
    world.emit(events.Event(name, shape, intent))


def pins(world: World, one: Channel) -> None:
    last = max((m.pinned_at for m in one.pins if m.pinned_at), default=None)
    shape = _place(one) | {"last_pin_timestamp": snowflake.iso(last) if last else None}
    intent = events.GUILDS if one.guild else events.DM_MESSAGES
    world.emit(events.Event("CHANNEL_PINS_UPDATE", shape, intent))


def typing(world: World, one: Channel, user: User) -> None:
    started = int(snowflake.now().timestamp())
    shape = _place(one) | {"user_id": str(user.id), "timestamp": started}
    if one.guild and user.id in one.guild.members:
        shape["member"] = shapes.member(one.guild.members[user.id])
    intent = events.GUILD_TYPING if one.guild else events.DM_TYPING
    if world.bot_sees(one):
        world.emit(events.Event("TYPING_START", shape, intent))


def member(world: World, name: str, one: Member) -> None:
    """GUILD_MEMBER_ADD, GUILD_MEMBER_UPDATE or GUILD_MEMBER_REMOVE."""
    shape = shapes.member(one) | {"guild_id": str(one.guild.id)}
    if name == "GUILD_MEMBER_REMOVE":
        shape = {key: shape[key] for key in ("user", "guild_id")}
    if world.bot.id in one.guild.members:
        world.emit(events.Event(name, shape, events.GUILD_MEMBERS))


def role(world: World, one: Role) -> None:
    shape = {"guild_id": str(one.guild.id), "role": shapes.role(one)}
    if world.bot.id in one.guild.members:
        world.emit(events.Event("GUILD_ROLE_CREATE", shape, events.GUILDS))


def guild(world: World, one: Guild) -> None:
    """GUILD_CREATE: the bot is in this guild, with all it may see of it."""
    world.emit(events.Event("GUILD_CREATE", guild_shape.available(one, world), events.GUILDS))


def _place(one: Channel) -> Json:
    place: Json = {"channel_id": str(one.id)}
    if one.guild:
        place["guild_id"] = str(one.guild.id)
    return place
