"""Outcomes, standing and honours as they are stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from db.store import PostgresStore
from desk.errors import NotFound
from desk.honours import Month, Profile, Thanks, TopicHelp
from desk.people import Account, Invitation, Locale, ResponderId, Role, TrustLevel
from desk.record import WINDOW, AnswerVerdict, Exclusion, Outcome, Quality
from desk.store import ChangeKind, TrustChange, Work
from desk.ticket import Ticket
from desk.trust import Standing
from tests.integration.db.desk_life import NOW, SOON, many_tickets, volunteer

MARCH = Month(date(2026, 3, 1), datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))


def outcome(of: ResponderId, ticket: Ticket, verdict: AnswerVerdict = AnswerVerdict.SOLVED, minute: int = 0) -> Outcome:
    return Outcome(
        of, ticket.id, ticket.number, "how_to", Locale.GERMAN, verdict, None, None, NOW + timedelta(minutes=minute)
    )


async def test_an_outcome_comes_back_and_a_later_verdict_replaces_it(store: PostgresStore) -> None:
    (ticket,) = await many_tickets(store, 1)
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        first = outcome(vera.id, ticket, AnswerVerdict.UNSOLVED)
        await work.records.note(first)
        assert await work.records.of_ticket(ticket.id) == [first]
        later = outcome(vera.id, ticket, AnswerVerdict.SOLVED, 5)
        await work.records.note(later)
        assert await work.records.newest(vera.id, limit=9) == [later]
        assert await work.records.rate(ticket.id, 2) == [vera.id]
        assert await work.records.rate(ticket.id, 2) == []
        assert await work.records.judged(vera.id, since=None) == [replace(later, csat=2)]
        assert await work.records.judged(vera.id, since=later.at) == []
        assert await work.records.take_back(ticket.id, vera.id)
        assert not await work.records.take_back(ticket.id, vera.id)
        assert await work.records.of_ticket(ticket.id) == []


async def test_what_a_person_left_out_no_rule_brings_back(store: PostgresStore) -> None:
    (ticket,) = await many_tickets(store, 1)
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        await work.records.note(outcome(vera.id, ticket, AnswerVerdict.UNSOLVED))
        assert await work.records.exclude(ticket.id, vera.id, Exclusion.OUTAGE, by=None)
        assert await work.records.exclude(ticket.id, vera.id, None, by=None)
        assert await work.records.exclude(ticket.id, vera.id, Exclusion.NOT_THE_ANSWER, by=vera.id)
        assert not await work.records.exclude(ticket.id, vera.id, None, by=None)
        await work.records.note(outcome(vera.id, ticket, AnswerVerdict.SOLVED, 3))
        (kept,) = await work.records.of_ticket(ticket.id)
        assert (kept.verdict, kept.excluded) == (AnswerVerdict.SOLVED, Exclusion.NOT_THE_ANSWER)
        assert await work.records.judged(vera.id, since=None) == []


async def test_the_newest_fifty_that_count_are_judged(store: PostgresStore) -> None:
    tickets = await many_tickets(store, WINDOW + 4)
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        for minute, ticket in enumerate(tickets):
            good = AnswerVerdict.SOLVED if minute % 2 else AnswerVerdict.UNSOLVED
            await work.records.note(outcome(vera.id, ticket, AnswerVerdict.SILENT if minute == 50 else good, minute))
        judged = await work.records.judged(vera.id, since=None)
        assert len(judged) == WINDOW
        assert (judged[0].ticket_id, judged[-1].ticket_id) == (tickets[-1].id, tickets[3].id)
        found = await work.records.qualities()
        assert found == {vera.id: Quality(sum(one.is_good for one in judged), WINDOW)}


async def test_standing_begins_at_the_beginning_and_is_kept(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        newcomer = Standing(TrustLevel.NEWCOMER, NOW)
        assert await work.records.standing(vera.id) == newcomer
        assert await work.records.lock_standing(vera.id, now=SOON) == newcomer
        risen = Standing(TrustLevel.EXPERT, SOON, by_hand=True, warned_at=SOON)
        await work.records.save_standing(vera.id, risen)
        assert await work.records.standing(vera.id) == risen
        assert (await work.people.responder(vera.id)).trust is TrustLevel.EXPERT
        assert await work.records.warned_before(NOW) == []
        assert await work.records.warned_before(SOON) == [vera.id]
        change = TrustChange(
            vera.id, ChangeKind.SET, TrustLevel.EXPERT, Quality(1, 2), SOON, vera.id, vera.name, "knows all"
        )
        await work.records.add_change(change)
        assert await work.records.changes(vera.id, limit=5) == [change]
        with pytest.raises(NotFound):
            await work.records.standing(ResponderId(99))


async def test_a_changed_name_never_changes_the_level(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        await work.records.lock_standing(vera.id, now=NOW)
        await work.records.save_standing(vera.id, Standing(TrustLevel.HELPER, NOW))
        await work.people.update_responder(replace(vera, name="Vera V."))
        assert (await work.people.responder(vera.id)).trust is TrustLevel.HELPER


async def test_an_invitation_says_with_which_level_they_begin(store: PostgresStore) -> None:
    invitation = Invitation(Role.VOLUNTEER, "Vera", trust=TrustLevel.HELPER)
    async with store.begin() as work:
        await work.people.add_invitation(b"hash", invitation, now=NOW, expires_at=SOON)
        taken = await work.people.take_invitation(b"hash", now=NOW)
        assert taken == invitation
        vera = await work.people.add_responder(invitation, name="Vera", now=NOW)
        assert vera.trust is TrustLevel.HELPER
        assert await work.records.standing(vera.id) == Standing(TrustLevel.HELPER, NOW)


async def test_thanks_are_given_once_and_words_may_follow(store: PostgresStore) -> None:
    (ticket,) = await many_tickets(store, 1)
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        assert await work.honours.give_thanks(Thanks(ticket.id, vera.id, None, NOW))
        assert not await work.honours.give_thanks(Thanks(ticket.id, vera.id, None, SOON))
        assert await work.honours.give_thanks(Thanks(ticket.id, vera.id, "Prima!", SOON))
        assert not await work.honours.give_thanks(Thanks(ticket.id, vera.id, "Noch mal!", SOON))
        assert await work.honours.thanks_of(ticket.id) == [Thanks(ticket.id, vera.id, "Prima!", NOW)]


async def _help(work: Work, vera: ResponderId, tickets: list[Ticket]) -> None:
    for minute, ticket in enumerate(tickets):
        done = outcome(vera, ticket, AnswerVerdict.SOLVED if minute else AnswerVerdict.UNSOLVED, minute)
        await work.records.note(replace(done, topic="returns" if minute == 1 else "how_to"))


async def test_people_helped_are_counted_by_topic_and_in_a_span(store: PostgresStore) -> None:
    tickets = await many_tickets(store, 4)
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        nothing = await work.honours.help_of(vera.id)
        assert (nothing.people, list(nothing.topics), nothing.thanks) == (0, [], 0)
        await _help(work, vera.id, tickets)
        await work.honours.give_thanks(Thanks(tickets[1].id, vera.id, "Danke", NOW))
        helped = await work.honours.help_of(vera.id)
        assert (helped.people, helped.thanks, helped.words) == (3, 1, ["Danke"])
        assert helped.topics == [TopicHelp("how_to", 2), TopicHelp("returns", 1)]
        early = await work.honours.help_of(vera.id, begins_at=NOW, ends_at=NOW + timedelta(minutes=2))
        assert early.people == 1


async def test_a_month_is_told_once_and_only_to_those_who_want_it(store: PostgresStore) -> None:
    tickets = await many_tickets(store, 4)
    async with store.begin() as work:
        vera, viktor, idle = [await volunteer(work, name) for name in ("Vera", "Viktor", "Ida")]
        await _help(work, vera.id, tickets[:2])
        await _help(work, viktor.id, tickets[2:])
        nobody = ResponderId(0)
        assert await work.honours.untold(MARCH, after=nobody, limit=9) == [vera.id, viktor.id]
        assert await work.honours.untold(MARCH, after=vera.id, limit=9) == [viktor.id]
        await work.honours.save_profile(Profile(viktor.id, named=False, monthly=False))
        assert await work.honours.unnamed() == {viktor.id}
        assert await work.honours.profile(viktor.id) == Profile(viktor.id, named=False, monthly=False)
        assert await work.honours.profile(idle.id) == Profile(idle.id)
        assert await work.honours.told(vera.id, MARCH.first, now=NOW)
        assert not await work.honours.told(vera.id, MARCH.first, now=NOW)
        file = await work.honours.keep_picture(vera.id, MARCH.first, name="maerz.png", storage_key="0" * 32, size=9)
        assert await work.honours.pictures(vera.id) == [(MARCH.first, file)]
        stored = await work.messages.attachment(file)
        assert stored is not None
        assert (stored.message_id, stored.name, stored.size) == (None, "maerz.png", 9)
        assert await work.honours.untold(MARCH, after=nobody, limit=9) == []


async def test_perks_are_for_one_or_for_a_level_until_they_end(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        boss = await work.people.add_responder(Invitation(Role.COORDINATOR, "Cora"), name="Cora", now=NOW)
        await work.people.add_account(Account(boss.id, "console", "x", None), now=NOW)
        mine = await work.honours.grant(
            responder_id=vera.id, level=None, texts=("Eis", "Ice"), until=None, by=boss.id, now=NOW
        )
        ours = await work.honours.grant(
            responder_id=None, level=TrustLevel.HELPER, texts=("Tee", "Tea"), until=SOON, by=boss.id, now=NOW
        )
        levels = [TrustLevel.NEWCOMER, TrustLevel.HELPER]
        assert [one.id for one in await work.honours.perks_of(vera.id, levels, now=NOW)] == [ours, mine]
        assert [one.id for one in await work.honours.perks_of(vera.id, levels[:1], now=NOW)] == [mine]
        assert [one.id for one in await work.honours.perks(now=SOON)] == [mine]
        shown = await work.honours.perk(mine)
        assert shown is not None
        assert [shown.text(locale) for locale in (Locale.GERMAN, Locale.ENGLISH)] == ["Eis", "Ice"]
        assert await work.honours.end_perk(mine, now=SOON)
        assert not await work.honours.end_perk(mine, now=SOON)
        assert await work.honours.perk(mine) is None
