"""Routes of messages: send, read back, edit, delete, react, pin, type."""

from __future__ import annotations

from . import announce, drafts, message_shape, posting, refusals, rules
from .places import Channel
from .server import Ask, Route
from .snowflake import iso
from .things import CATEGORY, DM, FORUM, Json, Message, User
from .world import World

MESSAGES = "/channels/{channel_id}/messages"
ONE = MESSAGES + "/{message_id}"
REACTIONS = ONE + "/reactions"


def place(ask: Ask) -> Channel:
    return ask.world.channel(ask.id("channel_id"))


def target(ask: Ask) -> Message:
    channel = place(ask)
    return ask.world.message(channel, ask.id("message_id"))


def check_sendable(world: World, channel: Channel) -> None:
    """Whether the bot may write here at all; a closed direct chat is known only now."""
    if channel.kind in (FORUM, CATEGORY):
        raise refusals.not_a_text_channel()
    world.need(channel, "send_messages_in_threads" if channel.is_thread else "send_messages")
    person = channel.recipient
    if person is None:
        return
    if person.bot or person.dms_closed:
        raise refusals.cannot_message_user()
    if person.left_a_guild and not world.shared_guilds(person):
        raise refusals.no_mutual_guild()


def send(ask: Ask) -> Json:
    world, channel = ask.world, place(ask)
    check_sendable(world, channel)
    draft = drafts.read(world, channel, ask.body, ask.call.files)
    if draft.attachments:
        world.need(channel, "attach_files")
    if draft.nonce and ask.body.get("enforce_nonce"):
        sent = posting.once(world, world.bot, draft.nonce)
        if sent is not None:
            return message_shape.message(sent, world) | {"nonce": draft.nonce}
    message = posting.post(world, channel, world.bot, draft)
    if draft.nonce:
        posting.remember_nonce(world, world.bot, draft.nonce, message)
        return message_shape.message(message, world) | {"nonce": draft.nonce}
    return message_shape.message(message, world)


def history(ask: Ask) -> list[Json]:
    """Newest first; `before`, `after` or `around` an id, 1 to 100 of them."""
    channel = place(ask)
    limit = int(ask.query.get("limit", 50))
    if not 1 <= limit <= 100:
        text = "int value should be between 1 and 100."
        raise refusals.invalid("limit", "NUMBER_TYPE_MAX", text)
    if "read_message_history" in channel.denied:
        return []
    found = channel.messages
    if "after" in ask.query:
        found = [m for m in found if m.id > int(ask.query["after"])][:limit]
    elif "before" in ask.query:
        found = [m for m in found if m.id < int(ask.query["before"])]
    elif "around" in ask.query:
        middle = int(ask.query["around"])
        older = [m for m in found if m.id <= middle][-(limit // 2 + 1) :]
        found = older + [m for m in found if m.id > middle][: limit // 2]
    return [message_shape.gated(m, ask.world) for m in reversed(found[-limit:])]


def fetch(ask: Ask) -> Json:
    ask.world.need(place(ask), "read_message_history")
    return message_shape.gated(target(ask), ask.world)


def edit(ask: Ask) -> Json:
    message = target(ask)
    if message.author is not ask.world.bot:
        raise refusals.not_the_author()
    if message.channel.archived:
        raise refusals.thread_archived()
    draft = drafts.read(ask.world, message.channel, ask.body, ask.call.files, keep=message)
    posting.edit(ask.world, message, draft, drafts.changed(ask.body, ask.call.files))
    return message_shape.message(message, ask.world)


def check_deletable(world: World, message: Message) -> None:
    if message.channel.archived:
        raise refusals.thread_archived()
    if message.kind in (1, 4, 21):
        raise refusals.system_message()
    if message.author is world.bot:
        return
    if message.channel.kind == DM:
        raise refusals.not_in_dm()
    world.need(message.channel, "manage_messages")


def delete(ask: Ask) -> None:
    message = target(ask)
    check_deletable(ask.world, message)
    posting.delete(ask.world, message)


def bulk_delete(ask: Ask) -> None:
    channel = place(ask)
    if channel.kind == DM:
        raise refusals.not_in_dm()
    ask.world.need(channel, "manage_messages")
    ids = [int(one) for one in ask.body.get("messages") or []]
    if not 2 <= len(ids) <= 100:
        raise refusals.bad_length("messages", 2, 100)
    posting.delete_many(ask.world, channel, [channel.history[i] for i in ids if i in channel.history])


def reacted_by(ask: Ask) -> User:
    given = ask.ids["user_id"]
    return ask.world.bot if given == "@me" else ask.world.user(int(given))


def react(ask: Ask) -> None:
    message = target(ask)
    emoji = rules.check_emoji(ask.ids["emoji"])
    if emoji not in message.reactions:
        ask.world.need(message.channel, "add_reactions")
    posting.react(ask.world, message, emoji, ask.world.bot)


def unreact(ask: Ask) -> None:
    message, user = target(ask), reacted_by(ask)
    if user is not ask.world.bot:
        ask.world.need(message.channel, "manage_messages")
    posting.unreact(ask.world, message, rules.check_emoji(ask.ids["emoji"]), user)


def reactors(ask: Ask) -> list[Json]:
    from .shapes import user

    return [user(who) for who in target(ask).reactions.get(ask.ids["emoji"], [])]


def clear_reactions(ask: Ask) -> None:
    message = target(ask)
    ask.world.need(message.channel, "manage_messages")
    posting.clear_reactions(ask.world, message, ask.ids.get("emoji"))


def pins(ask: Ask) -> Json:
    newest_first = sorted(place(ask).pins, key=lambda m: iso(m.pinned_at) if m.pinned_at else "", reverse=True)
    items: list[Json] = []
    for message in newest_first:
        assert message.pinned_at is not None
        items.append({"pinned_at": iso(message.pinned_at), "message": message_shape.gated(message, ask.world)})
    return {"items": items, "has_more": False}


def pin(ask: Ask) -> None:
    message = target(ask)
    ask.world.need(message.channel, "pin_messages")
    if message.system:
        raise refusals.system_message()
    posting.pin(ask.world, message, ask.world.bot)


def unpin(ask: Ask) -> None:
    message = target(ask)
    ask.world.need(message.channel, "pin_messages")
    posting.unpin(ask.world, message)


def typing(ask: Ask) -> None:
    channel = place(ask)
    check_sendable(ask.world, channel)
    channel.typed.append(ask.world.bot)
    announce.typing(ask.world, channel, ask.world.bot)


ROUTES: list[Route] = [
    ("GET", MESSAGES + "/pins", pins),
    ("PUT", MESSAGES + "/pins/{message_id}", pin),
    ("DELETE", MESSAGES + "/pins/{message_id}", unpin),
    ("POST", MESSAGES + "/bulk-delete", bulk_delete),
    ("POST", MESSAGES, send),
    ("GET", MESSAGES, history),
    ("GET", ONE, fetch),
    ("PATCH", ONE, edit),
    ("DELETE", ONE, delete),
    ("PUT", REACTIONS + "/{emoji}/@me", react),
    ("DELETE", REACTIONS + "/{emoji}/{user_id}", unreact),
    ("GET", REACTIONS + "/{emoji}", reactors),
    ("DELETE", REACTIONS + "/{emoji}", clear_reactions),
    ("DELETE", REACTIONS, clear_reactions),
    ("POST", "/channels/{channel_id}/typing", typing),
]
