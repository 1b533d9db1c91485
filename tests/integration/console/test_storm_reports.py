"""The report of an incident: its figures on the page, on paper and as a picture; its lessons."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import timedelta

from desk.people import Locale, Role
from tests.integration.console.test_storm import SCRIPT, goes_on, proposed, sends
from tests.integration.console.world import World


def printed(pdf: bytes) -> str:
    """The words of a PDF of ours: two bytes a letter, in pieces between round brackets."""
    streams = (zlib.decompress(found[1]) for found in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL))
    drawn = (re.findall(rb"\[(.*?)\]\s*TJ", stream, re.DOTALL) for stream in streams if b"TJ" in stream)
    return " ".join(
        "".join(part.decode("latin-1") for part in re.findall(rb"\((.*?)(?<!\\)\)", text, re.DOTALL)).replace("\0", "")
        for texts in drawn
        for text in texts
    )


async def test_the_report_of_a_storm_tells_the_same_on_a_page_and_on_paper(world: World) -> None:
    care = world.care
    incident_id = await proposed(world, "klara", "kim")
    await care.pass_time(timedelta(minutes=12))
    cora = await world.sits_down(Role.COORDINATOR, "Cora", Locale.GERMAN)
    await sends(cora, incident_id, "confirm")
    await goes_on(world)
    await care.pass_time(timedelta(minutes=30))
    await sends(cora, incident_id, "resolve", text_de="Das Netz ist wieder da.", text_en="The net is back.")
    await goes_on(world)
    await care.taps("klara", "Gelöst")
    await goes_on(world)

    page = await cora.get(f"/console/storm/{incident_id}/report")
    assert page.status == 200
    assert SCRIPT not in page.html
    assert "2345678" not in page.html
    for said in (
        "12 min",
        "42 min",
        "Cora",
        "Fragen dazu 2 100 %",
        "durch die Stellungnahme oder das letzte Wort gelöst 1",
    ):
        assert said in page.text, page.text
    async with cora.session.get(f"/console/storm/{incident_id}/report.png") as picture:
        assert (await picture.read()).startswith(b"\x89PNG")
    async with cora.session.get(f"/console/storm/{incident_id}/report.pdf") as answer:
        assert answer.content_type == "application/pdf"
        pdf = await answer.read()
    paper = printed(pdf)
    for said in ("Wie schnell", "12 min", "42 min", "Cora", "Fragen dazu", "gespart"):
        assert said in paper, paper
    assert "2345678" not in paper
    assert "Klara" not in paper


async def test_a_lesson_has_an_owner_and_is_seen_to(world: World) -> None:
    incident_id = await proposed(world, "klara")
    cora = await world.sits_down(Role.COORDINATOR, "Cora")
    agent = await world.sits_down(Role.AGENT, "Gus")
    gus = str((await world.person("Gus")).id)
    at = f"/console/storm/{incident_id}/report"
    form = (await cora.get(at)).form("/lessons")
    page = await cora.send(form, text="Call the network desk first", owner=gus, due="2026-03-01")
    assert "Call the network desk first Gus" in page.text
    assert "late" in page.text
    refused = await cora.send(form, text="Ask Ada, 0171 2345678", owner=gus, due="2026-03-09")
    assert (refused.status, "no personal data" in refused.text) == (400, True)
    assert (await cora.send(form, text="Soon", owner=gus, due="some day")).status == 400
    own = await agent.get(at)
    assert 'lessons" class="stack' not in own.html
    settle = own.form("/lessons/1")
    mine = {"text": "Mine", "owner": gus, "due": "2026-03-09"}
    assert (await agent.send(replace(settle, action=form.action), **mine)).status == 403
    assert "Not done yet" in (await agent.send(settle, done="1")).text
    assert (await cora.get(f"/console/storm/{incident_id + 1}/report")).status == 404


async def test_a_report_is_not_for_volunteers(world: World) -> None:
    incident_id = await proposed(world, "klara")
    vera = await world.sits_down(Role.VOLUNTEER, "Vera")
    for what in ("report", "report.png", "report.pdf"):
        assert (await vera.get(f"/console/storm/{incident_id}/{what}")).status == 403
