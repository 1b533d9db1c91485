"""Discord: the port `Channel` over discord.py's gateway and REST calls of our own.

A direct chat is a private conversation. In a guild a forum post is one conversation of its owner; in text
channels only those who call the bot (mention, reply, /ask) are heard, unless the channel is watched. The staff
room is a text channel or forum of its own: one thread a ticket, every human word there is passed on.

External ids: a message's id; interactions `ix:<id>`. Raises SettingsInvalid for a wrong token or a missing intent.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord

from bots.discord_errors import INTENT_MISSING, WRONG_LOGIN
from bots.discord_files import DiscordFiles
from bots.discord_gateway import Gateway, point_at, quiet_library
from bots.discord_listening import Listening
from bots.discord_places import CHANNEL, Places
from bots.discord_rest import DiscordRest, Refused
from bots.discord_rooms import Rooms
from bots.discord_sending import LIMITS, OpenFile
from desk.conversation import Address
from desk.errors import DeliveryError, SettingsInvalid
from desk.outbound import OutboundMessage
from desk.ports import CursorStore, Phrases, ReceiveEvent

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
CLOSING_SECONDS = 5.0
READS_CONTENT = (1 << 18) | (1 << 19)
AUTHENTICATION_FAILED = 4004

log = logging.getLogger(__name__)


class DiscordChannel:
    """Listens and sends with one bot token.

    `api_url`: REST base without `/api/v10`; setting it (or `gateway_url`) changes discord.py's classes, so all
    Discord channels of a process must speak to the same server. `gateway_url` None: what `GET /gateway` of that
    base answers. `staff_channel`: id of the staff room. `watched_channels`: ids of text channels and forums in
    which everything is heard; None: every forum.
    """

    def __init__(
        self,
        token: str,
        *,
        api_url: str | None,
        gateway_url: str | None,
        staff_channel: str | None,
        watched_channels: tuple[str, ...] | None,
        phrases: Phrases,
        cursors: CursorStore,
        open_file: OpenFile,
    ) -> None:
        self.name = CHANNEL
        self.limits = LIMITS
        self.health = "starting"
        quiet_library()
        self._token = token
        self._api_url = api_url
        self._gateway_url = gateway_url
        self._phrases = phrases
        self._cursors = cursors
        self._rest = DiscordRest(token, api_url)
        self._places = Places(self._rest, staff_channel, watched_channels)
        self._rooms = Rooms(self._rest, self._places, open_file)
        self._files = DiscordFiles(self._rest, api_url)

    async def check(self) -> str:
        """Says who the bot is.

        Raises SettingsInvalid for a wrong token or a missing intent, DeliveryError when nobody answers.
        """
        try:
            me = await self._rest.call("GET", "/users/@me")
            application = await self._rest.call("GET", "/oauth2/applications/@me")
        except Refused as refused:
            if refused.status in (401, 403):
                raise SettingsInvalid(WRONG_LOGIN) from None
            raise DeliveryError(f"Discord answered {refused.status}") from refused
        if not int(application.get("flags") or 0) & READS_CONTENT:
            raise SettingsInvalid(INTENT_MISSING)
        return str(me["username"])

    async def listen(self, receive: ReceiveEvent) -> None:
        """Runs until cancelled. Raises SettingsInvalid when Discord will never let this bot in."""
        wait = FIRST_WAIT_SECONDS
        try:
            while True:
                was_ready = await self._connected(receive)
                wait = FIRST_WAIT_SECONDS if was_ready else min(wait * 2, LONGEST_WAIT_SECONDS)
                self.health = "disconnected"
                await asyncio.sleep(wait)
        finally:
            self.health = "disconnected"

    async def send(self, to: Address, message: OutboundMessage) -> str:
        """Sends one message. Returns its external id."""
        return await self._rooms.send(to, message)

    async def edit(self, to: Address, external_id: str, message: OutboundMessage) -> None:
        """Replaces text and buttons. A message that is gone is no error."""
        await self._rooms.edit(to, external_id, message)

    async def delete(self, to: Address, external_id: str) -> None:
        """Takes a message back. Already gone is no error."""
        await self._rooms.delete(to, external_id)

    async def open_thread(self, room: Address, title: str) -> Address:
        """Opens a thread in a staff room that is a text channel, a post in one that is a forum."""
        return await self._rooms.open_thread(room, title)

    async def close_thread(self, thread: Address) -> None:
        """Archives a thread. Already gone or archived is no error."""
        await self._rooms.close_thread(thread)

    async def private_chat(self, account: str) -> Address | None:
        """The direct chat with somebody. Whether they take messages there is known only when one is sent."""
        return await self._rooms.private_chat(account)

    async def hide(self, place: Address, external_id: str) -> bool:
        """Deletes somebody's message in a guild. False: the bot lacks *Manage Messages* there."""
        return await self._rooms.hide(place, external_id)

    def fetch(self, source: str) -> AsyncIterator[bytes]:
        """Streams the file that InboundFile.source names. Raises DeliveryError."""
        return self._files.fetch(source)

    async def close(self) -> None:
        """Lets go of the HTTP session."""
        await self._rest.close()

    async def _connected(self, receive: ReceiveEvent) -> bool:
        """One client's life, until its connection is beyond repair. Returns whether it was ever ready."""
        try:
            await self._point_library()
        except (Refused, DeliveryError) as fault:
            log.warning("Discord cannot be reached: %s", type(fault).__name__)
            return False
        listening = Listening(
            receive, self._rest, self._places, self._cursors, self._phrases, self._apologise, self._set_health
        )
        client = Gateway(listening.hearers, disconnected=lambda: self._set_health("disconnected"))
        try:
            await self._run(client)
        finally:
            await listening.close()
            await _shut(client)
        return listening.was_ready

    async def _run(self, client: Gateway) -> None:
        """Raises SettingsInvalid when trying again is of no use."""
        try:
            await client.start(self._token)
        except discord.LoginFailure:
            raise SettingsInvalid(WRONG_LOGIN) from None
        except discord.PrivilegedIntentsRequired:
            raise SettingsInvalid(INTENT_MISSING) from None
        except discord.ConnectionClosed as closed:
            if closed.code == AUTHENTICATION_FAILED:
                raise SettingsInvalid(WRONG_LOGIN) from None
            log.warning("Discord closed the connection (%s)", closed.code)
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as fault:
            log.warning("Discord cannot be reached: %s", type(fault).__name__)
        except Exception as fault:  # a frame that discord.py cannot read must not end the listening
            log.error("the connection to Discord broke: %s", type(fault).__name__)

    async def _point_library(self) -> None:
        """Tells discord.py where to go, if not to Discord itself. Its answer also tells Discord's clock."""
        answer: Any = await self._rest.call("GET", "/gateway")
        if self._api_url or self._gateway_url:
            point_at(self._rest.base, self._gateway_url or str(answer["url"]))

    async def _apologise(self, address: Address, external_id: str, text: str) -> None:
        try:
            await self._rooms.send(address, OutboundMessage(text, reply_to=external_id))
        except DeliveryError as fault:
            log.info("an answer to a refused message was not delivered: %s", type(fault).__name__)

    def _set_health(self, health: str) -> None:
        self.health = health


async def _shut(client: discord.Client) -> None:
    """Closes the client, without waiting for a server that does not answer."""
    try:
        await asyncio.wait_for(client.close(), CLOSING_SECONDS)
    except (TimeoutError, aiohttp.ClientError, OSError) as fault:
        log.info("the connection to Discord was cut: %s", type(fault).__name__)
