"""Journey 1 in public: groups, channels and forums, where many read along."""

from __future__ import annotations

from tests.acceptance.heard import NUMBER, PATIENCE, Heard, numbered
from tests.acceptance.seats import DiscordSeat, TelegramSeat
from tests.acceptance.town import Town, fresh, language_of

QUESTION = "ich habe meine Rechnung vom Oktober noch nicht bekommen, könnt ihr sie mir schicken?"


def answers(town: Town, asked: int, seat: TelegramSeat) -> list[Heard]:
    """What the bot said in answer to a group's message."""
    return [heard for heard in seat.reads() if heard.raw.reply_to and heard.raw.reply_to.id == asked]


async def test_a_mention_in_a_group_is_answered_under_the_question(town: Town) -> None:
    greta = town.telegram_person(fresh("Greta")).in_(town.fans)
    asked = await greta.says(f"@{town.telegram.bot.username} {QUESTION}")
    answer = await greta.hears(lambda heard: numbered(heard) and heard.raw.reply_to is asked)
    assert language_of(answer.text) == "de"
    thread = await town.staff_thread(answer.number)
    assert QUESTION in thread.by_bot[0].content
    assert town.telegram.bot.username not in thread.by_bot[0].content


async def test_a_reply_to_the_bot_in_a_group_goes_on_with_the_question(town: Town) -> None:
    gero = town.telegram_person(fresh("Gero")).in_(town.fans)
    asked = await gero.says(f"/ask {QUESTION}")
    answer = await gero.hears(lambda heard: numbered(heard) and heard.raw.reply_to is asked)
    thread = await town.staff_thread(answer.number)
    await gero.says("Es geht um den Vertrag für den Garten", reply_to=answer.raw)
    await thread.wait_for("Vertrag für den Garten", PATIENCE)


async def test_talk_in_a_group_that_is_not_for_the_bot_stays_there(town: Town) -> None:
    gabi = town.telegram_person(fresh("Gabi")).in_(town.fans)
    await gabi.says("Wer kommt heute Abend mit ins Stadion?")
    await town.telegram.caught_up(PATIENCE)
    asked = await gabi.says(f"/ask {QUESTION}")
    number = (await gabi.hears(lambda heard: numbered(heard) and heard.raw.reply_to is asked)).number
    thread = await town.staff_thread(number)
    assert "Stadion" not in "".join(message.content for message in thread.by_bot)


async def test_two_people_in_one_group_have_a_ticket_each(town: Town) -> None:
    seats = [town.telegram_person(fresh(name)).in_(town.fans) for name in ("Gundula", "Gerd")]
    asked = [await seat.says(f"/ask {QUESTION}") for seat in seats]
    numbers = {
        (await seat.hears(lambda heard, mine=message: numbered(heard) and heard.raw.reply_to is mine)).number  # type: ignore[misc]
        for seat, message in zip(seats, asked, strict=True)
    }
    assert len(numbers) == 2


async def test_a_mention_on_discord_is_answered_under_the_question(town: Town) -> None:
    dora = town.discord_person(fresh("Dora")).in_(town.chat_channel)
    asked = await dora.says(f"<@{town.discord.bot.id}> {QUESTION}")
    answer = await dora.hears(lambda heard: numbered(heard) and heard.raw.reply_to is asked)
    thread = await town.staff_thread(answer.number)
    assert QUESTION in thread.by_bot[0].content
    assert str(town.discord.bot.id) not in thread.by_bot[0].content


async def test_every_message_of_a_watched_channel_is_a_question(town: Town) -> None:
    dirk = town.discord_person(fresh("Dirk")).in_(town.help_channel)
    asked = await dirk.says(QUESTION)
    answer = await dirk.hears(lambda heard: numbered(heard) and heard.raw.reply_to is asked)
    assert language_of(answer.text) == "de"


async def test_ask_is_thanked_for_in_private_and_answered_there(town: Town) -> None:
    doris = town.discord_person(fresh("Doris"))
    reply = await doris.commands("ask", question=QUESTION)
    assert reply.ephemeral
    assert language_of(reply.text) == "de"
    number = (await doris.hears(numbered)).number
    assert QUESTION in (await town.staff_thread(number)).by_bot[0].content


async def test_ask_in_a_channel_is_heard_though_others_see_nothing(town: Town) -> None:
    dieter = town.discord_person(fresh("Dieter")).in_(town.chat_channel)
    before = len(town.chat_channel.messages)
    reply = await dieter.commands("ask", question=QUESTION)
    assert reply.ephemeral
    answer = await dieter.hears(lambda heard: numbered(heard) and town.chat_channel.messages.index(heard.raw) >= before)
    assert QUESTION in (await town.staff_thread(answer.number)).by_bot[0].content


async def test_a_forum_post_is_one_ticket_and_its_answer_stands_in_it(town: Town) -> None:
    dana = town.discord_person(fresh("Dana"))
    ana = await town.discord_responder("agent", fresh("Ana"))
    post = dana.account.posts(town.questions, "Rechnung vom Oktober", QUESTION)
    seat = dana.in_(post)
    answer = await seat.hears(numbered)
    await seat.says("Die Kundennummer schicke ich gern nach")
    thread = await town.staff_thread(answer.number)
    assert "Rechnung vom Oktober" in thread.by_bot[0].content
    await thread.wait_for("Kundennummer schicke ich", PATIENCE)
    await ana.in_(thread).says("Sie ist noch einmal unterwegs zu dir.")
    await seat.hears("noch einmal unterwegs")
    assert {one.number for one in seat.reads() if NUMBER.search(one.text)} == {answer.number}


async def test_others_cannot_judge_the_answer_of_a_public_question(town: Town) -> None:
    duygu, eva = (town.discord_person(fresh(name)) for name in ("Duygu", "Eva"))
    ana = await town.discord_responder("agent", fresh("Ana"))
    post = duygu.account.posts(town.questions, "Noch eine Rechnung", QUESTION)
    number = (await duygu.in_(post).hears(numbered)).number
    await ana.in_(await town.staff_thread(number)).says("Sie liegt in deinem Postfach.")
    answer = await duygu.in_(post).hears("liegt in deinem Postfach")
    refused = await DiscordSeat(eva.account, post).presses(answer, "solved")
    assert language_of(refused) == "de"
    thanked = await duygu.in_(post).presses(answer, "solved")
    assert thanked != refused
