"""The record on the volunteer's page and on the coordinator's: why a level is what it is, and who may change what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.volunteer_care import VolunteerCare
from desk.conversation import Address, Surface
from desk.people import Author, Locale, ResponderId, Role, TrustLevel
from desk.record import AnswerVerdict, Exclusion
from tests.integration.console.browser_of import Browser
from tests.integration.console.world import World
from workflows.note_outcome import note_outcome
from workflows.say_thanks import say_thanks
from workflows.voice import speaking

RECORD = "/console/volunteer/record"


async def newcomer(world: World, name: str, *languages: Locale) -> Browser:
    """A volunteer at their page who has earned nothing yet."""
    browser = await world.sits_down(Role.VOLUNTEER, name, *languages)
    number = (await world.person(name)).id
    async with world.care.desk.store.begin() as work:
        standing = await work.records.lock_standing(number, now=world.care.clock.now())
        await work.records.save_standing(number, replace(standing, level=TrustLevel.NEWCOMER))
    return browser


async def answered(world: World, name: str, *verdicts: AnswerVerdict, stars: int | None = None) -> None:
    """Questions of as many contacts that `name` answered, with these verdicts."""
    person = await world.person(name)
    for verdict in verdicts:
        world.care.clock.time += timedelta(minutes=1)
        who = f"contact{world.care.clock.time:%d%H%M}"
        async with speaking(world.care.desk) as voice:
            conversation, _new = await voice.work.conversations.open(
                Author("telegram", who, "Max Muster"), Address("telegram", who), who, Surface.PRIVATE, now=voice.now
            )
            ticket = await voice.work.tickets.open(conversation, locale=Locale.GERMAN, follow_up_of=None, now=voice.now)
            await note_outcome(voice, ticket, person.id, verdict)
            if stars is not None:
                await voice.work.records.rate(ticket.id, stars)


GOOD, BAD = AnswerVerdict.SOLVED, AnswerVerdict.UNSOLVED


async def test_the_record_says_what_became_of_each_answer_and_names_nobody(world: World) -> None:
    vera = await newcomer(world, "Vera")
    page = await vera.get(RECORD)
    assert "Newcomer" in page.text
    assert "none counts yet" in page.text
    await answered(world, "Vera", GOOD, GOOD, GOOD, GOOD, GOOD, BAD, AnswerVerdict.SILENT)
    page = await vera.get(RECORD)
    assert "Helper" in page.text
    assert "5 of 6 solved" in page.text
    assert "does not count: the contact never said whether it helped" in page.text
    assert page.html.count('<li class="good"') == 5
    assert "Max" not in page.html
    assert "Muster" not in page.html


async def test_it_reads_in_german_too(world: World) -> None:
    vera = await newcomer(world, "Vera", Locale.GERMAN)
    await answered(world, "Vera", GOOD, BAD)
    page = await vera.get(RECORD)
    assert "1 von 2 gelöst" in page.text
    assert "Neuling" in page.text


async def test_who_is_warned_sees_until_when(world: World) -> None:
    vera = await newcomer(world, "Vera")
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    await set_level(world, cora, TrustLevel.HELPER)
    await answered(world, "Vera", *[BAD] * 6)
    assert "you go one level down" in (await vera.get(RECORD)).text
    assert "Warned" in (await cora.get(await card(world))).text


async def card(world: World, name: str = "Vera") -> str:
    return f"/console/volunteers/{(await world.person(name)).id}"


async def set_level(world: World, cora: Browser, level: TrustLevel, reason: str = "knows it all") -> None:
    page = await cora.get(await card(world))
    world.care.clock.time += timedelta(minutes=1)
    assert (await cora.send(page.form("/level"), level=level.value, reason=reason)).status == 200


async def test_a_coordinator_sets_a_level_with_a_reason_that_is_read(world: World) -> None:
    vera = await newcomer(world, "Vera")
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    await set_level(world, cora, TrustLevel.EXPERT, "Twenty years of routers")
    assert (await world.person("Vera")).trust is TrustLevel.EXPERT
    assert "Twenty years of routers" in (await vera.get(RECORD)).text
    assert "set by hand" in (await cora.get(await card(world))).text


async def test_nonsense_about_levels_is_refused(world: World) -> None:
    await newcomer(world, "Vera")
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    form = (await cora.get(await card(world))).form("/level")
    for level, reason in (("king", "x"), ("expert", " "), ("expert", "x" * 501), ("", "x")):
        assert (await cora.send(form, level=level, reason=reason)).status == 400
    form.action = "/console/volunteers/999/level"
    assert (await cora.send(form, level="expert", reason="x")).status == 404
    assert (await cora.get("/console/volunteers/999")).status == 404
    assert (await cora.get(await card(world, "Cora"))).status == 404
    assert (await world.person("Vera")).trust is TrustLevel.NEWCOMER


async def test_an_outcome_is_left_out_and_counted_again(world: World) -> None:
    vera = await newcomer(world, "Vera")
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    await answered(world, "Vera", GOOD, BAD)
    page = await cora.get(await card(world))
    async with world.care.desk.store.begin() as work:
        bad = next(o for o in await work.records.newest((await world.person("Vera")).id, limit=9) if not o.is_good)
    form = page.form(f"/outcomes/{bad.ticket_id}")
    page = await cora.send(form, why="not_the_answer")
    assert "staff say it was not about your answer" in (await vera.get(RECORD)).text
    assert "1 of 1 solved" in page.text
    page = await cora.send(form, why="counts")
    assert "1 of 2 solved" in page.text
    for why in ("", "outage", Exclusion.NEVER_SAID.value):
        assert (await cora.send(form, why=why)).status == 400


async def test_an_agent_says_on_the_ticket_that_it_was_not_about_the_answer(world: World) -> None:
    vera = await newcomer(world, "Vera")
    anna = await world.sits_down(Role.AGENT, "Anna")
    await answered(world, "Vera", BAD)
    number = (await world.person("Vera")).id
    async with world.care.desk.store.begin() as work:
        (outcome,) = await work.records.newest(number, limit=9)
    path = f"/console/tickets/{outcome.ticket_number}"
    page = await anna.get(path)
    form = page.form(f"/outcomes/{number}")
    assert "Vera: not solved" in page.text
    assert "staff say it was not about your answer" in (await anna.send(form, why="not_the_answer")).text
    assert "none counts yet" in (await vera.get(RECORD)).text
    await anna.send(form, why="counts")
    assert "0 of 1 solved" in (await vera.get(RECORD)).text
    for why in ("", "suspicious"):
        assert (await anna.send(form, why=why)).status == 400
    form.action = f"{path}/outcomes/999"
    assert (await anna.send(form, why="counts")).status == 404


async def test_perks_come_and_end(world: World) -> None:
    vera = await newcomer(world, "Vera")
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    page = await cora.get(await card(world))
    form = page.form("/console/volunteers/perks")
    page = await cora.send(form, german="Ein <b>Buch</b>", english="A <b>book</b>", until="2026-03-05")
    shown = await vera.get(RECORD)
    assert "A <b>book</b>" in shown.text.replace("&lt;", "<")
    assert "<b>book" not in shown.html
    await cora.send(page.form("/end"))
    assert "book" not in (await vera.get(RECORD)).text
    for wrong in (
        {"german": ""},
        {"english": "x" * 301},
        {"until": "2026-02-01"},
        {"until": "soon"},
        {"until": "9999-12-31"},
    ):
        sent = {"german": "Tee", "english": "Tea", **wrong}
        assert (await cora.send(form, **sent)).status == 400, wrong
    listed = await cora.get("/console/volunteers")
    page = await cora.send(listed.form("/console/volunteers/perks"), level="newcomer", german="Tee", english="Tea")
    assert "Newcomer and up" in page.text
    assert "Tea" in (await vera.get(RECORD)).text


async def test_the_list_shows_level_load_and_quality_and_is_searched(world: World) -> None:
    await newcomer(world, "Vera")
    await world.sits_down(Role.VOLUNTEER, "Viktor", units=("technology",))
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    await answered(world, "Vera", GOOD, BAD)
    page = await cora.get("/console/volunteers")
    assert "1 of 2 solved" in page.text
    assert "Technical support" in page.text
    assert "Cora" not in page.text.partition("Volunteers Name")[2].partition("Perks for a level")[0]
    page = await cora.get("/console/volunteers?search=vIk")
    assert "Viktor" in page.text
    assert "Vera" not in page.text


async def test_volunteers_and_agents_see_no_list_and_set_nothing(world: World) -> None:
    vera = await newcomer(world, "Vera")
    anna = await world.sits_down(Role.AGENT, "Anna")
    form = (await vera.get(RECORD)).form("/profile")
    for who in (vera, anna):
        for path in ("/console/volunteers", await card(world)):
            assert (await who.get(path)).status == 403
    for action in (f"{await card(world)}/level", f"{await card(world)}/outcomes/1", "/console/volunteers/perks"):
        form.action = action
        assert (
            await vera.send(form, level="champion", reason="me", why="counts", german="a", english="b")
        ).status == 403
    assert (await world.person("Vera")).trust is TrustLevel.NEWCOMER


async def test_a_volunteer_chooses_what_others_see(world: World) -> None:
    vera = await newcomer(world, "Vera")
    page = await vera.send((await vera.get(RECORD)).form("/profile"))
    number = (await world.person("Vera")).id
    async with world.care.desk.store.begin() as work:
        profile = await work.honours.profile(number)
    assert (profile.named, profile.monthly) == (False, False)
    await vera.send(page.form("/profile"), named="1")
    async with world.care.desk.store.begin() as work:
        assert (await work.honours.profile(number)).named


async def test_the_leaderboard_names_only_who_wants_it(world: World) -> None:
    vera = await newcomer(world, "Vera")
    viktor = await newcomer(world, "Viktor")
    await answered(world, "Vera", *[GOOD] * 4)
    await answered(world, "Viktor", *[GOOD] * 3)
    assert "The best by quality" not in (await vera.get(RECORD)).text
    board = world.care.policy.peer.leaderboard.model_copy(update={"shown": True, "answers": 3})
    peer = world.care.policy.peer.model_copy(update={"leaderboard": board})
    world.care.policy = world.care.policy.model_copy(update={"peer": peer})
    assert "2. Viktor" in (await vera.get(RECORD)).text
    await viktor.send((await viktor.get(RECORD)).form("/profile"))
    shown = (await vera.get(RECORD)).text
    assert "2. without a name" in shown
    assert "1. You" in shown
    assert "Viktor" not in shown


async def test_the_picture_of_a_month_is_its_owners_alone(world: World) -> None:
    world.care.clock.time = datetime(2026, 3, 30, 8, tzinfo=UTC)
    vera = await newcomer(world, "Vera")
    viktor = await newcomer(world, "Viktor")
    await answered(world, "Vera", GOOD)
    world.care.clock.time = datetime(2026, 4, 1, 8, tzinfo=UTC)
    assert await VolunteerCare(world.care.desk).step() == 1
    assert "/console/volunteer/months/2026-03.png" in (await vera.get(RECORD)).html
    async with vera.session.get("/console/volunteer/months/2026-03.png") as answer:
        assert (answer.status, answer.content_type) == (200, "image/png")
        assert (await answer.read()).startswith(b"\x89PNG")
    for path in ("2026-02", "2026-3", "x"):
        assert (await vera.get(f"/console/volunteer/months/{path}.png")).status == 404
    assert (await viktor.get("/console/volunteer/months/2026-03.png")).status == 404


async def test_words_of_thanks_stand_on_the_page_as_they_were_said(world: World) -> None:
    vera = await newcomer(world, "Vera")
    await answered(world, "Vera", GOOD)
    async with speaking(world.care.desk) as voice:
        (outcome,) = await voice.work.records.newest(ResponderId((await world.person("Vera")).id), limit=1)
        await say_thanks(voice, await voice.work.tickets.by_id(outcome.ticket_id), "<i>Super</i>, danke!")
    page = await vera.get(RECORD)
    assert "<blockquote>&lt;i&gt;Super&lt;/i&gt;, danke!</blockquote>" in page.html


@pytest.mark.parametrize("path", [RECORD, "/console/volunteer/months/2026-03.png"])
async def test_nobody_reads_a_record_who_is_not_signed_in(world: World, path: str) -> None:
    assert "/console/sign-in" in (await world.browser().get(path)).url
