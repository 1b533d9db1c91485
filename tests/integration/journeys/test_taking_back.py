"""Taken back is taken back: nothing of it goes out any more, and what follows from it is done."""

from __future__ import annotations

from desk.errors import RateLimited
from desk.people import Role
from desk.ticket import Status
from tests.integration.journeys.care import LIMITS, STAFF_ROOM, Care
from workflows.voice import Voice


async def test_words_taken_back_before_they_were_sent_are_never_sent(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    care.chat.fails.append(RateLimited("slow down", retry_after=60))
    await care.writes("agnes", "Falsches Fenster!", chat=STAFF_ROOM, thread=thread, message_id="a1")
    await care.deletes("agnes", "a1")
    from datetime import timedelta

    await care.pass_time(timedelta(minutes=2))
    assert not any("Falsches Fenster" in one.text for one in care.chat.sent)


async def test_an_answer_taken_back_is_owed_again(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist weg")
    await care.taps("vera", "Take it")
    await care.answers("vera", "Ups")
    assert (await care.ticket_of("klara")).status is Status.PENDING
    await care.commands("vera", "undo")
    ticket = await care.ticket_of("klara")
    assert ticket.status is Status.OPEN
    assert ticket.waiting_since is not None
    assert ticket.lease_expires_at is not None


async def test_a_question_taken_back_is_nobodys_work_any_more(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist weg", message_id="k1")
    await care.deletes("klara", "k1")
    assert (await care.ticket_of("klara")).status is Status.SOLVED
    assert care.offered == set()


async def test_staff_hear_of_words_taken_back_and_decide_themselves(care: Care) -> None:
    await care.writes("klara", "Aus dem Router kommt Rauch", message_id="k1")
    await care.deletes("klara", "k1")
    ticket = await care.ticket_of("klara")
    assert ticket.status is not Status.SOLVED
    assert "took a message back" in care.seen_by(STAFF_ROOM, care.thread_of(ticket.number))[-1]


async def test_an_edit_of_a_long_text_changes_every_part_once(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    long = " ".join(f"Wort{number}" for number in range(900))
    await care.writes("agnes", long, chat=STAFF_ROOM, thread=thread, message_id="a1")
    before = len(care.seen_by("klara"))
    await care.edits("agnes", "a1", long.replace("Wort7 ", "Sieben "))
    answer = care.seen_by("klara")[before - 2 :]
    assert "".join(answer).count("Sieben ") == 1
    assert "".join(answer).count("Wort899") == 1
    assert all(len(part) <= LIMITS.characters for part in answer)
    await care.edits("agnes", "a1", "Kurz gesagt: ja.")
    assert len(care.seen_by("klara")) == before - 1, "the second part is gone"
    assert "Kurz gesagt" in care.seen_by("klara")[-1]
    shown = [one for one in care.chat.sent if one.to.chat == "klara" and not one.deleted][-1]
    assert any("✅" in button.label for button in shown.buttons)


async def test_undo_finds_the_last_word_of_a_very_long_talk(care: Care) -> None:
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    ticket = await care.ticket_of("klara")
    async with care.desk.store.begin() as work:
        conversation = await work.conversations.by_id(ticket.conversation_id)
        voice = Voice(care.desk, work, care.clock.now())  # its words are kept and never sent
        for number in range(210):
            await voice.to_contact(conversation, f"{number}", ticket=ticket)
    await care.writes("klara", "ups, falscher Chat", message_id="last")
    await care.commands("klara", "undo")
    async with care.desk.store.begin() as work:
        message = await work.messages.by_external_id("telegram", "last")
    assert message is not None
    assert message.deleted_at is not None


async def test_an_edited_note_stays_a_note(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    await care.writes("agnes", "// Stamkundin", chat=STAFF_ROOM, thread=thread, message_id="n1")
    await care.edits("agnes", "n1", "// Stammkundin")
    assert "Stammkundin" not in care.transcript("klara")
    async with care.desk.store.begin() as work:
        message = await work.messages.by_external_id("telegram", "n1")
    assert message is not None
    assert message.body == "Stammkundin", "the mark is no part of the note"
