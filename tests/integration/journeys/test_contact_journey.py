"""Journey 1: a contact's messages make one ticket, whatever the platform does."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from desk.errors import AddressMoved, ContactUnreachable, DeliveryError, RateLimited
from desk.inbound import InboundMessage
from desk.people import Reachability, Role
from desk.ticket import Lane, Status
from tests.integration.journeys.care import STAFF_ROOM, Care
from workflows.receive_event import receive_event


async def test_three_messages_at_once_make_one_ticket(care: Care) -> None:
    from desk.conversation import Address, Surface

    def event(number: int) -> InboundMessage:
        return InboundMessage(
            "telegram", f"quick{number}", Address("telegram", "klara"), Surface.PRIVATE, care.author("klara"),
            f"Mein Paket {number}", care.clock.now(),
        )  # fmt: skip

    await asyncio.gather(*(receive_event(care.desk, event(number)) for number in range(8)))
    await care.settle()
    async with care.desk.store.begin() as work:
        ticket = await care.ticket_of("klara")
        assert len([m for m in await work.messages.of_ticket(ticket.id) if m.external_id]) == 8
        assert ticket.number == "Z-1001"
    assert sum("Z-1001" in text for text in care.seen_by("klara")) == 1, "one acknowledgement"


async def test_a_redelivered_update_changes_nothing(care: Care) -> None:
    first = await care.writes("klara", "Mein Paket", message_id="same")
    again = await care.writes("klara", "Mein Paket", message_id="same")
    assert again.duplicate
    assert again.message_id == first.message_id
    assert len(care.seen_by("klara")) == 1


async def test_a_reply_after_solved_reopens_and_long_after_closed_follows_up(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    first = await care.ticket_of("klara")
    thread = care.thread_of(first.number)
    await care.commands("agnes", "solve", chat=STAFF_ROOM, thread=thread)
    await care.writes("klara", "Die Rechnung ist immer noch falsch")
    reopened = await care.ticket_of("klara")
    assert (reopened.id, reopened.status) == (first.id, Status.NEW) or reopened.status is Status.OPEN
    await care.commands("agnes", "solve", chat=STAFF_ROOM, thread=care.thread_of(first.number))
    await care.pass_time(timedelta(hours=97))
    assert care.thread_of(first.number) in care.chat.closed
    await care.writes("klara", "Die Rechnung kam wieder")
    follow_up = await care.ticket_of("klara")
    assert follow_up.id != first.id
    assert follow_up.follow_up_of == first.id


async def test_silence_after_an_answer_solves_with_a_friendly_notice(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    await care.writes("agnes", "Korrigiert.", chat=STAFF_ROOM, thread=thread)
    await care.pass_time(timedelta(hours=73))
    assert (await care.ticket_of("klara")).status is Status.SOLVED
    assert "Z-1001" in care.seen_by("klara")[-1]


async def test_an_edit_is_a_new_version_and_mirrored(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung")
    await care.writes("klara", "Sie ist zu hoch", message_id="m-edit")
    await care.edits("klara", "m-edit", "Sie ist viel zu hoch")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    assert any("viel zu hoch" in text for text in care.seen_by(STAFF_ROOM, thread))
    async with care.desk.store.begin() as work:
        message = await work.messages.by_external_id("telegram", "m-edit")
    assert message is not None
    assert message.version == 2


async def test_staff_edit_and_delete_reach_the_contact(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    await care.writes("agnes", "Falshc", chat=STAFF_ROOM, thread=thread, message_id="a1")
    await care.edits("agnes", "a1", "Richtig")
    assert "Richtig" in care.seen_by("klara")[-1]
    await care.deletes("agnes", "a1")
    assert not any("Richtig" in text for text in care.seen_by("klara"))


async def test_undo_takes_back_the_last_message(care: Care) -> None:
    await care.writes("klara", "Meine Rechnung")
    await care.writes("klara", "ups, falscher chat")
    await care.commands("klara", "undo")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    assert not any("ups" in text for text in care.seen_by(STAFF_ROOM, thread))


async def test_an_unreachable_contact_is_a_state_that_staff_see(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    care.chat.fails.append(ContactUnreachable("blocked"))
    await care.writes("agnes", "Hallo?", chat=STAFF_ROOM, thread=thread)
    async with care.desk.store.begin() as work:
        ticket = await care.ticket_of("klara")
        assert await work.people.reachability(ticket.conversation_id) is Reachability.BLOCKED
        assert len(await work.outbox.dead()) == 1
    assert any("cannot be reached" in text for text in care.seen_by(STAFF_ROOM, thread))


async def test_a_429_is_waited_out_and_nothing_lost_or_out_of_order(care: Care) -> None:
    care.chat.fails.append(RateLimited("slow down", retry_after=7))
    await care.writes("klara", "Mein Paket")
    assert care.seen_by("klara") == []
    await care.pass_time(timedelta(seconds=8))
    assert len(care.seen_by("klara")) >= 1


async def test_a_moved_chat_is_followed(care: Care) -> None:
    care.chat.fails.append(AddressMoved("supergroup", new_chat="-100klara"))
    await care.writes("klara", "Mein Paket")
    assert care.seen_by("-100klara")


async def test_a_chat_that_moves_for_ever_ends_as_a_dead_letter(care: Care) -> None:
    care.chat.fails.extend(AddressMoved("supergroup", new_chat="klara") for _ in range(50))
    await care.commands("klara", "help")
    async with care.desk.store.begin() as work:
        assert len(await work.outbox.dead()) == 1


async def test_a_passing_fault_is_tried_again_and_at_last_a_dead_letter(care: Care) -> None:
    care.chat.fails.extend(DeliveryError("502") for _ in range(3))
    await care.writes("klara", "Mein Paket")
    await care.pass_time(timedelta(minutes=1))
    assert care.seen_by("klara")
    care.chat.fails.extend(DeliveryError("502") for _ in range(40))
    await care.commands("klara", "help")
    await care.pass_time(timedelta(hours=6))
    async with care.desk.store.begin() as work:
        dead = await work.outbox.dead()
        assert len(dead) == 1
        assert await work.outbox.retry(dead[0].id)
    care.chat.fails.clear()
    await care.settle()
    assert any("/human" in text for text in care.seen_by("klara"))


async def test_unsupported_things_are_refused_by_name_and_kept(care: Care) -> None:
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    await care.writes("klara", "", unsupported="poll")
    assert "Umfrage" in care.seen_by("klara")[-1]
    assert "[poll]" in care.seen_by(STAFF_ROOM, care.thread_of("Z-1001"))[-1]


async def test_what_nobody_can_read_is_no_question_yet(care: Care) -> None:
    await care.writes("klara", "", unsupported="location")
    assert len(care.seen_by("klara")) == 1
    assert "location" in care.seen_by("klara")[0]
    assert care.transcript(STAFF_ROOM) == ""
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    assert "Z-1001" in care.seen_by("klara")[-1]


async def test_short_words_while_volunteers_are_asked_leave_it_with_them(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    await care.writes("klara", "bitte schnell")
    assert care.offered == {"vera"}
    assert await care.lane_of("klara") is Lane.PEER


async def test_a_greeting_is_answered_by_the_bot_alone(care: Care) -> None:
    await care.writes("klara", "Hallo!")
    assert care.transcript(STAFF_ROOM) == ""
    await care.writes("klara", "Mein Paket ist weg")
    assert "Z-1001" in care.transcript("klara")


@pytest.mark.parametrize("language", ["de", "en"])
async def test_the_language_can_be_chosen(care: Care, language: str) -> None:
    await care.commands("klara", "language", language)
    await care.commands("klara", "help")
    assert "/human" in care.seen_by("klara")[-1]


async def test_a_responder_may_ask_a_question_of_their_own(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("vera", "Mein Paket")
    assert "/ask" in care.seen_by("vera")[-1]
    await care.commands("vera", "ask", "Mein Paket ist weg")
    assert (await care.ticket_of("vera")).number == "Z-1001"
    assert care.offered == set(), "nobody is asked to answer their own question"


async def test_a_code_works_once(care: Care) -> None:
    from desk.people import Invitation
    from workflows.people_come import invite

    code = await invite(care.desk, Invitation(Role.AGENT, "Agnes"))
    await care.commands("agnes", "start", code)
    await care.commands("mallory", "start", code)
    assert "unknown, used or too old" in care.seen_by("mallory")[-1]


async def test_one_person_may_join_with_several_accounts(care: Care) -> None:
    from workflows.people_come import invite_again

    agnes = await care.joins("agnes", Role.AGENT)
    await care.commands("agnes-at-home", "start", await invite_again(care.desk, agnes))
    async with care.desk.store.begin() as work:
        again = await work.people.responder_of_account("telegram", "agnes-at-home")
        assert again is not None
        assert again.id == agnes.id
        assert len(await work.people.accounts([agnes.id])) == 2
