"""Posting: messages come, change, go, and are reacted to; each change is announced.

No permission is checked here: `rules` and the routes do that for the bot, `people` for persons.
"""

from __future__ import annotations

import asyncio

from . import announce, refusals, snowflake
from .places import Channel
from .things import (
    DM,
    FORUM,
    LOADING,
    PINNED,
    REPLY,
    THREAD_STARTER,
    Draft,
    Json,
    Message,
    User,
    Webhook,
    parts_of,
)
from .world import World

DIFFERENT_REACTIONS = 20


def post(world: World, channel: Channel, author: User, draft: Draft, message_id: int | None = None) -> Message:
    """Say it. An archived thread that is not locked wakes up; a whisper is kept for its reader alone."""
    if channel.archived:
        if channel.locked:
            raise refusals.thread_archived()
        wake(world, channel)
    message = Message(message_id or world.ids.next(), channel, author, **vars(draft))
    if message.reply_to is not None and message.kind == 0:
        message.kind = REPLY
    number_components(message.components)
    for file in message.attachments:
        world.attachments[file.id] = file
    if message.only_for is not None:
        channel.whispers[message.id] = message
    else:
        _enter(world, channel, message)
    announce.message(world, "MESSAGE_CREATE", message, message.nonce)
    return message


def _enter(world: World, channel: Channel, message: Message) -> None:
    channel.history[message.id] = message
    channel.last_message_id = message.id
    channel.total_sent += message.id != channel.id
    speaks = message.webhook is None and message.kind not in (THREAD_STARTER, PINNED)
    if channel.is_thread and speaks:
        join(world, channel, message.author)
    if channel.parent is not None and channel.parent.kind == FORUM:
        channel.parent.last_message_id = channel.id


def number_components(components: list[Json]) -> None:
    """The platform gives every component an integer id of its own."""
    for number, part in enumerate(parts_of(components), start=1):
        part.setdefault("id", number)


def wake(world: World, thread: Channel) -> None:
    thread.archived = False
    thread.archived_at = snowflake.now()
    announce.thread(world, "THREAD_UPDATE", thread)


def join(world: World, thread: Channel, user: User) -> None:
    if user.id not in thread.joined:
        thread.joined[user.id] = snowflake.now()
        announce.thread_members(world, thread, [user], [])


def leave(world: World, thread: Channel, user: User) -> None:
    if thread.joined.pop(user.id, None):
        announce.thread_members(world, thread, [], [user])


def once(world: World, author: User, nonce: str) -> Message | None:
    """The message this author sent with this nonce in the last minutes, whatever the channel."""
    sent = world.nonces.get((author.id, nonce))
    if sent is None or asyncio.get_running_loop().time() - sent[0] > world.limits.nonce_seconds:
        return None
    return sent[1]


def remember_nonce(world: World, author: User, nonce: str, message: Message) -> None:
    world.nonces[(author.id, nonce)] = (asyncio.get_running_loop().time(), message)


def edit(world: World, message: Message, draft: Draft, fields: set[str]) -> Message:
    """Change the named fields of a message to those of the draft; an answered promise is no edit."""
    if not message.flags & LOADING:
        message.edited_at = snowflake.now()
        if "content" in fields:
            message.earlier.append(message.content)
    message.flags &= ~LOADING
    for name in fields:
        setattr(message, name, getattr(draft, name))
    number_components(message.components)
    for file in message.attachments:
        world.attachments[file.id] = file
    announce.message(world, "MESSAGE_UPDATE", message)
    return message


def delete(world: World, message: Message) -> None:
    message.deleted = True
    message.channel.history.pop(message.id, None)
    message.channel.whispers.pop(message.id, None)
    announce.message(world, "MESSAGE_DELETE", message)


def delete_many(world: World, channel: Channel, messages: list[Message]) -> None:
    """Several at once, told in one event."""
    for message in messages:
        message.deleted = True
        channel.history.pop(message.id, None)
    announce.messages_deleted(world, channel, messages)


def react(world: World, message: Message, emoji: str, user: User) -> None:
    if message.channel.archived:
        raise refusals.thread_archived()
    who = message.reactions.get(emoji)
    if who is None and len(message.reactions) >= DIFFERENT_REACTIONS:
        raise refusals.Refused(400, 30010, "Maximum number of reactions reached (20)")
    if who is not None and user in who:
        return
    message.reactions.setdefault(emoji, []).append(user)
    announce.reaction(world, "MESSAGE_REACTION_ADD", message, emoji, user)


def unreact(world: World, message: Message, emoji: str, user: User) -> None:
    if message.channel.archived:
        raise refusals.thread_archived()
    who = message.reactions.get(emoji, [])
    if user not in who:
        return
    who.remove(user)
    if not who:
        del message.reactions[emoji]
    announce.reaction(world, "MESSAGE_REACTION_REMOVE", message, emoji, user)


def clear_reactions(world: World, message: Message, emoji: str | None = None) -> None:
    for name in [emoji] if emoji else list(message.reactions):
        message.reactions.pop(name, None)
    announce.reactions_cleared(world, message, emoji)


def pin(world: World, message: Message, by: User) -> None:
    """Pin, and say so in the channel, as the platform does."""
    if message.pinned_at is not None:
        return
    if len(message.channel.pins) >= world.limits.pins:
        raise refusals.Refused(400, 30003, f"Maximum number of pins reached ({world.limits.pins})")
    message.pinned_at = snowflake.now()
    announce.message(world, "MESSAGE_UPDATE", message)
    announce.pins(world, message.channel)
    post(world, message.channel, by, Draft(kind=PINNED, reply_to=message))


def unpin(world: World, message: Message) -> None:
    if message.pinned_at is not None:
        message.pinned_at = None
        announce.message(world, "MESSAGE_UPDATE", message)
        announce.pins(world, message.channel)


def direct_chat(world: World, person: User) -> Channel:
    """The one direct chat of the bot with this person, opened when it is first asked for."""
    for channel in world.channels.values():
        if channel.kind == DM and channel.recipient is person:
            return channel
    channel = world.add_channel(Channel(world, world.ids.next(), DM, "", recipient=person))
    announce.channel(world, "CHANNEL_CREATE", channel)
    return channel


def webhook_author(webhook: Webhook, shown_name: str | None) -> User:
    return User(webhook.id, shown_name or webhook.name, bot=True)
