"""A muster from the call to the thanks: who is called, who is asked first, caps, rest, and what goes wrong."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from desk.errors import InputRejected, NotAllowed
from desk.incident import Incident
from desk.muster import MusterFigures, MusterState
from desk.muster_call import Reply
from desk.people import Responder, Role, TrustLevel
from desk.storm_wishes import Caps, StormWishes
from desk.volunteering import ALWAYS, Availability, Span, Wishes
from tests.integration.journeys.care import Care
from tests.integration.journeys.stormy import CALLED, call, care_of, confirmed, figures, later, muster_steps, opts_in
from workflows.answer_call import come
from workflows.approve_statement import approve_statement
from workflows.call_muster import call_muster, extend_muster, usual_terms
from workflows.end_muster import call_off, end_muster
from workflows.voice import speaking
from workflows.volunteer_wishes import save_wishes
from workflows.write_statement import submit_statement, write_statement

HOURS = timedelta(hours=1)
ROUTER = "Mein Router ist tot"


def called(care: Care) -> set[str]:
    """Who has an unanswered call."""
    return {
        one.to.chat
        for one in care.chat.sent
        if any(button.action.startswith("muster.in:") and "after all" not in button.label for button in one.buttons)
    }


async def test_called_in_asked_first_thanked_and_at_rest(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    for who in ("vera", "viktor"):
        await opts_in(care, who, StormWishes(True, most_at_once=5))
    await care.joins("nina", Role.VOLUNTEER)
    incident = await confirmed(care, cora)
    muster_id = await call(care, cora, incident.id)
    assert called(care) == {"vera", "viktor"}
    assert "Router are down" in care.seen_by("vera")[-1]
    tapped = await care.taps("vera", "I am in")
    assert tapped.notice == "You are in. Thank you!"
    assert (await care.taps("viktor", "Not now")).notice == "Noted. That is fine!"
    briefing = care.seen_by("vera")[-1]
    assert "What happened" in briefing
    assert "Promise no time" in briefing
    for asker in ("klara", "kurt", "karl", "kim"):
        await care.writes(asker, ROUTER)
        assert care.offered == {"vera"}, "who is in is asked first, and one is enough"
        assert "you are in for the storm" in care.seen_by("vera")[-1]
        await care.taps("vera", "Take it")
        assert care.offered == set()
    await care.writes("knut", ROUTER)
    assert care.offered == {"vera"}
    await care.writes("kai", ROUTER)
    assert care.offered == {"vera", "viktor", "nina"}, "five at once is what Vera said"
    held = [one.id for one in care.chat.sent if any(button.action.startswith("handback:") for button in one.buttons)]
    await care.writes("vera", "Zieh den Stecker und warte kurz.", reply_to=held[-1])
    await care.presses_newest("vera", "send")
    await later(care)
    seen = await figures(care, muster_id)
    assert (seen.told, seen.came, seen.not_now, seen.silent, seen.answering) == (2, 1, 1, 0, 1)
    assert (seen.answers, seen.people) == (1, 1)
    await later(care, 4 * HOURS)
    [thanks] = [text for text in care.seen_by("vera") if "is over, thank you" in text]
    assert "Called: 2, came: 1. Answered together: 1. People helped: 1. Solved already: 0." in thanks
    assert "The first answer came 1 min after the alert." in thanks
    assert "Now rest" in thanks
    assert not any("together" in text for text in care.seen_by("viktor")), "they did not come"
    rested = (await care_of(care, "vera")).paused_until
    assert rested is not None
    assert rested - care.clock.now() > 11 * HOURS
    await care.writes("ken", ROUTER)
    assert "vera" not in care.offered
    await care.commands("vera", "pause", "0")
    await care.writes("kyra", ROUTER)
    assert "vera" in care.offered


async def test_hours_and_quiet_time_hold_and_a_wish_adds_hours_only(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    noon = ((Span(12 * 60, 14 * 60),),) * 7
    wishes = {
        "now": Availability("UTC", ALWAYS),
        "later": Availability("UTC", noon),
        "outside": Availability("UTC", noon),
        "asleep": Availability("UTC", ALWAYS, (Span(8 * 60, 10 * 60),)),
        "tomorrow": Availability("UTC", ((Span(6 * 60, 8 * 60),),) * 7),
    }
    for who, availability in wishes.items():
        joined = await opts_in(care, who, StormWishes(True, outside_hours=who in ("outside", "asleep")))
        async with speaking(care.desk) as voice:
            await save_wishes(voice, joined, Wishes(availability))
    incident = await confirmed(care, cora)
    muster_id = await call(care, cora, incident.id)
    assert called(care) == {"now", "outside"}
    assert (await figures(care, muster_id)).waiting == 2
    await later(care, HOURS)
    assert called(care) == {"now", "outside", "asleep"}
    await care.presses_newest("outside", "muster.in")
    await care.writes("klara", ROUTER)
    assert care.offered == {"outside"}, "in outside their hours, since they said so"
    await later(care, 2 * HOURS)
    assert called(care) == {"now", "asleep", "later"}


async def test_who_changes_their_mind_goes_or_taps_twice_is_answered_politely(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    await opts_in(care, "vera")
    await care.joins("nina", Role.VOLUNTEER)
    incident = await confirmed(care, cora)
    muster_id = await call(care, cora, incident.id)
    await care.taps("vera", "Not now")
    assert (await care.presses("vera", f"muster.not:{muster_id}")).notice == "Noted already. Thank you!"
    await care.taps("vera", "I am in after all")
    assert (await care.presses("vera", f"muster.in:{muster_id}")).notice == "You are in already. Thank you!"
    stranger = await care.presses("nina", f"muster.in:{muster_id}")
    assert stranger.alert, "nobody called them"
    assert (await care.presses("cora", f"muster.in:{muster_id}")).alert
    assert (await care.presses("vera", "muster.in:99999")).alert
    await care.taps("vera", "I have to go")
    assert "You are out" in care.transcript("vera")
    await care.writes("klara", ROUTER)
    assert "nina" in care.offered, "nobody is in"
    await care.taps("vera", "I am in after all")
    await care.commands("vera", "pause", "3")
    assert (await figures(care, muster_id)).out == 1
    await care.presses("vera", f"muster.in:{muster_id}")
    assert (await care_of(care, "vera")).paused_until is None, "who comes is back"
    await later(care, 5 * HOURS)
    assert (await care.presses("vera", f"muster.in:{muster_id}")).notice == (
        "This call for help is over. Thank you for wanting to help!"
    )


async def test_nobody_is_called_twice_and_who_opts_in_meanwhile_is_called(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    await opts_in(care, "vera")
    await care.joins("nina", Role.VOLUNTEER)
    incident = await confirmed(care, cora)
    muster_id = await call(care, cora, incident.id)
    calls = len(care.seen_by("vera"))
    with pytest.raises(InputRejected):
        await call(care, cora, incident.id)
    async with speaking(care.desk) as voice:
        await extend_muster(voice, cora, muster_id, 6 * HOURS)
    await later(care)
    assert len(care.seen_by("vera")) == calls
    assert called(care) == {"vera"}
    await opts_in(care, "nina", joins=False)
    await later(care)
    assert called(care) == {"vera", "nina"}


async def test_two_processes_call_everybody_once(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    people = [f"v{number}" for number in range(30)]
    for who in people:
        await opts_in(care, who)
    incident = await confirmed(care, cora)
    async with speaking(care.desk) as voice:
        terms = usual_terms(voice, await voice.work.incidents.incident(incident.id))
        await call_muster(voice, cora, incident.id, terms)
    care.clock.time += timedelta(seconds=20)
    await asyncio.gather(*(muster_steps(care.desk) for _process in range(4)))
    await care.settle()
    asked = [one.to.chat for one in care.chat.sent if "Router are down" in one.text]
    assert sorted(asked) == sorted(people)


async def test_a_call_is_undone_before_it_went_to_all(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    await opts_in(care, "vera")
    later_on = await opts_in(care, "later")
    async with speaking(care.desk) as voice:
        await save_wishes(voice, later_on, Wishes(Availability("UTC", ((Span(11 * 60, 12 * 60),),) * 7)))
    incident = await confirmed(care, cora)
    muster_id = await call(care, cora, incident.id)
    await care.taps("vera", "I am in")
    async with speaking(care.desk) as voice:
        await call_off(voice, cora, muster_id)
    await later(care, 3 * HOURS)
    assert called(care) == set()
    assert "was a mistake" in care.transcript("vera")
    assert care.transcript("later").count("Router") == 0
    assert (await care_of(care, "vera")).paused_until is None, "nobody rests after a mistake"
    second = await call(care, cora, incident.id)
    await later(care)
    with pytest.raises(InputRejected):
        async with speaking(care.desk) as voice:
            await call_off(voice, cora, second)
    async with speaking(care.desk) as voice:
        await end_muster(voice, second, cora)
    await later(care)
    assert care.seen_by("vera")[-1] == "This call for help is over. Thank you for wanting to help!"


async def test_it_ends_with_its_incident_and_goes_on_in_the_one_it_was_joined_into(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    await opts_in(care, "vera")
    one, other = await confirmed(care, cora), await confirmed(care, cora)
    muster_id = await call(care, cora, one.id)
    async with speaking(care.desk) as voice:
        await voice.work.incidents.join(one.id, other.id, by=cora.id, now=voice.now)
    await later(care)
    async with speaking(care.desk) as voice:
        moved = await voice.work.musters.muster(muster_id)
        assert (moved.incident_id, moved.state) == (other.id, MusterState.CALLED)
        await voice.work.incidents.resolve(other.id, by=cora.id, now=voice.now)
    await later(care)
    async with speaking(care.desk) as voice:
        assert (await voice.work.musters.muster(muster_id)).state is MusterState.ENDED


async def test_a_drill_says_so_everywhere_and_counts_for_nothing(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    await opts_in(care, "vera")
    incident = await confirmed(care, cora, drill=True)
    muster_id = await call(care, cora, incident.id)
    await care.taps("vera", "I am in")
    call_and_briefing = care.seen_by("vera")[-2:]
    assert all("Drill" in text for text in call_and_briefing)
    await care.writes("klara", ROUTER)
    assert "for the storm" not in care.transcript("vera")
    await later(care, 5 * HOURS)
    [thanks] = [text for text in care.seen_by("vera") if "is over, thank you" in text]
    assert "Drill" in thanks
    assert (await care_of(care, "vera")).paused_until is None
    assert (await figures(care, muster_id)).came == 1


async def test_where_all_is_a_drill_whoever_is_in_is_asked_first(care: Care) -> None:
    care.desk = replace(care.desk, drill=True)
    cora = await care.joins("cora", Role.COORDINATOR)
    await opts_in(care, "vera")
    incident = await confirmed(care, cora, drill=True)
    await call(care, cora, incident.id)
    await care.taps("vera", "I am in")
    await care.writes("klara", ROUTER)
    assert "for the storm" in care.transcript("vera")


async def test_champions_read_the_briefing_at_once_and_others_when_they_are_in(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    await care.joins("chris", Role.VOLUNTEER, trust=TrustLevel.CHAMPION)
    await opts_in(care, "vera")
    incident = await confirmed(care, cora)
    await care.commands("chris", "briefing")
    assert "no briefing" in care.seen_by("chris")[-1]
    await call(care, cora, incident.id)
    assert called(care) == {"vera"}, "champions are pinged only if they opted in"
    await care.commands("chris", "briefing")
    assert "What happened" in care.seen_by("chris")[-1]
    await care.commands("vera", "briefing")
    assert "no briefing" in care.seen_by("vera")[-1]
    await care.taps("vera", "I am in")
    await care.commands("vera", "briefing")
    assert "What happened" in care.seen_by("vera")[-1]


async def approves(care: Care, incident: Incident, writer: Responder, other: Responder, words: str) -> None:
    async with speaking(care.desk) as voice:
        draft = await write_statement(voice, writer, incident.id, text_de=words, text_en=words, seen=None)
        await submit_statement(voice, writer, draft.id, incident.id)
        await approve_statement(voice, other, draft.id, incident.id)
    await care.settle()


async def test_the_wording_in_the_briefing_is_the_approved_one_and_is_sent_by_one_tap(care: Care) -> None:
    cora, carl = await care.joins("cora", Role.COORDINATOR), await care.joins("carl", Role.COORDINATOR)
    await opts_in(care, "vera", trust=TrustLevel.NEWCOMER)
    await opts_in(care, "viktor")
    await care.writes("klara", ROUTER)
    incident = await confirmed(care, cora)
    await call(care, cora, incident.id)
    await care.taps("vera", "I am in")
    assert "There is none yet" in care.seen_by("vera")[-1]
    await approves(care, incident, cora, carl, "We know of it.")
    assert "We know of it." in care.seen_by("vera")[-1]
    assert not any("We know of it." in text for text in care.seen_by("viktor")), "only those who are in"
    await care.commands("vera", "briefing")
    assert "We know of it." in care.seen_by("vera")[-1]
    await care.taps("vera", "Take it")
    await care.writes("vera", "My own words first")
    held = await care.ticket_of("klara")
    assert (await care.presses("viktor", f"wording:{held.id}")).alert, "not theirs"
    assert (await care.presses("vera", f"wording:{held.id}")).notice == "Sent."
    assert any("We know of it." in text for text in care.seen_by("klara")), "a newcomer's, without a review"
    assert not any("My own words" in text for text in care.seen_by("klara"))
    assert (await care.presses("vera", f"wording:{held.id}")).notice == "It has been sent already."


async def test_only_coordinators_call_and_only_for_what_is_confirmed(care: Care) -> None:
    cora, anna = await care.joins("cora", Role.COORDINATOR), await care.joins("anna", Role.AGENT)
    incident = await confirmed(care, cora)
    with pytest.raises(NotAllowed):
        await call(care, anna, incident.id)
    with pytest.raises(InputRejected):
        await call(care, cora, incident.id, lasts=timedelta(days=3))
    async with speaking(care.desk) as voice:
        await voice.work.incidents.resolve(incident.id, by=cora.id, now=voice.now)
    with pytest.raises(NotAllowed):
        await call(care, cora, incident.id)


async def test_whoever_leaves_in_mid_muster_is_out_and_forgotten(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    vera = await opts_in(care, "vera")
    incident = await confirmed(care, cora)
    muster_id = await call(care, cora, incident.id)
    await care.taps("vera", "I am in")
    await care.commands("vera", "leave")
    await care.presses_newest("vera", "leave.now")
    async with care.desk.store.begin() as work:
        [(one, who)] = await work.musters.calls(muster_id)
        assert (one.reply, who.active) == (Reply.OUT, False)
        assert not (await work.musters.storm_wishes(vera.id)).is_called
    said = len(care.seen_by("vera"))
    await later(care, 5 * HOURS)
    assert len(care.seen_by("vera")) == said, "nobody thanks who is gone"


async def test_what_somebody_wishes_in_mid_muster_holds_at_once(care: Care) -> None:
    cora = await care.joins("cora", Role.COORDINATOR)
    vera = await opts_in(care, "vera")
    incident = await confirmed(care, cora)
    muster_id = await call(care, cora, incident.id)
    async with speaking(care.desk) as voice:
        await come(voice, vera, muster_id)
        assert (await voice.work.offers.claim_terms(vera.id, now=voice.now)).in_storm == 3
    await opts_in(care, "vera", StormWishes(True, most_at_once=9), joins=False)
    async with speaking(care.desk) as voice:
        assert (await voice.work.offers.claim_terms(vera.id, now=voice.now)).in_storm == 5
    assert CALLED.most_at_once is None
    assert care.policy.storm.raised == Caps(5, 40)
    assert await figures(care, muster_id) == MusterFigures(told=1, came=1, first_in_at=care.clock.now())


async def test_wishes_for_storms_are_chosen_in_the_chat(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    await care.commands("vera", "volunteer")
    assert "Calls in storms: Never" in care.seen_by("vera")[-1]
    await care.taps("vera", "Storms")
    await care.taps("vera", "At any hour but in my quiet time")
    await care.taps("vera", "5 at once")
    await care.taps("vera", "40 a day")
    await care.taps("vera", "40 a day")
    assert [button.label for button in care.chat.sent[-1].buttons][2:4] == [
        "✅ At any hour but in my quiet time", "3 at once",
    ]  # fmt: skip
    async with care.desk.store.begin() as work:
        assert await work.musters.storm_wishes(vera.id) == StormWishes(True, True, 5, None)
    for hostile in ("volunteer.storm:7", "volunteer.storm_most:1:99", "volunteer.storm_most:0:0"):
        assert (await care.presses("vera", hostile)).alert, hostile
    await care.commands("newcomer", "volunteer")
    assert (await care.presses("newcomer", "volunteer.storm:1")).alert, "not before they joined"
    await care.taps("vera", "Never")
    async with care.desk.store.begin() as work:
        assert not (await work.musters.storm_wishes(vera.id)).is_called
