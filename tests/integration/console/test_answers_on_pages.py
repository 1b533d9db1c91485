"""Answers on the pages: asking back, what the check refuses, a second pair of eyes, endorsing, recalling."""

from __future__ import annotations

import pytest

from desk.people import Role, TrustLevel
from desk.ticket import Lane, Status
from tests.integration.console.browser_of import Browser
from tests.integration.console.world import World

QUESTION = "Mein Router blinkt rot. Ich bin Max Muster, 0171 2345678."


async def holding(world: World, name: str = "Vera") -> Browser:
    """A volunteer at their page, with a question."""
    browser = await world.sits_down(Role.VOLUNTEER, name)
    await world.care.writes("max", QUESTION)
    await browser.send((await browser.get("/console/volunteer")).form("/take"))
    return browser


async def newcomer_answers(world: World) -> None:
    """Nils, who is new, has written an answer in chat."""
    await world.care.joins("nils", Role.VOLUNTEER, trust=TrustLevel.NEWCOMER)
    await world.care.writes("max", QUESTION)
    await world.care.taps("nils", "Take it")
    await world.care.answers("nils", "Zieh den Stecker.")


async def test_a_question_back_reaches_the_contact(world: World) -> None:
    vera = await holding(world)
    form = (await vera.get("/console/volunteer")).form("/answer")
    form.action = form.action.replace("/answer", "/ask-back")
    page = await vera.send(form, text="Welche Lampe blinkt?")
    assert page.status == 200
    await world.care.settle()
    assert "Rückfrage" in world.care.seen_by("max")[-1]
    assert (await world.care.ticket_of("max")).status is Status.PENDING


async def test_what_the_check_refuses_stays_in_the_box(world: World) -> None:
    vera = await holding(world)
    refused = await vera.send((await vera.get("/console/volunteer")).form("/answer"), text="Ruf mich an: 0171 9999999")
    assert refused.status == 422
    assert "contact details" in refused.text
    page = await vera.get("/console/volunteer")
    assert "Ruf mich an: 0171 9999999" in page.html
    await vera.send(page.form("/answer"), text="Zieh den Stecker.")
    await world.care.settle()
    assert "Zieh den Stecker." in world.care.seen_by("max")[-1]
    assert "9999999" not in world.care.transcript("max")


async def test_staff_are_told_why(world: World) -> None:
    vera = await holding(world)
    page = await vera.get("/console/volunteer")
    await vera.send(page.form("/to-staff"), reason="Somebody is angry")
    anna = await world.sits_down(Role.AGENT, "Anna")
    sheet = await anna.get(f"/console/tickets/{(await world.care.ticket_of('max')).number}")
    assert "Somebody is angry" in sheet.text


async def test_a_reviewer_changes_and_approves_on_their_page(world: World) -> None:
    hilda = await world.sits_down(Role.VOLUNTEER, "Hilda")
    await newcomer_answers(world)
    page = await hilda.get("/console/volunteer")
    assert "Zieh den Stecker." in page.html
    assert "Muster" not in page.html
    refused = await hilda.send(page.form("/approve"), text="Schreib mir auf WhatsApp.")
    assert refused.status == 422
    await hilda.send(page.form("/approve"), text="Zieh den Stecker, eine Minute.")
    await world.care.settle()
    assert "eine Minute" in world.care.seen_by("max")[-1]
    late = await hilda.send(page.form("/return"), note="zu spät")
    assert late.status == 409


async def test_staff_send_or_return_a_newcomers_answer(world: World) -> None:
    anna = await world.sits_down(Role.AGENT, "Anna")
    await newcomer_answers(world)
    place = f"/console/tickets/{(await world.care.ticket_of('max')).number}"
    page = await anna.get(place)
    await anna.send(page.form("/return"), note="Welchen Stecker?")
    await world.care.settle()
    assert "Welchen Stecker?" in world.care.seen_by("nils")[-1]
    assert await world.care.lane_of("max") is Lane.PEER
    await world.care.answers("nils", "Zieh den Netzstecker.")
    page = await anna.get(place)
    await anna.send(page.form("/approve"))
    await world.care.settle()
    assert "Zieh den Netzstecker." in world.care.seen_by("max")[-1]


async def test_staff_recall_what_was_wrong(world: World) -> None:
    vera = await holding(world)
    await vera.send((await vera.get("/console/volunteer")).form("/answer"), text="Zieh den Stecker.")
    await world.care.settle()
    anna = await world.sits_down(Role.AGENT, "Anna")
    place = f"/console/tickets/{(await world.care.ticket_of('max')).number}"
    page = await anna.get(place)
    assert (await anna.send(page.form("/recall"), reason="  ")).status == 400
    page = await anna.send(page.form("/recall"), reason="Gefährlich")
    assert "Gefährlich" in page.text
    await world.care.settle()
    assert "war falsch" in world.care.seen_by("max")[-1]


@pytest.mark.parametrize("verb", ["approve", "return", "hand-up", "endorse", "recall", "nonsense"])
async def test_volunteers_decide_only_about_what_is_theirs_to_decide(world: World, verb: str) -> None:
    await newcomer_answers(world)
    vera = await world.sits_down(Role.VOLUNTEER, "Vera")
    form = (await vera.get("/console/volunteer")).form("/pause")
    for number in (1, 999):
        form.action = f"/console/volunteer/answers/{number}/{verb}"
        assert (await vera.send(form, note="x", reason="x")).status in (403, 404)
    form.action = f"/console/tickets/Z-1001/answers/1/{verb}"
    assert (await vera.send(form, note="x", reason="x")).status == 403
