"""Agents at the console: a ticket is seen, taken, answered, changed; no two people on one ticket."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from desk.errors import ContactUnreachable
from desk.people import Role
from desk.ticket import Lane, Priority, Status
from tests.integration.console.browser_of import Browser, Page
from tests.integration.console.world import World

BILL = "Meine Rechnung stimmt nicht, meine Nummer ist 0171 2345678"


async def asked(world: World, who: str = "max", text: str = BILL) -> str:
    """A question that is staff's. Returns its page's address."""
    await world.care.writes(who, text)
    return f"/console/tickets/{(await world.care.ticket_of(who)).number}"


async def do(browser: Browser, place: str, verb: str) -> Page:
    return await browser.send((await browser.get(place)).form(f"/do/{verb}"))


async def test_a_ticket_shows_everything_at_a_glance(world: World) -> None:
    place = await asked(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    inbox = await anna.get("/console/inbox")
    assert place in inbox.html
    assert "Max" in inbox.text
    page = await anna.get(place)
    for said in ("Max", BILL, "Finance", "Telegram", "German", "95 % sure", "Nobody has it yet"):
        assert said in page.text


async def test_a_reply_reaches_the_contact_claims_the_ticket_and_shows_its_delivery(world: World) -> None:
    place = await asked(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    page = await anna.send((await anna.get(place)).form("/reply"), text="Wir prüfen **das**.")
    assert page.url == place
    assert "Waiting to be sent" in page.text
    await world.care.settle()
    assert "Wir prüfen **das**." in world.care.seen_by("max")[-1]
    assert "Anna von Zuruf" in world.care.seen_by("max")[-1]
    page = await anna.get(place)
    assert "You have it." in page.text
    assert "✓ Sent" in page.text
    assert "<strong>das</strong>" in page.html
    ticket = await world.care.ticket_of("max")
    assert (ticket.status, ticket.assignee_id) == (Status.PENDING, (await world.person("Anna")).id)


async def test_the_same_form_sent_twice_at_once_answers_once(world: World) -> None:
    place = await asked(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    form = (await anna.get(place)).form("/reply")
    await asyncio.gather(*(anna.send(form, text="Einmal nur.") for _ in range(5)))
    await anna.send(form, text="Einmal nur.")
    await world.care.settle()
    assert sum("Einmal nur." in said for said in world.care.seen_by("max")) == 1


async def test_a_reply_on_a_colleagues_ticket_asks_first_and_keeps_the_text(world: World) -> None:
    place = await asked(world)
    anna, bert = await world.sits_down(Role.AGENT, "Anna"), await world.sits_down(Role.AGENT, "Bert")
    await do(anna, place, "claim")
    page = await bert.get(place)
    assert "Anna has it." in page.text
    refused = await bert.send(page.form("/reply"), text="Ich mache das.")
    assert refused.status == 409
    assert "Anna has this ticket." in refused.text
    assert refused.form("/reply").fields["text"] == "Ich mache das."
    await world.care.settle()
    assert not any("Ich mache das." in said for said in world.care.seen_by("max"))
    await bert.send(refused.form("/reply"), take_over="1")
    await world.care.settle()
    assert "Ich mache das." in world.care.seen_by("max")[-1]
    assert "Bert has it." in (await anna.get(place)).text


async def test_a_script_hears_the_refusal_as_a_problem_document(world: World) -> None:
    place = await asked(world)
    anna, bert = await world.sits_down(Role.AGENT, "Anna"), await world.sits_down(Role.AGENT, "Bert")
    await do(anna, place, "claim")
    answer = await bert.send((await bert.get(place)).form("/reply"), json=True, text="Ich.")
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = json.loads(answer.html)
    assert said["type"] == "urn:zuruf:problem:ticket-taken"
    assert (said["status"], said["title"]) == (409, "Anna has this ticket.")


async def test_of_two_agents_who_answer_at_once_one_wins(world: World) -> None:
    place = await asked(world)
    agents = [await world.sits_down(Role.AGENT, name) for name in ("Anna", "Bert", "Cora")]
    forms = [(await agent.get(place)).form("/reply") for agent in agents]
    pages = await asyncio.gather(*(agent.send(form, text="Ich.") for agent, form in zip(agents, forms, strict=True)))
    assert sorted(page.status for page in pages) == [200, 409, 409]
    await world.care.settle()
    assert sum("Ich." in said for said in world.care.seen_by("max")) == 1


async def test_the_ticket_goes_through_its_life(world: World) -> None:
    place = await asked(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    for verb, status in [
        ("claim", Status.OPEN), ("hold", Status.ON_HOLD), ("resume", Status.OPEN), ("release", Status.OPEN),
        ("solve", Status.SOLVED), ("resume", Status.OPEN),
    ]:  # fmt: skip
        await do(anna, place, verb)
        assert (await world.care.ticket_of("max")).status is status, verb
    page = await anna.get(place)
    for said in ("Claimed", "Put on hold", "Released", "Marked as solved by staff", "Anna"):
        assert said in page.text


async def test_a_note_is_for_colleagues_only(world: World) -> None:
    place = await asked(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    page = await anna.send((await anna.get(place)).form("/note"), text="Stammkunde, bitte kulant.")
    assert "Stammkunde" in page.text
    await world.care.settle()
    assert not any("Stammkunde" in said for said in world.care.seen_by("max"))
    assert (await world.care.ticket_of("max")).assignee_id is None


async def test_filing_anew_moves_it_to_another_queue_and_says_by_whom(world: World) -> None:
    place = await asked(world)
    anna = await world.sits_down(Role.AGENT, "Anna", units=("finance",))
    assert place in (await anna.get("/console/inbox")).html
    page = await anna.send((await anna.get(place)).form("/file"), unit="legal", priority="urgent")
    assert "Anna filed it under Legal and privacy, priority urgent" in page.text
    assert "95 % sure" in page.text
    ticket = await world.care.ticket_of("max")
    assert (ticket.unit, ticket.priority) == ("legal", Priority.URGENT)
    assert place not in (await anna.get("/console/inbox")).html
    assert place in (await anna.get("/console/inbox?unit=all")).html


@pytest.mark.parametrize(("unit", "priority"), [("nowhere", "high"), ("legal", "soon"), ("", "")])
async def test_filing_nonsense_changes_nothing(world: World, unit: str, priority: str) -> None:
    place = await asked(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    before = await world.care.ticket_of("max")
    assert (await anna.send((await anna.get(place)).form("/file"), unit=unit, priority=priority)).status == 400
    assert await world.care.ticket_of("max") == before


async def test_a_question_of_the_community_is_called_to_staff(world: World) -> None:
    await world.care.joins("vera", Role.VOLUNTEER)
    place = await asked(world, text="Mein Router geht nicht")
    anna = await world.sits_down(Role.AGENT, "Anna")
    assert await world.care.lane_of("max") is Lane.PEER
    await do(anna, place, "to-staff")
    await world.care.settle()
    assert await world.care.lane_of("max") is Lane.STAFF
    assert "Hand to staff" not in (await anna.get(place)).text


async def test_an_agent_changes_and_takes_back_only_what_is_theirs(world: World) -> None:
    place = await asked(world)
    anna, bert = await world.sits_down(Role.AGENT, "Anna"), await world.sits_down(Role.AGENT, "Bert")
    await anna.send((await anna.get(place)).form("/reply"), text="Morgen.")
    await world.care.settle()
    edit = (await anna.get(place)).form("/edit")
    assert "/edit" not in (await bert.get(place)).html
    stolen = (await bert.get(place)).form("/reply")
    stolen.action = edit.action
    assert (await bert.send(stolen, text="Nie.")).status == 403
    page = await anna.send(edit, text="Übermorgen.")
    assert "edited, version 2" in page.text
    await world.care.settle()
    assert any("Übermorgen." in said for said in world.care.seen_by("max"))
    edit.action = edit.action.replace("/edit", "/delete")
    assert "Deleted" in (await anna.send(edit)).text
    await world.care.settle()
    assert not any("Übermorgen." in said for said in world.care.seen_by("max"))


async def test_what_could_not_be_delivered_is_seen_and_tried_again(world: World) -> None:
    place = await asked(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    world.care.chat.fails = [ContactUnreachable("bot was blocked")] * 2
    await anna.send((await anna.get(place)).form("/reply"), text="Erreicht Sie das?")
    await world.care.settle()
    page = await anna.get(place)
    assert "Not delivered: bot was blocked" in page.text
    assert "Has blocked us" in page.text
    world.care.chat.fails = []
    await anna.send(page.form("/retry"))
    await world.care.settle()
    assert any("Erreicht Sie das?" in said for said in world.care.seen_by("max"))


async def test_a_closed_ticket_offers_nothing_to_do(world: World) -> None:
    place = await asked(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    form = (await anna.get(place)).form("/do/claim")
    await do(anna, place, "solve")
    await world.care.pass_time(timedelta(days=7))
    page = await anna.get(place)
    assert "Closed" in page.text
    assert not any(f"/do/{verb}" in page.html for verb in ("claim", "release", "hold", "resume", "solve", "to-staff"))
    assert (await anna.send(form)).status == 409


async def test_an_unwanted_contact_is_blocked_and_let_back(world: World) -> None:
    place = await asked(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    assert "Blocked by us" in (await do(anna, place, "block")).text
    await world.care.writes("max", "KAUFT MEINE UHREN")
    assert "Blocked by us" not in (await do(anna, place, "unblock")).text
    assert "Contact no longer blocked" in (await anna.get(place)).text
