"""Telegram, by long polling, for the suite of all channels."""

from __future__ import annotations

import asyncio

from bots.telegram_bot import TelegramChannel
from bots.telegram_polling import Pace
from desk.conversation import Address
from desk.ports import Channel
from tests.contract.channels.driver import ChannelDriver, Shown
from tests.standins.telegram import TelegramStandIn
from tests.standins.telegram.chats import Chat, Topic
from tests.standins.telegram.files import png
from tests.standins.telegram.messages import StoredMessage

QUICK = Pace(poll=5, first_wait=0.02, longest_wait=0.1, batch=0.1)


def named(message: StoredMessage) -> str:
    """The external id that the channel gives a message."""
    return f"{message.chat.id}:{message.id}"


class Driver(ChannelDriver):
    """Anna, Ben, and Gus, who sits in a staff forum."""

    tells_deletions = False

    async def start(self) -> None:
        self.platform = await TelegramStandIn().__aenter__()
        self.anna = self.platform.person("Anna", language="de")
        self.ben = self.platform.person("Ben", language="en")
        self.gus = self.platform.person("Gus", language="en")
        self.staff = self.platform.forum("Staff", [self.gus])
        self.anna.starts()
        self.ben.starts()
        self.platform.platform.updates.forget_all()

    async def stop(self) -> None:
        await self.platform.__aexit__(None, None, None)

    def channel(self, *, token: str | None = None) -> TelegramChannel:
        return TelegramChannel(
            token or self.platform.token,
            phrases=self.phrases,
            open_file=self.drawer.open,
            api_url=self.platform.url,
            staff_chat=str(self.staff.id),
            pace=QUICK,
        )

    async def ready(self, channel: Channel) -> None:
        await self.platform.until(lambda: self.platform.is_polled, "the first poll")

    async def caught_up(self) -> None:
        await self.platform.caught_up()

    # --- people ---

    @property
    def private(self) -> Address:
        return Address("telegram", str(self.anna.id))

    def _message(self, external_id: str) -> StoredMessage:
        chat, _, number = external_id.partition(":")
        found = self.platform.platform.chats[int(chat)].find(int(number))
        assert found is not None
        return found

    def writes(self, text: str, *, reply_to: str | None = None) -> str:
        return named(self.anna.writes(text, reply_to=self._message(reply_to) if reply_to else None))

    def other_writes(self, text: str) -> str:
        return named(self.ben.writes(text))

    def edits(self, external_id: str, text: str) -> None:
        self.anna.edits(self._message(external_id), text)

    def deletes(self, external_id: str) -> None:
        self.anna.deletes(self._message(external_id))

    def sends_photo(self, data: bytes, text: str = "") -> str:
        return named(self.anna.sends_photo(data=data, caption=text))

    def sends_document(self, name: str, data: bytes, text: str = "") -> str:
        return named(self.anna.sends_document(data=data, name=name, caption=text))

    async def taps(self, external_id: str, label: str) -> str:
        return (await self.anna.taps(self._message(external_id), label)).text

    def forges_tap(self, external_id: str, action: str) -> None:
        self.anna.tap(self._message(external_id), data=action)

    def blocks_bot(self) -> None:
        self.anna.blocks_bot()

    def unblocks_bot(self) -> None:
        self.anna.unblocks_bot()

    def deletes_bot_message(self, external_id: str) -> None:
        self.anna.deletes(self._message(external_id))

    def other_bot_writes(self, text: str) -> None:
        message = self.anna.writes("placeholder").json()
        self.platform.platform.updates.pending.pop()
        message["from"] = {"id": 4711, "is_bot": True, "first_name": "Other"}
        self.platform.raw_update({"message": message | {"text": text}})

    # --- staff ---

    @property
    def staff_room(self) -> Address:
        return Address("telegram", str(self.staff.id))

    def _topic(self, thread: Address) -> Topic:
        return next(topic for topic in self.staff.topics if str(topic.id) == thread.thread)

    def staff_writes(self, place: Address, text: str) -> str:
        return named(self.gus.writes(text, self.staff, thread=self._topic(place) if place.thread else None))

    def thread_title(self, thread: Address) -> str:
        return self._topic(thread).name

    def is_open(self, thread: Address) -> bool:
        return not self._topic(thread).closed

    def deletes_thread(self, thread: Address) -> None:
        self.staff.delete_topic(self._topic(thread))

    # --- what is seen ---

    def _chat(self, place: Address) -> Chat:
        return self.platform.platform.chats[int(place.chat)]

    def shown(self, place: Address) -> list[Shown]:
        messages = [m for m in self._chat(place).from_bot if place.thread in (None, str(m.thread))]
        return [
            Shown(
                named(message),
                message.text,
                tuple(message.covered("bold")),
                tuple(message.buttons),
                named(message.reply_to) if message.reply_to else None,
                message.file.data if message.file else None,
            )
            for message in messages
        ]

    def photo(self) -> bytes:
        return png()

    # --- trouble ---

    def next_send(self, *, status: int, retry_after: int | None = None, times: int = 1) -> None:
        self.platform.fail_next("sendMessage", status, retry_after=retry_after, times=times)

    def loses_next_answer(self) -> None:
        self.platform.drop_next("sendMessage", stored=True)

    def malformed_update(self) -> None:
        self.platform.raw_update({"message": {"message_id": "x", "chat": 7, "date": None}})

    async def outage(self) -> None:
        async with self.platform.outage():
            await asyncio.sleep(0.1)
