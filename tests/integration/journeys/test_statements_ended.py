"""A statement whose incident goes on in another one, or that is withdrawn: nobody is left with old words."""

from __future__ import annotations

import pytest_asyncio

from app.metrics import Metrics
from app.storm_care import StormCare
from desk.broadcast import BroadcastTrigger
from desk.incident import IncidentState, NewIncident
from tests.integration.journeys.care import START, Care, sense_by_words
from tests.integration.journeys.stormy import call, opts_in
from tests.integration.journeys.test_statements import DE, EN, NEWER_DE, NEWER_EN, Storm, confirmed
from workflows.approve_statement import tell_waiting, withdraw_statement
from workflows.change_incident import join_incidents
from workflows.statement_reads import statement_sheet
from workflows.voice import speaking


@pytest_asyncio.fixture
async def storm(care: Care) -> Storm:
    return await confirmed(care)


async def test_a_correction_reaches_whoever_got_a_statement_of_an_incident_that_was_joined(storm: Storm) -> None:
    for who in ("anna", "ben"):
        await storm.asks(who)
    await storm.approved()
    await storm.tells_all()
    await storm.care.taps("ben", "🤔 Meins ist anders")
    async with speaking(storm.care.desk) as voice:
        other = await voice.work.incidents.propose(NewIncident("App", "technical_fault", (), START), now=START)
        await voice.work.incidents.decide(other, IncidentState.CONFIRMED, by=storm.cora.id, now=START)
        await join_incidents(voice, storm.cora, storm.incident, other)
    storm.incident = other
    await storm.asks("cleo")
    await storm.submitted(NEWER_DE, NEWER_EN)
    assert (await statement_sheet(storm.care.desk, other)).corrected.count == 2
    await storm.care.taps("carl", "Approve the statement")
    assert [storm.heard(who, NEWER_DE) for who in ("anna", "ben", "cleo")] == [1, 1, 0]
    assert [storm.heard(who, "Korrektur") for who in ("anna", "ben")] == [1, 1]
    await storm.tells_all()
    assert [storm.heard(who, NEWER_DE) for who in ("anna", "ben", "cleo")] == [1, 1, 1]
    assert storm.heard("cleo", "Korrektur") == 0


async def test_what_is_withdrawn_leaves_a_correction_to_write_and_volunteers_hear_so(storm: Storm) -> None:
    care = storm.care
    for who in ("vera", "viktor"):
        await opts_in(care, who)
    await call(care, storm.cora, storm.incident)
    await care.taps("vera", "I am in")
    await storm.asks("anna")
    statement = await storm.approved()
    await storm.tells_all()
    async with speaking(care.desk) as voice:
        assert await withdraw_statement(voice, storm.carl, statement.id, storm.incident) == 1
    await care.settle()
    assert "The approved wording was withdrawn" in care.seen_by("vera")[-1]
    assert storm.heard("viktor", "withdrawn") == 0
    for who in ("cora", "carl"):
        assert "Contacts who have it: 1." in care.seen_by(who)[-1]
    assert (await statement_sheet(care.desk, storm.incident)).uncorrected == 1
    await storm.approved(NEWER_DE, NEWER_EN)
    assert storm.heard("anna", NEWER_DE) == storm.heard("anna", "Korrektur") == 1
    assert (await statement_sheet(care.desk, storm.incident)).uncorrected == 0
    assert storm.heard("vera", DE) + storm.heard("vera", EN) == 1


async def test_metrics_say_how_far_broadcasts_are(storm: Storm) -> None:
    metrics = Metrics()
    steps = StormCare(storm.care.desk, sense_by_words, metrics)
    for who in ("anna", "ben"):
        await storm.asks(who)
    await storm.approved()
    async with speaking(storm.care.desk) as voice:
        broadcast = await tell_waiting(voice, storm.cora, storm.incident)
    assert broadcast is not None
    await storm.changes(broadcast, BroadcastTrigger.PAUSE)
    await steps.step()
    page = metrics.page({}).decode()
    assert 'zuruf_broadcasts{state="paused"} 1.0' in page
    assert 'zuruf_broadcasts{state="running"} 0.0' in page
    assert 'zuruf_broadcast_questions{outcome="waiting"} 2.0' in page
    await storm.changes(broadcast, BroadcastTrigger.GO_ON)
    await steps.step()
    assert 'zuruf_broadcast_questions{outcome="waiting"} 0.0' in metrics.page({}).decode()
