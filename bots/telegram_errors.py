"""Telegram's refusals as the desk's delivery errors, each carrying the caller's next decision.

Telegram tells its 400s apart by their English description only; the phrases below are the platform's own. What is
not known to be permanent by name is, for a 400, still permanent: the same request will be refused again. A wrong
token (401, 404) is not the message's fault, so those wait. Reasons hold no tokens, texts or ids: they are logged.
"""

from __future__ import annotations

from pathlib import PurePath

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
)

from desk.errors import (
    AddressMoved,
    ContactUnreachable,
    DeliveryError,
    MessageRefused,
    RateLimited,
    ThreadGone,
)

THREAD_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid", "thread not found")
UNREACHABLE = ("chat not found", "peer_id_invalid", "user not found", "user_is_blocked", "input_user_deactivated")
FORMATTING = ("can't parse entities", "entity_bounds_invalid", "ends in a middle of a utf-16", "unsupported start tag")
NOT_MODIFIED = ("message is not modified", "message_not_modified", "topic_not_modified")
MESSAGE_GONE = ("message to delete not found", "message to edit not found", "message_id_invalid", "message not found")
MAY_NOT_DELETE = ("message can't be deleted", "message_delete_forbidden", "not enough rights", "chat_admin_required")
NO_TEXT = ("there is no text in the message to edit",)
NO_CAPTION = ("there is no caption in the message to edit",)
TOPIC_CLOSED = ("topic_closed",)
MEDIA_REFUSED = (
    "photo_invalid_dimensions", "image_process_failed", "photo_ext_invalid", "photo_save_file_invalid",
    "voice_messages_forbidden", "video_messages_forbidden", "wrong file type", "wrong type of the web page content",
    "sticker_invalid", "stickers_forbidden", "wrong padding", "file must be non-empty image", "can't use file of type",
)  # fmt: skip
TOO_BIG = ("file is too big",)
OLD_QUERY = ("query is too old", "query id is invalid", "query_id_invalid")
PAUSE_SECONDS = 5.0


def says(error: BaseException, phrases: tuple[str, ...]) -> bool:
    """Whether the platform's refusal holds one of the phrases."""
    text = (error.message or "").lower() if isinstance(error, TelegramAPIError) else ""
    return any(phrase in text for phrase in phrases)


def translated(error: Exception) -> DeliveryError:
    """The desk's error for anything that a call can raise."""
    if isinstance(error, DeliveryError):
        return error
    if isinstance(error, TelegramRetryAfter):
        return RateLimited("Too Many Requests", retry_after=float(error.retry_after))
    if isinstance(error, TelegramMigrateToChat):
        return AddressMoved("the group became a supergroup", new_chat=str(error.migrate_to_chat_id))
    if isinstance(error, TelegramEntityTooLarge):
        return MessageRefused("the file is larger than Telegram takes")
    if isinstance(error, TelegramNetworkError):
        return DeliveryError("Telegram could not be reached")
    if isinstance(error, TelegramForbiddenError):
        return ContactUnreachable(_plain(error))
    if isinstance(error, TelegramBadRequest):
        return _refused(error)
    if says(error, ("too many requests",)):
        return RateLimited("Too Many Requests", retry_after=PAUSE_SECONDS)
    if isinstance(error, ClientDecodeError):
        return DeliveryError("Telegram's answer could not be read")
    return DeliveryError(f"{type(error).__name__} from Telegram")


def _refused(error: TelegramBadRequest) -> DeliveryError:
    if says(error, THREAD_GONE):
        return ThreadGone(_plain(error))
    if says(error, UNREACHABLE):
        return ContactUnreachable(_plain(error))
    if says(error, TOO_BIG):
        return MessageRefused("the file is larger than the 20 MB that Telegram gives to bots")
    if says(error, ("temporarily unavailable",)):
        return DeliveryError(_plain(error))
    return MessageRefused(_plain(error))


def _plain(error: TelegramAPIError) -> str:
    return (error.message or type(error).__name__)[:200]


def delivered_anyway(error: ClientDecodeError) -> str | None:
    """The new message's id when Telegram said yes in an answer that this library could not read: it was sent."""
    answer = error.data
    result = answer.get("result") if isinstance(answer, dict) and answer.get("ok") is True else None
    number = result.get("message_id") if isinstance(result, dict) else None
    return str(number) if isinstance(number, int) else None


def fault(error: BaseException) -> str:
    """An unexpected error for the log: its type and where it rose, without its words, which may be people's."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" at {PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return type(error).__name__ + place
