"""Coordinators and admins: the team, dead letters, the log, the policy."""

from __future__ import annotations

import re

import pytest

from desk.errors import MessageRefused
from desk.people import Role
from desk.ticket import Lane
from tests.integration.console.world import World


async def test_an_invitation_made_here_is_shown_once_and_works(world: World) -> None:
    anna = await world.sits_down(Role.ADMIN, "Anna")
    team = await anna.get("/console/team")
    page = await anna.send(team.form("/invite"), role="agent", name="Bert", **{"languages[]": "de", "units[]": "legal"})
    code = re.search(r"/console/join/([\w-]+)", page.text)
    assert code is not None
    assert code[1] not in (await anna.get("/console/team")).html
    assert (await world.browser().get(f"/console/join/{code[1]}")).status == 200
    bert = await world.person("Bert")
    assert (bert.role, bert.units, [one.value for one in bert.languages]) == (Role.AGENT, ("legal",), ["de"])


async def test_topics_of_a_volunteer_come_from_the_same_choice(world: World) -> None:
    anna = await world.sits_down(Role.COORDINATOR, "Anna")
    team = await anna.get("/console/team")
    page = await anna.send(
        team.form("/invite"), role="volunteer", name="Vera", **{"languages[]": "en", "units[]": "legal"}
    )
    code = re.search(r"/console/join/([\w-]+)", page.text)
    assert code is not None
    await world.browser().get(f"/console/join/{code[1]}")
    assert (await world.person("Vera")).topics == ("legal",)


@pytest.mark.parametrize("role", ["coordinator", "admin"])
async def test_a_coordinator_invites_no_coordinators(world: World, role: str) -> None:
    anna = await world.sits_down(Role.COORDINATOR, "Anna")
    form = (await anna.get("/console/team")).form("/invite")
    assert (await anna.send(form, role=role, **{"languages[]": "de"})).status == 403


@pytest.mark.parametrize(
    "fields",
    [
        {"role": "emperor", "languages[]": "de"},
        {"role": "agent", "languages[]": ""},
        {"role": "agent", "languages[]": "fr"},
        {"role": "agent", "languages[]": "de", "units[]": "nowhere"},
        {"role": "agent", "languages[]": "de", "name": "x" * 61},
    ],
    ids=["role", "no language", "language", "unit", "name"],
)
async def test_an_invitation_of_nonsense_is_refused(world: World, fields: dict[str, str]) -> None:
    anna = await world.sits_down(Role.ADMIN, "Anna")
    assert (await anna.send((await anna.get("/console/team")).form("/invite"), **fields)).status == 400


async def test_whoever_leaves_the_team_is_out_at_once_and_their_tickets_go_back(world: World) -> None:
    anna, bert = await world.sits_down(Role.ADMIN, "Anna"), await world.sits_down(Role.AGENT, "Bert")
    await world.care.writes("max", "Meine Rechnung stimmt nicht")
    place = f"/console/tickets/{(await world.care.ticket_of('max')).number}"
    await bert.send((await bert.get(place)).form("/do/claim"))
    team = await anna.get("/console/team")
    await anna.send(team.form("/deactivate"))
    assert (await bert.get("/console/inbox")).url == "/console/sign-in"
    assert (await world.care.ticket_of("max")).assignee_id is None
    await anna.send((await anna.get("/console/team")).form("/activate"))
    assert (await bert.get("/console/inbox")).status == 200


async def test_a_volunteer_who_leaves_gives_questions_and_offers_back(world: World) -> None:
    anna, vera = await world.sits_down(Role.ADMIN, "Anna"), await world.sits_down(Role.VOLUNTEER, "Vera")
    await world.care.writes("max", "Mein Router geht nicht")
    await vera.send((await vera.get("/console/volunteer")).form("/take"))
    await world.care.writes("lea", "Mein Router auch nicht")
    await anna.send((await anna.get("/console/team")).form("/deactivate"))
    await world.care.settle()
    assert (await world.care.ticket_of("max")).assignee_id is None
    assert await world.care.lane_of("max") is Lane.STAFF
    async with world.care.desk.store.begin() as work:
        assert not await work.offers.open_of_responder((await world.person("Vera")).id)


async def test_nobody_puts_themselves_or_somebody_above_them_out(world: World) -> None:
    anna, cora = await world.sits_down(Role.ADMIN, "Anna"), await world.sits_down(Role.COORDINATOR, "Cora")
    for browser, whom in [(anna, "Anna"), (cora, "Anna"), (cora, "Cora")]:
        form = (await browser.get("/console/team")).form("/invite")
        form.action = f"/console/team/{(await world.person(whom)).id}/deactivate"
        assert (await browser.send(form)).status == 403
        assert (await world.person(whom)).active


async def test_agents_do_not_steer(world: World) -> None:
    bert = await world.sits_down(Role.AGENT, "Bert")
    for path in ("team", "dead", "log", "policy"):
        assert (await bert.get(f"/console/{path}")).status == 403
    assert "/console/team" not in (await bert.get("/console/inbox")).html


async def test_dead_letters_are_seen_and_go_out_again(world: World) -> None:
    anna = await world.sits_down(Role.ADMIN, "Anna")
    assert "Everything was delivered." in (await anna.get("/console/dead")).text
    world.care.chat.fails = [MessageRefused("chat not found")]
    await world.care.writes("max", "Meine Rechnung stimmt nicht")
    page = await anna.get("/console/dead")
    assert "chat not found" in page.text
    page = await anna.send(page.form("/retry"))
    assert "Everything was delivered." in page.text
    await world.care.settle()
    assert world.care.seen_by("max")
    gone = page.form("/sign-out")
    gone.action = "/console/dead/1/retry"
    assert (await anna.send(gone)).status == 404


async def test_the_log_tells_who_did_what(world: World) -> None:
    anna = await world.sits_down(Role.ADMIN, "Anna")
    await world.care.writes("max", "Meine Rechnung stimmt nicht, 0171 2345678")
    number = (await world.care.ticket_of("max")).number
    await anna.send((await anna.get(f"/console/tickets/{number}")).form("/do/claim"))
    page = await anna.get("/console/log")
    for said in ("Joined the team", "Ticket opened", "Claimed", "Anna", number):
        assert said in page.text
    assert "2345678" not in page.html
    assert "Max" not in page.html


async def test_the_policy_in_force_is_shown_and_why_the_newest_is_not(world: World) -> None:
    anna = await world.sits_down(Role.ADMIN, "Anna")
    assert "# the policy" in (await anna.get("/console/policy")).html
    world.policy_errors.append("policy.yml:7: intents.refund.unit: 'x' is not one of units")
    assert "policy.yml:7: intents.refund.unit" in (await anna.get("/console/policy")).text
