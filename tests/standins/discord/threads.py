"""Threads: opened from a message, on their own, or as a forum post; renamed, archived, locked.

A thread opened from a message has that message's id; a forum post's first message has the post's.
An archived thread refuses everything but being woken; a message wakes it unless it is locked.
"""

from __future__ import annotations

from . import announce, posting, refusals, snowflake
from .places import Channel
from .things import (
    FORUM,
    HAS_THREAD,
    NAME_CHANGE,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    RECIPIENT_ADD,
    TEXT,
    THREAD_CREATED,
    THREAD_STARTER,
    Draft,
    Message,
    User,
)
from .world import World

REQUIRES_TAG = 1 << 4


def from_message(world: World, message: Message, name: str, owner: User) -> Channel:
    if message.thread is not None:
        raise refusals.thread_exists()
    if message.channel.kind != TEXT:
        raise refusals.wrong_channel_type()
    thread = _new(world, message.channel, message.id, PUBLIC_THREAD, name, owner)
    message.thread = thread
    message.flags |= HAS_THREAD
    announce.thread(world, "THREAD_CREATE", thread, newly_created=True)
    announce.message(world, "MESSAGE_UPDATE", message)
    posting.post(world, thread, message.author, Draft(kind=THREAD_STARTER, reply_to=message))
    return thread


def alone(world: World, parent: Channel, kind: int, name: str, owner: User) -> Channel:
    """A thread without a message of its own; a public one is announced in its channel."""
    if parent.kind != TEXT:
        raise refusals.wrong_channel_type()
    thread = _new(world, parent, world.ids.next(), kind, name, owner)
    announce.thread(world, "THREAD_CREATE", thread, newly_created=True)
    if kind == PUBLIC_THREAD:
        posting.post(world, parent, owner, Draft(content=name, kind=THREAD_CREATED))
    return thread


def forum_post(
    world: World, forum: Channel, title: str, owner: User, draft: Draft, tags: list[int]
) -> tuple[Channel, Message]:
    if forum.kind != FORUM:
        raise refusals.wrong_channel_type()
    known = {int(tag["id"]) for tag in forum.tags}
    if not set(tags) <= known:
        raise refusals.invalid("applied_tags", "INVALID_TAG", "Unknown tag")
    if forum.settings.get("flags", 0) & REQUIRES_TAG and not tags:
        raise refusals.Refused(400, 40067, "A tag is required to create a forum post in this channel")
    thread = _new(world, forum, world.ids.next(), PUBLIC_THREAD, title, owner)
    thread.applied_tags = tags
    announce.thread(world, "THREAD_CREATE", thread, newly_created=True)
    return thread, posting.post(world, thread, owner, draft, message_id=thread.id)


def _new(world: World, parent: Channel, thread_id: int, kind: int, name: str, owner: User) -> Channel:
    active = [c for c in world.channels.values() if c.is_thread and c.guild is parent.guild and not c.archived]
    if len(active) >= world.limits.active_threads:
        raise refusals.too_many_threads()
    thread = Channel(world, thread_id, kind, name, parent.guild, parent, owner=owner)
    thread.joined[owner.id] = snowflake.now()
    return world.add_channel(thread)


def add(world: World, thread: Channel, user: User, by: User) -> None:
    """Bring somebody into a thread; a private one says so."""
    if thread.archived:
        raise refusals.thread_archived()
    if user.id in thread.joined:
        return
    posting.join(world, thread, user)
    if thread.kind == PRIVATE_THREAD and user is not by:
        posting.post(world, thread, by, Draft(kind=RECIPIENT_ADD, mentions=[user]))


def rename(world: World, thread: Channel, name: str, by: User) -> None:
    thread.name = name
    posting.post(world, thread, by, Draft(content=name, kind=NAME_CHANGE))


def set_state(world: World, thread: Channel, archived: bool | None, locked: bool | None) -> None:
    """Archive or wake, lock or open; announced by the caller."""
    if archived is not None and archived != thread.archived:
        thread.archived = archived
        thread.archived_at = snowflake.now()
    if locked is not None:
        thread.locked = locked


def remove(world: World, channel: Channel) -> None:
    """Delete a channel or thread; its threads go with it."""
    channel.deleted = True
    del world.channels[channel.id]
    for thread in channel.threads:
        thread.deleted = True
        del world.channels[thread.id]
    if channel.is_thread:
        announce.thread(world, "THREAD_DELETE", channel)
    else:
        announce.channel(world, "CHANNEL_DELETE", channel)
