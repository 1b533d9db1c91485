"""Cases as coordinators decide them on their page: evidence, four decisions, and who may not even look."""

from __future__ import annotations

import pytest

from desk.abuse_case import LONGEST_WORDS, Case
from desk.people import ContactId, Locale, Responder, ResponderId, Role
from desk.record import Exclusion
from desk.store import KeptApartBy
from desk.suspicion import Suspicion, SuspicionRule
from desk.ticket import TicketId
from tests.integration.console.browser_of import Browser, Form, Page
from tests.integration.console.test_hostile import SCRIPT
from tests.integration.console.world import World
from workflows.leave import leave

CASES = "/console/cases"
WORDS = "Sie wollte meine Nummer 0171 2345678"


async def vera_answers(world: World, contact: str = "max") -> Responder:
    """Vera, a volunteer in the chat, has answered a contact, who says that it solved it."""
    care = world.care
    async with care.desk.store.begin() as work:
        vera = await work.people.responder_of_account("telegram", "vera")
    vera = vera or await care.joins("vera", Role.VOLUNTEER)
    await care.writes(contact, "Mein Router blinkt rot")
    await care.taps("vera", "Take it")
    await care.answers("vera", "Zieh den Stecker.")
    await care.commands(contact, "solved")
    return vera


async def is_reported(world: World, words: str = WORDS, contact: str = "max") -> Responder:
    vera = await vera_answers(world, contact)
    await world.care.commands(contact, "report", words)
    return vera


async def suspected(
    world: World, *whom: ResponderId, tickets: tuple[int, ...] = (), contact: ContactId | None = None
) -> None:
    """A case of self-answering about them."""
    figures = {"asked": 6, "answered": 6, "expected": 1, "seconds": 4, "at_once": 5}
    evidence = tuple(TicketId(one) for one in tickets)
    suspicion = Suspicion(SuspicionRule.SELF_ANSWERING, whom, evidence, figures, contact)
    async with world.care.desk.store.begin() as work:
        assert await work.abuse.raise_case(suspicion, now=world.care.clock.now())


async def only_case(world: World) -> Case:
    async with world.care.desk.store.begin() as work:
        (case,) = await work.abuse.cases(limit=9)
    return case


async def cora(world: World) -> Browser:
    return await world.sits_down(Role.COORDINATOR, "Cora")


async def decides(browser: Browser, decision: str, reason: str = "I looked at it") -> Page:
    return await browser.send((await form_of(browser)), decision=decision, reason=reason)


async def form_of(browser: Browser) -> Form:
    page = await browser.get(CASES)
    (action,) = {one for one in page.html.split('"') if one.startswith(f"{CASES}/")}
    return page.form(action)


async def test_a_coordinator_reads_who_why_and_what_the_contact_said(world: World) -> None:
    vera = await is_reported(world)
    page = await (await cora(world)).get(CASES)
    number = (await world.care.ticket_of("max")).number
    assert "No offers for 14 days" in page.text
    assert "Reported by contacts: Vera" in page.text
    assert "Contacts who reported what was written to them: 1." in page.text
    assert f'href="/console/tickets/{number}"' in page.html
    assert f'href="/console/volunteers/{vera.id}"' in page.html
    assert "“Sie wollte meine Nummer […]”" in page.text
    assert "0171" not in page.html


async def test_it_reads_in_german_too(world: World) -> None:
    vera = await is_reported(world)
    await suspected(world, vera.id)
    carla = await world.sits_down(Role.COORDINATOR, "Carla", Locale.GERMAN)
    page = (await carla.get(CASES)).text
    assert "Von Kontakten gemeldet: Vera" in page
    assert "Beantwortet eigene Fragen: Vera" in page
    assert "Von 6 Fragen eines Kontakts" in page


@pytest.mark.parametrize(
    ("decision", "listed"),
    [
        ("dismissed", "nothing in it"),
        ("warned", "warned"),
        ("excluded", "answers do not count"),
        ("suspended", "no offers for two weeks"),
    ],
)
async def test_each_decision_does_what_it_says_and_is_listed(world: World, decision: str, listed: str) -> None:
    vera = await is_reported(world)
    before = len(world.care.seen_by("vera"))
    page = await decides(await cora(world), decision, "Read it twice")
    await world.care.settle()
    assert "Nothing to look at." in page.text
    assert f"Reported by contacts: Vera : {listed}. Read it twice" in page.text
    assert page.text.partition("Decided")[2].count("Cora") == 1
    told = " ".join(world.care.seen_by("vera")[before:])
    assert ("⚠️" in told, "⏸️" in told) == (decision == "warned", decision == "suspended")
    async with world.care.desk.store.begin() as work:
        terms = await work.offers.claim_terms(vera.id, now=world.care.clock.now())
        (outcome,) = await work.records.of_ticket((await world.care.ticket_of("max")).id)
        event = next(one for one in await work.events.recent(limit=50) if one.kind == "CaseDecided")
    assert terms.is_suspended == (decision == "suspended")
    assert (outcome.excluded is Exclusion.SUSPICIOUS) == (decision == "excluded")
    assert event.data["decision"] == decision


async def test_a_colleague_who_is_late_hears_that_it_is_decided(world: World) -> None:
    await is_reported(world)
    first, second = await cora(world), await world.sits_down(Role.ADMIN, "Ada")
    late = await form_of(second)
    await decides(first, "dismissed", "A misunderstanding")
    page = await second.send(late, decision="suspended", reason="rude")
    assert (page.status, "A colleague has decided this case already." in page.text) == (409, True)
    assert (await only_case(world)).reason == "A misunderstanding"
    assert not any("⏸️" in said for said in world.care.seen_by("vera"))


async def test_nonsense_is_refused_with_a_clear_word(world: World) -> None:
    await is_reported(world)
    browser = await cora(world)
    form = await form_of(browser)
    for decision in ("", "fired", "DISMISSED"):
        page = await browser.send(form, decision=decision, reason="x")
        assert (page.status, "choose one of the four decisions" in page.text) == (400, True)
    for reason in ("", "  \n ", "x" * (LONGEST_WORDS + 1)):
        page = await browser.send(form, decision="warned", reason=reason)
        assert (page.status, f"in up to {LONGEST_WORDS} characters" in page.text) == (400, True)
    for case, status in (("999", 404), ("x", 400), ("9" * 30, 400), ("-1", 400)):
        page = await browser.send(Form(f"{CASES}/{case}", form.fields), decision="warned", reason="x")
        assert page.status == status, case
    assert (await browser.send(form, decision="warned", reason="x", csrf="")).status == 403
    assert (await only_case(world)).decision is None


async def test_no_words_of_anybody_become_markup(world: World) -> None:
    await is_reported(world, SCRIPT)
    browser = await cora(world)
    assert "<script>alert" not in (await browser.get(CASES)).html
    page = await decides(browser, "dismissed", SCRIPT)
    assert "<script>alert" not in page.html
    assert "<script>alert(1)</script>" in page.html.replace("&lt;", "<").replace("&gt;", ">")


async def test_agents_and_volunteers_do_not_see_it_and_decide_nothing(world: World) -> None:
    await is_reported(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    viktor = await world.sits_down(Role.VOLUNTEER, "Viktor")
    fields = await form_of(await cora(world))
    for who, page in ((anna, "/console/inbox"), (viktor, "/console/volunteer/record")):
        assert (await who.get(CASES)).status == 403
        token = (await who.get(page)).html.partition('name="csrf" value="')[2].partition('"')[0]
        assert token
        assert (await who.send(fields, csrf=token, decision="dismissed", reason="fine")).status == 403
    assert "/console/sign-in" in (await world.browser().get(CASES)).url
    assert CASES not in (await anna.get("/console/inbox")).html
    assert (await only_case(world)).decision is None


async def test_whoever_several_avoid_is_shown(world: World) -> None:
    vera = await vera_answers(world)
    contact = (await world.care.ticket_of("max")).contact_id
    others = [await world.care.joins(name, Role.VOLUNTEER) for name in ("viktor", "vanja", "vito")]
    contacts = []
    for name in ("lea", "kim", "tom"):
        await world.care.writes(name, "Mein Router ist aus")
        contacts.append((await world.care.ticket_of(name)).contact_id)
    browser, now = await cora(world), world.care.clock.now()
    async with world.care.desk.store.begin() as work:
        for one in others[:2]:
            await work.abuse.keep_apart(contact, one.id, KeptApartBy.RESPONDER, now=now)
    assert "Avoided by several" not in (await browser.get(CASES)).text
    async with world.care.desk.store.begin() as work:
        await work.abuse.keep_apart(contact, others[2].id, KeptApartBy.RESPONDER, now=now)
        for who in contacts:
            await work.abuse.keep_apart(who, vera.id, KeptApartBy.CONTACT, now=now)
    page = await browser.get(CASES)
    number = (await world.care.ticket_of("max")).number
    assert f"A contact whom 3 volunteers do not want to meet again: {number}" in page.text
    assert "Vera: 3 contacts do not want to meet them again" in page.text
    await leave(world.care.desk, vera)
    assert "3 contacts" not in (await browser.get(CASES)).text


async def test_a_case_outlives_whom_it_is_about(world: World) -> None:
    """The volunteer left, and so did the contact, with everything that was kept of them."""
    vera = await vera_answers(world)
    await suspected(world, vera.id, ResponderId(99_999), tickets=(99_998, 99_999))
    await leave(world.care.desk, vera)
    browser = await cora(world)
    page = await browser.get(CASES)
    assert f"Answers own questions: Former volunteer {vera.id} , a former volunteer" in page.text
    assert "Its questions are not kept any more." in page.text
    before = len(world.care.seen_by("vera"))
    page = await decides(browser, "excluded")
    assert (page.status, "answers do not count" in page.text) == (200, True)
    await suspected(world, vera.id, tickets=(99_997,))
    page = await decides(browser, "suspended")
    await world.care.settle()
    assert (page.status, "no offers for two weeks" in page.text) == (200, True)
    assert len(world.care.seen_by("vera")) == before


async def test_a_volunteer_avoids_the_asker_from_their_page_and_nobody_is_told(world: World) -> None:
    vera, viktor = await world.sits_down(Role.VOLUNTEER, "Vera"), await world.sits_down(Role.VOLUNTEER, "Viktor")
    await world.care.writes("max", "Mein Router blinkt rot")
    place = "/console/volunteer"
    await vera.send((await vera.get(place)).form("/take"))
    form = (await vera.get(place)).form("/avoid")
    csrf = (await viktor.get(place)).form("/pause").fields["csrf"]
    assert (await viktor.send(form, csrf=csrf)).status == 403
    heard = len(world.care.seen_by("max"))
    page = await vera.send(form)
    assert (page.status, "You have no question at the moment." in page.text) == (200, True)
    assert (await vera.send(form)).status == 403
    await world.care.settle()
    assert not any("avoid" in said or "meet" in said for said in world.care.seen_by("max")[heard:])
    ticket = await world.care.ticket_of("max")
    assert ticket.assignee_id is None
    avoided = {"Vera": True, "Viktor": False}
    for name, again in avoided.items():
        async with world.care.desk.store.begin() as work:
            assert (
                await work.abuse.keep_apart(
                    ticket.contact_id, (await world.person(name)).id, KeptApartBy.RESPONDER, now=world.care.clock.now()
                )
                is not again
            )
