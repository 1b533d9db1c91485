"""What was said can change: edits and deletions are mirrored, long texts arrive whole, lost contacts are seen."""

from __future__ import annotations

from tests.acceptance.heard import PATIENCE, numbered
from tests.acceptance.town import Town, fresh
from tests.standins.discord import Channel

QUESTION = "Guten Tag, ich habe meine Rechnung vom Oktober noch nicht bekommen."


def said_in(channel: Channel) -> str:
    """All that stands in a channel."""
    return "\n".join(message.content for message in channel.by_bot)


async def test_an_edit_of_the_contact_shows_in_the_staff_thread(town: Town) -> None:
    emil = town.telegram_person(fresh("Emil"))
    await emil.says(QUESTION)
    thread = await town.staff_thread((await emil.hears(numbered)).number)
    second = await emil.says("Die Kundennummer ist 4711")
    shown = await thread.wait_for("4711", PATIENCE)
    emil.account.edits(second, "Die Kundennummer ist 4712")
    await town.discord.until(lambda: "4712" in shown.content, PATIENCE, "the copy was not edited")


async def test_an_edit_of_the_first_question_reaches_staff_too(town: Town) -> None:
    elke = town.telegram_person(fresh("Elke"))
    first = await elke.says(QUESTION)
    thread = await town.staff_thread((await elke.hears(numbered)).number)
    elke.account.edits(first, "Guten Tag, ich habe meine Rechnung vom September noch nicht bekommen.")
    await thread.wait_for("September", PATIENCE)


async def test_a_message_deleted_on_discord_disappears_for_staff(town: Town) -> None:
    ella = town.discord_person(fresh("Ella"))
    await ella.says(QUESTION)
    thread = await town.staff_thread((await ella.hears(numbered)).number)
    slip = await ella.says("Mein Kennwort ist Sommer2024!")
    shown = await thread.wait_for("Sommer2024", PATIENCE)
    ella.account.deletes(slip)
    await town.discord.until(lambda: shown.deleted, PATIENCE, "the copy was not deleted")
    assert "Sommer2024" not in said_in(thread)


async def test_telegram_tells_of_no_deletion_so_undo_takes_back(town: Town) -> None:
    edda = town.telegram_person(fresh("Edda"))
    await edda.says(QUESTION)
    acknowledged = await edda.hears(numbered)
    thread = await town.staff_thread(acknowledged.number)
    await edda.says("Das hier war nicht für euch gedacht")
    shown = await thread.wait_for("nicht für euch gedacht", PATIENCE)
    await edda.says("/undo")
    await town.discord.until(lambda: shown.deleted, PATIENCE, "the copy was not deleted")
    await edda.hears(after=acknowledged)


async def test_staff_correct_and_take_back_their_answer(town: Town) -> None:
    erik = town.telegram_person(fresh("Erik"))
    ana = await town.discord_responder("agent", fresh("Ana"))
    await erik.says(QUESTION)
    thread = await town.staff_thread((await erik.hears(numbered)).number)
    reply = await ana.in_(thread).says("Die Rechnung kommt am Montag.")
    answer = await erik.hears("kommt am Montag")
    ana.account.edits(reply, "Die Rechnung kommt am Dienstag.")
    await erik.chat.until(lambda: "kommt am Dienstag" in answer.raw.text, "the edit", PATIENCE)
    assert ana.name in answer.raw.text
    ana.account.deletes(reply)
    await erik.chat.until(lambda: answer.raw.deleted, "the deletion", PATIENCE)


async def test_long_texts_arrive_whole_in_both_directions(town: Town) -> None:
    enno = town.telegram_person(fresh("Enno"))
    ana = await town.discord_responder("agent", fresh("Ana"))
    words = " ".join(f"Wort{number:03}" for number in range(480))
    assert 3500 < len(words) < 4096 - len(QUESTION)
    await enno.says(f"{QUESTION}\n{words}")
    thread = await town.staff_thread((await enno.hears(numbered)).number)
    await thread.wait_for("Wort479", PATIENCE)
    assert all(f"Wort{number:03}" in said_in(thread) for number in range(480))
    assert all(len(message.content) <= 2000 for message in thread.by_bot)
    for part in range(2):
        await ana.in_(thread).says("\n\n".join(f"Absatz {part}.{number}: {'bla ' * 40}" for number in range(11)))
    await enno.hears("Absatz 1.10")
    read = "\n".join(one.text for one in enno.reads())
    assert all(f"Absatz {part}.{number}:" in read for part in range(2) for number in range(11))


async def test_a_redelivered_update_changes_nothing(town: Town) -> None:
    esra = town.telegram_person(fresh("Esra"))
    await esra.says(QUESTION)
    await esra.says("Meine Kundennummer ist 815")
    acknowledged = await esra.hears(numbered)
    thread = await town.staff_thread(acknowledged.number)
    await thread.wait_for("815", PATIENCE)
    await town.telegram.caught_up(PATIENCE)
    town.telegram.redeliver_last(2)
    await town.telegram.caught_up(PATIENCE)
    await esra.says("Und noch etwas: danach bitte per Post")
    await thread.wait_for("bitte per Post", PATIENCE)
    assert said_in(thread).count("815") == 1
    assert len([one for one in esra.reads() if numbered(one)]) == 1


async def test_staff_see_that_a_contact_cannot_be_reached(town: Town) -> None:
    ewald = town.telegram_person(fresh("Ewald"))
    ana = await town.discord_responder("agent", fresh("Ana"))
    await ewald.says(QUESTION)
    thread = await town.staff_thread((await ewald.hears(numbered)).number)
    ewald.account.blocks_bot()
    await ana.in_(thread).says("Hier ist sie noch einmal.")
    await thread.wait_for("⚠", PATIENCE)


async def test_closed_direct_messages_are_seen_by_staff(town: Town) -> None:
    edith = town.discord_person(fresh("Edith"))
    ana = await town.discord_responder("agent", fresh("Ana"))
    await edith.says(QUESTION)
    thread = await town.staff_thread((await edith.hears(numbered)).number)
    edith.account.closes_dms()
    await ana.in_(thread).says("Hier ist sie noch einmal.")
    await thread.wait_for("⚠", PATIENCE)
