"""Forum topics, and who is in a chat."""

from typing import Any

from ..accounts import Account
from ..chats import PRESENT, Chat, Topic
from ..errors import bad_request
from ..params import Params
from ..platform import Platform

TOPIC_NAME_LIMIT = 128


def _forum(platform: Platform, params: Params, verb: str) -> Chat:
    chat = platform.addressed(params)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.bot_is_admin:
        raise bad_request(f"not enough rights to {verb} a topic")
    return chat


def _topic(platform: Platform, params: Params, verb: str) -> tuple[Chat, Topic]:
    chat = _forum(platform, params, verb)
    topic = chat.topic(params.integer("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return chat, topic


def _name(params: Params, *, required: bool) -> str:
    name = params.text("name").strip()
    if (required and not name) or len(name) > TOPIC_NAME_LIMIT:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "topic name is too long")
    return name


def create(platform: Platform, params: Params) -> Any:
    chat = _forum(platform, params, "create")
    return platform.open_topic(chat, platform.bot, _name(params, required=True)).json()


def edit(platform: Platform, params: Params) -> bool:
    chat, topic = _topic(platform, params, "edit")
    name = _name(params, required=False)
    if not name or name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    _notice(platform, chat, topic, "forum_topic_edited", {"name": name})
    return True


def close(platform: Platform, params: Params) -> bool:
    return _set_closed(platform, params, "close", "forum_topic_closed", closed=True)


def reopen(platform: Platform, params: Params) -> bool:
    return _set_closed(platform, params, "reopen", "forum_topic_reopened", closed=False)


def _set_closed(platform: Platform, params: Params, verb: str, kind: str, *, closed: bool) -> bool:
    chat, topic = _topic(platform, params, verb)
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _notice(platform, chat, topic, kind, {})
    return True


def delete(platform: Platform, params: Params) -> bool:
    chat, topic = _topic(platform, params, "delete")
    chat.delete_topic(topic)
    return True


def _notice(platform: Platform, chat: Chat, topic: Topic, kind: str, content: dict[str, Any]) -> None:
    platform.say(chat, platform.bot, kind=kind, content=content, service=True, thread=topic.id)


def get_chat(platform: Platform, params: Params) -> Any:
    chat = platform.addressed(params)
    if chat.person and not chat.opened:
        raise bad_request("chat not found")
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    about = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(gifts, False)}
    if chat.pinned:
        about["pinned_message"] = chat.pinned[-1].json(with_reply=False)
    return chat.json() | about


def _user_id(platform: Platform, params: Params) -> int:
    user_id = params.integer("user_id")
    if user_id is None or platform.users(user_id) is None:
        raise bad_request("invalid user_id specified")
    return user_id


def _member(platform: Platform, chat: Chat, user_id: int) -> Any:
    user = platform.users(user_id)
    assert user is not None
    default = "member" if chat.is_private and user_id in {chat.id, platform.bot.id} else "left"
    return platform.member_json(user, chat.members.get(user_id, default))


def get_member(platform: Platform, params: Params) -> Any:
    chat = platform.addressed(params)
    return _member(platform, chat, _user_id(platform, params))


def get_administrators(platform: Platform, params: Params) -> Any:
    chat = platform.addressed(params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    admins = [user for user, status in chat.members.items() if status in {"creator", "administrator"}]
    return [_member(platform, chat, user) for user in admins]


def get_member_count(platform: Platform, params: Params) -> int:
    chat = platform.addressed(params)
    return sum(status in PRESENT for status in chat.members.values()) if not chat.is_private else 2


def ban(platform: Platform, params: Params) -> bool:
    return _put_out(platform, params, "kicked")


def unban(platform: Platform, params: Params) -> bool:
    return _put_out(platform, params, "left")


def _put_out(platform: Platform, params: Params, status: str) -> bool:
    chat = platform.addressed(params)
    if chat.is_private:
        raise bad_request("can't restrict self" if status == "kicked" else "method is available for supergroups only")
    if not chat.bot_is_admin:
        raise bad_request("not enough rights to restrict/unrestrict chat member")
    user_id = _user_id(platform, params)
    old = chat.members.get(user_id, "left")
    if old in {"creator", "administrator"}:
        raise bad_request("can't remove chat owner" if old == "creator" else "user is an administrator of the chat")
    chat.members[user_id] = status
    person: Account | None = platform.people.get(user_id)
    if person and status == "kicked" and old in PRESENT:
        platform.say(chat, platform.bot, kind="left_chat_member", content=person.user(), service=True)
    return True


def leave(platform: Platform, params: Params) -> bool:
    chat = platform.addressed(params)
    if chat.is_private:
        raise bad_request("chat not found")
    chat.members[platform.bot.id] = "left"
    return True


METHODS = {
    "createForumTopic": create,
    "editForumTopic": edit,
    "closeForumTopic": close,
    "reopenForumTopic": reopen,
    "deleteForumTopic": delete,
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": get_member_count,
    "banChatMember": ban,
    "unbanChatMember": unban,
    "leaveChat": leave,
}
