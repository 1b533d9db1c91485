"""Musters in PostgreSQL: who may be called, one call each, who is asked first meanwhile, what was achieved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from db.store import PostgresStore
from desk.answer import AnswerState
from desk.conversation import AuthorKind, Direction
from desk.incident import IncidentId, JoinedHow, NewIncident
from desk.muster import Briefing, Muster, MusterFigures, MusterId, MusterState, MusterTerms
from desk.muster_call import Call, Duty, Reply
from desk.offer import OfferState
from desk.people import Locale, Reachability, Responder
from desk.store import CandidateSearch, NewMessage, NewMuster, Work
from desk.storm_wishes import NEVER, Caps, StormWishes
from desk.ticket import Ticket
from desk.volunteering import Availability, Span, Wishes
from tests.integration.db.desk_life import NOW, SOON, conversation, ticket, volunteer

CALLED = StormWishes(is_called=True)
TOPICS = ("technology", "outage", "technical_fault")
TERMS = MusterTerms(
    timedelta(hours=4), timedelta(hours=12), Caps(5, 40), (Locale.GERMAN,),
    {Locale.GERMAN: Briefing("Anmeldung gestört", "Sag es.", "Versprich nichts.")},
)  # fmt: skip
SEARCH = CandidateSearch(most_at_once=1, most_a_day=20)


async def ready_one(work: Work, name: str, wishes: StormWishes = CALLED, topics: tuple[str, ...] = ()) -> Responder:
    added = await volunteer(work, name, topics=topics)
    await work.musters.save_storm_wishes(added.id, wishes, now=NOW)
    return added


async def incident(work: Work) -> IncidentId:
    return await work.incidents.propose(NewIncident("Anmeldung gestört", "outage", (), NOW), now=NOW)


async def muster(work: Work, by: Responder, about: IncidentId | None = None) -> MusterId:
    about = about or await incident(work)
    called = await work.musters.call(NewMuster(about, False, TOPICS, TERMS, by.id, NOW), now=NOW)
    assert called is not None
    return called


def call(muster_id: MusterId, who: Responder) -> Call:
    return Call(muster_id, who.id, Reply.TOLD, NOW)


async def names_ready(work: Work, topics: tuple[str, ...] = TOPICS) -> list[str]:
    return [one.responder.name for one in await work.musters.ready(topics, [Locale.GERMAN], now=NOW)]


async def test_only_those_who_opted_in_and_fit_may_be_called(store: PostgresStore) -> None:
    async with store.begin() as work:
        await volunteer(work, "Never")
        await ready_one(work, "All")
        await ready_one(work, "Fit", topics=("outage",))
        await ready_one(work, "Unfit", topics=("sales",))
        await ready_one(work, "Took back", NEVER)
        await work.people.update_responder(replace(await ready_one(work, "Left"), active=False))
        await work.people.update_responder(replace(await ready_one(work, "Rests"), paused_until=SOON))
        english = await ready_one(work, "English")
        await work.people.update_responder(replace(english, languages=(Locale.ENGLISH,)))
        blocked = await ready_one(work, "Blocked")
        await work.people.set_account_reachability(blocked.id, "telegram", Reachability.BLOCKED)
        assert await names_ready(work) == ["All", "Fit"]
        assert await names_ready(work, ()) == ["All", "Fit", "Unfit"]
        counted = await work.musters.opted_in()
        assert (counted.volunteers, counted.called, counted.outside_hours) == (8, 6, 0)


async def test_what_they_wish_comes_along(store: PostgresStore) -> None:
    said = StormWishes(True, True, 4, 30)
    at = Availability("Europe/Berlin", ((Span(600, 660),),) * 7, (Span(1320, 420),))
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        assert await work.musters.storm_wishes(vera.id) == NEVER
        await work.musters.save_storm_wishes(vera.id, CALLED, now=NOW)
        await work.musters.save_storm_wishes(vera.id, said, now=SOON)
        await work.volunteers.save_wishes(vera.id, Wishes(at, (), (Locale.GERMAN,), 7, 2), now=NOW)
        [one] = await work.musters.ready(TOPICS, list(Locale), now=NOW, only=vera.id)
        assert (one.wishes, one.availability, one.usual) == (said, at, Caps(2, 7))
        await work.musters.forget(vera.id, now=NOW)
        assert await work.musters.storm_wishes(vera.id) == NEVER


async def test_an_incident_has_one_muster_and_each_is_called_once(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera, viktor = await ready_one(work, "Vera"), await ready_one(work, "Viktor")
        about = await incident(work)
        first = await muster(work, vera, about)
        assert await work.musters.call(NewMuster(about, False, (), TERMS, vera.id, NOW), now=NOW) is None
        await work.musters.add_calls(first, [(vera.id, NOW), (viktor.id, SOON)])
        await work.musters.add_calls(first, [(vera.id, SOON)])
        beyond = await work.musters.ready(TOPICS, [Locale.GERMAN], now=NOW, beyond=first)
        assert beyond == []
        due = await work.musters.take_due(now=NOW, limit=9)
        assert [one.responder_id for one in due] == [vera.id]
        async with store.begin() as other:
            assert await other.musters.take_due(now=SOON, limit=9) == []
        await work.musters.told(first, [vera.id], now=NOW)
        assert [one.responder_id for one in await work.musters.take_due(now=SOON, limit=9)] == [viktor.id]


async def test_whoever_is_in_is_found_first_at_any_load_they_said(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = replace(await ticket(work), unit="technology", intent="outage")
        vera, viktor = await ready_one(work, "Vera"), await ready_one(work, "Viktor")
        quiet = Availability("UTC", ((),) * 6 + ((Span(0, 60),),), (Span(0, 60),))
        await work.volunteers.save_wishes(vera.id, Wishes(quiet), now=NOW)
        assert [one.responder.name for one in await work.people.candidates(about, SEARCH, now=NOW)] == ["Viktor"]
        first = await muster(work, viktor)
        await work.musters.add_calls(first, [(vera.id, NOW), (viktor.id, NOW)])
        duty = Duty(first, SOON, Caps(4, 30))
        await work.musters.on_duty(vera.id, duty, any_hour=True)
        found = await work.people.candidates(about, SEARCH, now=NOW)
        assert [(one.responder.name, one.on_duty) for one in found] == [("Vera", Caps(4, 30)), ("Viktor", None)]
        terms = await work.offers.claim_terms(vera.id, now=NOW)
        assert (terms.most_at_once, terms.in_storm) == (3, 4)
        other = replace(about, unit="sales", intent="product_advice")
        assert [one.on_duty for one in await work.people.candidates(other, SEARCH, now=NOW)] == [None]
        midnight = NOW.replace(hour=0, minute=30)
        assert "Vera" not in {one.responder.name for one in await work.people.candidates(about, SEARCH, now=midnight)}
        assert [one.on_duty for one in await work.people.candidates(about, SEARCH, now=SOON)] == [None]
        await work.musters.extend(first, SOON + timedelta(hours=1))
        assert (await work.people.candidates(about, SEARCH, now=SOON))[0].on_duty == Caps(4, 30)
        await work.musters.off_duty(vera.id)
        assert [one.on_duty for one in await work.people.candidates(about, SEARCH, now=SOON)] == [None]


async def answer(work: Work, by: Responder, about: Ticket) -> None:
    """They claimed and answered it at NOW."""
    [offer] = await work.offers.add(about.id, [by.id], wave=1, reasons=[()], now=NOW, expires_at=SOON)
    await work.offers.save_state([offer.id], OfferState.ACCEPTED, now=NOW)
    place = await conversation(work)
    message_id = await work.messages.add(
        NewMessage(
            place.id, about.id, Direction.OUTBOUND, AuthorKind.VOLUNTEER, "So geht es", "telegram", SOON,
            responder_id=by.id,
        )
    )  # fmt: skip
    draft = await work.answers.add(about.id, by.id, now=NOW)
    await work.answers.save(replace(draft, state=AnswerState.SENT, message_id=message_id), now=SOON)


async def test_what_was_achieved_is_counted_together_and_kept(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera, viktor = await ready_one(work, "Vera"), await ready_one(work, "Viktor")
        about = await incident(work)
        first = await muster(work, vera, about)
        await work.musters.add_calls(first, [(vera.id, NOW), (viktor.id, NOW)])
        await work.musters.told(first, [vera.id], now=NOW)
        await work.musters.reply(call(first, vera), Reply.IN, now=SOON)
        assert await work.musters.note_first_answer(first) is None
        asked = await ticket(work)
        await answer(work, vera, asked)
        assert await work.musters.note_first_answer(first) is None, "neither on its topics nor following"
        await work.incidents.follow(about, [asked.id], JoinedHow.BY_HAND, now=NOW)
        assert await work.musters.note_first_answer(first) == SOON
        figures = await work.musters.figures(first)
        assert figures == MusterFigures(
            told=1, came=1, waiting=1, answers=1, people=1, first_in_at=SOON, first_answer_at=SOON
        )
        await work.musters.end(first, MusterState.ENDED, figures, by=None, now=SOON)
        ended = await work.musters.muster(first)
        assert (ended.state, ended.ended_at, ended.to_first_answer) == (MusterState.ENDED, SOON, SOON - NOW)
        kept = await work.musters.figures(first)
        assert (kept.answers, kept.people, kept.waiting) == (1, 1, 0)
        assert [(one.reply, who.name) for one, who in await work.musters.calls(first)] == [
            (Reply.IN, "Vera"), (Reply.SPARED, "Viktor"),
        ]  # fmt: skip
        [unthanked] = await work.musters.take_unthanked(limit=9)
        await work.musters.thanked(unthanked, now=SOON, rest_until=None)
        assert await work.musters.take_unthanked(limit=9) == []
        assert await work.musters.live() == []


async def test_a_muster_goes_on_in_the_incident_that_its_own_was_joined_into(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await ready_one(work, "Vera")
        one, other = await incident(work), await incident(work)
        first = await muster(work, vera, one)
        await work.musters.move(first, other)
        moved: Muster = await work.musters.seen(first)
        assert moved.incident_id == other
        second = await muster(work, vera, one)
        await work.musters.move(second, other)
        assert (await work.musters.seen(second)).incident_id == one, "the other has one"
        assert [each.id for each in await work.musters.of_incident(other)] == [first]
