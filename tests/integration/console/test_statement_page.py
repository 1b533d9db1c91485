"""The statement's page: two people, both languages, what is told to whom, and how long it takes."""

from __future__ import annotations

from desk.incident import IncidentId, IncidentState, JoinedHow, NewIncident
from desk.people import Locale, Role
from tests.integration.console.browser_of import Browser, Form
from tests.integration.console.world import World

DE, EN = "Die Anmeldung ist gestört.", "Signing in does not work."


async def incident_of(world: World, *contacts: str, state: IncidentState = IncidentState.CONFIRMED) -> IncidentId:
    """An incident that these contacts' questions follow."""
    for who in contacts:
        await world.care.writes(who, "Mein Router geht nicht")
    now = world.care.clock.now()
    async with world.care.desk.store.begin() as work:
        incident = await work.incidents.propose(NewIncident("Anmeldung", "technical_fault", (), now), now=now)
        decider = next(one for one in await work.people.responders() if one.role is Role.COORDINATOR)
        if state is not IncidentState.PROPOSED:
            await work.incidents.decide(incident, state, by=decider.id, now=now)
        tickets = [(await world.care.ticket_of(who)).id for who in contacts]
        await work.incidents.follow(incident, tickets, JoinedHow.BY_HAND, now=now)
    return incident


async def does(browser: Browser, incident: IncidentId, deed: str, **fields: str) -> None:
    """Sends the form of a deed on the statement's page, as it stands there."""
    page = await browser.get(f"/console/storm/{incident}/statement")
    answer = await browser.send(page.form(f"/statement/do/{deed}"), **fields)
    assert answer.status == 200, answer.text


async def test_one_writes_another_approves_and_all_who_wait_are_told(world: World) -> None:
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    carl = await world.sits_down(Role.COORDINATOR, "Carl", Locale.GERMAN)
    incident = await incident_of(world, "anna", "ben")
    await does(cora, incident, "write", text_de=DE, text_en=EN, then="submit")
    theirs = await cora.get(f"/console/storm/{incident}/statement")
    assert "another coordinator does" in theirs.text
    assert "/do/approve" not in theirs.html
    seen = await carl.get(f"/console/storm/{incident}/statement")
    assert "Offizielle Mitteilung von Zuruf" in seen.text
    assert "Official statement by Zuruf" in seen.text
    await does(carl, incident, "approve")
    page = await cora.get(f"/console/storm/{incident}/statement")
    assert "Waiting without it: 2" in page.text
    assert "about 1 min" in page.text
    await does(cora, incident, "tell")
    running = await cora.get(f"/console/storm/{incident}/statement")
    assert "0 told, 2 wait" in running.text
    assert "Done in about 1 min" in running.text
    await does(cora, incident, "pause")
    await world.care.settle()
    assert "0 told, 2 wait" in (await cora.get(f"/console/storm/{incident}/statement")).text
    await does(cora, incident, "go-on")
    await world.care.settle()
    done = await carl.get(f"/console/storm/{incident}/statement")
    assert "2 informiert" in done.text
    assert any(DE in text for text in world.care.seen_by("anna"))


async def test_a_new_version_shows_what_changed_and_is_sent_as_a_correction(world: World) -> None:
    cora, carl = await world.sits_down(Role.COORDINATOR, "Cora"), await world.sits_down(Role.COORDINATOR, "Carl")
    incident = await incident_of(world, "anna")
    await does(cora, incident, "write", text_de=DE, text_en=EN, then="submit")
    await does(carl, incident, "approve")
    await does(cora, incident, "tell")
    await world.care.settle()
    await does(carl, incident, "write", text_de=DE, text_en="Signing in works again.", then="submit")
    waits = await cora.get(f"/console/storm/{incident}/statement")
    assert "Got another text: 1" in waits.text
    assert "Correction by Zuruf" in waits.text
    await does(cora, incident, "approve")
    await world.care.settle()
    page = await cora.get(f"/console/storm/{incident}/statement")
    assert "<del>does" in page.html
    assert "<ins>works" in page.html
    assert any("Korrektur" in text for text in world.care.seen_by("anna"))


async def test_what_is_missing_or_not_allowed_is_said_and_nothing_is_lost(world: World) -> None:
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    incident = await incident_of(world)
    page = await cora.get(f"/console/storm/{incident}/statement")
    refused = await cora.send(
        page.form("/statement/do/write"),
        text_de="Ruf Eva Meier an: 0171 2345678, um [Uhrzeit]",
        text_en="",
        then="submit",
    )
    assert refused.status == 400
    page = await cora.get(f"/console/storm/{incident}/statement")
    assert "[Uhrzeit]" in page.text
    assert "Nothing stands in English yet" in page.text
    assert "0171 2345678" in page.text
    assert "the brand's own" in page.text
    assert "You are the only coordinator" not in page.text
    await does(cora, incident, "write", text_de=DE, text_en=EN, then="submit")
    assert "You are the only coordinator" in (await cora.get(f"/console/storm/{incident}/statement")).text


async def test_who_is_second_is_told_and_overwrites_nothing(world: World) -> None:
    cora, carl = await world.sits_down(Role.COORDINATOR, "Cora"), await world.sits_down(Role.COORDINATOR, "Carl")
    incident = await incident_of(world)
    stale = await carl.get(f"/console/storm/{incident}/statement")
    await does(cora, incident, "write", text_de=DE, text_en=EN)
    answer = await carl.send(stale.form("/statement/do/write"), text_de="Anders", text_en="Different")
    assert answer.status == 409
    assert DE in (await carl.get(f"/console/storm/{incident}/statement")).text


async def test_a_proposed_incident_may_have_a_draft_and_no_statement(world: World) -> None:
    cora, carl = await world.sits_down(Role.COORDINATOR, "Cora"), await world.sits_down(Role.COORDINATOR, "Carl")
    incident = await incident_of(world, state=IncidentState.PROPOSED)
    await does(cora, incident, "write", text_de=DE, text_en=EN, then="submit")
    page = await carl.get(f"/console/storm/{incident}/statement")
    assert "must be confirmed" in page.text
    assert "/do/approve" not in page.html


async def test_agents_look_and_change_nothing(world: World) -> None:
    await world.sits_down(Role.COORDINATOR, "Cora")
    agent = await world.sits_down(Role.AGENT, "Alma")
    incident = await incident_of(world)
    page = await agent.get(f"/console/storm/{incident}/statement")
    assert page.status == 200
    assert "/statement/do/" not in page.html
    csrf = page.html.split('name="csrf" value="')[1].split('"')[0]
    for deed in ("write", "submit", "approve", "tell", "withdraw", "pause", "stop"):
        forged = Form(f"/console/storm/{incident}/statement/do/{deed}", {"csrf": csrf, "text_de": DE, "text_en": EN})
        assert (await agent.send(forged)).status == 403
