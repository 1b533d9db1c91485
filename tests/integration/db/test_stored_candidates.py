"""Who may be asked, and what is known of them: counted when it happens, and the same as counted afresh."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import log1p
from typing import Any

import pytest

from db.store import PostgresStore
from desk.expertise import Tally, day_part, kept, worth
from desk.offer import OfferState
from desk.people import Account, Author, Invitation, Locale, Reachability, Responder, Role
from desk.record import AnswerVerdict, Exclusion, Outcome
from desk.store import Candidate, CandidateSearch, Work
from desk.ticket import Ticket
from desk.volunteering import ALWAYS, Availability, Span, Wishes, may_be_asked
from tests.integration.db.desk_life import NOW, SOON, many_tickets, ticket, volunteer

SEARCH = CandidateSearch(most_at_once=3, most_a_day=20)
UNIT = replace(SEARCH, kindred=("logistics", "delivery_status", "returns"))


async def found(
    store: PostgresStore, about: Ticket, search: CandidateSearch = SEARCH, now: datetime = NOW
) -> Sequence[Candidate]:
    async with store.begin() as work:
        return await work.people.candidates(about, search, now=now)


def names(candidates: Sequence[Candidate]) -> list[str]:
    return sorted(candidate.responder.name for candidate in candidates)


async def test_candidates_speak_the_language_and_cover_unit_or_intent(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = replace(await ticket(work), unit="logistics", intent="delivery_status")
        await volunteer(work, "All")
        await volunteer(work, "Unit", topics=("hr", "logistics"))
        await volunteer(work, "Intent", topics=("delivery_status",))
        await volunteer(work, "Other", topics=("refund",))
        await volunteer(work, "Nothing", topics=("-",))
        await volunteer(work, "English", languages=(Locale.ENGLISH,))
        await volunteer(work, "Both", languages=(Locale.ENGLISH, Locale.GERMAN))
    assert names(await found(store, about)) == ["All", "Both", "Intent", "Unit"]
    assert len(await found(store, about, replace(SEARCH, limit=2))) == 2
    assert names(await found(store, replace(about, unit=None, intent=None))) == ["All", "Both"]


async def test_who_changes_topics_or_languages_is_found_by_the_new_ones(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = replace(await ticket(work), unit="logistics", intent="delivery_status")
        vera = await volunteer(work, "Vera", topics=("sales",), languages=(Locale.ENGLISH,))
    assert await found(store, about) == []
    for topics, languages, able in (
        (("logistics",), (Locale.GERMAN,), True),
        (("sales",), (Locale.GERMAN,), False),
        ((), (Locale.ENGLISH, Locale.GERMAN), True),
        ((), (Locale.ENGLISH,), False),
    ):
        async with store.begin() as work:
            await work.people.update_responder(replace(vera, topics=topics, languages=languages))
        assert bool(await found(store, about)) is able


async def test_candidates_are_active_unpaused_reachable_and_not_the_contact(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = await ticket(work)
        gone = await volunteer(work, "Gone")
        paused = await volunteer(work, "Paused")
        back = await volunteer(work, "Back")
        blocked = await volunteer(work, "Blocked")
        half = await volunteer(work, "Half")
        await volunteer(work, "Ada")
        await work.people.add_responder(Invitation(Role.VOLUNTEER, None), name="Nowhere", now=NOW)
        await work.people.add_responder(Invitation(Role.AGENT, None), name="Staff", now=NOW)
        await work.people.update_responder(replace(gone, active=False))
        await work.people.update_responder(replace(paused, paused_until=SOON))
        await work.people.update_responder(replace(back, paused_until=NOW))
        for each in (blocked, half):
            await work.people.set_account_reachability(each.id, "telegram", Reachability.BLOCKED)
        await work.people.add_account(Account(half.id, "console", "half", None), now=NOW)
    assert names(await found(store, about)) == ["Back", "Half"]


async def test_a_roster_of_nobody_has_no_candidates(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = await ticket(work)
    assert await found(store, about) == []


@pytest.mark.parametrize("blocked_by", ["contact", "responder", "coordinator"])
async def test_who_is_kept_apart_is_not_asked(store: PostgresStore, pool: Any, blocked_by: str) -> None:
    async with store.begin() as work:
        about = await ticket(work)
        vera, _ = await volunteer(work, "Vera"), await volunteer(work, "Viktor")
        other = await ticket(work, author=Author("telegram", "bob", "Bob"), chat="200")
    await pool.execute("insert into blocked_pair values ($1, $2, $3, $4)", about.contact_id, vera.id, blocked_by, NOW)
    assert names(await found(store, about)) == ["Viktor"]
    assert names(await found(store, other)) == ["Vera", "Viktor"]


async def test_candidates_are_asked_once_and_come_with_what_they_carry(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = await ticket(work)
        other = await ticket(work, author=Author("telegram", "bob", "Bob"), chat="200")
        vera, _, wim = [await volunteer(work, name) for name in ("Vera", "Viktor", "Wim")]
        await _offer(work, other, vera)
        await _offer(work, other, wim, now=NOW - timedelta(hours=25))
        await work.tickets.save(replace(other, assignee_id=vera.id))
    carried = {
        each.responder.name: (each.load, each.offers_today, each.open_offers, each.last_offer_at)
        for each in await found(store, about)
    }
    assert carried == {
        "Viktor": (0, 0, 0, None), "Wim": (0, 0, 1, NOW - timedelta(hours=25)), "Vera": (1, 1, 1, NOW),
    }  # fmt: skip
    assert names(await found(store, other)) == ["Viktor"]


async def test_who_has_enough_is_not_found(store: PostgresStore) -> None:
    tickets = await many_tickets(store, 4)
    async with store.begin() as work:
        about = await ticket(work)
        vera = await volunteer(work, "Vera")
        viktor = await volunteer(work, "Viktor")
        for each in tickets:
            await _offer(work, each, viktor)
        await work.tickets.save(replace(tickets[0], assignee_id=vera.id))
        await _offer(work, tickets[1], vera)
    assert names(await found(store, about)) == ["Vera"]
    assert names(await found(store, about, replace(SEARCH, most_at_once=2))) == []
    assert names(await found(store, about, replace(SEARCH, most_at_once=9))) == ["Vera", "Viktor"]
    assert names(await found(store, about, replace(SEARCH, most_at_once=9, most_a_day=4))) == ["Vera"]
    async with store.begin() as work:
        await work.volunteers.save_wishes(vera.id, Wishes(Availability("UTC"), most_a_day=1, most_at_once=9), now=NOW)
    assert names(await found(store, about, replace(SEARCH, most_at_once=9))) == ["Viktor"]


async def test_hours_are_judged_as_the_rule_judges_them(store: PostgresStore) -> None:
    """Over zones, weekdays, quiet times and both changes of the clocks."""
    chance = random.Random(3)
    zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]
    kept_as: dict[str, Availability] = {}
    async with store.begin() as work:
        about = await ticket(work)
        for number in range(25):
            start = chance.randrange(0, 1300)
            day = (Span(start, min(1440, start + chance.randrange(60, 600))),)
            hours = tuple(day if chance.random() < 0.7 else () for _ in ALWAYS)
            quiet = (Span(chance.randrange(1200, 1440), chance.randrange(1, 500)),) if chance.random() < 0.5 else ()
            kept_as[f"V{number}"] = Availability(zones[number % len(zones)], hours, quiet)
            person = await volunteer(work, f"V{number}")
            await work.volunteers.save_wishes(person.id, Wishes(kept_as[f"V{number}"]), now=NOW)
    for at in (datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 10, 25, 0, tzinfo=UTC)):
        for quarter in range(0, 40, 3):
            now = at + timedelta(minutes=15 * quarter + 7)
            right = sorted(name for name, availability in kept_as.items() if may_be_asked(availability, now))
            assert names(await found(store, about, now=now)) == right


async def test_behind_many_who_cannot_the_few_who_can_are_found(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = await ticket(work)
        for number in range(80):
            person = await volunteer(work, f"V{number}")
            await work.people.update_responder(replace(person, paused_until=SOON if number != 37 else None))
    assert names(await found(store, about, replace(SEARCH, place=0.99))) == ["V37"]


async def test_behind_many_who_have_enough_the_one_who_has_not_is_found(store: PostgresStore) -> None:
    (other,) = await many_tickets(store, 1)
    async with store.begin() as work:
        about = await ticket(work)
        for number in range(80):
            person = await volunteer(work, f"V{number}")
            if number != 37:
                await _offer(work, other, person)
    assert names(await found(store, about, replace(SEARCH, place=0.99, most_at_once=1))) == ["V37"]
    assert len(await found(store, about, replace(SEARCH, place=0.99, most_at_once=2))) > 1


async def test_who_was_here_a_moment_ago_is_looked_at_first(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = await ticket(work)
        people = [await volunteer(work, f"V{number}") for number in range(80)]
        await work.offers.seen([people[61].id], now=NOW + timedelta(hours=1))
    (first,) = await found(store, about, replace(SEARCH, limit=1), now=NOW + timedelta(hours=2))
    assert first.responder.name == "V61"
    assert first.active_at == NOW + timedelta(hours=1)


async def _offer(work: Work, about: Ticket, person: Responder, *, now: datetime = NOW) -> Any:
    (offer,) = await work.offers.add(about.id, [person.id], wave=1, reasons=[["a"]], now=now, expires_at=SOON)
    return offer


async def test_habits_are_what_counting_every_offer_again_gives(store: PostgresStore) -> None:
    chance = random.Random(5)
    tickets = await many_tickets(store, 40)
    async with store.begin() as work:
        about = await ticket(work)
        vera = await volunteer(work, "Vera")
    ended: list[tuple[OfferState, datetime, float]] = []
    at = NOW
    for each in tickets:
        at += timedelta(hours=chance.uniform(0.1, 30))
        state = chance.choice([OfferState.ACCEPTED, OfferState.PASSED, OfferState.EXPIRED, OfferState.WITHDRAWN])
        seconds = chance.uniform(1, 200)
        async with store.begin() as work:
            offer = await _offer(work, each, vera, now=at - timedelta(seconds=seconds))
            await work.offers.save_state([offer.id], state, now=at)
        if state is not OfferState.WITHDRAWN:
            ended.append((state, at, seconds))
    now = at + timedelta(days=2)
    (one,) = await found(store, about, now=now)

    def counted(state: OfferState | None, part: int | None = None) -> float:
        return sum(
            kept(now - then)
            for became, then, _ in ended
            if state in (None, became) and part in (None, day_part(then))
        )  # fmt: skip

    assert one.habit.asked == pytest.approx(counted(None), rel=1e-6)
    assert one.habit.claimed == pytest.approx(counted(OfferState.ACCEPTED), rel=1e-6)
    assert one.habit.passed == pytest.approx(counted(OfferState.PASSED), rel=1e-6)
    logs = sum(kept(now - then) * log1p(seconds) for became, then, seconds in ended if became is OfferState.ACCEPTED)
    assert one.habit.log_seconds == pytest.approx(logs, rel=1e-6)
    assert one.habit_now.asked == pytest.approx(counted(None, day_part(now)), rel=1e-6)
    last = max(then for became, then, _ in ended if became in (OfferState.ACCEPTED, OfferState.PASSED))
    assert one.active_at == last


async def test_expertise_is_what_counting_every_outcome_again_gives(store: PostgresStore, pool: Any) -> None:
    """Whatever happens to outcomes: other verdicts, stars, recalls, left out and counted again, taken back."""
    chance = random.Random(11)
    tickets = await many_tickets(store, 30)
    async with store.begin() as work:
        people = [await volunteer(work, name) for name in ("Vera", "Viktor")]
    for _ in range(200):
        each, person = chance.choice(tickets), chance.choice(people)
        async with store.begin() as work:
            match chance.randrange(5):
                case 0 | 1:
                    await work.records.note(_outcome(each, person, chance))
                case 2:
                    await work.records.rate(each.id, chance.randint(1, 5))
                case 3:
                    why = chance.choice([None, Exclusion.SUSPICIOUS])
                    await work.records.exclude(each.id, person.id, why, by=None)
                case _:
                    await work.records.take_back(each.id, person.id)
    rows = await pool.fetch(
        "select * from answer_outcome where excluded is null and verdict <> 'silent' order by ticket_id"
    )
    right: dict[tuple[int, str, str], Tally] = {}
    for row in rows:
        key, solved = (row["responder_id"], row["topic"], row["locale"]), row["verdict"] == "solved"
        one = Tally(1, int(solved), worth(solved=solved, stars=row["csat"]))
        right[key] = right.get(key, Tally()) + one
    kept_rows = await pool.fetch("select * from expertise where rated > 0")
    stored = {
        (row["responder_id"], row["topic"], row["language"]): Tally(row["rated"], row["solved"], row["worth"])
        for row in kept_rows
    }
    assert stored == right
    assert len(right) >= 3


def _outcome(about: Ticket, person: Responder, chance: random.Random) -> Outcome:
    verdict = chance.choice(list(AnswerVerdict))
    return Outcome(
        responder_id=person.id,
        ticket_id=about.id,
        ticket_number=about.number,
        topic=chance.choice(["delivery_status", "returns"]),
        locale=about.locale,
        verdict=verdict,
        csat=chance.choice([None, 1, 4]) if verdict is AnswerVerdict.SOLVED else None,
        excluded=chance.choice([None, None, Exclusion.OUTAGE]),
        at=NOW,
    )


async def test_expertise_is_told_by_intent_by_unit_and_over_all(store: PostgresStore) -> None:
    tickets = await many_tickets(store, 4)
    topics = ["delivery_status", "delivery_status", "returns", "how_to"]
    verdicts = [AnswerVerdict.SOLVED, AnswerVerdict.UNSOLVED, AnswerVerdict.SOLVED, AnswerVerdict.SOLVED]
    async with store.begin() as work:
        about = replace(await ticket(work), unit="logistics", intent="delivery_status")
        vera = await volunteer(work, "Vera")
        for each, topic, verdict in zip(tickets, topics, verdicts, strict=True):
            await work.records.note(
                Outcome(vera.id, each.id, each.number, topic, Locale.GERMAN, verdict, None, None, NOW)
            )
    (one,) = await found(store, about, UNIT)
    assert (one.on_intent, one.on_unit, one.overall) == (Tally(2, 1, 1.0), Tally(3, 2, 2.0), Tally(4, 3, 3.0))
    async with store.begin() as work:
        english = replace(about, locale=Locale.ENGLISH)
        await work.people.update_responder(replace(vera, languages=(Locale.ENGLISH,)))
    (one,) = await found(store, english, UNIT)
    assert (one.on_intent, one.overall.rated) == (Tally(), 4)
