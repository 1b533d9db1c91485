"""Calling volunteers from the storm room, and answering the call on a volunteer's own page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from desk.incident import IncidentId
from desk.muster import GRACE, Muster
from desk.people import Role
from tests.integration.console.browser_of import Browser, Page
from tests.integration.console.world import World
from tests.integration.journeys.stormy import confirmed, figures, later
from workflows.approve_statement import approve_statement
from workflows.voice import speaking
from workflows.write_statement import submit_statement, write_statement

SETTINGS = "/console/volunteer/settings"
MINE = "/console/volunteer"
BOTH = {"languages[]": "de,en", "hours": "4"}


async def opts_in(browser: Browser, **fields: str) -> Page:
    page = await browser.get(SETTINGS)
    return await browser.send(
        page.form("/storms"), **({"calls": "hours", "storm_a_day": "", "storm_at_once": ""} | fields)
    )


async def test_from_the_wish_to_the_thanks(world: World) -> None:
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    vera = await world.sits_down(Role.VOLUNTEER, "Vera")
    await world.sits_down(Role.VOLUNTEER, "Nina")
    await opts_in(vera, calls="always", storm_at_once="5")
    assert "1 of them outside" in (await cora.get("/console/storm/guide")).text
    incident = await confirmed(world.care, await world.person("Cora"))
    board = f"/console/storm/{incident.id}/muster"
    page = await cora.get(board)
    assert "Would be called now: 1; later, in their hours: 0" in page.text
    await cora.send(page.form("/call"), **BOTH, happened_en="Routers <b>fail</b>", happened_de="Router fallen aus")
    assert "still to be called 1" in (await cora.get(board)).text
    assert "Routers" not in (await vera.get(MINE)).text, "not before the call goes out"
    await later(world.care, GRACE)
    mine = await vera.get(MINE)
    assert "Routers <b>fail</b>" in mine.text
    assert "<b>fail</b>" not in mine.html
    assert "Promise no time" not in mine.text, "the briefing is for those who are in"
    await vera.send(mine.form("/in"))
    assert "Promise no time" in (await vera.get(MINE)).text
    await cora.send(
        (await cora.get(board)).form("/brief"), **BOTH, happened_en="Routers restart", dos_en="x", donts_en="y"
    )
    assert "Routers restart" in (await vera.get(MINE)).text
    live = await cora.get(f"{board}/live")
    assert "Vera in" in live.text
    [muster] = await every(world, incident.id)
    await cora.send((await cora.get(board)).form("/extend"), hours="8")
    assert (await every(world, incident.id))[0].until == world.care.clock.now() + timedelta(hours=8)
    await cora.send((await cora.get(board)).form("/end"))
    await later(world.care)
    assert "ended" in (await cora.get(board)).text
    assert (await figures(world.care, muster.id)).came == 1
    assert (await world.person("Vera")).paused_until is not None
    assert "Routers restart" not in (await vera.get(MINE)).text


async def every(world: World, incident_id: IncidentId) -> Sequence[Muster]:
    async with world.care.desk.store.begin() as work:
        return await work.musters.of_incident(incident_id)


async def test_agents_look_and_wrong_input_is_answered_in_words(world: World) -> None:
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    anna = await world.sits_down(Role.AGENT, "Anna")
    vera = await world.sits_down(Role.VOLUNTEER, "Vera")
    incident = await confirmed(world.care, await world.person("Cora"))
    board = f"/console/storm/{incident.id}/muster"
    page = await cora.get(board)
    form = page.form("/call")
    assert 'action="' + board + '/call"' not in (await anna.get(board)).html
    assert (await anna.send(form)).status == 403
    for wrong in ({"hours": "99"}, {"rest": "999"}, {"at_once": "0"}, {"happened_en": ""}, {"hours": "x"}):
        assert (await cora.send(form, **BOTH | wrong)).status == 400, wrong
    assert (await cora.get("/console/storm/424242/muster")).status == 404
    assert (await cora.send(form, **BOTH)).status == 200
    assert (await cora.send(form, **BOTH)).status == 400, "it is called already"
    assert (await opts_in(vera, storm_at_once="99")).status == 400
    assert (await opts_in(vera, calls="nonsense")).status == 400
    await cora.send((await cora.get(board)).form("/undo"))
    assert "undone" in (await cora.get(board)).text


async def test_the_approved_wording_is_sent_by_one_tap_without_review(world: World) -> None:
    care = world.care
    await world.sits_down(Role.COORDINATOR, "Cora")
    cora, carl = await world.person("Cora"), await care.joins("carl", Role.COORDINATOR)
    vera = await world.sits_down(Role.VOLUNTEER, "Vera")
    await world.sits_down(Role.VOLUNTEER, "Nina")
    await care.writes("klara", "Router tot")
    incident = await confirmed(care, cora)
    mine = await vera.get(MINE)
    await vera.send(mine.form("/take"))
    assert "Approved wording" not in (await vera.get(MINE)).text
    async with speaking(care.desk) as voice:
        draft = await write_statement(
            voice, cora, incident.id, text_de="Wir wissen davon.", text_en="We know of it.", seen=None
        )
        await submit_statement(voice, cora, incident.id, draft.id)
        await approve_statement(voice, carl, draft.id, incident.id)
    mine = await vera.get(MINE)
    assert "Wir wissen davon." in mine.text
    await vera.send(mine.form("/wording"))
    await care.settle()
    assert any("Wir wissen davon." in text for text in care.seen_by("klara"))
    assert "community" in care.transcript("klara") or "Community" in care.transcript("klara")
