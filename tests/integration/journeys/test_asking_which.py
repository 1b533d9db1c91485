"""A contact who is not understood for certain is asked once what it is about; a tap decides, silence gets a person."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from desk.asking import AskingState
from desk.conversation import Address, AttachmentKind, Surface
from desk.inbound import ButtonTapped, InboundFile
from desk.people import Role
from desk.store import DeskEvent, TicketFilter
from desk.ticket import Lane, Status
from routing.policy import AskingPolicy
from tests.integration.journeys.care import STAFF_ROOM, Care
from tests.integration.journeys.conftest import POLICY
from workflows.block_contact import block_contact
from workflows.change_ticket import claim_ticket
from workflows.receive_event import receive_event
from workflows.voice import speaking

PATIENCE = timedelta(minutes=3)
PHOTO = InboundFile(AttachmentKind.PHOTO, "p.jpg", "image/jpeg", 10, "file-1")


async def state_of(care: Care, who: str) -> AskingState | None:
    ticket = await care.ticket_of(who)
    async with care.desk.store.begin() as work:
        asking = await work.askings.of_ticket(ticket.id)
        return asking.state if asking else None


async def events_of(care: Care, who: str, kind: str) -> list[DeskEvent]:
    ticket = await care.ticket_of(who)
    async with care.desk.store.begin() as work:
        return [event for event in await work.events.of_ticket(ticket.id) if event.kind == kind]


def questions(care: Care, chat: str) -> int:
    """How often somebody was asked what it is about."""
    asked = [one for one in care.chat.sent if any(button.action.startswith("which:") for button in one.buttons)]
    return sum(one.to.chat == chat for one in asked)


async def test_the_ticket_is_there_from_the_start_undecided_and_marked_for_staff(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Es ist kaputt")
    async with care.desk.store.begin() as work:
        (row,) = await work.tickets.list(TicketFilter(units=("technology",), statuses=(Status.NEW, Status.OPEN)))
    assert (row.asked, row.ticket.lane, row.ticket.number) == (True, None, "Z-1001")
    assert care.offered == set()
    assert care.transcript(STAFF_ROOM) == ""


async def test_a_tap_decides_by_the_contacts_own_word_and_is_kept_to_learn_from(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    written = await care.writes("klara", "Es ist kaputt")
    await care.taps("klara", "Reparatur")
    ticket = await care.ticket_of("klara")
    assert (ticket.lane, ticket.intent, ticket.unit) == (Lane.PEER, "warranty", "service")
    assert care.offered == {"vera"}
    (chose,) = await events_of(care, "klara", "ContactChose")
    assert chose.data == {
        "message_id": written.message_id,
        "intents": ["technical_fault", "warranty", "returns"],
        "chosen": "warranty",
    }
    async with care.desk.store.begin() as work:
        assert written.message_id is not None
        reading = await work.messages.reading(written.message_id)
        assert reading is not None
        assert (reading.intent, reading.certain) == ("technical_fault", False), "the model's reading stays as it was"


async def test_something_else_gets_a_person(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Es ist kaputt")
    await care.taps("klara", "Etwas anderes")
    assert await care.lane_of("klara") is Lane.STAFF
    assert care.offered == set()
    assert "something else" in care.seen_by(STAFF_ROOM, care.thread_of("Z-1001"))[0]


async def test_no_answer_in_time_gets_a_person_and_a_late_tap_a_polite_word(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Es ist kaputt")
    await care.pass_time(PATIENCE - timedelta(seconds=1))
    assert await care.lane_of("klara") is None
    await care.pass_time(timedelta(seconds=2))
    assert await care.lane_of("klara") is Lane.STAFF
    said = len(care.seen_by("klara"))
    receipt = await care.taps("klara", "Reparatur")
    assert "kümmert sich schon jemand" in (receipt.notice or "")
    assert len(care.seen_by("klara")) == said
    assert await state_of(care, "klara") is AskingState.SILENT


async def test_no_answer_gets_volunteers_where_the_policy_leaves_it_to_them(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    care.policy = care.policy.model_copy(update={"asking": AskingPolicy(minutes=1, unanswered=Lane.PEER)})
    await care.writes("klara", "Es ist kaputt")
    await care.pass_time(timedelta(minutes=1))
    assert await care.lane_of("klara") is Lane.PEER
    assert care.offered == {"vera"}


async def test_the_question_outlives_the_process(care: Care) -> None:
    await care.writes("klara", "Es ist kaputt")
    reborn = Care(care.desk.store, POLICY.read_text(encoding="utf-8"))
    reborn.clock.time = care.clock.time + PATIENCE
    await reborn.settle()
    assert await reborn.lane_of("klara") is Lane.STAFF


async def test_more_words_are_read_with_the_first_and_nobody_is_asked_twice(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Es ist kaputt")
    await care.writes("klara", "der Router nämlich")
    ticket = await care.ticket_of("klara")
    assert (ticket.lane, ticket.intent) == (Lane.PEER, "technical_fault")
    assert await state_of(care, "klara") is AskingState.WRITTEN
    await care.writes("kurt", "Was ist denn sonst")
    await care.writes("kurt", "weiß auch nicht, was da los ist")
    assert questions(care, "kurt") == 1
    assert await care.lane_of("kurt") is Lane.STAFF, "two words that say nothing get a person"


async def test_what_the_first_words_say_counts_when_more_come(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Es ist kaputt, Konto DE89 3704 0044 0532 0130 00, nein, Quatsch")
    assert questions(care, "klara") == 0, "data for staff alone: no need to ask"
    await care.writes("kurt", "Es ist kaputt")
    await care.writes("kurt", "der Router; bucht es ab von DE89 3704 0044 0532 0130 00")
    assert await care.lane_of("kurt") is Lane.STAFF
    assert care.offered == set()


async def test_a_picture_says_nothing_new_and_the_question_stands(care: Care) -> None:
    await care.writes("klara", "Es ist kaputt")
    await care.writes("klara", "", files=(PHOTO,))
    await care.writes("klara", "🙏🙏")
    assert await state_of(care, "klara") is AskingState.OPEN
    await care.taps("klara", "Etwas anderes")
    thread = care.thread_of("Z-1001")
    assert "[photo]" in "\n".join(care.seen_by(STAFF_ROOM, thread))


async def test_an_edit_is_more_words_too(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Es ist kaputt", message_id="m-1")
    await care.edits("klara", "m-1", "Mein Router ist kaputt")
    assert (await care.ticket_of("klara")).intent == "technical_fault"
    assert care.offered == {"vera"}


async def test_a_question_taken_back_is_asked_about_no_more(care: Care) -> None:
    await care.writes("klara", "Es ist kaputt", message_id="m-1")
    await care.deletes("klara", "m-1")
    assert await state_of(care, "klara") is AskingState.OVERTAKEN
    receipt = await care.taps("klara", "Reparatur")
    assert "gelöst" in (receipt.notice or "")
    await care.pass_time(PATIENCE)
    assert care.transcript(STAFF_ROOM) == ""


async def test_words_taken_back_while_a_picture_stands_leave_the_choice(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Es ist kaputt", message_id="m-1")
    await care.writes("klara", "", files=(PHOTO,))
    await care.deletes("klara", "m-1")
    await care.taps("klara", "Reparatur")
    assert (await care.ticket_of("klara")).intent == "warranty"


async def test_a_person_at_once_ends_the_question(care: Care) -> None:
    await care.writes("klara", "Es ist kaputt")
    await care.commands("klara", "human")
    assert await care.lane_of("klara") is Lane.STAFF
    assert await state_of(care, "klara") is AskingState.OVERTAKEN
    assert "asks for a person" in care.seen_by(STAFF_ROOM, care.thread_of("Z-1001"))[0]
    heard = len(care.seen_by("klara"))
    await care.pass_time(PATIENCE)
    assert len(care.seen_by("klara")) == heard


async def test_an_agent_may_take_it_while_it_is_asked(care: Care) -> None:
    agnes = await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Es ist kaputt")
    ticket = await care.ticket_of("klara")
    async with speaking(care.desk) as voice:
        await claim_ticket(voice, agnes, ticket.id)
    await care.pass_time(PATIENCE)
    assert (await care.ticket_of("klara")).assignee_id == agnes.id
    assert "kümmert sich schon jemand" in ((await care.taps("klara", "Reparatur")).notice or "")
    assert (await care.ticket_of("klara")).assignee_id == agnes.id


async def test_solved_meanwhile_nothing_more_happens(care: Care) -> None:
    await care.writes("klara", "Es ist kaputt")
    await care.commands("klara", "solved")
    await care.pass_time(PATIENCE)
    assert (await care.ticket_of("klara")).status is Status.SOLVED
    assert "gelöst" in ((await care.taps("klara", "Reparatur")).notice or "")
    await care.pass_time(timedelta(days=5))
    assert "geschlossen" in ((await care.taps("klara", "Reparatur")).notice or "")


@pytest.mark.parametrize("labels", [("Reparatur", "Reparatur"), ("Reparatur", "Etwas anderes")])
async def test_of_two_taps_at_once_one_counts(care: Care, labels: tuple[str, str]) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Es ist kaputt")
    buttons = [button for one in care.chat.sent for button in one.buttons]
    actions = [next(button.action for button in buttons if label in button.label) for label in labels]
    taps = [
        ButtonTapped("telegram", f"tap{n}", Address("telegram", "klara"), Surface.PRIVATE, care.author("klara"), action)
        for n, action in enumerate(actions)
    ]
    await asyncio.gather(*(receive_event(care.desk, tap) for tap in taps))
    await care.settle()
    ended = [*await events_of(care, "klara", "ContactChose"), *await events_of(care, "klara", "NoneOfThese")]
    assert len(ended) == 1
    assert sum("Community" in text or "Mensch" in text for text in care.seen_by("klara")) == 1


@pytest.mark.parametrize("action", ["which:{id}:9", "which:{id}", "which:999999:1", "which:{id}:44"])
async def test_made_up_choices_are_refused(care: Care, action: str) -> None:
    await care.writes("klara", "Es ist kaputt")
    receipt = await care.presses("klara", action.format(id=(await care.ticket_of("klara")).id))
    assert receipt.alert
    assert await state_of(care, "klara") is AskingState.OPEN


async def test_a_choice_nobody_was_given_is_refused(care: Care) -> None:
    await care.writes("klara", "Mein Paket")
    receipt = await care.presses("klara", f"which:{(await care.ticket_of('klara')).id}:1")
    assert receipt.alert


async def test_in_public_only_the_author_may_choose(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Es ist kaputt, ruft an: 0171 2345678", chat="fans")
    asked, hidden = [one for one in care.chat.sent if one.to.chat == "fans"]
    assert asked.buttons
    assert "ausgeblendet" in hidden.text, "personal data in public: the message is hidden"
    for other in ("kurt", "vera"):
        receipt = await care.taps(other, "Reparatur", chat="fans")
        assert receipt.notice == "Only the person who asked can choose here."
    await care.taps("klara", "Reparatur", chat="fans")
    assert care.offered == {"vera"}
    assert sum("0171" in text for text in care.seen_by("vera")) == 0
    assert sum("🔒" in text for text in care.seen_by("fans")) == 1, "said once"


async def test_one_question_a_ticket_though_it_is_opened_again(care: Care) -> None:
    await care.writes("klara", "Es ist kaputt")
    await care.commands("klara", "solved")
    await care.writes("klara", "Es ist schon wieder kaputt")
    assert questions(care, "klara") == 1
    assert await care.lane_of("klara") is Lane.STAFF


async def test_after_a_greeting_the_question_is_asked(care: Care) -> None:
    await care.writes("klara", "Hallo!")
    await care.writes("klara", "Es ist kaputt")
    assert questions(care, "klara") == 1
    await care.pass_time(PATIENCE)
    assert await care.lane_of("klara") is Lane.STAFF


async def test_what_may_be_thanks_ends_no_talk_before_it_began(care: Care) -> None:
    await care.writes("klara", "merci")
    assert questions(care, "klara") == 0, "nothing to choose from"
    assert await care.lane_of("klara") is Lane.STAFF
    assert "it may be more than that" in care.seen_by(STAFF_ROOM, care.thread_of("Z-1001"))[0]


async def test_a_blocked_contact_hears_nothing_more_and_nobody_waits(care: Care) -> None:
    agnes = await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Es ist kaputt")
    ticket = await care.ticket_of("klara")
    async with speaking(care.desk) as voice:
        await block_contact(voice, agnes, ticket.id, blocked=True)
    heard = len(care.seen_by("klara"))
    await care.taps("klara", "Reparatur")
    await care.pass_time(PATIENCE)
    assert await care.lane_of("klara") is Lane.STAFF
    assert len(care.seen_by("klara")) == heard


async def test_while_no_model_answers_more_words_get_a_person(care: Care) -> None:
    await care.writes("klara", "Es ist kaputt")
    care.classifier.down = True
    await care.writes("klara", "der Router nämlich")
    assert await care.lane_of("klara") is Lane.STAFF
