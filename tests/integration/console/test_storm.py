"""The storm room as coordinators steer it from their pages, and as agents may only look."""

from __future__ import annotations

import asyncio

from desk.alert import NewAlert
from desk.incident import IncidentId, IncidentState, JoinedHow, NewIncident
from desk.muster import MusterState
from desk.people import Role
from desk.ticket import Lane, Status
from tests.integration.console.browser_of import Browser, Page
from tests.integration.console.test_hostile import SCRIPT
from tests.integration.console.world import World
from workflows.change_playbook import save_playbook
from workflows.follow_incident import take_in_all
from workflows.put_slices import put_slices

ROOM = "/console/storm"
DOWN = "Router tot seit heute, kein Netz, 0171 2345678"
TITLE = f"Router ohne Netz {SCRIPT}"


async def proposed(world: World, *who: str, title: str = TITLE) -> IncidentId:
    """The machine proposes an incident with these contacts' questions, and an alert was raised about it."""
    care = world.care
    for one in who:
        await care.writes(one, DOWN)
    tickets = [(await care.ticket_of(one)).id for one in who]
    now = care.clock.now()
    async with care.desk.store.begin() as work:
        incident_id = await work.incidents.propose(NewIncident(title, "outage", ["7 statt 1"], now), now=now)
        await work.incidents.follow(incident_id, tickets, JoinedHow.CLUSTER, now=now)
        alert = NewAlert(f"topic:outage{incident_id}", "storm", 9.0, ["7 in 10 minutes"], now, None)
        alert_id, _new = await work.alerts.raise_or_change(alert, now=now)
        await work.alerts.belongs_to(alert_id, incident_id)
    return incident_id


OFFERS_A_MUSTER = """\
version: 1
levels:
  storm:
    muster: ask
"""


async def goes_on(world: World) -> None:
    while await take_in_all(world.care.desk) + await put_slices(world.care.desk):
        await world.care.settle()
    await world.care.settle()


async def sends(browser: Browser, incident_id: IncidentId, deed: str, **fields: str) -> Page:
    """The form of this deed, filled in."""
    page = await browser.get(f"{ROOM}/{incident_id}")
    form = page.form(f"/do/{deed}")
    return await browser.send(form, **fields)


async def test_a_coordinator_reads_confirms_and_resolves(world: World) -> None:
    incident_id = await proposed(world, "klara", "kim")
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    room = await cora.get(ROOM)
    assert "7 in 10 minutes" in room.text
    assert "Nobody has looked yet" in room.text
    assert SCRIPT not in room.html
    await cora.send(room.form("/acknowledge"))
    assert "Cora looks at it" in (await cora.get(ROOM)).text
    page = await cora.get(f"{ROOM}/{incident_id}")
    assert "2345678" not in page.html
    assert "[phone]" in page.text or "[Telefon]" in page.text
    assert SCRIPT not in page.html
    assert "<rect" in page.html
    await sends(cora, incident_id, "confirm")
    await goes_on(world)
    assert (await world.care.ticket_of("klara")).status is Status.ON_HOLD
    await sends(cora, incident_id, "edit", title="Kein Netz", topic="outage")
    await sends(cora, incident_id, "resolve", text_de="Das Netz ist wieder da.", text_en="The net is back.")
    await goes_on(world)
    assert any("wieder da" in text for text in world.care.seen_by("klara"))
    over = await cora.get(f"{ROOM}/{incident_id}")
    assert "Kein Netz" in over.text
    assert "Resolved" in over.text
    await sends(cora, incident_id, "reopen")
    assert "Confirmed" in (await cora.get(f"{ROOM}/{incident_id}")).text
    log = (await cora.get("/console/log")).text
    assert "An incident was resolved" in log


async def test_volunteers_are_called_with_one_button_where_the_playbook_offers_it(world: World) -> None:
    incident_id = await proposed(world, "klara")
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    await sends(cora, incident_id, "confirm")
    assert "/do/muster" not in (await cora.get(f"{ROOM}/{incident_id}")).html
    desk = world.care.desk
    await save_playbook(desk, await world.person("Cora"), OFFERS_A_MUSTER, after=None)
    await desk.storms.renew(desk.store, desk.clock.now())
    await sends(cora, incident_id, "muster")
    page = await cora.get(f"{ROOM}/{incident_id}")
    assert "/do/muster" not in page.html
    await cora.send(page.form("/do/undo-muster"))
    async with desk.store.begin() as work:
        [muster] = await work.musters.of_incident(incident_id)
    assert muster.state is MusterState.CALLED_OFF
    assert "/do/undo-muster" not in (await cora.get(f"{ROOM}/{incident_id}")).html


async def test_tickets_are_ticked_split_off_taken_out_and_added(world: World) -> None:
    incident_id = await proposed(world, "klara", "kim", "kurt")
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    klara, kim = await world.care.ticket_of("klara"), await world.care.ticket_of("kim")
    await sends(cora, incident_id, "confirm")
    await goes_on(world)
    page = await cora.get(f"{ROOM}/{incident_id}")
    form = page.form("/do/take-out")
    refused = await cora.send(form)
    assert refused.status == 400
    await cora.send(form, **{"tickets[]": str(klara.id)})
    assert await world.care.lane_of("klara") is Lane.STAFF
    form.action = form.action.replace("take-out", "split")
    await cora.send(form, **{"tickets[]": str(kim.id), "title": "Etwas anderes"})
    room = await cora.get(ROOM)
    assert "Etwas anderes" in room.text
    taken = await sends(cora, incident_id, "add", number=kim.number)
    assert taken.status == 409
    assert "take it out there first" in taken.text
    assert (await sends(cora, incident_id, "add", number="Z-999999")).status == 404
    await sends(cora, incident_id, "add", number=klara.number)
    async with world.care.desk.store.begin() as work:
        followed = await work.incidents.followed_by(klara.id)
    assert followed is not None
    assert followed.id == incident_id


async def test_agents_look_and_volunteers_do_not(world: World) -> None:
    incident_id = await proposed(world, "klara")
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    anna = await world.sits_down(Role.AGENT, "Anna")
    vera = await world.sits_down(Role.VOLUNTEER, "Vera")
    page = await anna.get(f"{ROOM}/{incident_id}")
    assert page.status == 200
    assert "/do/" not in page.html.replace("/do/take-out", "")
    assert "<button" not in page.html.split("<main")[1].replace('class="unseen"', "").split("followers")[0]
    assert (await vera.get(ROOM)).status == 403
    theirs = (await cora.get(f"{ROOM}/{incident_id}")).form("/do/confirm")
    own = (await anna.get(ROOM)).form("/sign-out").fields["csrf"]
    stolen = await anna.send(theirs, csrf=own)
    assert stolen.status == 403
    theirs.fields["csrf"] = "0" * 64
    assert (await cora.send(theirs)).status == 403
    for path in (f"{ROOM}/999999", f"{ROOM}/999999/live"):
        assert (await cora.get(path)).status == 404
    async with world.care.desk.store.begin() as work:
        assert (await work.incidents.incident(incident_id)).state is IncidentState.PROPOSED


async def test_of_two_who_decide_at_once_the_second_learns_it(world: World) -> None:
    incident_id = await proposed(world, "klara")
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    carl = await world.sits_down(Role.COORDINATOR, "Carl")
    dismiss = (await cora.get(f"{ROOM}/{incident_id}")).form("/do/dismiss")
    confirm = (await carl.get(f"{ROOM}/{incident_id}")).form("/do/confirm")
    await cora.send(dismiss)
    late = await carl.send(confirm)
    assert late.status == 409
    assert "A colleague has decided" in late.text
    page = await carl.get(f"{ROOM}/{incident_id}")
    assert "Dismissed" in page.text
    again = await asyncio.gather(cora.send(dismiss), cora.send(dismiss))
    assert all(one.status == 200 for one in again)


async def test_an_incident_is_opened_by_hand_and_the_live_parts_are_fetched_once(world: World) -> None:
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    form = (await cora.get(ROOM)).form("/open")
    opened = await cora.send(form, title="Kein Netz in Köln", topic="outage")
    assert "Kein Netz in Köln" in opened.text
    assert (await cora.send(form, title="   ", topic="")).status == 400
    live = await cora.get(f"{ROOM}/live")
    assert 'data-live="storm"' in live.html
    assert "Kein Netz in Köln" in live.html


async def test_a_ticket_is_put_into_an_incident_from_its_own_page(world: World) -> None:
    incident_id = await proposed(world, "klara", title="Kein Netz")
    await world.care.writes("nora", DOWN)
    nora = await world.care.ticket_of("nora")
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    anna = await world.sits_down(Role.AGENT, "Anna")
    path = f"/console/tickets/{nora.number}"
    assert "/storm/follow" not in (await anna.get(path)).html
    form = (await cora.get(path)).form("/storm/follow")
    back = await cora.send(form, incident=str(incident_id))
    assert back.url == path
    assert "Kein Netz" in (await anna.get(path)).text
    assert "take-out" not in (await anna.get(path)).html
    await cora.send((await cora.get(path)).form("/do/take-out"), **{"tickets[]": str(nora.id)})
    assert "Kein Netz" not in (await anna.get(path)).text
