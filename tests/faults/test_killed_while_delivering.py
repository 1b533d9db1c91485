"""Replies go out to many chats while the process that sends them is killed again and again, also at the worst point:
when the platform has stored the message and the answer is on its way.

Telegram offers no way to know whether a message arrived, so it may get one twice; Discord knows our nonce.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desk.conversation import Address
from tests.faults.databases import connected
from tests.faults.duties import send
from tests.faults.small_desk import Shift, desk_of
from tests.faults.victims import Victims
from tests.faults.waiting import until
from tests.standins.discord import DiscordStandIn
from tests.standins.telegram import TelegramStandIn
from workflows.voice import speaking

KILLS_ON_TELEGRAM = 27
KILLS_ON_DISCORD = 12
CHATS = 12
REPLIES = 10
SPEED = 300.0
"""Leases of 90 s end after 0.3 s."""
LONGEST_LIFE_SECONDS = 0.06
WAITING = "select count(*) from outbox where state in ('queued', 'sending')"
ROWS = "select chat, text, state, attempts from outbox order by id"


@dataclass(frozen=True)
class Storm:
    """A platform, and how its senders die. `shown` tells what each chat shows; `lose_answer` orders a lost answer."""

    shift: Shift
    shown: Callable[[], Mapping[str, Sequence[str]]]
    lose_answer: Callable[[Callable[[], object]], object]
    kind: str

    async def rages(self, victims: Victims, kills: int, chance: random.Random) -> None:
        """Kills so often, by chance or as an answer is on its way, then lets one finish."""
        url = self.shift.database_url
        for number in range(kills):
            if await self._nothing_waits(url):
                await promised(self.shift)
            process = victims.start(send, self.shift)
            before = self.total()
            if number % 3 == 0:
                self.lose_answer(lambda dying=process: victims.kill(dying, self.kind))
                await until(lambda dying=process: not dying.is_alive(), "its death")
            else:
                await until(lambda seen=before: self._shows_more(seen), "a reply on the platform")
                await asyncio.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))
                victims.kill(process, self.kind)
        victims.start(send, self.shift)
        await until(lambda: self._nothing_waits(url), "the last delivery")

    async def _shows_more(self, seen: int) -> bool:
        """Than so many; or nothing waits: what was left may have been there already, its answer lost."""
        return self.total() > seen or await self._nothing_waits(self.shift.database_url)

    async def _nothing_waits(self, url: str) -> bool:
        return await self._count(url) == 0

    def total(self) -> int:
        """How many messages the platform shows."""
        return sum(len(texts) for texts in self.shown().values())

    async def _count(self, url: str) -> int:
        async with connected(url) as connection:
            return int(await connection.fetchval(WAITING))


async def promised(shift: Shift) -> None:
    """More replies to every chat, committed chat by chat in turns."""
    async with desk_of(shift) as opened, connected(shift.database_url) as connection:
        chats = [row[0] for row in await connection.fetch("select external_id from identity order by id")]
        first = await connection.fetchval("select count(*) from outbox") // len(chats)
        for number in range(first, first + REPLIES):
            async with speaking(opened.desk) as voice:
                for chat in chats:
                    await voice.to_address(Address(shift.channel, chat), f"Reply {number}")


async def known(url: str, chats: Sequence[str]) -> None:
    """The chats, kept where `promised` finds them."""
    async with connected(url) as connection:
        for chat in chats:
            await connection.execute(
                """with c as (insert into contact (name, created_at) values ('Somebody', now()) returning id)
                insert into identity (contact_id, channel, external_id, name, created_at)
                select id, 'any', $1, 'Somebody', now() from c""",
                chat,
            )


async def doubles(storm: Storm) -> int:
    """How much the platform shows twice. Everything is there, in order, doubled only where it was sent again."""
    async with connected(storm.shift.database_url) as connection:
        rows: Sequence[Any] = await connection.fetch(ROWS)
    extra = 0
    for chat, texts in storm.shown().items():
        mine = [row for row in rows if row["chat"] == chat]
        assert [row["state"] for row in mine] == ["sent"] * len(mine)
        assert list(dict.fromkeys(texts)) == [row["text"] for row in mine], f"lost or out of order in {chat}: {texts}"
        times = Counter(texts)
        assert all(times[row["text"]] <= row["attempts"] for row in mine), f"doubled without need in {chat}: {times}"
        extra += len(texts) - len(mine)
    return extra


async def test_every_reply_reaches_telegram_in_order(
    database_url: str, victims: Victims, chance: random.Random, tally: Counter[str]
) -> None:
    async with TelegramStandIn() as telegram:
        people = [telegram.person(f"Person {number}") for number in range(CHATS)]
        for person in people:
            person.starts()
        shift = Shift(database_url, platform=(telegram.token, telegram.url), speed=SPEED)
        await known(database_url, [str(person.id) for person in people])
        storm = Storm(
            shift,
            lambda: {str(person.id): person.private_chat().texts for person in people},
            lambda die: telegram.drop_next("sendMessage", stored=True, do=die),
            "while delivering to Telegram",
        )
        await storm.rages(victims, KILLS_ON_TELEGRAM, chance)
        extra = await doubles(storm)
        tally["replies delivered to Telegram under kills"] += (
            sum(len(texts) for texts in storm.shown().values()) - extra
        )
        tally["doubles on Telegram, delivering under kills"] += extra
        assert extra >= KILLS_ON_TELEGRAM // 3, "every lost answer must show, or the test kills at the wrong point"


async def test_discord_gets_nothing_twice(
    database_url: str, victims: Victims, chance: random.Random, tally: Counter[str]
) -> None:
    async with DiscordStandIn() as discord:
        guild = discord.guild("Fans", [discord.person("Anna")])
        channels = [guild.text_channel(f"room-{number}") for number in range(CHATS)]
        shift = Shift(database_url, channel="discord", platform=(discord.token, discord.url), speed=SPEED)
        await known(database_url, [str(channel.id) for channel in channels])
        storm = Storm(
            shift,
            lambda: {str(channel.id): [message.content for message in channel.messages] for channel in channels},
            lambda _die: None,
            "while delivering to Discord",
        )

        def lose(die: Callable[[], object]) -> None:
            for channel in channels:
                discord.lose_next("POST", f"/channels/{channel.id}/messages")
            asyncio.get_running_loop().call_later(0.4, die)

        await Storm(shift, storm.shown, lose, storm.kind).rages(victims, KILLS_ON_DISCORD, chance)
        assert await doubles(storm) == 0
        async with connected(database_url) as connection:
            again = await connection.fetchval("select count(*) from outbox where attempts > 1")
        tally["replies sent to Discord again and recognised by it"] += again
        assert again > 0, "no kill met a message on its way"
