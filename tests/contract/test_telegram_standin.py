"""The Telegram stand-in as an unmodified aiogram bot meets it: updates, webhook, groups, topics, trouble."""

import asyncio
import contextlib
import io
import signal
import sys
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from tests.places import free_port
from tests.standins.telegram import Budgets, Chat, TelegramStandIn, png

Polling = Callable[..., contextlib.AbstractAsyncContextManager[list[Any]]]
SECRET = "s3cret_token"


@pytest.fixture(scope="module")
async def session() -> AsyncIterator[AiohttpSession]:
    async with AiohttpSession() as session:
        yield session


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn() as telegram:
        yield telegram


@pytest.fixture
def bot(telegram: TelegramStandIn, session: AiohttpSession) -> Bot:
    session.api = TelegramAPIServer.from_base(telegram.url)
    return Bot(telegram.token, session=session, default=DefaultBotProperties(parse_mode="HTML"))


def offer() -> InlineKeyboardMarkup:
    buttons = [
        InlineKeyboardButton(text="Nehmen", callback_data="take:1"),
        InlineKeyboardButton(text="Passen", callback_data="pass:1"),
    ]
    return InlineKeyboardMarkup(inline_keyboard=[buttons])


def small_bot(heard: list[Any]) -> Dispatcher:
    """Answers each text with two buttons, and notes everything it hears."""
    dispatcher = Dispatcher()

    @dispatcher.message(F.text)
    async def answer(message: Message) -> None:
        heard.append(message)
        await message.answer(f"<b>Gehört:</b> {message.text}", reply_markup=offer())

    @dispatcher.message()
    @dispatcher.edited_message()
    @dispatcher.my_chat_member()
    @dispatcher.message_reaction()
    async def note(event: Any) -> None:
        heard.append(event)

    @dispatcher.callback_query()
    async def decide(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text(f"{query.from_user.full_name}: {query.data}")
        await query.answer("Danke", show_alert=True)

    return dispatcher


@pytest.fixture
def polling(bot: Bot) -> Polling:
    """Runs the small bot; leaving the block ends it as abruptly as a kill."""

    @contextlib.asynccontextmanager
    async def run() -> AsyncIterator[list[Any]]:
        heard: list[Any] = []
        dispatcher = small_bot(heard)
        kinds = dispatcher.resolve_used_update_types()
        task = asyncio.ensure_future(
            dispatcher._polling(bot, polling_timeout=5, handle_as_tasks=False, allowed_updates=kinds)
        )
        try:
            yield heard
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    return run


async def test_a_person_and_a_polling_bot_talk(telegram: TelegramStandIn, polling: Polling) -> None:
    anna = telegram.person("Anna", "Groß", username="anna", language="de")
    chat = anna.private_chat()
    async with polling() as heard:
        said = anna.writes("Hallo alle")
        answer = await chat.wait_for("Gehört")
        assert answer.text == "Gehört: Hallo alle"
        assert answer.covered("bold") == ["Gehört:"]
        assert answer.buttons == ["Nehmen", "Passen"]
        shown = await anna.taps(answer, "Nehmen")
        assert (shown.text, shown.alert) == ("Danke", True)
        assert answer.text == "Anna Groß: take:1"
        assert answer.earlier_texts == ["Gehört: Hallo alle"]
        assert answer.buttons == []
        anna.edits(said, "Hallo alle zusammen")
        anna.reacts(answer, "👍")
        await telegram.until(lambda: len(heard) == 3)
    assert heard[0].from_user.language_code == "de"
    assert heard[1].text == "Hallo alle zusammen"
    assert heard[1].edit_date is not None
    assert heard[2].new_reaction[0].emoji == "👍"
    assert "Zuruf (edited): Anna Groß: take:1 👍" in telegram.transcript(chat)


async def test_updates_come_again_until_the_offset_acknowledges_them(telegram: TelegramStandIn, bot: Bot) -> None:
    anna = telegram.person("Anna")
    for text in ("eins", "zwei", "drei"):
        anna.writes(text)
    first = await bot.get_updates()
    again = await bot.get_updates()
    assert [u.update_id for u in first] == [u.update_id for u in again]
    assert [u.update_id for u in first] == sorted({u.update_id for u in first})
    assert [u.message.message_id for u in first if u.message] == [1, 2, 3]
    rest = await bot.get_updates(offset=first[0].update_id + 1, limit=1)
    assert [u.message and u.message.text for u in rest] == ["zwei"]
    assert len(telegram.pending) == 2
    last = await bot.get_updates(offset=-1)
    assert [u.message and u.message.text for u in last] == ["drei"]
    assert await bot.get_updates(offset=last[0].update_id + 1) == []
    telegram.redeliver_last(2)
    twice = await bot.get_updates(offset=last[0].update_id + 1)
    assert [u.message and u.message.text for u in twice] == ["zwei", "drei"]
    assert await bot.get_updates(offset=last[0].update_id + 1) == []


async def test_a_poll_is_held_until_something_comes_or_time_is_up(telegram: TelegramStandIn, bot: Bot) -> None:
    clock = asyncio.get_running_loop().time
    start = clock()
    assert await bot.get_updates(timeout=1) == []
    assert 0.9 < clock() - start < 2
    held = asyncio.ensure_future(bot.get_updates(timeout=30))
    await telegram.until(lambda: telegram.is_polled)
    telegram.person("Anna").writes("jetzt")
    assert len(await asyncio.wait_for(held, 1)) == 1


async def test_a_second_poller_ends_the_first(telegram: TelegramStandIn, bot: Bot) -> None:
    first = asyncio.ensure_future(bot.get_updates(timeout=30))
    await telegram.until(lambda: telegram.is_polled)
    second = asyncio.ensure_future(bot.get_updates(timeout=30))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first
    telegram.person("Anna").writes("noch da?")
    assert len(await second) == 1


async def test_a_dead_poller_leaves_nothing_behind(telegram: TelegramStandIn, polling: Polling) -> None:
    anna = telegram.person("Anna")
    async with polling():
        await telegram.until(lambda: telegram.is_polled)
    await telegram.until(lambda: not telegram.is_polled)
    anna.writes("während des Ausfalls")
    async with polling():
        await anna.private_chat().wait_for("während des Ausfalls")
        await telegram.caught_up()
    assert len(anna.private_chat().from_bot) == 1


@contextlib.asynccontextmanager
async def served(bot: Bot, dispatcher: Dispatcher, background: bool, port: int = 0) -> AsyncIterator[str]:
    """aiogram's own webhook server; yields its address."""
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=background, secret_token=SECRET).register(app, "/hook")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await site.stop()  # a full clean-up would close the bot's session too
        assert runner.server is not None
        await runner.server.shutdown()


async def test_webhook_delivery_with_its_secret(telegram: TelegramStandIn, bot: Bot) -> None:
    anna = telegram.person("Anna")
    async with served(bot, small_bot([]), background=False) as url:
        await bot.set_webhook(url, secret_token=SECRET)
        anna.writes("eins")
        await anna.private_chat().wait_for("Gehört: eins")
        await telegram.caught_up()
        with pytest.raises(TelegramConflictError, match="while webhook is active"):
            await bot.get_updates()
        await bot.set_webhook(url, secret_token="wrong")
        anna.writes("zwei")
        await telegram.until(lambda: bool(telegram.platform.webhook and telegram.platform.webhook.tries > 1))
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 401 Unauthorized"
        assert info.pending_update_count == 1
        await bot.set_webhook(url, secret_token=SECRET)
        await anna.private_chat().wait_for("Gehört: zwei")
        await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""


async def test_webhook_waits_for_a_server_that_is_away_and_keeps_order(telegram: TelegramStandIn, bot: Bot) -> None:
    telegram.platform.retry_seconds = 0.02
    port = free_port()
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token=SECRET)
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    for number in range(5):
        anna.writes(f"Nachricht {number}")
        ben.writes(f"Nachricht {number}")
    await telegram.until(lambda: bool(telegram.platform.webhook and telegram.platform.webhook.last_error))
    heard: list[Any] = []
    async with served(bot, small_bot(heard), background=False, port=port):
        await telegram.caught_up()
        for person in (anna, ben):
            assert [m.text for m in heard if m.from_user.id == person.id] == [f"Nachricht {n}" for n in range(5)]
        await bot.delete_webhook()


async def test_a_webhook_in_the_background_is_acknowledged_before_it_is_handled(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    go_on = asyncio.Event()
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def answer(message: Message) -> None:
        await go_on.wait()
        await message.answer("endlich")

    anna = telegram.person("Anna")
    async with served(bot, dispatcher, background=True) as url:
        await bot.set_webhook(url, secret_token=SECRET)
        anna.writes("eins")
        await telegram.caught_up()
        assert anna.private_chat().texts == []
        go_on.set()
        await anna.private_chat().wait_for("endlich")
        await bot.delete_webhook()


async def test_a_webhook_answer_may_carry_a_call(telegram: TelegramStandIn, bot: Bot) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def answer(message: Message) -> Any:
        return message.answer("in der Antwort", reply_markup=offer())

    anna = telegram.person("Anna")
    async with served(bot, dispatcher, background=False) as url:
        await bot.set_webhook(url, secret_token=SECRET)
        anna.writes("eins")
        sent = await anna.private_chat().wait_for("in der Antwort")
        assert sent.buttons == ["Nehmen", "Passen"]
        await bot.delete_webhook()
    assert telegram.calls.counts["sendMessage"] == 0


async def test_trouble_on_order(telegram: TelegramStandIn, bot: Bot) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    anna.writes("Hallo")
    ben.writes("Hallo")
    telegram.fail_next("sendMessage", code=429, retry_after=3, chat=anna.private_chat())
    await bot.send_message(ben.id, "geht")
    with pytest.raises(TelegramRetryAfter) as slow:
        await bot.send_message(anna.id, "zu viel")
    assert slow.value.retry_after == 3
    telegram.fail_next("sendMessage", code=500, times=2)
    for _ in range(2):
        with pytest.raises(TelegramServerError):
            await bot.send_message(anna.id, "kaputt")
    telegram.fail_next(code=502, body="<html>Bad Gateway</html>")
    with pytest.raises(ClientDecodeError):
        await bot.get_me()
    telegram.drop_next("sendMessage")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(anna.id, "nie angekommen")
    done: list[str] = []
    telegram.drop_next("sendMessage", stored=True, do=lambda: done.append("killed"))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(anna.id, "Antwort verloren")
    assert anna.private_chat().texts == ["Antwort verloren"]
    assert done == ["killed"]
    telegram.slow_next("sendMessage", 0.05)
    await bot.send_message(anna.id, "langsam")
    assert telegram.calls.counts["sendMessage"] == 7
    assert [call.code for call in telegram.calls.of("sendMessage")] == [200, 429, 500, 500, 0, 0, 200]
    async with telegram.outage():
        with pytest.raises(TelegramNetworkError):
            await bot.get_me()
    assert (await bot.get_me()).is_bot


BOT_OF_ITS_OWN = """
import asyncio, sys
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

async def main(url, token):
    dispatcher = Dispatcher()
    dispatcher.message.register(lambda message: message.answer(f"Antwort auf {message.text}"))
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    await dispatcher.start_polling(Bot(token, session=session), handle_as_tasks=False)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_bot_killed_after_it_was_heard_hears_the_update_again(
    telegram: TelegramStandIn, polling: Polling
) -> None:
    anna = telegram.person("Anna")
    anna.writes("eins")
    command = (sys.executable, "-c", BOT_OF_ITS_OWN, telegram.url, telegram.token)
    process = await asyncio.create_subprocess_exec(*command)
    telegram.drop_next("sendMessage", stored=True, do=process.kill)
    assert await process.wait() == -signal.SIGKILL
    assert anna.private_chat().texts == ["Antwort auf eins"]
    assert len(telegram.pending) == 1
    async with polling():
        await anna.private_chat().wait_for("Gehört: eins")
        await telegram.caught_up()
    assert len(anna.private_chat().texts) == 2


async def test_wrong_token_and_unknown_method(telegram: TelegramStandIn, session: AiohttpSession, bot: Bot) -> None:
    with pytest.raises(TelegramUnauthorizedError):
        await Bot("123:wrong", session=session).get_me()
    async with aiohttp.ClientSession() as plain, plain.get(f"{telegram.url}/bot{telegram.token}/makeTea") as answer:
        assert answer.status == 404
        assert (await answer.json())["description"] == "Not Found: method not found"


async def test_malformed_updates_arrive_as_they_are(telegram: TelegramStandIn, bot: Bot) -> None:
    telegram.raw_update({"message": {"message_id": "x"}})
    with pytest.raises(ClientDecodeError):
        await bot.get_updates()
    telegram.platform.updates.forget_all()
    telegram.raw_update({"future_kind": {"a": 1}})
    assert len(await bot.get_updates()) == 1


async def test_budgets_when_switched_on(telegram: TelegramStandIn, bot: Bot) -> None:
    anna = telegram.person("Anna")
    group: Chat = telegram.group("Fans", [anna])
    anna.writes("Hallo")
    for _ in range(3):
        await bot.send_message(anna.id, "frei")
    telegram.budgets = Budgets(per_group=2, second=0.1, minute=30)
    await bot.send_message(anna.id, "eins")
    with pytest.raises(TelegramRetryAfter) as slow:
        await bot.send_message(anna.id, "zwei")
    assert slow.value.retry_after == 1
    for _ in range(2):
        await bot.send_message(group.id, "Gruppe")
        await asyncio.sleep(0.11)
    with pytest.raises(TelegramRetryAfter) as slow:
        await bot.send_message(group.id, "Gruppe")
    assert slow.value.retry_after == 30
    assert telegram.calls.refused()[-1].description == "Too Many Requests: retry after 30"


async def test_files_both_ways(telegram: TelegramStandIn, bot: Bot) -> None:
    anna = telegram.person("Anna")
    picture = png(20, 10)
    anna.sends_photo(data=picture, caption="So kam es an")
    anna.sends_album([png(8, 8), png(9, 9)], caption="zwei Bilder")
    anna.sends_document(data=b"Rechnung", name="rechnung.pdf")
    for send in (anna.sends_voice, anna.sends_video, anna.sends_sticker, anna.sends_location, anna.sends_contact):
        send()
    anna.sends_poll("Rot?", ["ja", "nein"])
    messages = [update.message for update in await bot.get_updates() if update.message]
    photo, one, two, document, voice, video, sticker, location, contact, poll = messages
    assert photo.photo
    assert photo.caption == "So kam es an"
    file = await bot.get_file(photo.photo[-1].file_id)
    assert file.file_path
    loaded = await bot.download_file(file.file_path, io.BytesIO())
    assert loaded is not None
    assert loaded.read() == picture
    assert one.media_group_id == two.media_group_id is not None
    assert (one.caption, two.caption) == ("zwei Bilder", None)
    assert document.document
    assert (document.document.file_name, document.document.file_size) == ("rechnung.pdf", 8)
    assert all((voice.voice, video.video, sticker.sticker, location.location, contact.contact, poll.poll))
    sent = await bot.send_photo(anna.id, photo.photo[-1].file_id, caption="zurück")
    assert sent.photo
    assert sent.photo[-1].file_id == photo.photo[-1].file_id
