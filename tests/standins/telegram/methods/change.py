"""Changing what was sent: edits, deletions, pins, reactions, and the answer to a tap."""

import time
from typing import Any

from ..content import same
from ..entities import read_text
from ..errors import NOT_MODIFIED, QUERY_GONE, bad_request
from ..keyboards import Markup, read_markup
from ..messages import StoredMessage
from ..params import Params
from ..platform import Platform
from ..reactions import REACTIONS
from ..taps import Answer

DELETABLE_SECONDS = 48 * 3600
ANSWER_LIMIT = 200


def _editable(platform: Platform, params: Params) -> StoredMessage:
    message = platform.message(params, "message to edit not found", platform.addressed(params))
    if not message.from_bot or message.service or message.origin:
        raise bad_request("message can't be edited")
    return message


def _edit(message: StoredMessage, text: str, entities: list[dict[str, Any]], markup: Markup | None) -> dict[str, Any]:
    if same(message, text, entities, markup):
        raise bad_request(NOT_MODIFIED)
    if message.text != text:
        message.earlier_texts.append(message.text)
    message.text, message.entities, message.markup = text, entities, markup
    message.edited_at = int(time.time())
    message.chat.changed()
    return message.json()


def edit_text(platform: Platform, params: Params) -> Any:
    message = _editable(platform, params)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    text, entities = read_text(params, "text", platform.users)
    return _edit(message, text, entities, read_markup(params))


def edit_caption(platform: Platform, params: Params) -> Any:
    message = _editable(platform, params)
    if message.file is None or message.kind in {"sticker", "video_note"}:
        raise bad_request("there is no caption in the message to edit")
    text, entities = read_text(params, "caption", platform.users)
    return _edit(message, text, entities, read_markup(params))


def edit_markup(platform: Platform, params: Params) -> Any:
    """Without a markup the buttons go."""
    message = _editable(platform, params)
    return _edit(message, message.text, message.entities, read_markup(params))


def _may_delete(message: StoredMessage) -> bool:
    chat = message.chat
    young = time.time() - message.date < DELETABLE_SECONDS
    if message.kind in {"forum_topic_created", "migrate_to_chat_id", "migrate_from_chat_id"}:
        return False
    if message.from_bot or chat.is_private:
        return young
    return chat.bot_may_delete


def delete_message(platform: Platform, params: Params) -> bool:
    message = platform.message(params, "message to delete not found", platform.addressed(params))
    if not _may_delete(message):
        raise bad_request("message can't be deleted")
    message.deleted = True
    message.chat.changed()
    return True


def delete_messages(platform: Platform, params: Params) -> bool:
    """Up to 100 at once; those that are not there are passed over."""
    chat = platform.addressed(params)
    ids = params.parsed("message_ids", "message identifiers")
    if not isinstance(ids, list) or not 1 <= len(ids) <= 100:
        raise bad_request("message identifiers are not specified" if not ids else "too many messages to delete")
    messages = [message for each in ids if (message := chat.find(int(each)))]
    if not all(_may_delete(message) for message in messages):
        raise bad_request("message can't be deleted")
    for message in messages:
        message.deleted = True
    chat.changed()
    return True


def pin(platform: Platform, params: Params) -> bool:
    chat = platform.addressed(params)
    if not chat.bot_is_admin:
        raise bad_request("not enough rights to manage pinned messages in the chat")
    message = platform.message(params, "message to pin not found", chat)
    if message in chat.pinned:
        raise bad_request("CHAT_NOT_MODIFIED")
    chat.pinned.append(message)
    pinned = message.json(with_reply=False)
    platform.say(chat, platform.bot, kind="pinned_message", content=pinned, service=True, thread=message.thread)
    return True


def unpin(platform: Platform, params: Params) -> bool:
    chat = platform.addressed(params)
    if not chat.bot_is_admin:
        raise bad_request("not enough rights to manage pinned messages in the chat")
    message_id = params.integer("message_id")
    chosen = [m for m in chat.pinned if m.id == message_id] if message_id else chat.pinned[-1:]
    if not chosen:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(chosen[0])
    return True


def react(platform: Platform, params: Params) -> bool:
    message = platform.message(params, "message to react not found", platform.writable(params))
    given = params.parsed("reaction", "reaction types") or []
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise bad_request("expected an Array of ReactionType")
    emojis = [str(each.get("emoji")) for each in given]
    if len(emojis) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if message.service or not set(emojis) <= REACTIONS:
        raise bad_request("REACTION_INVALID")
    message.reactions[platform.bot.id] = emojis
    message.chat.changed()
    return True


def answer_callback(platform: Platform, params: Params) -> bool:
    tap = platform.taps.get(params.text("callback_query_id"))
    if tap is None or not tap.is_open(platform.tap_seconds):
        raise bad_request(QUERY_GONE)
    text = params.text("text")
    if len(text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.result.set_result(Answer(text, params.flag("show_alert"), params.text("url")))
    return True


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "setMessageReaction": react,
    "answerCallbackQuery": answer_callback,
}
