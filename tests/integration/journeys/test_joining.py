"""Anybody may become a volunteer: they apply, choose, sit tests, change their mind; hours and caps are theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.application import ApplicationState
from desk.errors import IllegalTransition, InputRejected, NotAllowed, TextChanged
from desk.people import Locale, Responder, Role
from desk.ticket import Lane
from desk.volunteering import NOTHING_OPEN, Availability, Span, Wishes
from tests.integration.journeys.care import Care
from workflows.apply_to_volunteer import apply_on_page, decide_application
from workflows.sit_test import write_test
from workflows.voice import speaking
from workflows.volunteer_wishes import save_wishes, wishes_of

DE = "? Wo?\n+ Hier\n- Dort\n? Wann?\n- Nie\n+ Jetzt"
EN = "? Where?\n+ Here\n- There\n? When?\n- Never\n+ Now"
PARCEL = "Mein Paket fehlt"


async def responder_of(care: Care, who: str) -> Responder | None:
    async with care.desk.store.begin() as work:
        return await work.people.responder_of_account("telegram", who)


async def known(care: Care, who: str) -> Responder:
    found = await responder_of(care, who)
    assert found is not None
    return found


async def applies(care: Care, who: str, *topics: str) -> None:
    """Fills the form in as far as it must be."""
    await care.commands(who, "volunteer")
    await care.taps(who, "Topics")
    for topic in topics:
        await care.taps(who, topic)
    await care.taps(who, "Back")
    await care.taps(who, "Next")
    await care.taps(who, "I agree, count me in")


async def coordinator(care: Care) -> Responder:
    return await care.joins("carla", Role.COORDINATOR)


async def test_anybody_may_apply_and_is_asked_about_what_they_chose(care: Care) -> None:
    await applies(care, "vera", "Delivery")
    vera = await known(care, "vera")
    assert (vera.role, vera.topics, vera.name) == (Role.VOLUNTEER, ("logistics",), "Vera")
    await care.writes("klara", PARCEL)
    await care.writes("kurt", "Mein Router ist kaputt")
    assert care.offered == {"vera"}
    assert await care.lane_of("kurt") is Lane.STAFF


async def test_the_form_is_one_message_that_changes(care: Care) -> None:
    await care.commands("vera", "volunteer")
    await care.taps("vera", "Hours")
    await care.taps("vera", "Weekends")
    await care.taps("vera", "Back")
    sent = [one for one in care.chat.sent if one.to.chat == "vera"]
    assert len(sent) == 1
    assert "Sat–Sun 09:00–22:00" in sent[0].text


async def test_a_form_half_filled_waits_in_the_database_for_its_next_tap(care: Care) -> None:
    await care.commands("vera", "volunteer")
    await care.taps("vera", "Topics")
    await care.taps("vera", "Delivery")
    await care.pass_time(timedelta(days=3))
    await care.commands("vera", "volunteer")
    assert "Topics: Delivery" in care.seen_by("vera")[-1]
    assert await responder_of(care, "vera") is None


async def test_without_a_topic_nobody_joins(care: Care) -> None:
    await care.commands("vera", "volunteer")
    await care.taps("vera", "Next")
    receipt = await care.taps("vera", "I agree, count me in")
    assert receipt.notice == "Please choose at least one topic."
    assert await responder_of(care, "vera") is None


async def test_two_taps_at_once_on_the_last_button_make_one_volunteer(care: Care) -> None:
    await care.commands("vera", "volunteer")
    await care.taps("vera", "Topics")
    await care.taps("vera", "Delivery")
    for _again in range(2):
        await care.presses("vera", "volunteer.apply:0")
    async with care.desk.store.begin() as work:
        assert [one.name for one in await work.people.responders()] == ["Vera"]


async def test_whoever_only_looked_stays_a_contact(care: Care) -> None:
    await care.commands("klara", "volunteer")
    await care.writes("klara", PARCEL)
    assert await care.lane_of("klara") is Lane.STAFF
    await care.taps("klara", "Stop here")
    assert "vergessen" in next(one.text for one in care.chat.sent if one.edited)


@pytest.mark.parametrize("words", ["Mo-Fr 18-22", "weekdays 6pm-10pm"])
async def test_hours_of_ones_own_are_written_after_the_command(care: Care, words: str) -> None:
    await care.commands("vera", "volunteer", words)
    assert "Mon–Fri 18:00–22:00" in care.seen_by("vera")[-1]
    await care.commands("vera", "volunteer", "quiet 21-6")
    await care.commands("vera", "volunteer", "europe/lisbon")
    assert "Quiet time: 21:00–06:00\nTime zone: Europe/Lisbon" in care.seen_by("vera")[-1]


@pytest.mark.parametrize("words", ["gern", "Europe/Atlantis", "quiet never ever", "25-99", "Mo" * 400])
async def test_words_that_are_no_hours_change_nothing(care: Care, words: str) -> None:
    await care.commands("vera", "volunteer", words)
    await care.commands("vera", "volunteer")
    assert "Hours: always\nQuiet time: 22:00–07:00" in care.seen_by("vera")[-1]


FORGED = (
    "volunteer.topic:1", "volunteer.hours:99", "volunteer.quiet:77", "volunteer.language:9", "volunteer.most:0:0",
    "volunteer.test:1", "volunteer.answer:1:1", "volunteer.nothing:1", "volunteer.leave:0", "leave.now:1",
)  # fmt: skip


@pytest.mark.parametrize("action", FORGED)
async def test_buttons_that_nobody_showed_change_nothing(care: Care, action: str) -> None:
    await care.commands("vera", "volunteer")
    receipt = await care.presses("vera", action)
    assert receipt.notice
    assert await responder_of(care, "vera") is None


async def test_in_public_nobody_applies(care: Care) -> None:
    await care.commands("vera", "volunteer", chat="group")
    assert "private" in care.seen_by("group")[-1]
    assert (await care.presses("vera", "volunteer.apply:0", chat="group")).alert


async def test_where_the_policy_says_so_a_coordinator_decides(care: Care) -> None:
    care.policy = care.policy.model_copy(update={"peer": care.policy.peer.model_copy(update={"approval": True})})
    carla = await coordinator(care)
    await applies(care, "vera", "Delivery")
    await applies(care, "viktor", "Delivery")
    assert await responder_of(care, "vera") is None
    async with care.desk.store.begin() as work:
        waiting = await work.applications.waiting()
    assert [one.name for one in waiting] == ["Vera", "Viktor"]
    await decide_application(care.desk, carla, waiting[0].id, approve=True, answer="Schön!")
    await decide_application(care.desk, carla, waiting[1].id, approve=False, answer="Not now")
    await care.settle()
    assert (await known(care, "vera")).topics == ("logistics",)
    assert "Schön!" in care.seen_by("vera")[-1]
    assert "Not now" in care.seen_by("viktor")[-1]
    with pytest.raises(IllegalTransition):
        await decide_application(care.desk, carla, waiting[1].id, approve=True)
    await care.commands("viktor", "volunteer")
    assert "cannot do this" in care.seen_by("viktor")[-1]
    await care.pass_time(timedelta(days=31))
    await care.commands("viktor", "volunteer")
    assert "Answer questions of others" in care.seen_by("viktor")[-1]


async def test_only_coordinators_decide(care: Care) -> None:
    agent = await care.joins("anna", Role.AGENT)
    _code, application = await apply_on_page(
        care.desk, "Vera", Wishes(Availability("Europe/Berlin"), ("logistics",)), Locale.GERMAN
    )
    with pytest.raises(NotAllowed):
        await decide_application(care.desk, agent, application.id, approve=True)


async def test_the_code_of_the_page_brings_a_chat_in_once(care: Care) -> None:
    wishes = Wishes(Availability("Europe/Berlin"), ("logistics",), (Locale.ENGLISH,))
    code, application = await apply_on_page(care.desk, "  Vera  V. ", wishes, Locale.ENGLISH)
    assert application.state is ApplicationState.APPROVED
    await care.commands("vera", "start", code)
    vera = await known(care, "vera")
    assert (vera.name, vera.topics, vera.languages) == ("Vera V.", ("logistics",), (Locale.ENGLISH,))
    await care.commands("viktor", "join", code)
    assert await responder_of(care, "viktor") is None


async def test_a_code_given_before_the_approval_ties_the_chat_to_the_application(care: Care) -> None:
    care.policy = care.policy.model_copy(update={"peer": care.policy.peer.model_copy(update={"approval": True})})
    carla = await coordinator(care)
    wishes = Wishes(Availability("Europe/Berlin"), ("logistics",), (Locale.ENGLISH,))
    code, application = await apply_on_page(care.desk, "Vera", wishes, Locale.ENGLISH)
    await care.commands("vera", "start", code)
    assert "being looked at" in care.seen_by("vera")[-1]
    await care.commands("viktor", "start", code)
    assert "unknown, used or too old" in care.seen_by("viktor")[-1]
    await decide_application(care.desk, carla, application.id, approve=True)
    await care.settle()
    assert (await known(care, "vera")).topics == ("logistics",)


async def test_hours_are_kept_to_the_minute(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    async with speaking(care.desk) as voice:
        wishes = await wishes_of(care.desk, voice.work, vera)
        morning = ((Span(10 * 60 + 30, 11 * 60),),) * 7  # Berlin is an hour ahead of UTC in March
        await save_wishes(voice, vera, Wishes(Availability("Europe/Berlin", morning), wishes.topics))
    await care.pass_time(timedelta(minutes=29))
    await care.writes("kurt", PARCEL)
    assert care.offered == set()
    await care.pass_time(timedelta(minutes=1))
    await care.writes("klara", PARCEL)
    assert care.offered == {"vera"}
    await care.taps("vera", "Pass")
    await care.pass_time(timedelta(minutes=30))
    await care.writes("karl", PARCEL)
    assert care.offered == set()


async def test_quiet_times_win_over_hours(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    async with speaking(care.desk) as voice:
        await save_wishes(voice, vera, Wishes(Availability("Europe/Berlin", quiet=(Span(9 * 60, 11 * 60),))))
    await care.writes("klara", PARCEL)
    assert await care.lane_of("klara") is Lane.STAFF


async def test_caps_of_ones_own_are_kept(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    async with speaking(care.desk) as voice:
        await save_wishes(voice, vera, Wishes(Availability("UTC"), most_a_day=2, most_at_once=1))
    await care.writes("klara", PARCEL)
    await care.writes("kurt", PARCEL)
    assert await care.lane_of("kurt") is Lane.STAFF
    await care.taps("vera", "Pass")
    await care.writes("karl", PARCEL)
    assert await care.lane_of("karl") is Lane.PEER
    await care.taps("vera", "Pass")
    await care.writes("kim", PARCEL)
    assert await care.lane_of("kim") is Lane.STAFF


async def test_a_test_keeps_a_topic_shut_until_it_is_passed(care: Care) -> None:
    carla = await coordinator(care)
    await write_test(care.desk, carla, "logistics", TEXTS, after=0, pass_percent=100, repeat_hours=24)
    await applies(care, "vera", "Delivery")
    assert (await known(care, "vera")).topics == (NOTHING_OPEN,)
    await care.writes("klara", PARCEL)
    await care.writes("kurt", "Mein Router ist kaputt")
    assert care.offered == set(), "chosen but not open is not the same as everything"
    await sits(care, "A", "A")
    assert "1 of 2 right; 2 are needed" in care.seen_by("vera")[-1]
    await care.taps("vera", "Back")
    await care.taps("vera", "Test: Delivery")
    assert "again in 24 hours" in care.seen_by("vera")[-1]
    await care.pass_time(timedelta(hours=24))
    await care.taps("vera", "Back")
    await sits(care, "A", "B")
    assert "Passed: 2 of 2" in care.seen_by("vera")[-1]
    assert (await known(care, "vera")).topics == ("logistics",)
    await care.writes("karl", PARCEL)
    assert care.offered == {"vera"}


TEXTS = {Locale.GERMAN: DE, Locale.ENGLISH: EN}


async def sits(care: Care, *answers: str) -> None:
    await care.taps("vera", "Test: Delivery")
    for answer in answers:
        await care.taps("vera", answer)


async def test_an_answer_to_an_old_question_changes_nothing(care: Care) -> None:
    carla = await coordinator(care)
    await write_test(care.desk, carla, "logistics", TEXTS, after=0, pass_percent=100, repeat_hours=24)
    await applies(care, "vera", "Delivery")
    await care.taps("vera", "Test: Delivery")
    wrong = next(button.action for button in care.chat.sent[-1].buttons if button.label == "B")
    await care.taps("vera", "A")
    await care.presses("vera", wrong)
    await care.taps("vera", "B")
    assert (await known(care, "vera")).topics == ("logistics",)


async def test_a_test_that_is_taken_away_opens_the_topic(care: Care) -> None:
    carla = await coordinator(care)
    await write_test(care.desk, carla, "logistics", TEXTS, after=0, pass_percent=100, repeat_hours=24)
    await applies(care, "vera", "Delivery")
    with pytest.raises(TextChanged):
        await write_test(care.desk, carla, "logistics", {}, after=0, pass_percent=100, repeat_hours=24)
    await write_test(care.desk, carla, "logistics", {}, after=1, pass_percent=100, repeat_hours=24)
    assert (await known(care, "vera")).topics == ("logistics",)


async def test_what_an_invitation_names_needs_no_test(care: Care) -> None:
    carla = await coordinator(care)
    await write_test(care.desk, carla, "logistics", TEXTS, after=0, pass_percent=100, repeat_hours=24)
    await write_test(care.desk, carla, "technology", TEXTS, after=0, pass_percent=100, repeat_hours=24)
    await care.joins("vera", Role.VOLUNTEER, topics=("logistics",))
    await care.commands("vera", "volunteer")
    await care.taps("vera", "Topics")
    await care.taps("vera", "Technical support")
    assert (await known(care, "vera")).topics == ("logistics",)
    await care.taps("vera", "Delivery")
    assert (await known(care, "vera")).topics == (NOTHING_OPEN,)
    receipt = await care.taps("vera", "Technical support")
    assert receipt.notice == "Please keep at least one."


async def test_whoever_takes_everything_and_drops_one_takes_all_others(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.commands("vera", "volunteer")
    assert "everything" in care.seen_by("vera")[-1]
    await care.taps("vera", "Topics")
    await care.taps("vera", "Delivery")
    topics = (await known(care, "vera")).topics
    assert "technology" in topics
    assert "logistics" not in topics


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(Availability("Nowhere/Land"), ("logistics",)),
        Wishes(Availability("Europe/Berlin"), ()),
        Wishes(Availability("Europe/Berlin"), ("press",)),
        Wishes(Availability("Europe/Berlin"), ("logistics",), ()),
        Wishes(Availability("Europe/Berlin"), ("logistics",), most_a_day=0),
        Wishes(Availability("Europe/Berlin"), ("logistics",), most_at_once=99),
        Wishes(Availability("Europe/Berlin", ((Span(5, 2),),) * 7), ("logistics",)),
        Wishes(Availability("Europe/Berlin", ()), ("logistics",)),
    ],
)
async def test_wishes_that_cannot_be_are_refused(care: Care, wishes: Wishes) -> None:
    with pytest.raises(InputRejected):
        await apply_on_page(care.desk, "Vera", wishes, Locale.GERMAN)
