"""One answer to all: who gets the statement, when, how often, and what becomes of those who say theirs is different."""

from __future__ import annotations

from datetime import timedelta

import pytest
import pytest_asyncio

from desk.broadcast import BroadcastId, BroadcastKind, BroadcastState, BroadcastTrigger, ChannelProgress
from desk.errors import AnotherMustApprove, ContactUnreachable, NotAllowed, TextChanged, WordsRefused
from desk.incident import IncidentId, IncidentState, JoinedHow, NewIncident
from desk.people import Responder, Role
from desk.statement import Statement
from desk.ticket import Lane, Status
from tests.integration.journeys.care import START, Care
from workflows.approve_statement import approve_statement, tell_waiting, withdraw_statement
from workflows.follow_incident import take_in_all
from workflows.start_broadcast import change_broadcast, start_broadcast
from workflows.tell_statement import tell_statement
from workflows.voice import speaking
from workflows.write_statement import submit_statement, write_statement

DE, EN = "Die Anmeldung ist gestört.", "Signing in does not work."
NEWER_DE, NEWER_EN = "Nur die App ist gestört.", "Only the app is affected."


class Storm:
    """A confirmed incident, and the two coordinators who steer it."""

    def __init__(self, care: Care, incident: IncidentId, cora: Responder, carl: Responder) -> None:
        self.care, self.incident, self.cora, self.carl = care, incident, cora, carl

    async def asks(self, who: str, text: str = "Mein Router geht nicht", *, chat: str | None = None) -> None:
        """A question that follows the incident; nothing is told yet."""
        await self.care.writes(who, text, chat=chat)
        async with self.care.desk.store.begin() as work:
            where = await work.conversations.by_key("telegram", who if chat is None else f"{chat}#{who}")
            assert where is not None
            ticket = await work.tickets.live(where.id)
            assert ticket is not None
            await work.incidents.follow(self.incident, [ticket.id], JoinedHow.BY_HAND, now=self.care.clock.now())

    async def told_at_once(self, who: str, *, chat: str | None = None) -> bool:
        """As when a new question is taken in."""
        async with speaking(self.care.desk) as voice:
            where = await voice.work.conversations.by_key("telegram", who if chat is None else f"{chat}#{who}")
            assert where is not None
            ticket = await voice.work.tickets.live(where.id)
            assert ticket is not None
            ticket, conversation = await voice.work.tickets.lock(ticket.id)
            incident = await voice.work.incidents.followed_by(ticket.id)
            assert incident is not None
            told = await tell_statement(voice, ticket, conversation, incident)
        await self.care.settle()
        return told

    async def written(self, de: str = DE, en: str = EN) -> Statement:
        async with speaking(self.care.desk) as voice:
            return await write_statement(voice, self.cora, self.incident, de, en, seen=None)

    async def submitted(self, de: str = DE, en: str = EN) -> Statement:
        statement = await self.written(de, en)
        async with speaking(self.care.desk) as voice:
            await submit_statement(voice, self.cora, statement.id, self.incident)
        await self.care.settle()
        return statement

    async def approved(self, de: str = DE, en: str = EN) -> Statement:
        """Cora writes, Carl stands for it."""
        statement = await self.submitted(de, en)
        async with speaking(self.care.desk) as voice:
            await approve_statement(voice, self.carl, statement.id, self.incident)
        await self.care.settle()
        return statement

    async def tells_all(self) -> BroadcastId | None:
        async with speaking(self.care.desk) as voice:
            broadcast = await tell_waiting(voice, self.cora, self.incident)
        await self.care.settle()
        return broadcast

    async def progress(self, broadcast: BroadcastId) -> ChannelProgress:
        async with self.care.desk.store.begin() as work:
            return (await work.broadcasts.progress(broadcast, now=self.care.clock.now()))["telegram"]

    async def changes(self, broadcast: BroadcastId, trigger: BroadcastTrigger) -> None:
        async with speaking(self.care.desk) as voice:
            await change_broadcast(voice, self.cora, broadcast, trigger)
        await self.care.settle()

    def heard(self, who: str, words: str) -> int:
        return sum(words in text for text in self.care.seen_by(who))


async def confirmed(care: Care) -> Storm:
    """A storm with a confirmed incident."""
    cora, carl = await care.joins("cora", Role.COORDINATOR), await care.joins("carl", Role.COORDINATOR)
    async with care.desk.store.begin() as work:
        incident = await work.incidents.propose(NewIncident("Anmeldung", "technical_fault", (), START), now=START)
        await work.incidents.decide(incident, IncidentState.CONFIRMED, by=cora.id, now=START)
    return Storm(care, incident, cora, carl)


@pytest_asyncio.fixture
async def storm(care: Care) -> Storm:
    return await confirmed(care)


async def test_a_new_question_gets_the_statement_once_and_in_its_language(storm: Storm) -> None:
    await storm.asks("anna")
    assert not await storm.told_at_once("anna")
    await storm.approved()
    await storm.asks("ben", "my router is dead")
    for who, words, other in (("anna", DE, EN), ("ben", EN, DE)):
        for _ in range(2):
            assert await storm.told_at_once(who)
        assert (storm.heard(who, words), storm.heard(who, other)) == (1, 0)
    assert "**Official statement by Zuruf**" in storm.care.transcript("ben")
    assert "**Offizielle Mitteilung von Zuruf**" in storm.care.transcript("anna")


async def test_the_author_does_not_approve_and_the_other_is_asked_in_the_chat(storm: Storm) -> None:
    statement = await storm.submitted()
    async with speaking(storm.care.desk) as voice:
        with pytest.raises(AnotherMustApprove):
            await approve_statement(voice, storm.cora, statement.id, storm.incident)
    assert storm.heard("cora", EN) == 0
    assert not (await storm.care.taps("carl", "Approve the statement")).alert
    await storm.asks("anna")
    assert await storm.told_at_once("anna")


async def test_with_one_person_allowed_the_author_approves(storm: Storm) -> None:
    policy = storm.care.policy
    storm.care.policy = policy.model_copy(update={"storm": policy.storm.model_copy(update={"two_people": False})})
    statement = await storm.submitted()
    async with speaking(storm.care.desk) as voice:
        await approve_statement(voice, storm.cora, statement.id, storm.incident)
    await storm.asks("anna")
    assert await storm.told_at_once("anna")


@pytest.mark.parametrize(
    ("de", "en"),
    [
        ("", EN),
        (DE, ""),
        ("Familie Müller, Bahnhofstraße 12, 10115 Berlin ist betroffen.", EN),
        (DE, "See https://evil.example/now for more."),
    ],
)
async def test_half_a_statement_personal_data_and_strange_links_are_not_submitted(
    storm: Storm, de: str, en: str
) -> None:
    statement = await storm.written(de, en)
    async with speaking(storm.care.desk) as voice:
        with pytest.raises(WordsRefused):
            await submit_statement(voice, storm.cora, statement.id, storm.incident)


async def test_two_who_write_at_once_do_not_overwrite_each_other(storm: Storm) -> None:
    first = await storm.written()
    async with speaking(storm.care.desk) as voice:
        with pytest.raises(TextChanged):
            await write_statement(voice, storm.carl, storm.incident, NEWER_DE, NEWER_EN, seen=None)
        await write_statement(voice, storm.carl, storm.incident, NEWER_DE, NEWER_EN, seen=first.written_at)


async def test_agents_neither_write_nor_send(storm: Storm) -> None:
    agent = await storm.care.joins("alma", Role.AGENT)
    async with speaking(storm.care.desk) as voice:
        with pytest.raises(NotAllowed):
            await write_statement(voice, agent, storm.incident, DE, EN, seen=None)
        with pytest.raises(NotAllowed):
            await tell_waiting(voice, agent, storm.incident)


async def test_all_who_wait_are_told_on_request_and_nobody_twice(storm: Storm) -> None:
    for who in ("anna", "ben", "cleo", "dora"):
        await storm.asks(who)
    await storm.approved()
    assert await storm.told_at_once("anna")
    await storm.care.commands("dora", "solved")
    broadcast = await storm.tells_all()
    assert broadcast is not None
    assert [storm.heard(who, DE) for who in ("anna", "ben", "cleo", "dora")] == [1, 1, 1, 0]
    assert await storm.tells_all() is None
    assert await storm.progress(broadcast) == ChannelProgress(sent=2, newly=2)
    async with storm.care.desk.store.begin() as work:
        assert [one.state for one in await work.broadcasts.of_incident(storm.incident)] == [BroadcastState.FINISHED]


async def test_who_cannot_be_reached_is_counted_and_not_tried_again(storm: Storm) -> None:
    for who in ("anna", "ben"):
        await storm.asks(who)
    await storm.approved()
    storm.care.chat.fails.append(ContactUnreachable("blocked the bot"))
    broadcast = await storm.tells_all()
    assert broadcast is not None
    assert await storm.progress(broadcast) == ChannelProgress(sent=1, failed=1, newly=2)
    newer = await storm.approved(NEWER_DE, NEWER_EN)
    async with storm.care.desk.store.begin() as work:
        correction = (await work.broadcasts.of_incident(storm.incident))[0]
    assert correction.statement_id == newer.id
    assert (await storm.progress(correction.id)).unreachable == 1
    assert storm.heard("ben", NEWER_DE) + storm.heard("anna", NEWER_DE) == 1


async def test_a_correction_reaches_those_who_got_the_old_text_and_only_them(storm: Storm) -> None:
    for who in ("anna", "ben", "cleo", "dora"):
        await storm.asks(who)
    await storm.approved()
    for who in ("anna", "ben", "cleo"):
        assert await storm.told_at_once(who)
    await storm.care.taps("ben", "🤔 Meins ist anders")
    await storm.care.commands("cleo", "solved")
    await storm.approved(NEWER_DE, NEWER_EN)
    assert [storm.heard(who, NEWER_DE) for who in ("anna", "ben", "cleo", "dora")] == [1, 1, 1, 0]
    assert "**Korrektur von Zuruf**" in storm.care.transcript("anna")
    assert not any(one.edited for one in storm.care.chat.sent if DE in one.text)
    await storm.tells_all()
    assert storm.heard("dora", NEWER_DE) == 1
    assert "Korrektur" not in storm.care.transcript("dora")


async def test_who_still_waited_for_the_old_text_gets_the_new_one(storm: Storm) -> None:
    for who in ("anna", "ben"):
        await storm.asks(who)
    await storm.approved()
    async with speaking(storm.care.desk) as voice:
        broadcast = await tell_waiting(voice, storm.cora, storm.incident)
        assert broadcast is not None
        await change_broadcast(voice, storm.cora, broadcast, BroadcastTrigger.PAUSE)
    await storm.care.settle()
    assert storm.heard("anna", DE) == 0
    await storm.approved(NEWER_DE, NEWER_EN)
    assert [storm.heard(who, NEWER_DE) for who in ("anna", "ben")] == [1, 1]
    assert [storm.heard(who, "Korrektur") for who in ("anna", "ben")] == [0, 0]


async def test_a_broadcast_is_paused_goes_on_and_is_stopped(storm: Storm) -> None:
    await storm.asks("anna")
    await storm.approved()
    async with speaking(storm.care.desk) as voice:
        broadcast = await tell_waiting(voice, storm.cora, storm.incident)
    assert broadcast is not None
    await storm.changes(broadcast, BroadcastTrigger.PAUSE)
    assert await storm.progress(broadcast) == ChannelProgress(waiting=1)
    await storm.changes(broadcast, BroadcastTrigger.GO_ON)
    assert storm.heard("anna", DE) == 1
    await storm.asks("ben")
    async with speaking(storm.care.desk) as voice:
        second = await tell_waiting(voice, storm.cora, storm.incident)
        assert second is not None
        await change_broadcast(voice, storm.cora, second, BroadcastTrigger.STOP)
    await storm.care.settle()
    assert storm.heard("ben", DE) == 0


async def test_what_is_withdrawn_nobody_gets_any_more(storm: Storm) -> None:
    for who in ("anna", "ben"):
        await storm.asks(who)
    statement = await storm.approved()
    async with speaking(storm.care.desk) as voice:
        await tell_waiting(voice, storm.cora, storm.incident)
        await withdraw_statement(voice, storm.carl, statement.id, storm.incident)
    await storm.care.settle()
    assert not await storm.told_at_once("anna")
    assert [storm.heard(who, DE) for who in ("anna", "ben")] == [0, 0]


async def test_mine_is_different_brings_a_person_and_the_contact_hears_so(storm: Storm) -> None:
    await storm.asks("anna")
    await storm.approved()
    await storm.told_at_once("anna")
    receipt = await storm.care.taps("anna", "🤔 Meins ist anders")
    assert receipt.notice is not None
    assert "Mensch" in receipt.notice or "Person" in receipt.notice
    assert await storm.care.lane_of("anna") is Lane.STAFF
    async with storm.care.desk.store.begin() as work:
        assert await work.incidents.followed_by((await storm.care.ticket_of("anna")).id) is None
    again = await storm.care.taps("anna", "🤔 Meins ist anders")
    assert again.notice != receipt.notice
    strange = await storm.care.presses("mallory", f"different:{(await storm.care.ticket_of('anna')).id}")
    assert strange.alert


async def test_in_public_it_stands_once_in_a_thread_and_each_may_say_theirs_is_different(storm: Storm) -> None:
    for who in ("anna", "ben"):
        await storm.asks(who, chat="forum")
    await storm.approved()
    await storm.tells_all()
    assert storm.heard("forum", DE) == 1
    await storm.asks("cleo", chat="forum")
    assert await storm.told_at_once("cleo", chat="forum")
    assert storm.heard("forum", DE) == 1
    assert "weiter oben" in storm.care.seen_by("forum")[-1]
    shared = next(one for one in storm.care.chat.sent if DE in one.text and one.to.chat == "forum")
    receipt = await storm.care.presses("ben", shared.buttons[0].action, chat="forum")
    assert not receipt.alert
    async with storm.care.desk.store.begin() as work:
        followers = await work.incidents.followers(storm.incident)
    assert [follower.left_why is not None for follower in followers] == [False, True, False]


async def test_the_outcome_answers_every_question_and_each_may_say_it_is_not_solved(storm: Storm) -> None:
    for who in ("anna", "ben", "lena"):
        await storm.asks(who, "Mein Anwalt schreibt euch" if who == "lena" else "Mein Router geht nicht")
    await take_in_all(storm.care.desk)
    await storm.care.settle()
    async with speaking(storm.care.desk) as voice:
        broadcast = await start_broadcast(
            voice, storm.cora, storm.incident, BroadcastKind.OUTCOME, text_de="Alles geht wieder.", text_en="It works."
        )
    await storm.care.settle()
    assert broadcast is not None
    assert storm.heard("anna", "Alles geht wieder.") == 1
    assert (await storm.care.ticket_of("anna")).status is Status.PENDING
    assert storm.heard("lena", "Alles geht wieder.") == 1
    assert (await storm.care.ticket_of("lena")).status is not Status.PENDING
    await storm.care.taps("anna", "❌ Nicht gelöst")
    assert (await storm.care.ticket_of("anna")).status is Status.OPEN
    await storm.care.pass_time(timedelta(days=4))
    assert (await storm.care.ticket_of("ben")).status is Status.SOLVED
