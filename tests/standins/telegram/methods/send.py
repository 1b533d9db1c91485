"""Sending texts, files, albums, places and cards; copying and forwarding."""

from typing import Any

from ..content import copied, forwarded
from ..entities import read_text
from ..errors import bad_request
from ..files import StoredFile
from ..keyboards import read_markup
from ..messages import StoredMessage
from ..params import Params
from ..people import ALBUM
from ..platform import Platform

ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
ALBUM_KINDS = {"photo", "video", "audio", "document"}
GENERAL_TOPIC = 1  # has this id for chat actions only; a message to it is refused
NO_CAPTION = {"sticker", "video_note"}


def say(platform: Platform, params: Params, **content: Any) -> StoredMessage:
    """Stores the bot's message where the call says, with its reply and buttons."""
    chat = platform.writable(params)
    thread = platform.thread(chat, params)
    reply_to = _replied(platform, params)
    if reply_to and chat.is_forum and thread is None:
        thread = reply_to.thread
    if thread is None:
        thread = chat.reply_thread(reply_to)
    markup = read_markup(params)
    return platform.store(chat, platform.bot, reply_to=reply_to, thread=thread, markup=markup, **content)


def _replied(platform: Platform, params: Params) -> StoredMessage | None:
    given = params.parsed("reply_parameters", "reply parameters") or {}
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    message_id = given.get("message_id") or params.integer("reply_to_message_id")
    if not message_id:
        return None
    chat = platform.addressed(params)
    found = chat.find(int(message_id))
    lenient = given.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    if found is None and not lenient:
        raise bad_request("message to be replied not found")
    return found


def send_message(platform: Platform, params: Params) -> Any:
    platform.writable(params)
    text, entities = read_text(params, "text", platform.users)
    return say(platform, params, text=text, entities=entities).json()


def _file(platform: Platform, params: Params, kind: str, name: str) -> StoredFile:
    upload = params.upload(name)
    if upload:
        return platform.files.uploaded(kind, upload.data, upload.filename, upload.mime)
    value = params.text(name)
    if not value:
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return platform.files.again(kind, value)


def send_file(kind: str) -> Any:
    """The method that sends files of one kind."""

    def send(platform: Platform, params: Params) -> Any:
        platform.writable(params)
        content: dict[str, Any] = {"kind": kind, "file": _file(platform, params, kind, kind)}
        if kind not in NO_CAPTION:
            content["text"], content["entities"] = read_text(params, "caption", platform.users)
        return say(platform, params, **content).json()

    return send


def send_media_group(platform: Platform, params: Params) -> Any:
    platform.writable(params)
    media = params.parsed("media", "media")
    if not isinstance(media, list) or not all(isinstance(item, dict) for item in media):
        raise bad_request("expected an Array of InputMedia")
    if len(media) > 10:
        raise bad_request("too many messages to send as an album")
    if len(media) < 2:  # the rule is documented, the platform's wording is not
        raise bad_request("media must include 2-10 items")
    kinds = {str(item.get("type")) for item in media}
    if not kinds <= ALBUM_KINDS:
        raise bad_request("can't use the media of the specified type in the album")
    for lonely in ("audio", "document"):
        if lonely in kinds and len(kinds) > 1:
            raise bad_request(f"{lonely} can't be mixed with other media types")
    items = [_album_item(platform, params, item) for item in media]
    album = str(ALBUM + platform.number())
    return [say(platform, params, album=album, **item).json() for item in items]


def _album_item(platform: Platform, params: Params, item: dict[str, Any]) -> dict[str, Any]:
    own = Params({key: value for key, value in item.items() if value is not None}, params.uploads)
    kind = str(item["type"])
    text, entities = read_text(own, "caption", platform.users)
    return {"kind": kind, "file": _file(platform, own, kind, "media"), "text": text, "entities": entities}


def send_location(platform: Platform, params: Params) -> Any:
    spot = {"latitude": params.number("latitude"), "longitude": params.number("longitude")}
    return say(platform, params, kind="location", content=spot).json()


def send_contact(platform: Platform, params: Params) -> Any:
    card = {name: params.text(name) for name in ("phone_number", "first_name")}
    if not all(card.values()):
        raise bad_request("phone number and first name must be specified")
    return say(platform, params, kind="contact", content=card).json()


def send_chat_action(platform: Platform, params: Params) -> bool:
    chat = platform.writable(params)
    if not (chat.is_forum and params.integer("message_thread_id") == GENERAL_TOPIC):
        platform.thread(chat, params)
    action = params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(action)
    chat.changed()
    return True


def _source(platform: Platform, params: Params, verb: str) -> StoredMessage:
    source = platform.addressed(params, "from_chat_id")
    message = platform.message(params, f"message to {verb} not found", source)
    if message.service:
        raise bad_request(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return message


def copy_message(platform: Platform, params: Params) -> Any:
    platform.writable(params)
    content = copied(_source(platform, params, "copy"))
    if "caption" in params.values and content["kind"] != "text":
        content["text"], content["entities"] = read_text(params, "caption", platform.users)
    return {"message_id": say(platform, params, **content).id}


def forward_message(platform: Platform, params: Params) -> Any:
    platform.writable(params)
    return say(platform, params, **forwarded(_source(platform, params, "forward"))).json()


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_file("photo"),
    "sendDocument": send_file("document"),
    "sendVoice": send_file("voice"),
    "sendVideo": send_file("video"),
    "sendSticker": send_file("sticker"),
    "sendAudio": send_file("audio"),
    "sendAnimation": send_file("animation"),
    "sendVideoNote": send_file("video_note"),
    "sendMediaGroup": send_media_group,
    "sendLocation": send_location,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
