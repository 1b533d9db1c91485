"""Volunteers on their own page: offers, answers, pauses, and never a word of personal data."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from desk.conversation import AttachmentKind
from desk.inbound import InboundFile
from desk.people import Role
from desk.ticket import Lane, Status
from tests.integration.console.browser_of import Browser, Page
from tests.integration.console.world import World

QUESTION = "Mein Router blinkt rot. Ich bin Max Muster, max@muster.example, 0171 2345678."
PRIVATE = ("Max", "Muster", "muster.example", "0171", "2345678", "foto-max.jpg")
PHOTO = InboundFile(AttachmentKind.PHOTO, "foto-max.jpg", "image/jpeg", 10, "x")


async def offered(world: World) -> Browser:
    """A volunteer at their page with an offer."""
    vera = await world.sits_down(Role.VOLUNTEER, "Vera")
    await world.care.writes("max", QUESTION, files=(PHOTO,))
    return vera


def assert_private(page: Page) -> None:
    for word in PRIVATE:
        assert word not in page.html, word


async def test_an_offer_is_shown_masked_with_its_reasons_and_taken_with_one_tap(world: World) -> None:
    vera = await offered(world)
    page = await vera.get("/console/volunteer")
    assert "Mein Router blinkt rot." in page.text
    assert "[photo]" in page.text
    assert "you are open to every topic" in page.text
    assert_private(page)
    taken = await vera.send(page.form("/take"))
    assert "Your answer" in taken.text
    assert_private(taken)
    assert (await world.care.ticket_of("max")).assignee_id == (await world.person("Vera")).id


async def test_an_answer_reaches_the_contact_as_from_the_community(world: World) -> None:
    vera = await offered(world)
    await vera.send((await vera.get("/console/volunteer")).form("/take"))
    page = await vera.send((await vera.get("/console/volunteer")).form("/answer"), text="Zieh den Stecker.")
    assert "answered, waiting for the contact" in page.text
    await world.care.settle()
    said = next(said for said in world.care.seen_by("max") if "Zieh den Stecker." in said)
    assert "community" in said.lower()
    assert (await world.care.ticket_of("max")).status is Status.PENDING
    await world.care.writes("max", "Geht. Ruf mich an: 0171 2345678")
    page = await vera.get("/console/volunteer")
    assert "Geht." in page.text
    assert_private(page)


async def test_the_same_answer_sent_twice_arrives_once(world: World) -> None:
    vera = await offered(world)
    page = await vera.send((await vera.get("/console/volunteer")).form("/take"))
    form = page.form("/answer")
    await asyncio.gather(*(vera.send(form, text="Nur einmal.") for _ in range(4)))
    await world.care.settle()
    assert sum("Nur einmal." in said for said in world.care.seen_by("max")) == 1


async def test_of_two_volunteers_one_gets_it_and_the_other_is_told(world: World) -> None:
    people = [await world.sits_down(Role.VOLUNTEER, name) for name in ("Vera", "Viktor")]
    await world.care.writes("max", QUESTION)
    forms = [(await one.get("/console/volunteer")).form("/take") for one in people]
    pages = await asyncio.gather(*(one.send(form) for one, form in zip(people, forms, strict=True)))
    assert sorted(page.status for page in pages) == [200, 409]
    loser = next(page for page in pages if page.status == 409)
    assert "Somebody else already has it" in loser.text


async def test_passing_sends_it_on(world: World) -> None:
    vera = await offered(world)
    page = await vera.send((await vera.get("/console/volunteer")).form("/pass"))
    assert "Nothing is waiting" in page.text
    assert await world.care.lane_of("max") is Lane.STAFF


@pytest.mark.parametrize("verb", ["hand-back", "to-staff"])
async def test_a_question_is_handed_on(world: World, verb: str) -> None:
    vera = await offered(world)
    page = await vera.send((await vera.get("/console/volunteer")).form("/take"))
    page = await vera.send(page.form(f"/{verb}"))
    assert "You have no question" in page.text
    ticket = await world.care.ticket_of("max")
    assert (ticket.assignee_id, ticket.lane) == (None, Lane.STAFF)


async def test_a_volunteer_cannot_touch_what_is_not_theirs(world: World) -> None:
    vera = await offered(world)
    page = await vera.send((await vera.get("/console/volunteer")).form("/take"))
    viktor = await world.sits_down(Role.VOLUNTEER, "Viktor")
    pause = (await viktor.get("/console/volunteer")).form("/pause")
    for ending, fields in [("/answer", {"text": "Hallo", "form": "a" * 20}), ("/hand-back", {}), ("/to-staff", {})]:
        pause.action = page.form(ending).action
        assert (await viktor.send(pause, **fields)).status == 403
    assert (await world.care.ticket_of("max")).assignee_id == (await world.person("Vera")).id


@pytest.mark.parametrize(
    "path", ["inbox", "inbox/live", "tickets/{}", "tickets/{}/live", "team", "dead", "log", "policy", "files/1"]
)
async def test_staffs_pages_are_closed_to_volunteers(world: World, path: str) -> None:
    vera = await offered(world)
    page = await vera.get(f"/console/{path.format((await world.care.ticket_of('max')).number)}")
    assert page.status == 403
    assert_private(page)


async def test_staffs_forms_are_closed_to_volunteers(world: World) -> None:
    vera = await offered(world)
    form = (await vera.get("/console/volunteer")).form("/pause")
    number = (await world.care.ticket_of("max")).number
    for action in ("reply", "note", "file", "do/claim", "do/solve", "messages/1/edit", "deliveries/1/retry"):
        form.action = f"/console/tickets/{number}/{action}"
        assert (await vera.send(form, text="x", form="a" * 20)).status == 403
    assert (await world.care.ticket_of("max")).status is Status.NEW


async def test_what_staff_wrote_before_stays_between_them_and_the_contact(world: World) -> None:
    vera = await offered(world)
    await vera.send((await vera.get("/console/volunteer")).form("/take"))
    anna = await world.sits_down(Role.AGENT, "Anna")
    place = f"/console/tickets/{(await world.care.ticket_of('max')).number}"
    await anna.send((await anna.get(place)).form("/note"), text="Muster hat Rabatt")
    assert_private(await vera.get("/console/volunteer"))


async def test_a_pause_holds_offers_back_until_it_ends(world: World) -> None:
    vera = await world.sits_down(Role.VOLUNTEER, "Vera")
    page = await vera.send((await vera.get("/console/volunteer")).form("/pause"), hours="2")
    assert "No offers until" in page.text
    await world.care.writes("max", QUESTION)
    assert await world.care.lane_of("max") is Lane.STAFF
    page = await vera.send(page.form("/pause"), hours="0")
    assert "No offers for a while" in page.text
    await world.care.writes("lea", "Mein Router ist kaputt")
    assert await world.care.lane_of("lea") is Lane.PEER


@pytest.mark.parametrize("hours", ["", "-1", "99999", "1e3", "zwei", "9" * 30])
async def test_a_pause_of_nonsense_is_refused(world: World, hours: str) -> None:
    vera = await world.sits_down(Role.VOLUNTEER, "Vera")
    assert (await vera.send((await vera.get("/console/volunteer")).form("/pause"), hours=hours)).status == 400
    assert (await world.person("Vera")).paused_until is None


async def test_an_answer_too_late_is_refused_and_told(world: World) -> None:
    vera = await offered(world)
    page = await vera.send((await vera.get("/console/volunteer")).form("/take"))
    await world.care.pass_time(timedelta(hours=1))
    late = await vera.send(page.form("/answer"), text="Noch da?")
    assert late.status == 403
    await world.care.settle()
    assert not any("Noch da?" in said for said in world.care.seen_by("max"))
