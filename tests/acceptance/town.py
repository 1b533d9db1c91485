"""A small world: the desk in its own process, a Telegram, a Discord, and people in both and on the web.

town.telegram   group "Fans", and a staff forum when the town has one
town.discord    guild "Fans": staff channel, #hilfe (watched), #plausch (not watched), forum "fragen"
"""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Literal

import aiohttp
import asyncpg
from babel.messages.pofile import read_po

from app.catalogues import TEXTS
from desk.people import Locale
from nlu.language import LanguageDetector
from tests.acceptance.app_process import AppProcess
from tests.acceptance.heard import PATIENCE, Seat
from tests.acceptance.seats import DiscordSeat, TelegramSeat
from tests.acceptance.web_seat import WebSeat
from tests.standins.discord import Channel, DiscordStandIn
from tests.standins.telegram import TelegramStandIn

Platform = Literal["telegram", "discord", "web"]
_numbers = itertools.count(1)


class Town:
    """Speaks for the world around the desk."""

    def __init__(self, telegram: TelegramStandIn, discord: DiscordStandIn, http: aiohttp.ClientSession) -> None:
        self.telegram, self.discord, self.http = telegram, discord, http
        self.fans = telegram.group("Fans", bot_status="member", supergroup=True)
        self.staff_forum = telegram.forum("Team")
        self.guild = discord.guild("Fans")
        self.staff_channel = self.guild.text_channel("team")
        self.help_channel = self.guild.text_channel("hilfe")
        self.chat_channel = self.guild.text_channel("plausch")
        self.questions = self.guild.forum("fragen")
        self.app: AppProcess
        self.visitors: list[WebSeat] = []

    # --- people ---

    def telegram_person(self, name: str, language: str = "de") -> TelegramSeat:
        """Somebody with Telegram, a member of the group."""
        account = self.telegram.person(name, language=language)
        account.joins(self.fans)
        return TelegramSeat(account)

    def discord_person(self, name: str, language: str = "de") -> DiscordSeat:
        """Somebody with Discord, a member of the guild."""
        account = self.discord.person(name, locale={"en": "en-GB"}.get(language, language))
        account.joins(self.guild)
        return DiscordSeat(account)

    async def web_person(self, name: str, language: str = "de") -> WebSeat:
        """Somebody on the web page."""
        seat = await WebSeat(name, self.app.url, self.http, language).arrives()
        self.visitors.append(seat)
        return seat

    async def contact(self, platform: Platform, name: str, language: str = "de") -> Seat:
        """Somebody who will ask, on that platform."""
        match platform:
            case "telegram":
                return self.telegram_person(name, language)
            case "discord":
                return self.discord_person(name, language)
            case "web":
                return await self.web_person(name, language)

    async def telegram_responder(self, role: str, name: str, **options: object) -> TelegramSeat:
        """Somebody who joined by `/start CODE`; volunteers have helped before."""
        options |= {"trust": "helper"} if role == "volunteer" else {}
        seat = self.telegram_person(name)
        invitation = await self.app.invites(role, name, **options)
        await seat.says(invitation["telegram"])
        await seat.hears(name)
        return seat

    async def discord_responder(self, role: str, name: str, **options: object) -> DiscordSeat:
        """Somebody who joined by `/join CODE` in a direct chat; volunteers have helped before."""
        options |= {"trust": "helper"} if role == "volunteer" else {}
        seat = self.discord_person(name)
        invitation = await self.app.invites(role, name, **options)
        await seat.says(invitation["discord"])
        await seat.hears(name)
        return seat

    async def rest(self, *volunteers: Seat) -> None:
        """They pause: later tests' questions are not for them."""
        for one in volunteers:
            before = len(one.reads())
            await one.says("/pause 24")
            await one.hears(lambda heard, seat=one, known=before: len(seat.reads()) > known)  # type: ignore[misc]

    # --- places ---

    async def staff_thread(self, number: str, timeout: float = PATIENCE) -> Channel:
        """The ticket's thread in the Discord staff channel, with its card."""
        thread = await self.staff_channel.wait_for_thread(lambda one: one.name.startswith(number), timeout)
        await thread.wait_for(number, timeout)
        return thread

    async def page(self, path: str, **options: object) -> tuple[int, str]:
        """GET of the web server: status and body."""
        async with self.http.get(f"{self.app.url}{path}", **options) as answer:  # type: ignore[arg-type]
            return answer.status, await answer.text()

    async def until(self, true: Callable[[list[asyncpg.Record]], object], sql: str) -> None:
        """Waits until what the desk's database holds is so."""
        async with asyncio.timeout(PATIENCE):
            while not true(await rows(str(self.app.settings["database_url"]), sql)):  # noqa: ASYNC110 - a database tells nobody
                await asyncio.sleep(0.05)

    async def until_connected(self) -> None:
        """Both bots listen."""
        await self.discord.connected(PATIENCE)
        await self.telegram.until(lambda: self.telegram.is_polled, "the bot to poll", PATIENCE)


@cache
def _detector() -> LanguageDetector:
    """Knows the words of the desk's own texts, short as they are."""
    with (TEXTS / "de.po").open("rb") as file:
        pairs = [(str(one.id), str(one.string)) for one in read_po(file) if one.id and one.string]
    english = [(Locale.ENGLISH, said) for said, _ in pairs]
    return LanguageDetector.learn([*english, *((Locale.GERMAN, said) for _, said in pairs)])


def language_of(text: str) -> str:
    """The language a text of the desk is in."""
    return _detector().detect(re.sub(r"Z-\d+|[^\w\s.,!?'’-]", " ", text))


def fresh(name: str) -> str:
    """A name nobody had before."""
    return f"{name}{next(_numbers)}"


@asynccontextmanager
async def town_around(folder: Path, database_url: str | None, models: Path, **settings: object) -> AsyncIterator[Town]:
    """A town whose desk is set up, not started. Everything is stopped at the end."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(TelegramStandIn())
        discord = await stack.enter_async_context(DiscordStandIn())
        http = await stack.enter_async_context(aiohttp.ClientSession())
        town = Town(telegram, discord, http)
        town.app = AppProcess(folder, **wired(town, database_url), **settings)
        town.app.shares(models)
        stack.push_async_callback(_ends, town)
        yield town


async def _ends(town: Town) -> None:
    await asyncio.gather(*(visitor.leaves() for visitor in town.visitors))
    await town.app.closes()


def wired(town: Town, database_url: str | None) -> dict[str, object]:
    """The settings that join a desk to the town. Its staff sit on Discord; the forum is for those who ask for it."""
    return {
        "database_url": database_url,
        "secret_key": "a key that only these tests know",
        "telegram_token": town.telegram.token,
        "telegram_api_url": town.telegram.url,
        "discord_token": town.discord.token,
        "discord_api_url": town.discord.url,
        "discord_staff_channel": town.staff_channel.id,
        "discord_watched_channels": f"{town.help_channel.id},{town.questions.id}",
    }


async def rows(database_url: str, sql: str, *values: object) -> list[asyncpg.Record]:
    """What the database holds."""
    connection = await asyncpg.connect(database_url)
    try:
        return list(await connection.fetch(sql, *values))
    finally:
        await connection.close()
