"""Outcomes are noted with the verdict, levels follow them, and everybody is told why."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from desk.errors import InputRejected, NotAllowed
from desk.people import Invitation, Locale, Responder, Role, TrustLevel
from desk.record import AnswerVerdict, Exclusion, Outcome
from desk.store import ChangeKind
from routing.policy import parse_policy
from tests.integration.journeys.care import Care
from tests.integration.journeys.conftest import POLICY
from workflows.correct_reading import correct_reading
from workflows.judge_trust import judge_the_warned, set_level
from workflows.note_outcome import answer_recalled, exclude_outcome
from workflows.people_come import invite
from workflows.voice import speaking

NOTICE = timedelta(days=7)


@pytest.fixture
async def vera(care: Care) -> Responder:
    """A newcomer, in a desk that does not review answers."""
    text = POLICY.read_text(encoding="utf-8").replace("review: true", "review: false")
    care.policy = parse_policy(text, "policy.yml")
    code = await invite(care.desk, Invitation(Role.VOLUNTEER, "Vera", languages=(Locale.ENGLISH, Locale.GERMAN)))
    await care.commands("vera", "start", code)
    async with care.desk.store.begin() as work:
        found = await work.people.responder_of_account("telegram", "vera")
    assert found is not None
    return found


async def level_of(care: Care, who: Responder) -> TrustLevel:
    async with care.desk.store.begin() as work:
        return (await work.people.responder(who.id)).trust


async def outcomes(care: Care, who: Responder) -> list[Outcome]:
    async with care.desk.store.begin() as work:
        return list(await work.records.newest(who.id, limit=99))


async def answers(care: Care, contact: str, text: str = "Zieh den Stecker.") -> None:
    await care.writes(contact, "Mein Router blinkt rot")
    await care.taps("vera", "Take it")
    await care.answers("vera", text)


async def solves(care: Care, *contacts: str) -> None:
    for contact in contacts:
        await answers(care, contact)
        await care.commands(contact, "solved")


async def fails(care: Care, *contacts: str) -> None:
    """Not solved twice: staff have it then."""
    for contact in contacts:
        await answers(care, contact)
        await care.commands(contact, "unsolved")
        await care.commands("vera", "staff", "no idea")


async def test_a_verdict_is_an_outcome_of_whoever_answered(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    (outcome,) = await outcomes(care, vera)
    assert (outcome.verdict, outcome.topic, outcome.csat) == (AnswerVerdict.SOLVED, "technical_fault", None)
    await care.taps("max", "⭐⭐")
    (outcome,) = await outcomes(care, vera)
    assert (outcome.csat, outcome.is_good) == (2, False)


async def test_who_took_it_and_never_answered_has_no_outcome(care: Care, vera: Responder) -> None:
    await care.writes("max", "Mein Router blinkt rot")
    await care.taps("vera", "Take it")
    await care.commands("max", "solved")
    assert await outcomes(care, vera) == []


async def test_not_solved_counts_until_the_same_volunteer_mends_it(care: Care, vera: Responder) -> None:
    await answers(care, "max")
    await care.commands("max", "unsolved")
    assert [one.verdict for one in await outcomes(care, vera)] == [AnswerVerdict.UNSOLVED]
    await care.answers("vera", "Dann setz ihn zurück.")
    await care.commands("max", "solved")
    assert [one.verdict for one in await outcomes(care, vera)] == [AnswerVerdict.SOLVED]


async def test_silence_is_kept_and_says_nothing(care: Care, vera: Responder) -> None:
    await answers(care, "max")
    await care.pass_time(timedelta(hours=73))
    (outcome,) = await outcomes(care, vera)
    assert (outcome.verdict, outcome.excluded, outcome.counts) == (AnswerVerdict.SILENT, Exclusion.NEVER_SAID, False)


async def test_who_comes_back_with_more_takes_the_outcome_back_and_thanks_alone_do_not(
    care: Care, vera: Responder
) -> None:
    await solves(care, "max")
    await care.writes("max", "danke")
    assert [one.verdict for one in await outcomes(care, vera)] == [AnswerVerdict.SOLVED]
    await care.writes("max", "Der Router blinkt schon wieder")
    assert await outcomes(care, vera) == []


async def test_five_solved_make_a_helper_who_is_told_why(care: Care, vera: Responder) -> None:
    await solves(care, "a", "b", "c", "d")
    assert await level_of(care, vera) is TrustLevel.NEWCOMER
    await solves(care, "e")
    assert await level_of(care, vera) is TrustLevel.HELPER
    told = [said for said in care.seen_by("vera") if "🎉 Your level" in said]
    assert len(told) == 1
    assert "**Helper**: 5 of your last 5 answers that count solved it" in told[0]


async def test_verdicts_at_the_same_moment_lift_once(care: Care, vera: Responder) -> None:
    contacts = [f"c{number}" for number in range(6)]
    for contact in contacts:
        await answers(care, contact)
    care.workers_sleep = True
    await asyncio.gather(*(care.commands(contact, "solved") for contact in contacts))
    care.workers_sleep = False
    await care.settle()
    assert await level_of(care, vera) is TrustLevel.HELPER
    async with care.desk.store.begin() as work:
        assert [one.kind for one in await work.records.changes(vera.id, limit=9)] == [ChangeKind.ROSE]
    assert sum("🎉 Your level" in said for said in care.seen_by("vera")) == 1


async def test_a_fall_comes_after_a_warning_and_its_notice(care: Care, vera: Responder) -> None:
    await by_hand(care, vera, TrustLevel.EXPERT)
    await fails(care, "a", "b", "c", "d", "e")
    assert await level_of(care, vera) is TrustLevel.EXPERT
    (warned,) = [said for said in care.seen_by("vera") if "too little" in said]
    assert "0 of your last 5" in warned
    assert "in 7 days" in warned
    await care.pass_time(NOTICE - timedelta(minutes=1))
    assert await judge_the_warned(care.desk) == 0
    await care.pass_time(timedelta(minutes=2))
    assert await judge_the_warned(care.desk) == 1
    assert await judge_the_warned(care.desk) == 0
    assert await level_of(care, vera) is TrustLevel.HELPER
    await care.settle()
    assert any("Your level is now **Helper**: 0 of your last 5" in said for said in care.seen_by("vera"))


async def test_who_mends_it_in_time_keeps_the_level(care: Care, vera: Responder) -> None:
    await by_hand(care, vera, TrustLevel.HELPER)
    await fails(care, "a", "b", "c", "d", "e")
    await solves(care, *"fghijkl")
    assert await level_of(care, vera) is TrustLevel.HELPER
    assert any("Good enough again" in said for said in care.seen_by("vera"))
    await care.pass_time(NOTICE * 2)
    assert await judge_the_warned(care.desk) == 0


async def by_hand(care: Care, vera: Responder, level: TrustLevel) -> None:
    cora = await coordinator(care)
    async with speaking(care.desk) as voice:
        await set_level(voice, cora, vera.id, level, "I know her from the forum")
    await care.pass_time(timedelta(minutes=1))


async def coordinator(care: Care) -> Responder:
    return await care.joins("cora", Role.COORDINATOR)


async def test_a_level_by_hand_is_told_with_its_reason_and_kept(care: Care, vera: Responder) -> None:
    await solves(care, *"abcd")
    await by_hand(care, vera, TrustLevel.EXPERT)
    assert await level_of(care, vera) is TrustLevel.EXPERT
    assert any("I know her from the forum" in said for said in care.seen_by("vera"))
    async with care.desk.store.begin() as work:
        (change,) = await work.records.changes(vera.id, limit=9)
        assert (change.kind, change.set_by_name) == (ChangeKind.SET, "Cora")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
async def test_a_level_by_hand_needs_a_reason(care: Care, vera: Responder, reason: str) -> None:
    cora = await coordinator(care)
    with pytest.raises(InputRejected):
        async with speaking(care.desk) as voice:
            await set_level(voice, cora, vera.id, TrustLevel.EXPERT, reason)
    assert await level_of(care, vera) is TrustLevel.NEWCOMER


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.AGENT])
async def test_others_set_no_levels(care: Care, vera: Responder, role: Role) -> None:
    other = await care.joins("olli", role)
    with pytest.raises(NotAllowed):
        async with speaking(care.desk) as voice:
            await set_level(voice, other, vera.id, TrustLevel.EXPERT, "please")


async def test_what_staff_say_was_not_the_answer_is_left_out_and_may_lift(care: Care, vera: Responder) -> None:
    await fails(care, "x")
    await solves(care, *"abcde")
    anna = await care.joins("anna", Role.AGENT)
    bad = next(one for one in await outcomes(care, vera) if one.verdict is AnswerVerdict.UNSOLVED)
    assert await level_of(care, vera) is TrustLevel.NEWCOMER
    async with speaking(care.desk) as voice:
        await exclude_outcome(voice, anna, bad.ticket_id, vera.id, Exclusion.NOT_THE_ANSWER)
    assert await level_of(care, vera) is TrustLevel.HELPER
    with pytest.raises(NotAllowed):
        async with speaking(care.desk) as voice:
            await exclude_outcome(voice, vera, bad.ticket_id, vera.id, Exclusion.NOT_THE_ANSWER)
    with pytest.raises(InputRejected):
        async with speaking(care.desk) as voice:
            await exclude_outcome(voice, anna, bad.ticket_id, vera.id, Exclusion.OUTAGE)


@pytest.mark.parametrize(
    ("intent", "why"),
    [("outage", Exclusion.OUTAGE), ("refund", Exclusion.STAFF_MATTER), ("how_to", None)],
)
async def test_what_it_turned_out_to_be_may_be_beyond_a_volunteer(
    care: Care, vera: Responder, intent: str, why: Exclusion | None
) -> None:
    await fails(care, "max")
    anna = await care.joins("anna", Role.AGENT)
    ticket = await care.ticket_of("max")
    async with speaking(care.desk) as voice:
        message = (await voice.work.messages.of_ticket(ticket.id))[0]
        await correct_reading(voice, anna, ticket.id, message.id, intent=intent)
    (outcome,) = await outcomes(care, vera)
    assert outcome.excluded is why


async def test_a_recalled_answer_counts_against_its_author(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    ticket = await care.ticket_of("max")
    async with speaking(care.desk) as voice:
        await answer_recalled(voice, ticket, vera.id)
    (outcome,) = await outcomes(care, vera)
    assert (outcome.verdict, outcome.counts, outcome.is_good) == (AnswerVerdict.RECALLED, True, False)


async def test_the_policy_says_what_a_level_asks(care: Care, vera: Responder) -> None:
    text = POLICY.read_text(encoding="utf-8")
    asked = "helper: {answers: 5, quality: 0.50}"
    assert asked in text
    text = text.replace(asked, "helper: {answers: 2, quality: 0.30}").replace("review: true", "review: false")
    care.policy = parse_policy(text, "policy.yml")
    await solves(care, "a", "b")
    assert await level_of(care, vera) is TrustLevel.HELPER
