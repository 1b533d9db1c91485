"""The platform's rules that the Telegram stand-in enforces, in the words the platform uses."""

import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    MediaUnion,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyParameters,
)

from tests.standins.telegram import Chat, Person, TelegramStandIn, png
from tests.standins.telegram.formatting import parse_html

HTML = ParseMode.HTML


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
    return Bot(telegram.token, session=session)


@pytest.fixture
def anna(telegram: TelegramStandIn) -> Person:
    anna = telegram.person("Anna")
    anna.starts()
    return anna


@pytest.fixture
def staff(telegram: TelegramStandIn) -> tuple[Chat, Person]:
    agent = telegram.person("Agnes")
    return telegram.forum("Team", [agent]), agent


def buttons(**button: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(**{"text": "Los"} | button)]])


def photo(shade: int = 1) -> BufferedInputFile:
    return BufferedInputFile(png(4, 4, shade), "foto.png")


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "ä" * 4097}, "message is too long"),
        ({"text": "<b>x", "parse_mode": HTML}, """can't find end tag corresponding to start tag "b\""""),
        ({"text": "a < b", "parse_mode": HTML}, 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ({"text": "<a href='x>y", "parse_mode": HTML}, "can't parse entities: Unclosed start tag at byte offset 0"),
        (
            {"text": "<b x>y</b>", "parse_mode": HTML},
            'Expected equal sign in declaration of an attribute of the tag "b"',
        ),
        ({"text": "x</b>", "parse_mode": HTML}, "can't parse entities: Unexpected end tag at byte offset 1"),
        ({"text": "ä<br>x", "parse_mode": HTML}, 'can\'t parse entities: Unsupported start tag "br" at byte offset 2'),
        ({"text": "<b>x</i>", "parse_mode": HTML}, 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ({"text": "hi", "entities": [MessageEntity(type="bold", offset=1, length=9)]}, "ENTITY_BOUNDS_INVALID"),
        ({"text": "x", "reply_markup": buttons(callback_data="ü" * 33)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": buttons()}, "can't parse inline keyboard button"),
        ({"text": "x", "reply_markup": buttons(url="http://localhost:8080/")}, "is invalid: Wrong HTTP URL"),
        ({"text": "x", "reply_parameters": ReplyParameters(message_id=99)}, "message to be replied not found"),
        ({"text": "x", "message_thread_id": 7}, "message thread not found"),
    ],
)
async def test_texts_the_platform_refuses(bot: Bot, anna: Person, sent: dict[str, Any], refusal: str) -> None:
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.send_message(anna.id, **sent)
    assert refusal.lower() in refused.value.message.lower()
    assert anna.private_chat().from_bot == []


async def test_texts_at_the_limits_pass(bot: Bot, anna: Person) -> None:
    assert len((await bot.send_message(anna.id, "ä" * 4096)).text or "") == 4096
    await bot.send_message(anna.id, f"<b>{'x' * 4096}</b>", parse_mode=HTML)
    await bot.send_message(anna.id, "x", reply_markup=buttons(callback_data="ü" * 32))
    await bot.send_photo(anna.id, photo(), caption="x" * 1024)
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_photo(anna.id, photo(), caption="x" * 1025)


def test_html_becomes_entities_in_utf16_units() -> None:
    text, entities = parse_html(
        '👍 <b>fett <i>und</i></b> &lt;roh&gt; &amp; <a href="https://a.de/?x=1&amp;y=2">Link</a>'
        ' <pre><code class="language-py">x</code></pre><tg-spoiler>!</tg-spoiler><blockquote expandable>z</blockquote>'
    )
    assert text == "👍 fett und <roh> & Link x!z"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 8},
        {"type": "italic", "offset": 8, "length": 3},
        {"type": "text_link", "offset": 20, "length": 4, "url": "https://a.de/?x=1&y=2"},
        {"type": "pre", "offset": 25, "length": 1, "language": "py"},
        {"type": "spoiler", "offset": 26, "length": 1},
        {"type": "expandable_blockquote", "offset": 27, "length": 1},
    ]


async def test_the_platform_trims_texts_and_finds_entities(bot: Bot, anna: Person) -> None:
    sent = await bot.send_message(anna.id, "\n <b>Hi</b> @anna /hilfe https://a.de/x. #neu a@b.de ", parse_mode=HTML)
    assert sent.text == "Hi @anna /hilfe https://a.de/x. #neu a@b.de"
    assert sent.entities
    found = {entity.type: entity.extract_from(sent.text) for entity in sent.entities}
    assert found == {
        "bold": "Hi",
        "mention": "@anna",
        "bot_command": "/hilfe",
        "url": "https://a.de/x",
        "hashtag": "#neu",
        "email": "a@b.de",
    }


async def test_whom_a_bot_may_write_to(telegram: TelegramStandIn, bot: Bot, anna: Person) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(4711, "x")
    stranger = telegram.person("Fremd")
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.id, "x")
    anna.blocks_bot()
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(anna.id, "x")
    anna.unblocks_bot()
    await bot.send_message(anna.id, "x")
    changes = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert [(c.old_chat_member.status, c.new_chat_member.status) for c in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]
    anna.deletes_account()
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await bot.send_message(anna.id, "x")


async def test_edits_and_deletions(bot: Bot, anna: Person) -> None:
    sent = await bot.send_message(anna.id, "alt", reply_markup=buttons(callback_data="x"))
    place: dict[str, Any] = {"chat_id": anna.id, "message_id": sent.message_id}
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("alt", **place, reply_markup=buttons(callback_data="x"))
    edited = await bot.edit_message_reply_markup(**place)
    assert not isinstance(edited, bool)
    assert edited.reply_markup is None
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_reply_markup(**place)
    theirs = anna.writes("meins")
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("deins", chat_id=anna.id, message_id=theirs.id)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("x", chat_id=anna.id, message_id=99)
    picture = await bot.send_photo(anna.id, photo())
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("x", chat_id=anna.id, message_id=picture.message_id)
    await bot.edit_message_caption(chat_id=anna.id, message_id=picture.message_id, caption="neu")
    assert anna.private_chat().messages[-1].text == "neu"
    await bot.delete_message(**place)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(**place)
    theirs.date = int(time.time()) - 49 * 3600
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(anna.id, theirs.id)
    await bot.delete_messages(anna.id, [picture.message_id, 99])
    assert anna.private_chat().from_bot == []


async def test_taps_are_answered_once_and_in_time(telegram: TelegramStandIn, bot: Bot, anna: Person) -> None:
    sent = await bot.send_message(anna.id, "Frage", reply_markup=buttons(callback_data="x:1"))
    message = anna.private_chat().find(sent.message_id)
    assert message
    tap = anna.tap(message, "Los")
    await bot.answer_callback_query(tap.id, "gut")
    assert (await tap.answered()).text == "gut"
    slow, late = anna.tap(message, "Los"), anna.tap(message, "Los")
    slow.at -= telegram.platform.tap_seconds
    gone_ids = [tap.id, slow.id, "4711"]
    for gone in gone_ids:
        with pytest.raises(TelegramBadRequest, match="query is too old"):
            await bot.answer_callback_query(gone)
    telegram.expire_taps()
    for gone in [*gone_ids, late.id]:
        with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired or query ID is in"):
            await bot.answer_callback_query(gone)
    with pytest.raises(AssertionError, match=r"no button 'Weg'(?s:.*)Frage \[Los\]"):
        anna.tap(message, "Weg")
    with pytest.raises(AssertionError, match="no answer to Anna's tap"):
        await anna.taps(message, "Los", timeout=0.05)
    message.deleted = True
    anna.tap(message, data="alt:7")
    query = (await bot.get_updates())[-1].callback_query
    assert query
    assert query.data == "alt:7"
    assert query.message
    assert query.message.date == 0


async def test_albums_have_two_to_ten_items_of_a_kind(bot: Bot, anna: Person) -> None:
    album: list[MediaUnion] = [InputMediaPhoto(media=photo(n), caption=f"Bild {n}") for n in range(11)]
    with pytest.raises(TelegramBadRequest, match="too many messages to send as an album"):
        await bot.send_media_group(anna.id, album)
    with pytest.raises(TelegramBadRequest, match="2-10 items"):
        await bot.send_media_group(anna.id, album[:1])
    with pytest.raises(TelegramBadRequest, match="document can't be mixed with other media types"):
        await bot.send_media_group(anna.id, [album[0], InputMediaDocument(media=photo())])
    sent = await bot.send_media_group(anna.id, album[:3])
    assert len({message.media_group_id for message in sent}) == 1
    stored = anna.private_chat().from_bot
    assert [m.file.data for m in stored if m.file] == [png(4, 4, n) for n in range(3)]
    assert [m.text for m in stored] == ["Bild 0", "Bild 1", "Bild 2"]


async def test_files_the_platform_refuses(telegram: TelegramStandIn, bot: Bot, anna: Person) -> None:
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(anna.id, BufferedInputFile(b"no picture", "x.png"))
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_document(anna.id, BufferedInputFile(b"", "x.txt"))
    with pytest.raises(TelegramBadRequest, match="wrong file identifier/HTTP URL specified"):
        await bot.send_document(anna.id, "nonsense")
    sent = await bot.send_document(anna.id, BufferedInputFile(b"text", "x.txt"))
    assert sent.document
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(anna.id, sent.document.file_id)
    large = anna.sends_document(data=b"x")
    assert large.file
    large.file.shown_bytes = 21 * 1024 * 1024
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(large.file.id)
    telegram.upload_bytes = 1000
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(anna.id, BufferedInputFile(b"x" * 2000, "x.bin"))


async def test_forwards_copies_replies_pins_and_reactions(bot: Bot, anna: Person) -> None:
    said = anna.writes("Original")
    forward = await bot.forward_message(anna.id, anna.id, said.id)
    assert forward.forward_origin
    assert forward.forward_origin.type == "user"
    await bot.copy_message(anna.id, anna.id, said.id)
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await bot.copy_message(anna.id, anna.id, 99)
    reply = await bot.send_message(anna.id, "Antwort", reply_parameters=ReplyParameters(message_id=said.id))
    assert reply.reply_to_message
    assert reply.reply_to_message.text == "Original"
    await bot.set_message_reaction(anna.id, said.id, [ReactionTypeEmoji(emoji="❤")])
    with pytest.raises(TelegramBadRequest, match="REACTION_INVALID"):
        await bot.set_message_reaction(anna.id, said.id, [ReactionTypeEmoji(emoji="✅")])
    assert said.reactions == {bot.id: ["❤"]}
    await bot.pin_chat_message(anna.id, said.id)
    pinned = (await bot.get_chat(anna.id)).pinned_message
    assert pinned
    assert pinned.message_id == said.id
    anna.deletes(said)
    lenient = ReplyParameters(message_id=said.id, allow_sending_without_reply=True)
    assert (await bot.send_message(anna.id, "trotzdem", reply_parameters=lenient)).reply_to_message is None


async def test_topics(bot: Bot, staff: tuple[Chat, Person]) -> None:
    forum, agent = staff
    topic = await bot.create_forum_topic(forum.id, "Z-1042")
    thread = topic.message_thread_id
    sent = await bot.send_message(forum.id, "Frage", message_thread_id=thread)
    assert (sent.message_thread_id, sent.is_topic_message, sent.chat.is_forum) == (thread, True, True)
    agent.writes("Notiz", forum, thread=thread)
    agent.writes("Allgemeines", forum)
    updates = [update.message for update in await bot.get_updates() if update.message]
    created, note, general = updates
    assert created.forum_topic_created
    assert (note.message_thread_id, note.is_topic_message) == (thread, True)
    assert note.reply_to_message
    assert note.reply_to_message.forum_topic_created
    assert (general.message_thread_id, general.is_topic_message) == (None, None)
    await bot.close_forum_topic(forum.id, thread)
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await bot.close_forum_topic(forum.id, thread)
    await bot.edit_forum_topic(forum.id, thread, name="Z-1042 gelöst")
    known = forum.topics[0]
    assert (known.name, known.closed) == ("Z-1042 gelöst", True)
    assert [m.text for m in forum.messages_in(known)] == ["Frage", "Notiz"]
    await bot.reopen_forum_topic(forum.id, thread)
    forum.delete_topic(known)
    with pytest.raises(TelegramBadRequest, match="Bad Request: message thread not found"):
        await bot.send_message(forum.id, "zu spät", message_thread_id=thread)
    with pytest.raises(TelegramBadRequest, match="TOPIC_ID_INVALID"):
        await bot.delete_forum_topic(forum.id, thread)


async def test_topics_need_a_forum_and_an_administrator(telegram: TelegramStandIn, bot: Bot) -> None:
    group = telegram.group("Fans", supergroup=True)
    with pytest.raises(TelegramBadRequest, match="the chat is not a forum"):
        await bot.create_forum_topic(group.id, "x")
    forum = telegram.forum("Team", bot_status="member")
    with pytest.raises(TelegramBadRequest, match="not enough rights to create a topic"):
        await bot.create_forum_topic(forum.id, "x")


@pytest.mark.parametrize("privacy", [True, False])
async def test_privacy_mode_in_groups(session: AiohttpSession, privacy: bool) -> None:
    async with TelegramStandIn(privacy=privacy) as telegram:
        session.api = TelegramAPIServer.from_base(telegram.url)
        bot = Bot(telegram.token, session=session)
        anna = telegram.person("Anna")
        group = telegram.group("Fans", [anna])
        said = await bot.send_message(group.id, "Fragt mich")
        bots_own = group.find(said.message_id)
        for text in (
            "nur so",
            "/ask Wo?",
            "/ask@zuruf_bot Wo?",
            "/ask@other_bot Wo?",
            "@Zuruf_bot hilf",
            "@zuruf_bot2",
        ):
            anna.writes(text, group)
        anna.writes("darauf", group, reply_to=bots_own)
        heard = [update.message.text for update in await bot.get_updates() if update.message]
        meant = ["/ask Wo?", "/ask@zuruf_bot Wo?", "@Zuruf_bot hilf", "darauf"]
        assert heard == (meant if privacy else [m.text for m in group.messages if not m.from_bot])
        assert (await bot.get_me()).can_read_all_group_messages is not privacy


async def test_replies_in_a_supergroup_carry_a_thread_that_is_no_topic(telegram: TelegramStandIn, bot: Bot) -> None:
    anna = telegram.person("Anna")
    group = telegram.group("Fans", [anna], bot_status="administrator", supergroup=True)
    said = anna.writes("Frage", group)
    anna.writes("Nachtrag", group, reply_to=said)
    reply = (await bot.get_updates())[-1].message
    assert reply
    assert (reply.message_thread_id, reply.is_topic_message) == (said.id, None)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(group.id, "x", message_thread_id=said.id)


async def test_a_group_becomes_a_supergroup(telegram: TelegramStandIn, bot: Bot, anna: Person) -> None:
    group = telegram.group("Fans", [anna])
    new = group.becomes_supergroup()
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(group.id, "x")
    assert moved.value.migrate_to_chat_id == new.id
    await bot.send_message(new.id, "x")
    notices = [update.message for update in await bot.get_updates() if update.message]
    assert [m.migrate_to_chat_id for m in notices if m.migrate_to_chat_id] == [new.id]
    with pytest.raises(ValueError, match="is now"):
        anna.writes("zu spät", group)


async def test_members_and_being_put_out(telegram: TelegramStandIn, bot: Bot, anna: Person) -> None:
    ben = telegram.person("Ben")
    group = telegram.group("Fans", [anna, ben], bot_status="administrator")
    assert [m.status for m in await bot.get_chat_administrators(group.id)] == ["creator", "administrator"]
    await bot.ban_chat_member(group.id, ben.id)
    assert (await bot.get_chat_member(group.id, ben.id)).status == "kicked"
    with pytest.raises(ValueError, match="no member"):
        ben.writes("doch", group)
    anna.kicks_bot(group)
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "x")
    last = (await bot.get_updates())[-1].my_chat_member
    assert last
    assert last.new_chat_member.status == "kicked"


async def test_commands_and_actions(telegram: TelegramStandIn, bot: Bot, anna: Person) -> None:
    await bot.set_my_commands([BotCommand(command="hilfe", description="Hilfe")], language_code="de")
    assert telegram.platform.commands["default", "de"] == [{"command": "hilfe", "description": "Hilfe"}]
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand(command="Hilfe!", description="Hilfe")])
    await bot.send_chat_action(anna.id, "typing")
    assert anna.private_chat().actions == ["typing"]
    with pytest.raises(TelegramBadRequest, match="wrong parameter action in request"):
        await bot.send_chat_action(anna.id, "dancing")


async def test_json_and_urlencoded_bodies_are_read_alike(telegram: TelegramStandIn, anna: Person) -> None:
    url = f"{telegram.url}/bot{telegram.token}/sendmessage"
    markup = {"inline_keyboard": [[{"text": "Los", "callback_data": "x"}]]}
    async with aiohttp.ClientSession() as plain:
        for body in (
            {"json": {"chat_id": anna.id, "text": "hallo", "reply_markup": markup}},
            {"data": {"chat_id": str(anna.id), "text": "hallo", "reply_markup": '{"inline_keyboard": []}'}},
            {"params": {"chat_id": str(anna.id), "text": "hallo"}},
        ):
            async with plain.post(url, **body) as answer:
                assert (await answer.json())["result"]["text"] == "hallo"
        async with plain.post(url, data={"chat_id": str(anna.id), "text": "x", "reply_markup": "{"}) as answer:
            assert (await answer.json())["description"].startswith("Bad Request: can't parse reply keyboard markup")
        async with plain.post(url, data=b"chat_id=\xff", headers={"Content-Type": "application/json"}) as answer:
            assert (await answer.json())["description"] == "Bad Request: strings must be encoded in UTF-8"
    assert anna.private_chat().from_bot[0].buttons == ["Los"]


async def test_waiting_in_vain_prints_the_chat(bot: Bot, anna: Person) -> None:
    chat = anna.private_chat()
    first = await bot.send_message(anna.id, "Moment", reply_markup=buttons(callback_data="x"))
    with pytest.raises(AssertionError, match=r"in vain\n--- Anna(?s:.*)#1 Anna: /start\n#2 Zuruf: Moment \[Los\]"):
        await chat.wait_for("Paket", timeout=0.02)
    with pytest.raises(AssertionError, match="in vain"):
        await chat.wait_for("Moment", timeout=0.02, after=chat.find(first.message_id))
    await chat.stays_quiet(0.02)
    with pytest.raises(AssertionError, match="no button"):
        anna.tap(chat.messages[0], "Los")


async def test_people_can_only_do_what_the_app_lets_them(telegram: TelegramStandIn, anna: Person) -> None:
    ben = telegram.person("Ben")
    forum = telegram.forum("Team", [anna, ben])
    topic = anna.opens_topic(forum, "Z-1")
    anna.closes_topic(forum, topic)
    with pytest.raises(ValueError, match="deleted or closed"):
        ben.writes("noch was", forum, thread=topic)
    anna.reopens_topic(forum, topic)
    ben.writes("noch was", forum, thread=topic)
    with pytest.raises(ValueError, match="cannot write in Anna's chat"):
        ben.writes("Hallo", anna.private_chat())
    with pytest.raises(ValueError, match="not a picture"):
        anna.sends_photo(data=b"text")
    with pytest.raises(ValueError, match="1 to 4096"):
        anna.writes("x" * 4097)
    with pytest.raises(ValueError, match="2 to 10"):
        anna.sends_album([png()])
    ben.leaves(forum)
    with pytest.raises(ValueError, match="no member"):
        ben.writes("doch", forum)
    kinds = [update.payload["message"] for update in telegram.pending]
    service = [next(iter(k for k in m if k.startswith(("forum_", "left_"))), "text") for m in kinds]
    assert service[1:] == [
        "forum_topic_created",
        "forum_topic_closed",
        "forum_topic_reopened",
        "text",
        "left_chat_member",
    ]


async def test_a_bot_that_joins_late_hears_only_from_then_on(telegram: TelegramStandIn, bot: Bot, anna: Person) -> None:
    group = telegram.group("Fans", [anna], bot_status="left")
    anna.writes("/ask vorher", group)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the group chat"):
        await bot.send_message(group.id, "x")
    anna.adds_bot(group)
    anna.writes("/ask nachher", group)
    start, joined, added, asked = await bot.get_updates()
    assert start.message
    assert joined.my_chat_member
    assert joined.my_chat_member.new_chat_member.status == "member"
    assert added.message
    assert added.message.new_chat_members
    assert asked.message
    assert asked.message.text == "/ask nachher"


async def test_only_the_kinds_asked_for_are_kept(telegram: TelegramStandIn, bot: Bot, anna: Person) -> None:
    said = anna.writes("Hallo")
    anna.reacts(said, "👍")
    assert [update.event_type for update in await bot.get_updates(allowed_updates=["message_reaction"])] == [
        "message"
    ] * 2
    anna.writes("ungehört")
    anna.reacts(said)
    last = (await bot.get_updates())[-1].message_reaction
    assert last
    assert (len(last.old_reaction), len(last.new_reaction)) == (1, 0)
    assert len(telegram.pending) == 3
