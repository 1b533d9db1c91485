"""Files on Discord: naming them so that they can be fetched later, and fetching them.

A link expires after a day, so a source also names the message that carries the file; an expired link is renewed
by asking for that message again. Only Discord's own hosts are ever asked (or the stand-in's, when the API address
points there), over https, without redirects: a source can never make the server call somebody else's address.

Raises DeliveryError; MessageRefused when the file is gone for good or not Discord's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import aiohttp
from yarl import URL

from bots.discord_rest import DiscordRest, Refused
from desk.conversation import AttachmentKind
from desk.errors import DeliveryError, MessageRefused
from desk.inbound import InboundFile

HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
CHUNK_BYTES = 64 * 1024
IDLE_SECONDS = 20.0
STICKERS = "https://media.discordapp.net/stickers"
STICKER_TYPES = {1: ("png", "image/png"), 2: ("png", "image/png"), 4: ("gif", "image/gif")}


def source_of(channel: str, message: str, attachment: str, url: str) -> str:
    """How `fetch` finds an attachment again."""
    return f"{channel}/{message}/{attachment} {url}"


def sticker_file(item: Mapping[str, Any]) -> InboundFile | None:
    """A sticker as a picture; None for the kind that is a drawing program (Lottie)."""
    shape = STICKER_TYPES.get(int(item.get("format_type") or 0))
    if shape is None:
        return None
    ending, media_type = shape
    url = f"{STICKERS}/{int(item['id'])}.{ending}"
    name = f"{item.get('name') or 'sticker'}.{ending}"
    return InboundFile(AttachmentKind.STICKER, name, media_type, None, f"- {url}")


class DiscordFiles:
    """Fetches what `source_of` names."""

    def __init__(self, rest: DiscordRest, api_url: str | None) -> None:
        self._rest = rest
        self._own = URL(api_url).origin() if api_url else None

    async def fetch(self, source: str) -> AsyncIterator[bytes]:
        """Streams a file. An expired link is renewed once, before the first byte."""
        named, _, link = source.partition(" ")
        response = await self._ask(link)
        if response.status in (403, 404):
            response.release()
            response = await self._ask(await self._renewed(named))
        try:
            if response.status >= 500 or response.status == 429:
                raise DeliveryError(f"Discord's file server answered {response.status}")
            if response.status != 200:
                raise MessageRefused(f"the file is gone ({response.status})")
            async for chunk in response.content.iter_chunked(CHUNK_BYTES):
                yield chunk
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            raise DeliveryError(f"the file broke off ({type(fault).__name__})") from fault
        finally:
            response.close()

    async def _ask(self, link: str) -> aiohttp.ClientResponse:
        url = self._checked(link)
        patience = aiohttp.ClientTimeout(total=None, sock_connect=IDLE_SECONDS, sock_read=IDLE_SECONDS)
        try:
            return await self._rest.session().get(url, allow_redirects=False, timeout=patience)
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            raise DeliveryError(f"Discord's file server cannot be reached ({type(fault).__name__})") from fault

    def _checked(self, link: str) -> URL:
        """The address, if it is Discord's."""
        try:
            url = URL(link)
            ours = self._own is not None and url.origin() == self._own
        except ValueError:
            raise MessageRefused("not a file of Discord's") from None
        official = url.scheme == "https" and url.host in HOSTS and url.port == 443
        if not (official or ours) or url.user:
            raise MessageRefused("not a file of Discord's")
        return url

    async def _renewed(self, named: str) -> str:
        """The attachment's link as its message says it today."""
        try:
            channel, message, attachment = (str(int(part)) for part in named.split("/"))
            data = await self._rest.patient("GET", f"/channels/{channel}/messages/{message}")
        except (ValueError, Refused):
            raise MessageRefused("the file is gone") from None
        carriers = (data, *(snapshot.get("message") or {} for snapshot in data.get("message_snapshots") or ()))
        for item in (item for carrier in carriers for item in carrier.get("attachments") or ()):
            if str(item.get("id")) == attachment:
                return str(item["url"])
        raise MessageRefused("the file is gone")
