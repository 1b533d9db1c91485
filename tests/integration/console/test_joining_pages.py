"""Joining on the web: the public form, the code, settings, entrance tests, applications, leaving with one's data."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from desk.people import Locale, Role
from desk.ticket import Lane
from desk.volunteering import NOTHING_OPEN, Span
from tests.integration.console.browser_of import Browser, Page
from tests.integration.console.world import World
from workflows.apply_to_volunteer import decide_application

WANTED = {"name": "Vera", "topics[]": "logistics", "languages[]": "de,en", "conduct": "yes"}
TEST = {
    "text-de": "? Wo steht der Status?\n+ In der App\n- Auf der Rechnung\n",
    "text-en": "? Where is the state?\n+ In the app\n- On the invoice\n",
    "pass_percent": "100",
    "repeat_hours": "24",
}


async def applies(world: World, **fields: str) -> tuple[Browser, Page]:
    browser = world.browser()
    page = await browser.get("/volunteer?lang=en")
    return browser, await browser.send(page.form("/volunteer?lang=en"), **{**WANTED, **fields})


def code_in(page: Page) -> str:
    return page.text.split("/start ")[1].split()[0]


def with_approval(world: World) -> None:
    peer = world.care.policy.peer.model_copy(update={"approval": True})
    world.care.policy = world.care.policy.model_copy(update={"peer": peer})


async def test_somebody_applies_and_goes_on_in_the_browser(world: World) -> None:
    browser, page = await applies(world, **{"hours-0": "18-22", "hours-5": "22-2", "zone": "europe/vienna"})
    assert page.status == 200
    assert "Welcome, Vera!" in page.text
    home = await browser.get(f"/console/join/{code_in(page)}")
    assert home.url.startswith("/console/volunteer?welcome=1")
    vera = await world.person("Vera")
    assert vera.topics == ("logistics",)
    async with world.care.desk.store.begin() as work:
        wishes = await work.volunteers.wishes(vera.id)
    assert wishes is not None
    assert wishes.availability.zone == "Europe/Vienna"
    assert wishes.availability.hours[0] == (Span(18 * 60, 22 * 60),)
    assert wishes.availability.hours[5] == (Span(22 * 60, 24 * 60),)
    settings = await browser.get("/console/volunteer/settings")
    assert 'value="18:00–22:00"' in settings.html


async def test_the_code_works_in_a_chat_and_only_once(world: World) -> None:
    _browser, page = await applies(world)
    await world.care.commands("vera", "start", code_in(page))
    assert (await world.person("Vera")).role is Role.VOLUNTEER
    again = await world.browser().get(f"/console/join/{code_in(page)}")
    assert again.status == 410
    assert "You are in." in (await world.browser().get(f"/volunteer/code/{code_in(page)}?lang=en")).text


REFUSED = [
    ({"topics[]": ""}, "choose at least one topic"),
    ({"topics[]": "press"}, "choose at least one topic"),
    ({"languages[]": ""}, "choose at least one language"),
    ({"name": " "}, "what we may call you"),
    ({"name": "x" * 61}, "what we may call you"),
    ({"zone": "Europe/Atlantis"}, "time zone of the list"),
    ({"hours-2": "sometimes"}, "write hours as in"),
    ({f"hours-{day}": "" for day in range(7)}, "write hours as in"),
    ({"quiet": "at night"}, "quiet time as in"),
    ({"most_a_day": "0"}, "offers a day from 1"),
    ({"most_at_once": "1e1"}, "at once from 1"),
    ({"conduct": ""}, "accept how we help"),
]


@pytest.mark.parametrize(("fields", "said"), REFUSED)
async def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    world: World, fields: dict[str, str], said: str
) -> None:
    _browser, page = await applies(world, **{"hours-1": "7-9", **fields})
    assert page.status == 400
    assert said in page.text
    if "hours-1" not in fields:
        assert page.form("/volunteer?lang=en").fields["hours-1"] == "7-9"


async def test_the_form_speaks_german(world: World) -> None:
    page = await world.browser().get("/volunteer", Accept_Language="de")
    assert page.headers["Content-Language"] == "de"
    assert "Versand" in page.text
    assert "Wie wir helfen" in page.text


async def test_many_applications_from_one_place_are_slowed_down(world: World) -> None:
    statuses = [(await applies(world))[1].status for _again in range(12)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


async def test_an_application_waits_is_approved_and_then_the_code_works(world: World) -> None:
    with_approval(world)
    browser, page = await applies(world)
    assert "being looked at" in page.text
    assert (await browser.get(f"/console/join/{code_in(page)}")).status == 409
    carla = await world.sits_down(Role.COORDINATOR, "Carla")
    listed = await carla.get("/console/applications")
    assert "Vera" in listed.text
    assert "Delivery" in listed.text
    decided = await carla.send(listed.form("/approve"), answer="Schön")
    assert "approved, not in yet" in decided.text
    home = await browser.get(f"/console/join/{code_in(page)}")
    assert home.url.startswith("/console/volunteer")


async def test_a_declined_application_says_why(world: World) -> None:
    with_approval(world)
    browser, page = await applies(world)
    carla = await world.sits_down(Role.COORDINATOR, "Carla")
    form = (await carla.get("/console/applications")).form("/approve")
    form.action = form.action.replace("approve", "decline")
    assert "declined" in (await carla.send(form, answer="We are *full*")).text
    again = await carla.send(form, answer="twice")
    assert again.status == 409
    standing = await browser.get(page.url)
    assert "We are full" in standing.text
    assert (await browser.get(f"/console/join/{code_in(page)}")).status == 410


async def test_whoever_tied_a_chat_hears_there(world: World) -> None:
    with_approval(world)
    _browser, page = await applies(world)
    await world.care.commands("vera", "start", code_in(page))
    await world.sits_down(Role.COORDINATOR, "Carla")
    async with world.care.desk.store.begin() as work:
        waiting = await work.applications.waiting()
    await decide_application(world.care.desk, await world.person("Carla"), waiting[0].id, approve=True)
    await world.care.settle()
    assert any("Welcome, Vera" in said for said in world.care.seen_by("vera"))


@pytest.mark.parametrize("path", ["applications", "tests"])
async def test_coordinators_pages_are_closed_to_others(world: World, path: str) -> None:
    for role, name in ((Role.AGENT, "Anna"), (Role.VOLUNTEER, "Vera")):
        browser = await world.sits_down(role, name)
        assert (await browser.get(f"/console/{path}")).status == 403


async def test_settings_are_changed_on_the_page(world: World) -> None:
    vera = await world.sits_down(Role.VOLUNTEER, "Vera")
    page = await vera.get("/console/volunteer/settings")
    fields = {"topics[]": "technology", "languages[]": "de", "quiet": "9-11", "most_a_day": "7"}
    saved = await vera.send(page.form("/settings"), **fields)
    assert "Saved." in saved.text or "Gespeichert" in saved.text
    person = await world.person("Vera")
    assert (person.topics, person.languages) == (("technology",), (Locale.GERMAN,))
    await world.care.writes("max", "Mein Router ist kaputt")
    assert await world.care.lane_of("max") is Lane.STAFF


async def test_settings_without_any_topic_are_refused(world: World) -> None:
    vera = await world.sits_down(Role.VOLUNTEER, "Vera")
    page = await vera.get("/console/volunteer/settings")
    refused = await vera.send(page.form("/settings"), **{"topics[]": "", "languages[]": "en"})
    assert refused.status == 400
    assert "choose at least one topic" in refused.text
    assert (await world.person("Vera")).topics == ()


async def test_a_test_is_written_sat_failed_and_passed(world: World) -> None:
    carla = await world.sits_down(Role.COORDINATOR, "Carla")
    page = await carla.get("/console/tests")
    written = await carla.send(page.form("/tests/logistics"), **TEST)
    assert "questions: 1, version 1" in written.text
    browser, applied = await applies(world)
    await browser.get(f"/console/join/{code_in(applied)}")
    assert (await world.person("Vera")).topics == (NOTHING_OPEN,)
    assert "Tests ahead" in (await browser.get("/console/volunteer/settings?lang=en")).text
    test = await browser.get("/console/volunteer/tests/logistics")
    failed = await browser.send(test.form("/tests/logistics"), **{"answer-0": "1"})
    assert "0 of 1 right" in failed.text
    assert (await browser.get("/console/volunteer/tests/logistics")).status == 403
    world.care.clock.time += timedelta(hours=24)
    test = await browser.get("/console/volunteer/tests/logistics")
    passed = await browser.send(test.form("/tests/logistics"), **{"answer-0": "0"})
    assert "Passed: 1 of 1" in passed.text
    assert (await world.person("Vera")).topics == ("logistics",)
    assert (await browser.get("/console/volunteer/tests/logistics")).status == 404


@pytest.mark.parametrize("answers", [{}, {"answer-0": "9"}, {"answer-0": "x"}, {"answer-0": "0", "answer-1": "0"}])
async def test_answers_that_are_none_are_refused(world: World, answers: dict[str, str]) -> None:
    carla = await world.sits_down(Role.COORDINATOR, "Carla")
    await carla.send((await carla.get("/console/tests")).form("/tests/logistics"), **TEST)
    browser, applied = await applies(world)
    await browser.get(f"/console/join/{code_in(applied)}")
    test = await browser.get("/console/volunteer/tests/logistics")
    assert (await browser.send(test.form("/tests/logistics"), **answers)).status == 400
    assert (await world.person("Vera")).topics == (NOTHING_OPEN,)


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"text-en": ""}, "en: expected 1 questions"),
        ({"text-de": "Wo?"}, "de: line 1"),
        ({"text-de": "? Wo?\n- Hier\n- Dort"}, "no right choice"),
        ({"text-de": "? Wo?\n- Hier\n+ Dort"}, "not in the same order"),
        ({"pass_percent": "0"}, "pass_percent"),
        ({"repeat_hours": "often"}, "repeat_hours"),
    ],
)
async def test_a_test_that_is_none_comes_back_with_its_words(world: World, fields: dict[str, str], line: str) -> None:
    carla = await world.sits_down(Role.COORDINATOR, "Carla")
    page = await carla.send((await carla.get("/console/tests")).form("/tests/logistics"), **{**TEST, **fields})
    assert page.status == 400
    assert line in page.text
    assert page.form("/tests/logistics").fields["text-de"].strip() == {**TEST, **fields}["text-de"].strip()


async def test_of_two_who_write_a_test_the_later_is_told(world: World) -> None:
    carla = await world.sits_down(Role.COORDINATOR, "Carla")
    form = (await carla.get("/console/tests")).form("/tests/logistics")
    await carla.send(form, **TEST)
    late = await carla.send(form, **{**TEST, "text-de": "? Zu spät?\n+ Ja\n- Nein"})
    assert late.status == 409
    assert "Zu spät?" in late.form("/tests/logistics").fields["text-de"]


async def test_leaving_on_the_page_gives_the_data_and_erases_it(world: World) -> None:
    vera = await world.sits_down(Role.VOLUNTEER, "Vera")
    await world.care.writes("max", "Mein Router ist kaputt")
    await vera.send((await vera.get("/console/volunteer")).form("/take"))
    page = await vera.get("/console/volunteer/settings")
    assert (await vera.send(page.form("/leave"))).status == 400
    own = json.loads((await vera.get("/console/volunteer/data")).html)
    assert own["name"] == "Vera"
    left = await vera.send(page.form("/leave"), sure="yes")
    assert left.url.startswith("/volunteer/data/")
    data = await vera.send(left.form(left.url))
    assert json.loads(data.html)["name"] == "Vera"
    assert "attachment" in data.headers["Content-Disposition"]
    assert await world.care.lane_of("max") is Lane.STAFF
    assert (await vera.get("/console/volunteer")).url.startswith("/console/sign-in")
    async with world.care.desk.store.begin() as work:
        people = await work.people.responders()
    assert not any("Vera" in one.name for one in people)
    world.care.clock.time += timedelta(days=8)
    assert (await vera.get(left.url)).status == 410


@pytest.mark.parametrize("path", ["code", "data"])
async def test_guessed_tokens_open_nothing(world: World, path: str) -> None:
    assert (await world.browser().get(f"/volunteer/{path}/guessed-token-0001")).status == 410
