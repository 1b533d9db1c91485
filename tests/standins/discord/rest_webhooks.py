"""Routes of webhooks, and of what an interaction's token allows after its answer.

Both live under /webhooks/{id}/{token}: a webhook's own id, or the application's id with an
interaction's token. A promise ("thinking") is kept by the first follow-up or an edit of `@original`.
"""

from __future__ import annotations

import secrets

from . import drafts, message_shape, posting, refusals, rules, shapes, threads
from .interactions import THINK, Interaction
from .places import Channel
from .rest_messages import place
from .server import Ask, Route
from .things import FORUM, LOADING, TEXT, Draft, Json, Message, Webhook

ONE = "/webhooks/{webhook_id}/{token}"
SAID = ONE + "/messages/{message_id}"


def create(ask: Ask) -> Json:
    channel, name = place(ask), str(ask.body.get("name") or "")
    ask.world.need(channel, "manage_webhooks")
    if channel.kind not in (TEXT, FORUM):
        raise refusals.wrong_channel_type()
    if not 1 <= len(name) <= 80 or "discord" in name.lower() or "clyde" in name.lower():
        raise refusals.invalid("name", "USERNAME_INVALID_CONTAINS", "This name is not allowed")
    if len(channel.webhooks) >= ask.world.limits.webhooks:
        raise refusals.Refused(400, 30007, "Maximum number of webhooks reached (15)")
    webhook = Webhook(ask.world.ids.next(), secrets.token_urlsafe(48), name, channel, ask.world.bot)
    channel.webhooks.append(webhook)
    ask.world.webhooks[webhook.id] = webhook
    return shapes.webhook(webhook, ask.world)


def of_channel(ask: Ask) -> list[Json]:
    channel = place(ask)
    ask.world.need(channel, "manage_webhooks")
    return [shapes.webhook(w, ask.world) for w in channel.webhooks]


def of_guild(ask: Ask) -> list[Json]:
    guild = ask.world.guild(ask.id("guild_id"))
    return [shapes.webhook(w, ask.world) for w in ask.world.webhooks.values() if w.channel.guild is guild]


def known(ask: Ask) -> Webhook:
    """The webhook, by its token or, without one in the path, by the bot's."""
    webhook = ask.world.webhooks.get(ask.id("webhook_id"))
    if webhook is None or webhook.channel.deleted:
        raise refusals.unknown("webhook")
    if "token" not in ask.ids and not ask.signed_in:
        raise refusals.unauthorized()
    if ask.ids.get("token", webhook.token) != webhook.token:
        raise refusals.invalid_webhook_token()
    return webhook


def fetch(ask: Ask) -> Json:
    return shapes.webhook(known(ask), ask.world)


def remove(ask: Ask) -> None:
    webhook = known(ask)
    webhook.channel.webhooks.remove(webhook)
    del ask.world.webhooks[webhook.id]


def asked_by(ask: Ask) -> Interaction | None:
    """The interaction whose token this is; None for a webhook of a channel."""
    if ask.id("webhook_id") != ask.world.application_id:
        return None
    asked = ask.world.interactions.get(ask.ids["token"])
    if asked is None or asked.answer_kind is None:
        raise refusals.unknown("webhook")
    if asked.token_expired:
        raise refusals.invalid_webhook_token()
    return asked


def execute(ask: Ask) -> Json | None:
    asked = asked_by(ask)
    message = follow_up(ask, asked) if asked else say(ask, known(ask))
    waits = asked is not None or ask.query.get("wait", "").lower() in ("1", "true")
    return message_shape.message(message, ask.world) if waits else None


def say(ask: Ask, webhook: Webhook) -> Message:
    world, channel = ask.world, webhook.channel
    name = ask.body.get("username")
    author = posting.webhook_author(webhook, name)
    draft = drafts.read(world, channel, ask.body, ask.call.files)
    draft.webhook, draft.shown_name = webhook, name or webhook.name
    if "thread_id" in ask.query:
        thread = world.channels.get(int(ask.query["thread_id"]))
        if thread is None or thread.parent is not channel:
            raise refusals.unknown("channel")
        return posting.post(world, thread, author, draft)
    if channel.kind == FORUM:
        return say_in_forum(ask, channel, webhook, draft)
    return posting.post(world, channel, author, draft)


def say_in_forum(ask: Ask, forum: Channel, webhook: Webhook, draft: Draft) -> Message:
    if not ask.body.get("thread_name"):
        text = "Webhooks posted to forum channels must have a thread_name or thread_id"
        raise refusals.Refused(400, 220001, text)
    author = posting.webhook_author(webhook, draft.shown_name)
    name = rules.check_name(ask.body["thread_name"])
    tags = [int(tag) for tag in ask.body.get("applied_tags") or []]
    return threads.forum_post(ask.world, forum, name, author, draft, tags)[1]


def follow_up(ask: Ask, asked: Interaction) -> Message:
    world, original = ask.world, asked.original
    draft = drafts.read(world, asked.channel, ask.body, ask.call.files)
    if asked.answer_kind == THINK and original is not None and original.flags & LOADING:
        draft.flags |= original.flags & ~LOADING
        return posting.edit(world, original, draft, {*drafts.EDITABLE, "attachments"})
    draft.interaction = asked
    message = posting.post(world, asked.channel, world.bot, drafts.whisper(draft, asked.person))
    asked.followups.append(message)
    return message


def said(ask: Ask) -> Message:
    """`@original` or one message this token sent; in a thread, with `thread_id`."""
    asked, given = asked_by(ask), ask.ids["message_id"]
    if asked is not None:
        mine = {m.id: m for m in [*asked.followups, asked.original] if m is not None}
        message = asked.original if given == "@original" else mine.get(int(given))
    else:
        webhook = known(ask)
        thread = ask.world.channels.get(int(ask.query.get("thread_id", 0)))
        message = (thread or webhook.channel).history.get(int(given))
        message = message if message and message.webhook is webhook else None
    if message is None or message.deleted:
        raise refusals.unknown("message")
    return message


def fetch_said(ask: Ask) -> Json:
    return message_shape.message(said(ask), ask.world)


def edit_said(ask: Ask) -> Json:
    asked, message = asked_by(ask), said(ask)
    if message.channel.archived:
        raise refusals.thread_archived()
    draft = drafts.read(ask.world, message.channel, ask.body, ask.call.files, keep=message)
    draft.flags &= ~LOADING
    posting.edit(ask.world, message, draft, drafts.changed(ask.body, ask.call.files))
    if asked is not None and message is asked.message:
        asked.updated = True
        ask.world.stir()
    return message_shape.message(message, ask.world)


def delete_said(ask: Ask) -> None:
    posting.delete(ask.world, said(ask))


ROUTES: list[Route] = [
    ("POST", "/channels/{channel_id}/webhooks", create),
    ("GET", "/channels/{channel_id}/webhooks", of_channel),
    ("GET", "/guilds/{guild_id}/webhooks", of_guild),
    ("GET", "/webhooks/{webhook_id}", fetch),
    ("DELETE", "/webhooks/{webhook_id}", remove),
    ("GET", ONE, fetch),
    ("DELETE", ONE, remove),
    ("POST", ONE, execute),
    ("GET", SAID, fetch_said),
    ("PATCH", SAID, edit_said),
    ("DELETE", SAID, delete_said),
]
