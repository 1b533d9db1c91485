"""An incident from its proposal to its end, as contacts, volunteers and coordinators live it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from desk.errors import AlreadyDecided, InputRejected, NotAllowed
from desk.incident import IncidentId, IncidentState, JoinedHow, NewIncident, PublicNames
from desk.people import Responder, Role
from desk.ticket import Lane, Status, Ticket, TicketId
from routing.storm import StormLevel
from tests.integration.journeys.care import STAFF_ROOM, Care
from workflows import follow_incident
from workflows.change_incident import add_to_incident, edit_incident, join_incidents, split_incident, take_out
from workflows.change_ticket import claim_ticket, hold_ticket
from workflows.decide_incident import confirm_incident, dismiss_incident
from workflows.follow_incident import take_in_all
from workflows.open_incident import open_incident
from workflows.put_slices import put_slices
from workflows.resolve_incident import reopen_incident, resolve_incident
from workflows.voice import Voice, speaking

DOWN = "Router tot seit heute, kein Netz in Köln"
SAME = "Mein Router tot, kein Netz in Köln"
TITLE = "Router ohne Netz in Köln"


async def says(care: Care, verb: Callable[..., Awaitable[Any]], by: Responder, *given: object, **named: object) -> Any:
    """A coordinator's deed, in a transaction of its own."""
    async with speaking(care.desk) as voice:
        return await verb(voice, by, *given, **named)


async def goes_on(care: Care) -> None:
    """What goes on by itself in a storm, until nothing is left to do now."""
    while await take_in_all(care.desk) + await put_slices(care.desk):
        await care.settle()
    await care.settle()


async def proposed(care: Care, *who: str, title: str = TITLE) -> IncidentId:
    """The machine proposes an incident with the open questions of these contacts."""
    async with care.desk.store.begin() as work:
        new = NewIncident(
            title, "technical_fault", ["viel mehr als sonst"], care.clock.now(), names=PublicNames(title, title)
        )
        incident_id = await work.incidents.propose(new, now=care.clock.now())
    for one in who:
        ticket = await care.ticket_of(one)
        async with care.desk.store.begin() as work:
            await work.incidents.follow(incident_id, [ticket.id], JoinedHow.CLUSTER, now=care.clock.now())
    return incident_id


async def standing(care: Care, incident_id: IncidentId) -> IncidentState:
    async with care.desk.store.begin() as work:
        return (await work.incidents.incident(incident_id)).state


async def follows(care: Care, who: str) -> IncidentId | None:
    ticket = await care.ticket_of(who)
    async with care.desk.store.begin() as work:
        incident = await work.incidents.followed_by(ticket.id)
    return incident.id if incident else None


async def outage(care: Care, *who: str) -> tuple[Responder, IncidentId]:
    """A coordinator, and a confirmed incident that these contacts follow."""
    cora = await care.joins("cora", Role.COORDINATOR)
    for one in who:
        await care.writes(one, DOWN)
    incident_id = await proposed(care, *who)
    await says(care, confirm_incident, cora, incident_id)
    await goes_on(care)
    return cora, incident_id


async def test_those_who_followed_while_it_was_proposed_are_taken_in_when_it_is_confirmed(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await outage(care, "klara", "kim", "kurt")
    for one in ("klara", "kim", "kurt"):
        ticket = await care.ticket_of(one)
        assert (ticket.status, ticket.lane) == (Status.ON_HOLD, Lane.KNOWLEDGE)
        assert TITLE in care.seen_by(one)[-1]
    assert care.offered == set()
    heard = care.transcript("klara")
    await goes_on(care)
    assert care.transcript("klara") == heard


async def test_who_says_the_same_follows_before_anybody_is_asked(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await outage(care, "klara", "kim", "kurt")
    before = care.transcript("vera")
    await care.writes("nora", SAME)
    ticket = await care.ticket_of("nora")
    assert (ticket.status, ticket.lane, ticket.unit) == (Status.ON_HOLD, Lane.KNOWLEDGE, "technology")
    assert care.transcript("vera") == before
    assert "Z-1004" not in care.transcript(STAFF_ROOM)
    assert "Z-1004" in care.seen_by("nora")[0]
    await care.writes("olga", "Wo ist mein Paket")
    assert await follows(care, "olga") is None
    assert await care.lane_of("olga") is Lane.PEER


async def test_mine_is_different_brings_a_person(care: Care) -> None:
    _cora, incident_id = await outage(care, "klara", "kim", "kurt")
    await care.writes("nora", SAME)
    assert await follows(care, "nora") == incident_id
    await care.presses_newest("nora", "different")
    assert await follows(care, "nora") is None
    assert await care.lane_of("nora") is Lane.STAFF
    assert "not “Router ohne Netz in Köln”" in care.transcript(STAFF_ROOM)
    await care.writes("nora", SAME)
    assert await follows(care, "nora") is None


async def test_talk_to_a_person_works_inside_an_incident_and_danger_is_never_parked(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await outage(care, "klara", "kim", "kurt")
    await care.presses_newest("klara", "human")
    assert await care.lane_of("klara") is Lane.STAFF
    await care.writes("kim", "Jetzt kommt Rauch aus dem Router")
    assert await care.lane_of("kim") is Lane.STAFF
    await care.writes("nora", DOWN + " und es kommt Rauch heraus")
    assert await care.lane_of("nora") is Lane.STAFF
    assert (await care.ticket_of("nora")).status is not Status.ON_HOLD


async def test_further_words_stand_with_the_question_and_other_requests_are_routed(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    _cora, incident_id = await outage(care, "klara", "kim", "kurt")
    await care.writes("klara", DOWN + " immer noch")
    await care.writes("klara", DOWN + " noch immer")
    assert (await care.ticket_of("klara")).status is Status.ON_HOLD
    assert sum("noch nichts Neues" in text for text in care.seen_by("klara")) == 1
    await care.writes("klara", "Danke")
    assert (await care.ticket_of("klara")).status is Status.ON_HOLD
    await care.joins("viktor", Role.VOLUNTEER)
    await care.writes("kim", "Wo ist mein Paket")
    assert await care.lane_of("kim") is Lane.PEER
    assert await follows(care, "kim") == incident_id


async def test_whoever_may_mean_it_is_asked_and_goes_their_way_until_they_say_so(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    cora = await care.joins("cora", Role.COORDINATOR)
    incident_id = await says(care, open_incident, cora, title=TITLE, topic="technical_fault")
    for one in ("nora", "olga"):
        await care.writes(one, "Router tot in Köln, kein Netz")
        assert await care.lane_of(one) is Lane.PEER
        assert "Ist das auch deins?" in care.seen_by(one)[-1]
    await care.presses_newest("nora", "sameincident")
    assert (await care.ticket_of("nora")).status is Status.ON_HOLD
    assert await follows(care, "nora") == incident_id
    await care.presses_newest("olga", "otherincident")
    assert await follows(care, "olga") is None
    assert await care.lane_of("olga") is Lane.PEER
    await care.presses_newest("olga", "sameincident")
    assert await follows(care, "olga") == incident_id


async def test_resolve_answers_everybody_and_each_may_say_it_is_not_over(care: Care) -> None:
    cora, incident_id = await outage(care, "klara", "kim", "kurt")
    await care.writes("nora", SAME)
    await care.presses_newest("kurt", "different")
    with pytest.raises(InputRejected):
        await says(care, resolve_incident, cora, incident_id, text_de="Behoben.", text_en="")
    assert await standing(care, incident_id) is IncidentState.CONFIRMED
    await says(care, resolve_incident, cora, incident_id, text_de="Das Netz ist wieder da.", text_en="The net is back.")
    await goes_on(care)
    for one in ("klara", "kim", "nora"):
        assert "Das Netz ist wieder da." in care.seen_by(one)[-1]
        assert (await care.ticket_of(one)).status is Status.PENDING
    assert "wieder da" not in care.transcript("kurt")
    await care.taps("klara", "✅")
    assert (await care.ticket_of("klara")).status is Status.SOLVED
    await care.taps("kim", "❌")
    assert await care.lane_of("kim") is Lane.STAFF
    assert "is said to be over; for this contact it is not" in care.transcript(STAFF_ROOM)
    await care.writes("nora", DOWN + " hier immer noch")
    assert await care.lane_of("nora") is Lane.STAFF
    assert care.transcript(STAFF_ROOM).count("for this contact it is not") == 2
    await says(care, reopen_incident, cora, incident_id)
    assert await standing(care, incident_id) is IncidentState.CONFIRMED
    await care.writes("olga", SAME)
    assert await follows(care, "olga") == incident_id


async def test_dismissed_means_that_whoever_waited_is_routed_as_ever(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    cora, incident_id = await outage(care, "klara", "kim")
    assert care.offered == set()
    await care.joins("viktor", Role.VOLUNTEER)
    await says(care, dismiss_incident, cora, incident_id)
    await goes_on(care)
    assert await follows(care, "klara") is None
    assert await care.lane_of("klara") is Lane.PEER
    await care.writes("nora", SAME)
    assert await care.lane_of("nora") is Lane.PEER


async def test_two_coordinators_at_once_decide_once(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    carl = await care.joins("carl", Role.COORDINATOR)
    for first, second in ((confirm_incident, confirm_incident), (confirm_incident, dismiss_incident)):
        incident_id = await proposed(care)
        done = await asyncio.gather(
            says(care, first, cora, incident_id), says(care, second, carl, incident_id), return_exceptions=True
        )
        refused = [one for one in done if isinstance(one, BaseException)]
        async with care.desk.store.begin() as work:
            events = [one.kind for one in await work.events.recent(limit=50) if one.data.get("incident") == incident_id]
        if first is second:
            assert (refused, events) == ([], ["IncidentConfirmed"])
        else:
            # Confirm, then dismiss is a change of mind; dismiss, then confirm is refused.
            assert await standing(care, incident_id) is IncidentState.DISMISSED
            assert all(isinstance(one, AlreadyDecided) for one in refused)
            assert len(events) + len(refused) == 2


async def test_only_coordinators_steer(care: Care) -> None:
    cora, incident_id = await outage(care, "klara")
    ticket = await care.ticket_of("klara")
    anna = await care.joins("anna", Role.AGENT)
    vera = await care.joins("vera", Role.VOLUNTEER)
    deeds: list[tuple[Callable[..., Awaitable[Any]], tuple[object, ...], dict[str, object]]] = [
        (confirm_incident, (incident_id,), {}),
        (dismiss_incident, (incident_id,), {}),
        (open_incident, (), {"title": "Noch eine", "topic": None}),
        (edit_incident, (incident_id,), {"title": "Anders", "topic": None}),
        (join_incidents, (incident_id, incident_id), {}),
        (split_incident, (incident_id,), {"title": "Ab", "tickets": [ticket.id]}),
        (add_to_incident, (incident_id, ticket.number), {}),
        (take_out, (incident_id, ticket.id), {}),
        (resolve_incident, (incident_id,), {"text_de": "Vorbei.", "text_en": "Over."}),
        (reopen_incident, (incident_id,), {}),
    ]
    for who in (anna, vera):
        for deed, given, named in deeds:
            if deed is join_incidents and who is cora:
                continue
            with pytest.raises((NotAllowed, InputRejected)):
                await says(care, deed, who, *given, **named)
    assert await standing(care, incident_id) is IncidentState.CONFIRMED
    assert await follows(care, "klara") == incident_id


async def test_incidents_are_joined_split_and_mended_by_hand(care: Care) -> None:
    cora, first = await outage(care, "klara", "kim")
    await care.writes("nora", "Mein Paket fehlt")
    second = await proposed(care, "nora", title="Pakete fehlen")
    with pytest.raises(InputRejected):
        await says(care, join_incidents, cora, first, second)
    await says(care, join_incidents, cora, second, first)
    await goes_on(care)
    assert await standing(care, second) is IncidentState.JOINED
    assert await follows(care, "nora") == first
    assert (await care.ticket_of("nora")).status is Status.ON_HOLD
    with pytest.raises(AlreadyDecided):
        await says(care, confirm_incident, cora, second)
    nora = await care.ticket_of("nora")
    third = await says(care, split_incident, cora, first, title="Pakete", tickets=[nora.id, TicketId(10**9)])
    await goes_on(care)
    assert await follows(care, "nora") == third
    assert await standing(care, third) is IncidentState.CONFIRMED
    assert sum("Das wissen wir schon" in text for text in care.seen_by("nora")) == 1
    await says(care, edit_incident, cora, third, title="  Pakete\nverspätet ", topic=None)
    with pytest.raises(InputRejected):
        await says(care, edit_incident, cora, third, title="x" * 121, topic=None)
    with pytest.raises(InputRejected):
        await says(care, edit_incident, cora, third, title="Pakete", topic="no such topic")
    await says(care, take_out, cora, third, nora.id)
    assert await follows(care, "nora") is None
    assert (await care.ticket_of("nora")).status is not Status.ON_HOLD
    await says(care, add_to_incident, cora, first, nora.number)
    assert await follows(care, "nora") == first
    with pytest.raises(InputRejected):
        await says(care, add_to_incident, cora, third, nora.number)


async def test_who_works_on_a_question_goes_on_with_it_and_a_kill_tells_nobody_twice(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    cora = await care.joins("cora", Role.COORDINATOR)
    await care.writes("klara", DOWN)
    await care.taps("vera", "Take it")
    await care.writes("kim", DOWN)
    incident_id = await proposed(care, "klara", "kim")
    await says(care, confirm_incident, cora, incident_id)

    class Killed(Exception):
        pass

    async def half_way() -> None:
        async with speaking(care.desk) as voice:
            ticket, conversation = await voice.work.tickets.lock((await care.ticket_of("kim")).id)
            incident = await voice.work.incidents.incident(incident_id)
            await follow_incident.take_in(voice, ticket, conversation, incident, "why")
            raise Killed

    with pytest.raises(Killed):
        await half_way()
    await goes_on(care)
    assert sum("Das wissen wir schon" in text for text in care.seen_by("kim")) == 1
    klara = await care.ticket_of("klara")
    assert (klara.lane, klara.status) == (Lane.PEER, Status.OPEN)
    assert await follows(care, "klara") == incident_id


async def test_the_incident_may_break_without_stopping_questions(care: Care) -> None:
    await outage(care, "klara", "kim", "kurt")

    async def broken(texts: object) -> Any:
        raise RuntimeError("the encoder is gone")

    known = care.desk.known_incidents
    assert known is not None
    known._encode = broken
    await care.writes("nora", SAME)
    assert await follows(care, "nora") is None
    assert await care.lane_of("nora") is Lane.STAFF


async def test_coordinators_see_in_their_chat_what_is_going_on_and_decide_there(care: Care) -> None:
    await care.joins("cora", Role.COORDINATOR)
    await care.joins("anna", Role.AGENT)
    await care.commands("cora", "storm")
    assert "All calm" in care.seen_by("cora")[-1]
    await care.writes("klara", DOWN)
    real, none = await proposed(care, "klara"), await proposed(care, title="Nichts")
    await care.commands("cora", "storm")
    told = care.transcript("cora")
    assert TITLE in told
    assert "viel mehr als sonst" in told
    await care.presses("cora", f"storm.confirm:{real}")
    await care.presses("cora", f"storm.dismiss:{none}")
    assert await standing(care, real) is IncidentState.CONFIRMED
    assert await standing(care, none) is IncidentState.DISMISSED
    late = await care.presses("cora", f"storm.confirm:{none}")
    assert late.alert
    for who in ("anna", "klara"):
        assert (await care.presses(who, f"storm.dismiss:{real}")).alert
        await care.commands(who, "storm")
        assert TITLE not in care.transcript(who)
    assert await standing(care, real) is IncidentState.CONFIRMED
    await care.commands("cora", "help")
    assert "/storm" in care.seen_by("cora")[-1]
    await care.commands("klara", "help")
    assert "/storm" not in care.seen_by("klara")[-1]


async def test_contacts_hear_their_place_and_a_wait_that_holds(care: Care) -> None:
    anna = await care.joins("anna", Role.AGENT)
    for number in range(12):
        care.clock.time += timedelta(seconds=1)
        await care.writes(f"kai{number}", "Meine Rechnung stimmt nicht")
    for number in range(2):
        ticket = await care.ticket_of(f"kai{number}")
        await says(care, claim_ticket, anna, ticket.id)
    await care.commands("kai11", "wait")
    assert "Fragen vor deiner: 9." in care.seen_by("kai11")[-1]
    assert "4 Stunden" in care.seen_by("kai11")[-1]
    await care.commands("kai0", "wait")
    assert "arbeitet" in care.seen_by("kai0")[-1]
    await care.writes("ruth", "Meine Rechnung stimmt nicht")
    assert "Fragen vor deiner" not in care.transcript("ruth")
    async with care.desk.store.begin() as work:
        await work.storms.set_level("invoice", StormLevel.STORM, now=care.clock.now())
    await care.desk.storms.renew(care.desk.store, care.clock.now())
    await care.writes("rosa", "Meine Rechnung stimmt nicht")
    assert "Fragen vor deiner" in care.seen_by("rosa")[0]
    for _again in range(2):
        await care.writes("ruth", "Meine Rechnung, hallo?")
    assert care.transcript("ruth").count("Fragen vor deiner") == 1
    await care.writes("rita", "Rauch aus dem Router, und die Rechnung")
    assert "Fragen vor deiner" not in care.transcript("rita")


async def test_waiting_contacts_ask_for_news(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await outage(care, "klara", "kim", "kurt")
    await care.commands("klara", "wait")
    assert TITLE in care.seen_by("klara")[-1]
    await care.writes("olga", "Wo ist mein Paket")
    await care.commands("olga", "wait")
    assert "Community" in care.seen_by("olga")[-1]
    await care.commands("otto", "wait")
    assert "no open question" in care.seen_by("otto")[-1] or "keine offene Frage" in care.seen_by("otto")[-1]


async def test_what_is_only_on_the_topic_is_taken_in_when_it_is_like_the_rest_and_asked_else(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    for one in ("klara", "kim", "kurt", "otto"):
        await care.writes(one, DOWN)
    await care.writes("olga", "Router brummt laut und blinkt gelb")
    incident_id = await proposed(care, "klara", "kim", "kurt")
    for one in ("otto", "olga"):
        async with care.desk.store.begin() as work:
            ticket = await care.ticket_of(one)
            await work.incidents.follow(incident_id, [ticket.id], JoinedHow.TOPIC, now=care.clock.now())
    await says(care, confirm_incident, cora, incident_id)
    await goes_on(care)
    assert (await care.ticket_of("otto")).status is Status.ON_HOLD
    assert await care.lane_of("olga") is Lane.STAFF
    assert "Ist das auch deins?" in care.seen_by("olga")[-1]
    await care.presses_newest("olga", "sameincident")
    assert (await care.ticket_of("olga")).status is Status.ON_HOLD
    await care.presses_newest("olga", "otherincident")
    assert await follows(care, "olga") is None


async def test_three_messages_at_once_are_one_question_that_follows(care: Care) -> None:
    _cora, incident_id = await outage(care, "klara", "kim", "kurt")
    care.workers_sleep = True
    for text in (SAME, "Hallo?", DOWN + " seit Stunden"):
        await care.writes("nora", text)
    care.workers_sleep = False
    await care.settle()
    assert await follows(care, "nora") == incident_id
    assert (await care.ticket_of("nora")).status is Status.ON_HOLD
    assert sum("Das wissen wir schon" in text for text in care.seen_by("nora")) == 1
    assert not any("noch nichts Neues" in text for text in care.seen_by("nora"))


async def test_a_question_added_before_it_was_read_waits_like_the_others(care: Care) -> None:
    cora, incident_id = await outage(care, "klara")
    care.workers_sleep = True
    await care.writes("nora", "Wo ist mein Paket")
    nora = await care.ticket_of("nora")
    await says(care, add_to_incident, cora, incident_id, nora.number)
    care.workers_sleep = False
    await care.settle()
    assert await follows(care, "nora") == incident_id
    async with care.desk.store.begin() as work:
        reasons = await work.tickets.reasons(nora.id)
    assert reasons


async def test_of_two_processes_each_question_is_taken_in_once(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    names = [f"kai{number}" for number in range(6)]
    for one in names:
        await care.writes(one, DOWN)
    incident_id = await proposed(care, *names)
    await says(care, confirm_incident, cora, incident_id)
    done = await asyncio.gather(take_in_all(care.desk), take_in_all(care.desk), take_in_all(care.desk))
    assert max(done) == len(names)
    await goes_on(care)
    for one in names:
        assert sum("Das wissen wir schon" in text for text in care.seen_by(one)) == 1


async def test_what_people_put_on_hold_stays_theirs_and_one_that_fails_holds_up_no_other(
    care: Care, monkeypatch: pytest.MonkeyPatch
) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    for one in ("klara", "kim", "kurt"):
        await care.writes(one, DOWN)
    held = await care.ticket_of("klara")
    await says(care, hold_ticket, cora, held.id)
    failing = await care.ticket_of("kim")
    incident_id = await proposed(care, "klara", "kim", "kurt")
    await says(care, confirm_incident, cora, incident_id)
    tell = follow_incident.tell_statement

    async def fails(voice: Voice, ticket: Ticket, *rest: Any) -> bool:
        if ticket.id == failing.id:
            raise RuntimeError("not this one")
        return await tell(voice, ticket, *rest)

    monkeypatch.setattr(follow_incident, "tell_statement", fails)
    await take_in_all(care.desk)
    await care.settle()
    assert (await care.ticket_of("kurt")).lane is Lane.KNOWLEDGE
    assert (await care.ticket_of("kim")).lane is Lane.STAFF
    assert (await care.ticket_of("klara")).lane is Lane.STAFF
    monkeypatch.undo()
    await goes_on(care)
    assert (await care.ticket_of("kim")).lane is Lane.KNOWLEDGE


async def test_without_a_name_of_its_own_contacts_read_its_topic_in_their_language(care: Care) -> None:
    """The machine's title is staff's: it is in one language, and no person wrote it for contacts."""
    cora = await care.joins("cora", Role.COORDINATOR)
    await care.writes("klara", "Mein Router blinkt")
    await care.writes("kate", "My router is dead since today")
    incident_id = await proposed(care, "klara", "kate", title="blinkt, Router, rot")
    await says(care, edit_incident, cora, incident_id, title="Netz", topic="outage", names=PublicNames("Netz weg", " "))
    await says(care, confirm_incident, cora, incident_id)
    await goes_on(care)
    assert "Netz weg" in care.seen_by("klara")[-1]
    assert "Outage" in care.seen_by("kate")[-1]
    assert not any("Netz" in text for text in care.seen_by("kate"))
