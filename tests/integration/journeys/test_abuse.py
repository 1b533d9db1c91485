"""Avoiding, reporting, suspicion: people decide, and nobody is left with a dead end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.abuse_case import CaseId, Decision
from desk.errors import AlreadyDecided, InputRejected, NotAllowed
from desk.offer import OfferState
from desk.people import Responder, ResponderId, Role
from desk.record import AnswerVerdict, Exclusion
from desk.suspicion import SuspicionRule
from desk.ticket import Lane
from tests.integration.journeys.care import Care
from tests.integration.journeys.test_trust import answers, solves, vera
from workflows.decide_case import decide_case
from workflows.watch_community import EVERY, watch_community

__all__ = ["vera"]  # a fixture

QUESTION = "Mein Router ist aus"


async def coordinator(care: Care) -> Responder:
    return await care.joins("cora", Role.COORDINATOR)


async def open_cases(care: Care) -> list[tuple[CaseId, SuspicionRule]]:
    async with care.desk.store.begin() as work:
        cases = await work.abuse.cases(limit=10)
    return [(case.id, case.suspicion.rule) for case in cases if case.decision is None]


async def offered(care: Care, who: ResponderId) -> int:
    async with care.desk.store.begin() as work:
        return len(await work.offers.open_of_responder(who))


async def test_who_is_avoided_is_never_asked_again(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    await care.commands("max", "avoid")
    assert "nicht mehr" in care.seen_by("max")[-1]
    await care.pass_time(timedelta(days=30))
    await care.writes("max", QUESTION)
    assert await offered(care, vera.id) == 0
    await care.writes("lea", QUESTION)
    assert await offered(care, vera.id) == 1


async def test_a_volunteer_who_avoids_gives_the_question_back(care: Care, vera: Responder) -> None:
    await answers(care, "max")
    await care.commands("vera", "avoid")
    ticket = await care.ticket_of("max")
    assert ticket.assignee_id is None
    assert ticket.lane is Lane.STAFF  # nobody else is at hand
    async with care.desk.store.begin() as work:
        assert await work.abuse.last_met(vera.id) == ticket.contact_id


async def test_with_nobody_to_avoid_it_is_said(care: Care) -> None:
    await care.commands("max", "avoid")
    assert "nobody here" in care.seen_by("max")[-1]


async def test_a_report_brings_staff_and_a_case_at_once(care: Care, vera: Responder) -> None:
    await answers(care, "max")
    await care.commands("max", "report", "Sie wollte meine Nummer 0171 2345678")
    assert (await care.ticket_of("max")).lane is Lane.STAFF
    ((_case_id, rule),) = await open_cases(care)
    assert rule is SuspicionRule.REPORTED
    async with care.desk.store.begin() as work:
        (report,) = await work.abuse.reports(care.clock.now() - timedelta(days=1))
    assert "0171" not in report.words
    assert "[…]" in report.words
    await care.commands("max", "report", "again")
    assert len(await open_cases(care)) == 1


async def test_without_an_answer_of_a_volunteer_there_is_nothing_to_report(care: Care) -> None:
    await care.commands("max", "report", "hm")
    assert await open_cases(care) == []


async def reported(care: Care) -> CaseId:
    await answers(care, "max")
    await care.commands("max", "report", "unfreundlich")
    ((case_id, _rule),) = await open_cases(care)
    return case_id


async def test_a_suspended_volunteer_gets_no_offers_and_claims_nothing(care: Care, vera: Responder) -> None:
    case_id = await reported(care)
    await care.writes("lea", QUESTION)
    async with care.desk.store.begin() as work:
        (offer,) = await work.offers.open_of_responder(vera.id)
    cora = await coordinator(care)
    await decide_case(care.desk, cora, case_id, Decision.SUSPENDED, "rude twice")
    async with care.desk.store.begin() as work:
        ended = await work.offers.by_id(offer.id)
    assert ended is not None
    assert ended.state is OfferState.WITHDRAWN
    assert (await care.ticket_of("lea")).lane is Lane.STAFF
    await care.writes("kim", QUESTION)
    assert await offered(care, vera.id) == 0
    assert any("⏸️" in said for said in care.seen_by("vera"))
    await care.pass_time(timedelta(days=15))
    await care.writes("tom", QUESTION)
    assert await offered(care, vera.id) == 1


async def test_a_tap_of_a_suspended_volunteer_is_answered(care: Care, vera: Responder) -> None:
    await care.writes("lea", QUESTION)
    cora = await coordinator(care)
    async with care.desk.store.begin() as work:
        await work.abuse.suspend(vera.id, care.clock.now() + timedelta(days=1), by=cora.id)
    receipt = await care.taps("vera", "Take it")
    assert receipt.notice is not None
    assert (await care.ticket_of("lea")).assignee_id is None


async def test_answers_that_a_coordinator_leaves_out_do_not_count(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    await care.commands("max", "report", "das war ich selbst")
    ((case_id, _rule),) = await open_cases(care)
    await decide_case(care.desk, await coordinator(care), case_id, Decision.EXCLUDED, "same person")
    async with care.desk.store.begin() as work:
        (outcome,) = await work.records.of_ticket((await care.ticket_of("max")).id)
    assert (outcome.verdict, outcome.excluded) == (AnswerVerdict.SOLVED, Exclusion.SUSPICIOUS)


async def test_what_was_decided_does_not_come_back_with_the_same_evidence(care: Care, vera: Responder) -> None:
    case_id = await reported(care)
    cora = await coordinator(care)
    await decide_case(care.desk, cora, case_id, Decision.DISMISSED, "it was a misunderstanding")
    await care.pass_time(EVERY + timedelta(minutes=1))
    assert await watch_community(care.desk) == 0
    assert await open_cases(care) == []
    with pytest.raises(AlreadyDecided):
        await decide_case(care.desk, cora, case_id, Decision.WARNED, "twice")


async def test_a_round_is_made_once_by_whoever_comes_first(care: Care, vera: Responder) -> None:
    await watch_community(care.desk)
    async with care.desk.store.begin() as work:
        assert not await work.abuse.begins_watch(EVERY, now=care.clock.now())
        assert await work.abuse.begins_watch(EVERY, now=care.clock.now() + EVERY)


async def test_only_coordinators_decide_and_say_why(care: Care, vera: Responder) -> None:
    case_id = await reported(care)
    with pytest.raises(NotAllowed):
        await decide_case(care.desk, await care.joins("anna", Role.AGENT), case_id, Decision.WARNED, "why not")
    with pytest.raises(InputRejected):
        await decide_case(care.desk, await coordinator(care), case_id, Decision.WARNED, "  ")
    assert not any("⚠️" in said for said in care.seen_by("vera"))


async def test_what_volunteers_took_is_read_as_deeds(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    async with care.desk.store.begin() as work:
        (deed,) = await work.abuse.deeds(care.clock.now() - timedelta(days=1), limit=10)
        texts = await work.abuse.answers(vera.id, care.clock.now() - timedelta(days=1))
        offers = await work.abuse.offered(care.clock.now() - timedelta(days=1))
    assert (deed.responder_id, deed.praised, deed.ending.value) == (vera.id, True, "answered")
    assert deed.ticket_id in texts
    assert offers == {vera.id: 1}
