"""Discord for the suite of all channels: Anna and Ben in direct chats, Gus in a staff channel."""

from __future__ import annotations

import asyncio
import re

from bots.discord_bot import DiscordChannel
from desk.conversation import Address
from desk.ports import Channel
from tests.contract.channels.driver import ChannelDriver, Shown
from tests.contract.discord_bot.discord_desk import Cursors, at
from tests.standins.discord import Channel as Room
from tests.standins.discord import DiscordStandIn, Message
from tests.standins.telegram.files import png

BOLD = re.compile(r"\*\*([^*]+)\*\*")
SEND = "/channels/{id}/messages"


def as_shown(message: Message) -> Shown:
    """The message as people read it: bold words without their marks, escapes without their backslash."""
    text = re.sub(r"\\([_|<#-])", r"\1", BOLD.sub(r"\1", message.content))
    return Shown(
        str(message.id),
        text,
        tuple(BOLD.findall(message.content)),
        tuple(message.buttons),
        str(message.reply_to.id) if message.reply_to else None,
        message.attachments[0].data if message.attachments else None,
    )


class Driver(ChannelDriver):
    """One guild with a staff channel; cursors live as long as the driver, as in a database."""

    tells_blocking = False
    drops_second_sends = True

    async def start(self) -> None:
        self.platform = await DiscordStandIn().__aenter__()
        self.anna = self.platform.person("Anna")
        self.ben = self.platform.person("Ben", locale="en-GB")
        self.gus = self.platform.person("Gus", locale="en-GB")
        self.other_bot = self.platform.person("Robot", bot=True)
        guild = self.platform.guild("Fans", [self.gus, self.anna, self.ben, self.other_bot])
        self.staff = guild.text_channel("staff")
        self.cursors = Cursors()
        self.anna.dm()
        self.ben.dm()

    async def stop(self) -> None:
        await self.platform.__aexit__(None, None, None)
        assert self.platform.unknown_calls == []

    def channel(self, *, token: str | None = None) -> DiscordChannel:
        return DiscordChannel(
            token or self.platform.token,
            api_url=self.platform.url,
            gateway_url=None,
            staff_channel=str(self.staff.id),
            watched_channels=None,
            phrases=self.phrases,
            cursors=self.cursors,
            open_file=self.drawer.open,
        )

    async def ready(self, channel: Channel) -> None:
        assert isinstance(channel, DiscordChannel)
        await self.platform.until(lambda: channel.health == "connected", 10, "not connected")

    async def caught_up(self) -> None:
        chat = self.anna.dm()
        latest = str(max(message.id for message in chat.messages if message.author is self.anna))
        await self.cursors.reaches(f"dm:{chat.id}", latest)

    # --- people ---

    @property
    def private(self) -> Address:
        return at(self.anna.dm())

    def _message(self, external_id: str) -> Message:
        return self.anna.dm().history[int(external_id)]

    def writes(self, text: str, *, reply_to: str | None = None) -> str:
        answered = self._message(reply_to) if reply_to else None
        return str(self.anna.writes(text, self.anna.dm(), reply_to=answered).id)

    def other_writes(self, text: str) -> str:
        return str(self.ben.writes(text, self.ben.dm()).id)

    def edits(self, external_id: str, text: str) -> None:
        self.anna.edits(self._message(external_id), text)

    def deletes(self, external_id: str) -> None:
        self.anna.deletes(self._message(external_id))

    def sends_photo(self, data: bytes, text: str = "") -> str:
        return self.sends_document("foto.png", data, text)

    def sends_document(self, name: str, data: bytes, text: str = "") -> str:
        return str(self.anna.attaches(self.anna.dm(), name, data, text).id)

    async def taps(self, external_id: str, label: str) -> str:
        reply = await self.anna.taps(self._message(external_id), label)
        assert not reply.failed
        await asyncio.sleep(0.1)  # a notice follows the acknowledgement; that none does shows only in time
        return reply.text

    def forges_tap(self, external_id: str, action: str) -> None:
        chat = self.anna.dm()
        user = {"id": str(self.anna.id), "username": "anna", "global_name": "Anna"}
        data = {"custom_id": action, "component_type": 2}
        told = {"id": "77", "application_id": str(self.platform.bot.id), "type": 3, "token": "t", "version": 1}
        place = {"channel_id": str(chat.id), "user": user, "data": data, "message": {"id": external_id}}
        self.platform.raw_event("INTERACTION_CREATE", told | place)

    def blocks_bot(self) -> None:
        self.anna.closes_dms()

    def unblocks_bot(self) -> None:
        self.anna.opens_dms()

    def deletes_bot_message(self, external_id: str) -> None:
        del self.anna.dm().history[int(external_id)]

    def other_bot_writes(self, text: str) -> None:
        self.other_bot.writes(text, self.staff)

    # --- staff ---

    @property
    def staff_room(self) -> Address:
        return at(self.staff)

    def _room(self, place: Address) -> Room:
        return self.platform.world.channels[int(place.thread or place.chat)]

    def staff_writes(self, place: Address, text: str) -> str:
        return str(self.gus.writes(text, self._room(place)).id)

    def thread_title(self, thread: Address) -> str:
        return self._room(thread).name

    def is_open(self, thread: Address) -> bool:
        return not self._room(thread).archived

    def deletes_thread(self, thread: Address) -> None:
        self.gus.removes(self._room(thread))

    # --- what is seen ---

    def shown(self, place: Address) -> list[Shown]:
        return [as_shown(message) for message in self._room(place).by_bot]

    def photo(self) -> bytes:
        return png()

    # --- trouble ---

    def next_send(self, *, status: int, retry_after: int | None = None, times: int = 1) -> None:
        self.platform.fail_next("POST", SEND, status=status, retry_after=retry_after or 0, times=times)

    def loses_next_answer(self) -> None:
        self.platform.lose_next("POST", SEND)

    def malformed_update(self) -> None:
        self.platform.raw_event("MESSAGE_CREATE", {"id": "x", "channel_id": str(self.anna.dm().id), "author": 7})

    async def outage(self) -> None:
        self.platform.gateway_down()
        await asyncio.sleep(0.1)
        self.platform.gateway_up()
