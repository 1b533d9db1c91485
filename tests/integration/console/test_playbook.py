"""The playbook on its page: tried without doing anything, changed with every mistake told, restored; topics frozen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.alert import NewAlert
from desk.errors import NotAllowed
from desk.people import Role
from routing.playbook import parse_playbook
from routing.storm import StormLevel
from tests.integration.console.world import World
from workflows.change_playbook import save_playbook

PAGE = "/console/storm/playbook"
OWN = """version: 1
levels:
  storm:
    call: [{whom: [admin], again_after_minutes: 3}]
    priority: urgent
    freeze: ask
"""


async def test_a_coordinator_tries_changes_and_restores_it(world: World) -> None:
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    page = await cora.get(PAGE)
    assert "Nobody would be called; it stands in the storm room." in page.text
    form = page.form("/text")
    tried = await cora.send(form, text=OWN, do="try")
    assert "New questions on “Outage” would have urgent priority." in tried.text
    assert "not in force yet" in tried.text
    assert world.care.desk.storms.playbook.play(StormLevel.STORM, "outage").priority is None
    wrong = await cora.send(form, text=OWN.replace("urgent", "soon"), do="save")
    assert wrong.status == 400
    assert "playbook:5: levels.storm.priority" in wrong.text
    assert "priority: soon" in wrong.html
    await cora.send(form, text=OWN, do="save")
    assert world.care.desk.storms.playbook == parse_playbook(OWN, "p")
    late = await cora.send(form, text=OWN, do="save")
    assert late.status == 409
    page = await cora.get(PAGE)
    assert "After 3 minutes" not in page.text
    assert "Cora" in page.text
    await cora.send(page.form("/restore"))
    assert world.care.desk.storms.playbook != parse_playbook(OWN, "p")


async def test_agents_only_look(world: World) -> None:
    agent = await world.sits_down(Role.AGENT, "Ada")
    page = await agent.get(f"{PAGE}?level=watch&topic=refund")
    assert "Put in force" not in page.text
    async with world.care.desk.store.begin() as work:
        ada = next(one for one in await work.people.responders() if one.name == "Ada")
    with pytest.raises(NotAllowed):
        await save_playbook(world.care.desk, ada, OWN, after=None)
    assert (await agent.get(f"{PAGE}?level=stormy")).status == 400


async def test_automatic_answers_are_frozen_and_thawed_in_the_storm_room(world: World) -> None:
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    await cora.send((await cora.get(PAGE)).form("/text"), text=OWN, do="save")
    desk = world.care.desk
    async with desk.store.begin() as work:
        now = world.care.clock.now()
        await work.alerts.raise_or_change(NewAlert("topic:outage", "storm", 1, ["x"], now, None), now=now)
    room = await cora.get("/console/storm")
    await cora.send(room.form("/freeze"))
    assert desk.storms.frozen_until("outage", now) == now + timedelta(hours=4)
    room = await cora.get("/console/storm")
    assert "automatic answers are frozen" in room.text
    assert "Freeze automatic answers" not in room.text
    await cora.send(room.form("/unfreeze"))
    assert desk.storms.frozen_until("outage", now) is None
