"""Seats: a Telegram chat, a Discord chat. See `heard.Seat`."""

from __future__ import annotations

from tests.acceptance.heard import PATIENCE, Heard, Wanted, fits, verb_of
from tests.standins.discord import Channel, Reply, reading
from tests.standins.discord import Message as DiscordMessage
from tests.standins.discord import Person as DiscordAccount
from tests.standins.discord.things import parts_of
from tests.standins.telegram import Chat, StoredMessage, Topic
from tests.standins.telegram import Person as TelegramAccount
from tests.standins.telegram.keyboards import inline_buttons


class TelegramSeat:
    """In a private chat with the bot, or in `chat` (and its `topic`)."""

    def __init__(self, account: TelegramAccount, chat: Chat | None = None, topic: Topic | None = None) -> None:
        self.account = account
        self.name = account.name
        self.chat = chat or account.private_chat()
        self.topic = topic

    def in_(self, chat: Chat, topic: Topic | None = None) -> TelegramSeat:
        """The same person, somewhere else."""
        return TelegramSeat(self.account, chat, topic)

    async def says(self, text: str, reply_to: StoredMessage | None = None) -> StoredMessage:
        return self.account.writes(text, self.chat, reply_to, self.topic)

    async def hears(self, wanted: Wanted = "", *, after: Heard | None = None, timeout: float = PATIENCE) -> Heard:
        floor = after.raw.id if after is not None else 0

        def look() -> Heard | None:
            return next((one for one in self.reads() if one.raw.id > floor and fits(wanted, one)), None)

        found = await self.chat.until(look, f"a message for {self.name}: {wanted!r}", timeout)
        assert found is not None
        return found

    async def presses(self, heard: Heard, verb: str) -> str:
        assert verb in heard.buttons, f"no {verb!r} under {heard.text!r}: {list(heard.buttons)}"
        answer = await self.account.taps(heard.raw, data=heard.buttons[verb], timeout=PATIENCE)
        return answer.text

    def reads(self) -> list[Heard]:
        thread = self.topic.id if self.topic else None
        return [_telegram(one) for one in self.chat.from_bot if thread is None or one.thread == thread]

    def now(self, heard: Heard) -> Heard:
        """The same message as it reads now."""
        return _telegram(heard.raw)

    def transcript(self) -> str:
        return self.chat.transcript()


def _telegram(message: StoredMessage) -> Heard:
    found = [one for one in inline_buttons(message.markup) if "callback_data" in one]
    return Heard(
        message.text,
        {verb_of(str(one["callback_data"])): str(one["callback_data"]) for one in found},
        tuple(str(one["text"]) for one in found),
        message,
    )


class DiscordSeat:
    """In a direct chat with the bot, or in `channel`."""

    def __init__(self, account: DiscordAccount, channel: Channel | None = None) -> None:
        self.account = account
        self.name = account.name
        self.channel = channel or account.dm()

    def in_(self, channel: Channel) -> DiscordSeat:
        """The same person, somewhere else."""
        return DiscordSeat(self.account, channel)

    async def says(self, text: str, reply_to: DiscordMessage | None = None) -> DiscordMessage:
        return self.account.writes(text, self.channel, reply_to)

    async def commands(self, name: str, **options: object) -> Reply:
        """A slash command here."""
        return await self.account.slash(name, self.channel, **options)

    async def hears(self, wanted: Wanted = "", *, after: Heard | None = None, timeout: float = PATIENCE) -> Heard:
        floor = after.raw.id if after is not None else 0

        def look() -> Heard | None:
            return next((one for one in self.reads() if one.raw.id > floor and fits(wanted, one)), None)

        world = self.channel.world
        return await world.until(look, timeout, f"no message for {self.name}: {wanted!r}", self.channel)

    async def presses(self, heard: Heard, verb: str) -> str:
        assert verb in heard.buttons, f"no {verb!r} under {heard.text!r}: {list(heard.buttons)}"
        reply = await self.account.taps(heard.raw, heard.buttons[verb])
        assert not reply.failed, f"{self.name}'s app says: the application did not respond"
        return reply.text or (await reply.followup()).content

    def reads(self) -> list[Heard]:
        return [_discord(one) for one in self.channel.by_bot]

    def now(self, heard: Heard) -> Heard:
        """The same message as it reads now."""
        return _discord(heard.raw)

    def transcript(self) -> str:
        return reading.transcript(self.channel, self.account)


def _discord(message: DiscordMessage) -> Heard:
    found = [
        one
        for one in parts_of(message.components)
        if one["type"] == 2 and "custom_id" in one and not one.get("disabled")
    ]
    return Heard(
        message.content,
        {verb_of(str(one["custom_id"])): str(one["custom_id"]) for one in found},
        tuple(message.buttons),
        message,
    )
