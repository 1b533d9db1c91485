"""Files both ways: streaming what people sent from Telegram, and what we keep to Telegram.

Telegram gives bots files up to 20 MB (getFile, then a path that lives for an hour) and takes up to 50 MB, photos up
to 10 MB. A voice message, sticker or photo that the platform will not take as such goes as a document.
Raises: DeliveryError and its children.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable

from aiogram import Bot
from aiogram.types import InputFile

from bots.telegram_errors import translated
from desk.conversation import Attachment
from desk.errors import DeliveryError, DeskError, MessageRefused

OpenFile = Callable[[str], AsyncIterator[bytes]]
FETCH_BYTES = 20 * 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
CALL_SECONDS = 20
FETCH_SECONDS = 180
UPLOAD_SECONDS = 75
TOO_LARGE = "the file is larger than the 20 MB that Telegram gives to bots"


async def fetched(bot: Bot, file_id: str) -> AsyncIterator[bytes]:
    """Streams a file that somebody sent."""
    try:
        file = await bot.get_file(file_id, request_timeout=CALL_SECONDS)
    except Exception as error:
        raise translated(error) from None
    if file.file_path is None or (file.file_size or 0) > FETCH_BYTES:
        raise MessageRefused(TOO_LARGE)
    if file.file_path.startswith("/"):
        raise MessageRefused("the Bot API server keeps files to itself: run it without --local")
    url = bot.session.api.file_url(bot.token, file.file_path)
    stream = bot.session.stream_content(url, timeout=FETCH_SECONDS)
    taken = 0
    try:
        async for chunk in stream:
            taken += len(chunk)
            if taken > FETCH_BYTES:
                raise MessageRefused(TOO_LARGE)
            yield chunk
    except DeliveryError:
        raise
    except Exception as error:  # the library lets aiohttp's errors through here, and they name the token's URL
        raise DeliveryError(f"{type(error).__name__} while a file was fetched") from None
    finally:
        await stream.aclose()


class KeptFile(InputFile):
    """A file of our own storage on its way to Telegram. Each read opens it anew."""

    def __init__(self, open_file: OpenFile, key: str, name: str) -> None:
        super().__init__(filename=name)
        self._open = open_file
        self._key = key

    async def read(self, bot: Bot) -> AsyncGenerator[bytes, None]:
        async for chunk in self._open(self._key):
            if chunk:
                yield chunk


async def kept(open_file: OpenFile, attachment: Attachment) -> KeptFile:
    """The attachment, proved to be there. Raises MessageRefused when it is not or is too large."""
    if attachment.storage_key is None:
        raise MessageRefused("the file is not in storage")
    if (attachment.size or 0) > UPLOAD_BYTES:
        raise MessageRefused("the file is larger than the 50 MB that Telegram takes")
    try:
        await _first_chunk(open_file(attachment.storage_key))
    except DeskError:
        raise MessageRefused("the file is gone from storage") from None
    except OSError:
        raise DeliveryError("the file storage does not answer") from None
    return KeptFile(open_file, attachment.storage_key, attachment.name or "file")


async def _first_chunk(stream: AsyncIterator[bytes]) -> None:
    await anext(stream, b"")
    if isinstance(stream, AsyncGenerator):
        await stream.aclose()
