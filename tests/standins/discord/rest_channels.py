"""Routes of channels and threads: read, make, change, archive, join, delete."""

from __future__ import annotations

from . import announce, drafts, message_shape, posting, refusals, rules, shapes, threads
from .places import Channel, forum_tag
from .rest_messages import place, target
from .server import Ask, Created, Route
from .snowflake import iso
from .things import CATEGORY, DM, FORUM, PRIVATE_THREAD, PUBLIC_THREAD, TEXT, Json, User

ONE = "/channels/{channel_id}"
MEMBERS = ONE + "/thread-members"
SETTINGS = ("nsfw", "rate_limit_per_user", "default_auto_archive_duration")


def fetch(ask: Ask) -> Json:
    return shapes.channel(place(ask), ask.world)


def open_direct(ask: Ask) -> Json:
    """Opening works even when the person takes no messages; sending is what fails then."""
    person = ask.world.users.get(int(ask.body.get("recipient_id") or 0))
    if person is None or person is ask.world.bot:
        raise refusals.invalid_recipient()
    return shapes.channel(posting.direct_chat(ask.world, person), ask.world)


def create(ask: Ask) -> Created:
    world, guild, body = ask.world, ask.world.guild(ask.id("guild_id")), ask.body
    parent = world.channel(int(body["parent_id"])) if body.get("parent_id") else None
    kind = int(body.get("type", TEXT))
    if kind not in (TEXT, CATEGORY, FORUM):
        raise refusals.invalid("type", "BASE_TYPE_CHOICES", "This kind is not supported here")
    if len(guild.channels) >= world.limits.guild_channels:
        raise refusals.Refused(400, 30013, "Maximum number of guild channels reached (500)")
    if parent and len([c for c in guild.channels if c.parent is parent]) >= world.limits.category_channels:
        text = "Maximum number of channels in category reached (50)"
        raise refusals.invalid("parent_id", "CHANNEL_PARENT_MAX_CHANNELS", text)
    name = rules.check_name(body.get("name"))
    channel = world.add_channel(Channel(world, world.ids.next(), kind, name, guild, parent))
    channel.position = len(guild.channels)
    channel.tags = [forum_tag(world.ids.next()) | tag for tag in body.get("available_tags") or []]
    apply(channel, body)
    announce.channel(world, "CHANNEL_CREATE", channel)
    return Created(shapes.channel(channel, world))


def apply(channel: Channel, body: Json) -> None:
    channel.topic = body.get("topic", channel.topic)
    channel.settings |= {key: body[key] for key in SETTINGS if body.get(key) is not None}
    if "permission_overwrites" in body:
        channel.overwrites = body["permission_overwrites"] or []


def change(ask: Ask) -> Json:
    channel = place(ask)
    if channel.kind == DM:
        raise refusals.wrong_channel_type()
    if channel.is_thread:
        return change_thread(ask, channel)
    ask.world.need(channel, "manage_channels")
    channel.name = rules.check_name(ask.body.get("name", channel.name))
    apply(channel, ask.body)
    announce.channel(ask.world, "CHANNEL_UPDATE", channel)
    return shapes.channel(channel, ask.world)


def change_thread(ask: Ask, thread: Channel) -> Json:
    """An archived thread takes no change that does not wake it."""
    world, body = ask.world, ask.body
    if thread.owner is not world.bot or "locked" in body:
        world.need(thread, "manage_threads")
    if thread.archived and body.get("archived") is not False and body.keys() - {"archived", "locked"}:
        raise refusals.thread_archived()
    name = rules.check_name(body.get("name", thread.name))
    if "auto_archive_duration" in body:
        thread.auto_archive_minutes = rules.check_archive_minutes(int(body["auto_archive_duration"]))
    if "applied_tags" in body:
        thread.applied_tags = [int(tag) for tag in body["applied_tags"]]
    if body.get("archived") is False:
        threads.set_state(world, thread, False, None)
    if name != thread.name:
        threads.rename(world, thread, name, world.bot)
    threads.set_state(world, thread, body.get("archived"), body.get("locked"))
    announce.thread(world, "THREAD_UPDATE", thread)
    return shapes.thread(thread, world)


def delete(ask: Ask) -> Json:
    channel = place(ask)
    shape = shapes.channel(channel, ask.world)
    if channel.kind != DM:
        ask.world.need(channel, "manage_threads" if channel.is_thread else "manage_channels")
        threads.remove(ask.world, channel)
    return shape


def thread_of_message(ask: Ask) -> Created:
    message = target(ask)
    ask.world.need(message.channel, "create_public_threads")
    thread = threads.from_message(ask.world, message, rules.check_name(ask.body.get("name")), ask.world.bot)
    return Created(finish(ask, thread))


def finish(ask: Ask, thread: Channel) -> Json:
    if ask.body.get("auto_archive_duration"):
        thread.auto_archive_minutes = rules.check_archive_minutes(int(ask.body["auto_archive_duration"]))
    return shapes.thread(thread, ask.world)


def thread_or_post(ask: Ask) -> Created:
    parent, name = place(ask), rules.check_name(ask.body.get("name"))
    if parent.kind == FORUM:
        return Created(forum_post(ask, parent, name))
    kind = int(ask.body.get("type", PRIVATE_THREAD))
    needed = "create_public_threads" if kind == PUBLIC_THREAD else "create_private_threads"
    ask.world.need(parent, needed)
    return Created(finish(ask, threads.alone(ask.world, parent, kind, name, ask.world.bot)))


def forum_post(ask: Ask, forum: Channel, name: str) -> Json:
    ask.world.need(forum, "send_messages")
    said = ask.body.get("message")
    if said is None:
        raise refusals.required("message")
    draft = drafts.read(ask.world, forum, said, ask.call.files)
    tags = [int(tag) for tag in ask.body.get("applied_tags") or []]
    thread, message = threads.forum_post(ask.world, forum, name, ask.world.bot, draft, tags)
    return finish(ask, thread) | {"message": message_shape.message(message, ask.world)}


def thread_member(ask: Ask) -> User:
    given = ask.ids["user_id"]
    return ask.world.bot if given == "@me" else ask.world.user(int(given))


def thread_place(ask: Ask) -> Channel:
    thread = place(ask)
    if not thread.is_thread:
        raise refusals.wrong_channel_type()
    return thread


def add_member(ask: Ask) -> None:
    thread, user = thread_place(ask), thread_member(ask)
    assert thread.guild is not None
    if user.id not in thread.guild.members:
        raise refusals.missing_access()
    threads.add(ask.world, thread, user, ask.world.bot)


def remove_member(ask: Ask) -> None:
    thread, user = thread_place(ask), thread_member(ask)
    if thread.archived:
        raise refusals.thread_archived()
    if user is not ask.world.bot:
        ask.world.need(thread, "manage_threads")
    posting.leave(ask.world, thread, user)


def members(ask: Ask) -> list[Json]:
    thread = thread_place(ask)
    return [shapes.thread_member(thread, user_id) for user_id in thread.joined]


def one_member(ask: Ask) -> Json:
    thread, user = thread_place(ask), thread_member(ask)
    if user.id not in thread.joined:
        raise refusals.unknown("member")
    return shapes.thread_member(thread, user.id)


def listed(ask: Ask, found: list[Channel]) -> Json:
    bot_id = ask.world.bot.id
    mine = [shapes.thread_member(t, bot_id) for t in found if bot_id in t.joined]
    return {"threads": [shapes.thread(t, ask.world) for t in found], "members": mine}


def active(ask: Ask) -> Json:
    guild = ask.world.guild(ask.id("guild_id"))
    every = [c for c in ask.world.channels.values() if c.guild is guild and c.is_thread]
    return listed(ask, [t for t in reversed(every) if not t.archived and ask.world.bot_sees(t)])


def archived(ask: Ask) -> Json:
    """Newest archived first, before an instant; public or private as the path says."""
    kind = PRIVATE_THREAD if ask.call.path.endswith("private") else PUBLIC_THREAD
    found = [t for t in place(ask).threads if t.archived and t.kind == kind]
    if "before" in ask.query:
        found = [t for t in found if iso(t.archived_at) < ask.query["before"]]
    found.sort(key=lambda t: t.archived_at, reverse=True)
    limit = int(ask.query.get("limit", 50))
    return listed(ask, found[:limit]) | {"has_more": len(found) > limit}


ROUTES: list[Route] = [
    ("POST", "/users/@me/channels", open_direct),
    ("POST", "/guilds/{guild_id}/channels", create),
    ("GET", "/guilds/{guild_id}/threads/active", active),
    ("GET", ONE, fetch),
    ("PATCH", ONE, change),
    ("DELETE", ONE, delete),
    ("POST", ONE + "/messages/{message_id}/threads", thread_of_message),
    ("POST", ONE + "/threads", thread_or_post),
    ("GET", ONE + "/threads/archived/public", archived),
    ("GET", ONE + "/threads/archived/private", archived),
    ("GET", MEMBERS, members),
    ("GET", MEMBERS + "/{user_id}", one_member),
    ("PUT", MEMBERS + "/{user_id}", add_member),
    ("DELETE", MEMBERS + "/{user_id}", remove_member),
]
