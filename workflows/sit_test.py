"""A volunteer sits an entrance test, question by question in a chat or all at once on their page; coordinators write
them. Passing opens the topic at once; after failing one may try again when the test's pause is over.

A tap on a question that was answered before changes nothing, and an end is an end: nobody corrects an answer later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desk.entrance_test import (
    EntranceTest,
    Sitting,
    SittingId,
    may_try_at,
    parse_questions,
    passes,
    right_answers,
)
from desk.errors import InputRejected, NotAllowed, NotFound, TextChanged
from desk.people import Locale, Responder, Role
from routing.topics import peer_topics, unit_of_topics
from workflows.care_desk import CareDesk
from workflows.voice import Voice, speaking
from workflows.volunteer_wishes import open_topics, wishes_of


@dataclass(frozen=True, slots=True)
class Standing:
    """How a volunteer stands with the test of a unit. `again_at`: they failed and must wait until then."""

    test: EntranceTest
    sitting: Sitting | None
    again_at: datetime | None


async def tests_ahead(voice: Voice, responder: Responder) -> Mapping[str, Standing]:
    """The tests of the units they chose and that are not open to them."""
    work = voice.work
    wishes = await wishes_of(voice.desk, work, responder)
    units = unit_of_topics(voice.desk.policy())
    opened = await work.volunteers.opened(responder.id)
    tests = await work.entrance_tests.in_force()
    found = {}
    for unit in dict.fromkeys(units[topic] for topic in wishes.topics if topic in units):
        if unit in tests and unit not in opened:
            last = await work.entrance_tests.latest_sitting(responder.id, unit)
            again = may_try_at(tests[unit], last)
            found[unit] = Standing(tests[unit], last, again if again is not None and again > voice.now else None)
    return found


async def begin_sitting(voice: Voice, responder: Responder, unit: str) -> tuple[EntranceTest, Sitting]:
    """A new go, or the one that is under way. Raises NotFound, NotAllowed before the pause is over."""
    ahead = (await tests_ahead(voice, responder)).get(unit)
    if ahead is None:
        raise NotFound("no test of a topic they chose")
    if ahead.again_at is not None:
        raise NotAllowed("the pause after the last go is not over")
    tests = voice.work.entrance_tests
    sitting = await tests.begin(responder.id, unit, ahead.test.version, now=voice.now)
    return await tests.version(unit, sitting.version), sitting


async def answer_question(
    voice: Voice, responder: Responder, sitting_id: SittingId, place: int, choice: int
) -> tuple[EntranceTest, Sitting]:
    """Answers the question at `place`, when it is the one to be answered now. Raises NotFound, InputRejected."""
    tests = voice.work.entrance_tests
    sitting = await tests.sitting(sitting_id)
    if sitting is None or sitting.responder_id != responder.id:
        raise NotFound("no such sitting of theirs")
    test = await tests.version(sitting.unit, sitting.version)
    if sitting.ended_at is not None or place != len(sitting.answers):
        return test, sitting
    if choice >= len(test.questions[place].choices):
        raise InputRejected("choice: not one of the question's")
    return test, await _keep(voice, responder, test, sitting, (*sitting.answers, choice))


async def answer_all(
    voice: Voice, responder: Responder, unit: str, answers: Sequence[int]
) -> tuple[EntranceTest, Sitting]:
    """Hands in a whole test. Raises NotFound, NotAllowed, InputRejected when one is missing."""
    test, sitting = await begin_sitting(voice, responder, unit)
    if len(answers) != len(test.questions):
        raise InputRejected("answers: one for each question")
    if any(not 0 <= one < len(question.choices) for one, question in zip(answers, test.questions, strict=True)):
        raise InputRejected("answers: not one of the choices")
    return test, await _keep(voice, responder, test, sitting, tuple(answers))


async def _keep(
    voice: Voice, responder: Responder, test: EntranceTest, sitting: Sitting, answers: tuple[int, ...]
) -> Sitting:
    going = replace(sitting, answers=answers)
    if len(answers) == len(test.questions):
        going = replace(going, ended_at=voice.now, passed=passes(test, answers))
    await voice.work.entrance_tests.save_sitting(going)
    if going.passed is not None:
        kind = "TestPassed" if going.passed else "TestFailed"
        right = right_answers(test, answers)
        await voice.work.events.add(
            kind, now=voice.now, responder_id=responder.id, unit=test.unit, version=test.version, right=right
        )
    if going.passed:
        await voice.work.volunteers.open_unit(responder.id, test.unit, "passed", now=voice.now)
        await open_topics(voice, responder, await wishes_of(voice.desk, voice.work, responder))
    return going


async def write_test(
    desk: CareDesk,
    by: Responder,
    unit: str,
    texts: Mapping[Locale, str],
    *,
    after: int,
    pass_percent: int,
    repeat_hours: int,
) -> int:
    """Puts a version in force and returns its number; without questions the test is taken away, and what waited for it
    opens. Raises NotAllowed, NotFound, InputRejected, TextChanged when somebody else wrote one after `after`."""
    if by.role not in (Role.COORDINATOR, Role.ADMIN) or not by.active:
        raise NotAllowed("only coordinators and admins write tests")
    topics = peer_topics(desk.policy())
    if unit not in topics:
        raise NotFound("not a unit of volunteers")
    questions = parse_questions(texts)
    if not 1 <= pass_percent <= 100:
        raise InputRejected("pass_percent: expected 1 to 100")
    if not 0 <= repeat_hours <= 8760:
        raise InputRejected("repeat_hours: expected 0 to 8760")
    async with speaking(desk) as voice:
        tests = voice.work.entrance_tests
        newest = await tests.newest(unit)
        if (newest.version if newest else 0) != after or not await tests.add(
            unit, questions, after=after, pass_percent=pass_percent, repeat_hours=repeat_hours, by=by.id, now=voice.now
        ):
            raise TextChanged("somebody else wrote a version")
        await voice.work.events.add("TestWritten", now=voice.now, responder_id=by.id, unit=unit, version=after + 1)
        if not questions:
            await _open_to_waiting(voice, unit, [unit, *topics[unit]])
    return after + 1


async def _open_to_waiting(voice: Voice, unit: str, topics: Sequence[str]) -> None:
    for responder_id in await voice.work.volunteers.waiting_for(unit, topics):
        responder = await voice.work.people.responder(responder_id)
        await open_topics(voice, responder, await wishes_of(voice.desk, voice.work, responder))
