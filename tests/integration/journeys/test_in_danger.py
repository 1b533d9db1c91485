"""Somebody may be in danger: they hear at once where help is, staff have it as urgent, and nobody calls it solved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.brand_texts import BrandTextName
from desk.errors import InputRejected, NotAllowed, TextChanged
from desk.people import Locale, Reachability, Role
from desk.ticket import Lane, Priority, Status
from tests.integration.journeys.care import STAFF_ROOM, Care
from workflows.brand_texts import change_brand_text, texts_in_force
from workflows.voice import speaking

LEAVING = "Ich will nicht mehr leben"
HELPLINE_DE, HELPLINE_EN = "0800 111 0 111", "116 123"


def helplines(care: Care, chat: str) -> int:
    """How often the helpline was named in a chat."""
    return sum(HELPLINE_DE in text for text in care.seen_by(chat))


@pytest.mark.parametrize(
    ("words", "first"),
    [(LEAVING, "Deutschland: TelefonSeelsorge"), ("I want to kill myself", "UK and Ireland: Samaritans")],
)
async def test_the_helpline_comes_first_in_their_language_and_staff_have_it(care: Care, words: str, first: str) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", words)
    helpline, acknowledged = care.seen_by("klara")
    assert first in helpline
    assert "Z-1001" in acknowledged
    ticket = await care.ticket_of("klara")
    assert (ticket.lane, ticket.priority) == (Lane.STAFF, Priority.URGENT)
    assert care.offered == set()


async def test_it_is_said_once_a_day(care: Care) -> None:
    await care.writes("klara", LEAVING)
    await care.writes("klara", "Ich bring mich um")
    assert helplines(care, "klara") == 1
    await care.pass_time(timedelta(hours=25))
    await care.writes("klara", LEAVING)
    assert helplines(care, "klara") == 2


async def test_a_volunteer_who_has_the_question_never_sees_it(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket fehlt")
    await care.taps("vera", "Take it")
    await care.writes("klara", LEAVING)
    assert helplines(care, "klara") == 1
    assert await care.lane_of("klara") is Lane.STAFF
    assert "leben" not in care.transcript("vera")


async def test_staff_who_have_it_get_it_as_urgent_and_the_helpline_is_named_all_the_same(care: Care) -> None:
    await care.writes("klara", "Meine Rechnung")
    await care.writes("klara", LEAVING)
    assert helplines(care, "klara") == 1
    assert (await care.ticket_of("klara")).priority is Priority.URGENT


async def test_words_of_danger_while_asked_wait_for_no_choice(care: Care) -> None:
    await care.writes("klara", "Es ist kaputt")
    await care.writes("klara", LEAVING)
    assert helplines(care, "klara") == 1
    assert await care.lane_of("klara") is Lane.STAFF


async def test_an_edit_may_sound_of_danger_too(care: Care) -> None:
    await care.writes("klara", "Meine Rechnung", message_id="m-1")
    await care.edits("klara", "m-1", LEAVING)
    assert helplines(care, "klara") == 1


async def test_after_solved_words_of_danger_open_it_again(care: Care) -> None:
    await care.writes("klara", "Meine Rechnung")
    await care.commands("klara", "solved")
    care.workers_sleep = True
    await care.writes("klara", LEAVING)
    await care.commands("klara", "solved")
    care.workers_sleep = False
    await care.settle()
    assert helplines(care, "klara") == 1
    ticket = await care.ticket_of("klara")
    assert (ticket.status, ticket.lane, ticket.priority) == (Status.OPEN, Lane.STAFF, Priority.URGENT)


async def test_silence_is_no_content_and_staff_are_told_again_and_again(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", LEAVING)
    thread = care.thread_of("Z-1001")
    await care.writes("agnes", "Ich bin da.", chat=STAFF_ROOM, thread=thread)
    answer = next(one for one in care.chat.sent if one.to.chat == "klara" and "Ich bin da" in one.text)
    assert answer.buttons == (), "nobody asks whether this is solved"
    await care.pass_time(timedelta(days=10))
    assert (await care.ticket_of("klara")).status is Status.PENDING
    assert sum("look again" in text for text in care.seen_by(STAFF_ROOM, thread)) == 3


async def test_in_another_language_both_are_said(care: Care) -> None:
    care.classifier.language = "other"
    await care.writes("klara", LEAVING)
    assert "UK and Ireland" in care.seen_by("klara")[0]
    assert "Deutschland" in care.seen_by("klara")[0]


async def test_in_public_it_goes_to_the_private_chat_if_there_is_one(care: Care) -> None:
    await care.writes("klara", "Hallo")
    await care.writes("klara", LEAVING, chat="fans")
    assert helplines(care, "klara") == 1
    assert helplines(care, "fans") == 0
    assert "privat" in care.seen_by("fans")[0]
    assert not any("leben" in text for text in care.seen_by("fans"))


async def test_in_public_without_a_private_chat_it_is_said_there_without_their_words(care: Care) -> None:
    await care.writes("klara", LEAVING, chat="fans")
    assert helplines(care, "fans") == 1
    assert not any("nicht mehr leben" in text for text in care.seen_by("fans"))


async def test_a_private_chat_that_cannot_be_reached_is_none(care: Care) -> None:
    await care.writes("klara", "Hallo")
    private = await care.ticket_of("klara")
    async with care.desk.store.begin() as work:
        await work.people.set_conversation_reachability(private.conversation_id, Reachability.BLOCKED)
    await care.writes("klara", LEAVING, chat="fans")
    assert helplines(care, "fans") + helplines(care, "klara") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [("Aus dem Router kommt Rauch!", "zieh den Stecker"), ("I got an electric shock", "pull the plug")],
)
async def test_smoke_and_shock_get_the_safety_text(care: Care, words: str, said: str) -> None:
    await care.writes("klara", words)
    assert said in care.seen_by("klara")[0]
    assert "112" in care.seen_by("klara")[0]
    assert helplines(care, "klara") == 0
    assert (await care.ticket_of("klara")).priority is Priority.URGENT


async def test_a_coordinator_puts_it_in_the_brands_own_words_and_back(care: Care) -> None:
    conny = await care.joins("conny", Role.COORDINATOR)
    async with speaking(care.desk) as voice:
        await change_brand_text(voice, conny, BrandTextName.HELPLINE, Locale.GERMAN, " Ruf an: 1. ", after=0)
    await care.writes("klara", LEAVING)
    assert care.seen_by("klara")[0] == "Ruf an: 1."
    async with speaking(care.desk) as voice:
        await change_brand_text(voice, conny, BrandTextName.HELPLINE, Locale.GERMAN, None, after=1)
    await care.writes("kurt", LEAVING)
    assert helplines(care, "kurt") == 1
    shown = {(one.name, one.locale): one for one in await texts_in_force(care.desk)}
    german = shown[BrandTextName.HELPLINE, Locale.GERMAN]
    assert (german.is_default, german.version) == (True, 2)
    history = [(one.version, one.text, one.by) for one in german.versions]
    assert history == [(2, None, "Conny"), (1, "Ruf an: 1.", "Conny")]
    async with care.desk.store.begin() as work:
        changed = [event for event in await work.events.recent() if event.kind == "BrandTextChanged"]
    assert [(event.responder_name, event.data["version"], event.data["default"]) for event in changed] == [
        ("Conny", 2, True),
        ("Conny", 1, False),
    ]


async def test_nobody_overwrites_what_they_have_not_read(care: Care) -> None:
    conny = await care.joins("conny", Role.COORDINATOR)
    async with speaking(care.desk) as voice:
        await change_brand_text(voice, conny, BrandTextName.SAFETY, Locale.ENGLISH, "One.", after=0)
    with pytest.raises(TextChanged):
        async with speaking(care.desk) as voice:
            await change_brand_text(voice, conny, BrandTextName.SAFETY, Locale.ENGLISH, "Two.", after=0)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 1501])
async def test_an_empty_or_endless_text_is_refused(care: Care, text: str) -> None:
    conny = await care.joins("conny", Role.COORDINATOR)
    with pytest.raises(InputRejected):
        async with speaking(care.desk) as voice:
            await change_brand_text(voice, conny, BrandTextName.SAFETY, Locale.ENGLISH, text, after=0)


@pytest.mark.parametrize("role", [Role.AGENT, Role.VOLUNTEER])
async def test_only_coordinators_and_admins_change_it(care: Care, role: Role) -> None:
    somebody = await care.joins("somebody", role)
    with pytest.raises(NotAllowed):
        async with speaking(care.desk) as voice:
            await change_brand_text(voice, somebody, BrandTextName.SAFETY, Locale.ENGLISH, "One.", after=0)
