"""Who should answer: each rule of routing/decide.py, and what holds for every message there can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.asking import AskingState
from desk.reading import OUT_OF_SCOPE, Danger, IntentGuess, PersonalDataSpan, Reading, Sentiment, Urgency
from desk.ticket import Lane, Priority
from routing.decide import ContactFacts, Decision, Roster, decide
from routing.doubt import confidence_in_place, doubt
from routing.policy import STAFF_ONLY_INTENTS, AskingPolicy, Policy
from routing.storm import StormLevel

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PEERS_QUESTION = Reading(language="de", intent="how_to", confidence=0.93, engine="embedded", masked="Wie geht das?")
INTENTS = st.sampled_from(
    ["how_to", "returns", "refund", "greeting", "praise", "safety_hazard", "legal_threat", OUT_OF_SCOPE, "no_such"]
)
KINDS = st.sampled_from(["iban", "card", "password", "birth_date", "email", "phone", "name", "something_new"])
READINGS = st.builds(
    Reading,
    language=st.sampled_from(["de", "en", "other"]),
    intent=INTENTS,
    confidence=st.floats(0, 1),
    also=st.lists(INTENTS, max_size=3).map(tuple),
    sentiment=st.sampled_from(Sentiment),
    urgency=st.sampled_from(Urgency),
    wants_human=st.booleans(),
    out_of_scope=st.booleans(),
    personal_data=st.lists(KINDS.map(lambda kind: PersonalDataSpan(0, 4, kind)), max_size=3).map(tuple),
    engine=st.sampled_from(["embedded", "rasa", "unread"]),
    runners_up=st.lists(st.builds(IntentGuess, INTENTS, st.floats(0, 1)), max_size=3).map(tuple),
    certain=st.booleans(),
    danger=st.sampled_from([None, None, None, *Danger]),
)
FACTS = st.builds(
    ContactFacts,
    rejections=st.integers(0, 5),
    asked_for_human=st.booleans(),
    answer=st.sampled_from([None, *AskingState]),
    offered=st.lists(INTENTS, max_size=3).map(tuple),
)
ROSTERS = st.builds(Roster, volunteers_at_hand=st.integers(0, 50))
STORMS = st.sampled_from(StormLevel)


@pytest.fixture(scope="module")
def decided(policy: Policy) -> Any:
    """Decides about the peers' question, changed as named, with volunteers at hand."""

    def on(*, volunteers: int = 3, contact: ContactFacts = ContactFacts(), **reading: Any) -> Decision:  # noqa: B008 - frozen
        return decide(
            replace(PEERS_QUESTION, **reading), contact, Roster(volunteers), StormLevel.CALM, policy, NOON
        )  # fmt: skip

    return on


def words(decision: Decision) -> str:
    """The reasons as one would read them."""
    return "; ".join(str(reason) for reason in decision.reasons)


def test_a_question_that_peers_may_answer_goes_to_peers(decided: Any) -> None:
    decision = decided()
    assert (decision.lane, decision.unit, decision.priority) == (Lane.PEER, "technology", Priority.NORMAL)
    assert words(decision) == "read as “How to” (93 % sure); volunteers at hand: 3"


def test_an_unread_message_goes_to_staff(decided: Any) -> None:
    decision = decided(engine="unread")
    assert decision.lane is Lane.STAFF
    assert words(decision) == "no model could read it"


@pytest.mark.parametrize("asked", [{"contact": ContactFacts(asked_for_human=True)}, {"wants_human": True}])
def test_whoever_asks_for_a_person_gets_one(decided: Any, asked: dict[str, Any]) -> None:
    decision = decided(**asked)
    assert decision.lane is Lane.STAFF
    assert "the contact asks for a person" in words(decision)


@pytest.mark.parametrize("kind", ["iban", "card", "password", "tax_id", "insurance", "birth_date", "token"])
def test_data_only_staff_may_handle_keep_it_with_staff(decided: Any, kind: str) -> None:
    decision = decided(personal_data=(PersonalDataSpan(0, 3, "email"), PersonalDataSpan(4, 9, kind)))
    assert decision.lane is Lane.STAFF
    assert f"data only staff may handle: {kind}" in words(decision)


def test_data_that_can_be_masked_do_not_keep_it_from_volunteers(decided: Any) -> None:
    assert decided(personal_data=(PersonalDataSpan(0, 3, "email"),)).lane is Lane.PEER


@pytest.mark.parametrize("intent", sorted(STAFF_ONLY_INTENTS))
def test_danger_law_privacy_and_press_are_staffs_even_beside_a_harmless_question(decided: Any, intent: str) -> None:
    assert decided(intent=intent).lane is Lane.STAFF
    assert decided(also=(intent,)).lane is Lane.STAFF


def test_no_policy_can_give_them_away(policy: Policy) -> None:
    everything_to_peers = policy.model_copy(update={"intents": dict.fromkeys(policy.intents, policy.intents["how_to"])})
    for intent in STAFF_ONLY_INTENTS:
        reading = replace(PEERS_QUESTION, intent=intent)
        decision = decide(reading, ContactFacts(), Roster(3), StormLevel.CALM, everything_to_peers, NOON)
        assert decision.lane is Lane.STAFF


def test_after_the_second_not_solved_staff_take_over(decided: Any) -> None:
    assert decided(contact=ContactFacts(rejections=1)).lane is Lane.PEER
    decision = decided(contact=ContactFacts(rejections=2))
    assert decision.lane is Lane.STAFF
    assert "said twice that it is not solved" in words(decision)


def test_other_languages_are_staffs(decided: Any) -> None:
    decision = decided(language="other")
    assert decision.lane is Lane.STAFF
    assert "neither German nor English" in words(decision)


def test_what_fits_nothing_is_staffs_and_leads_to_the_unit_for_it(decided: Any, policy: Policy) -> None:
    decision = decided(out_of_scope=True)
    assert (decision.lane, decision.unit) == (Lane.STAFF, policy.route(OUT_OF_SCOPE).unit)


def test_below_the_floor_volunteers_are_not_asked(decided: Any, policy: Policy) -> None:
    daring = policy.model_copy(update={"staff_doubt": 1.0})
    for step, lane in ((0.0, Lane.PEER), (-0.01, Lane.STAFF)):
        reading = replace(PEERS_QUESTION, confidence=policy.confidence_floor + step)
        decision = decide(reading, ContactFacts(), Roster(3), StormLevel.CALM, daring, NOON)
        assert decision.lane is lane
        assert ("too unsure for volunteers" in words(decision)) is (lane is Lane.STAFF)


def test_guesses_of_one_unit_and_lane_count_together(decided: Any) -> None:
    late_or_lost = {
        "intent": "delivery_status",
        "confidence": 0.44,
        "runners_up": (IntentGuess("delivery_problem", 0.5),),
    }
    assert decided(**late_or_lost).lane is Lane.PEER


@pytest.mark.parametrize(("peers", "staffs", "lane"), [(0.85, 0.1, Lane.PEER), (0.6, 0.35, Lane.STAFF)])
def test_volunteers_get_it_only_if_the_risk_that_it_is_staffs_is_small(
    decided: Any, peers: float, staffs: float, lane: Lane
) -> None:
    decision = decided(intent="returns", confidence=peers, runners_up=(IntentGuess("refund", staffs),))
    assert decision.lane is lane
    if lane is Lane.STAFF:
        assert "40 % risk that it is for staff, perhaps “Refund”" in words(decision)


def test_many_small_staff_guesses_are_a_risk_too(decided: Any) -> None:
    small = tuple(IntentGuess(intent, 0.08) for intent in ("refund", "invoice", "complaint"))
    assert decided(confidence=0.76, runners_up=small).lane is Lane.STAFF


def test_what_no_guess_accounts_for_is_a_risk_without_a_name(decided: Any) -> None:
    decision = decided(confidence=0.7)
    assert decision.lane is Lane.STAFF
    assert "too unsure for volunteers" in words(decision)


def test_a_coordinator_says_how_much_risk_is_too_much(policy: Policy) -> None:
    reading = replace(PEERS_QUESTION, confidence=0.6, runners_up=(IntentGuess("refund", 0.4),))
    daring = policy.model_copy(update={"staff_doubt": 0.5})
    assert decide(reading, ContactFacts(), Roster(3), StormLevel.CALM, daring, NOON).lane is Lane.PEER


def test_a_greeting_is_answered_though_it_may_be_something_else(decided: Any) -> None:
    guesses = (IntentGuess("refund", 0.3),)
    assert decided(intent="greeting", confidence=0.6, runners_up=guesses).lane is Lane.KNOWLEDGE


@pytest.mark.parametrize("danger", Danger)
def test_danger_is_staffs_and_urgent_whatever_it_was_read_as(decided: Any, danger: Danger) -> None:
    decision = decided(danger=danger)
    assert (decision.lane, decision.priority) == (Lane.STAFF, Priority.URGENT)
    assert "somebody may be in danger" in words(decision)


def test_a_small_guess_of_danger_is_enough_for_staff(decided: Any) -> None:
    decision = decided(confidence=0.9, runners_up=(IntentGuess("safety_hazard", 0.1),))
    assert decision.lane is Lane.STAFF
    assert "somebody may be in danger" in words(decision)


def test_what_the_contact_chose_is_what_it_is_about(decided: Any) -> None:
    chosen = ContactFacts(answer=AskingState.CHOSEN, offered=("how_to", "refund"))
    decision = decided(contact=chosen, confidence=1.0)
    assert decision.lane is Lane.PEER
    assert words(decision) == "the contact says it is “How to”; volunteers at hand: 3"


def test_something_else_and_silence_are_staffs(decided: Any) -> None:
    decision = decided(contact=ContactFacts(answer=AskingState.SOMETHING_ELSE))
    assert decision.lane is Lane.STAFF
    assert "the contact says it is something else" in words(decision)
    decision = decided(contact=ContactFacts(answer=AskingState.SILENT, offered=("how_to",)))
    assert decision.lane is Lane.STAFF
    assert "the contact was asked what it is about and did not say" in words(decision)


@pytest.mark.parametrize(("offered", "lane"), [(("how_to", "returns"), Lane.PEER), (("how_to", "refund"), Lane.STAFF)])
def test_silence_is_volunteers_if_the_policy_says_so_and_all_offered_is_theirs(
    policy: Policy, offered: tuple[str, ...], lane: Lane
) -> None:
    left = policy.model_copy(update={"asking": AskingPolicy(unanswered=Lane.PEER)})
    unsure = replace(PEERS_QUESTION, confidence=0.3)
    contact = ContactFacts(answer=AskingState.SILENT, offered=offered)
    assert decide(unsure, contact, Roster(3), StormLevel.CALM, left, NOON).lane is lane


def test_a_second_request_that_is_staffs_leads_and_is_named(decided: Any) -> None:
    decision = decided(also=("returns", "refund"))
    assert (decision.lane, decision.unit) == (Lane.STAFF, "finance")
    assert "it also asks for “Refund”" in words(decision)


def test_the_gravest_of_several_requests_sets_the_priority(decided: Any) -> None:
    decision = decided(intent="invoice", also=("how_to", "safety_hazard"))
    assert (decision.unit, decision.priority) == ("finance", Priority.URGENT)


def test_the_policys_lane_stands_when_nothing_speaks_against_it(decided: Any) -> None:
    assert decided(intent="greeting").lane is Lane.KNOWLEDGE
    decision = decided(intent="refund")
    assert decision.lane is Lane.STAFF
    assert "the policy gives “Refund” to staff" in words(decision)


def test_without_a_volunteer_staff_take_it(decided: Any) -> None:
    decision = decided(volunteers=0)
    assert decision.lane is Lane.STAFF
    assert "no volunteer is at hand" in words(decision)


def test_urgent_words_make_it_urgent_and_anger_makes_it_high(decided: Any) -> None:
    assert decided(urgency=Urgency.URGENT).priority is Priority.URGENT
    assert decided(sentiment=Sentiment.NEGATIVE).priority is Priority.HIGH
    assert decided(intent="praise", sentiment=Sentiment.NEGATIVE).priority is Priority.LOW
    assert "the contact is upset" in words(decided(sentiment=Sentiment.NEGATIVE))


def test_a_storm_leaves_its_word(policy: Policy) -> None:
    decision = decide(PEERS_QUESTION, ContactFacts(), Roster(3), StormLevel.STORM, policy, NOON)
    assert "there is a storm on" in words(decision)
    assert (
        decision.priority is decide(PEERS_QUESTION, ContactFacts(), Roster(3), StormLevel.CALM, policy, NOON).priority
    )


@pytest.mark.parametrize(("least", "then"), [(Priority.HIGH, Priority.HIGH), (Priority.LOW, Priority.NORMAL)])
def test_in_a_storm_the_playbook_may_raise_a_priority_and_never_lowers_it(
    policy: Policy, least: Priority, then: Priority
) -> None:
    asked = PEERS_QUESTION
    assert decide(asked, ContactFacts(), Roster(3), StormLevel.STORM, policy, NOON, least).priority is then
    assert decide(asked, ContactFacts(), Roster(3), StormLevel.CALM, policy, NOON, least).priority is Priority.NORMAL


@given(READINGS, FACTS, ROSTERS, STORMS)
def test_volunteers_never_get_what_only_staff_may_see(
    policy: Policy, reading: Reading, contact: ContactFacts, roster: Roster, storm: StormLevel
) -> None:
    decision = decide(reading, contact, roster, storm, policy, NOON)
    if decision.lane is Lane.PEER:
        assert reading.was_read
        assert not {span.kind for span in reading.personal_data} & policy.staff_only_data
        assert not {reading.intent, *reading.also} & STAFF_ONLY_INTENTS
        assert not any([reading.wants_human, contact.asked_for_human, reading.out_of_scope])
        assert contact.rejections < 2
        assert reading.danger is None
        assert contact.answer not in (AskingState.SILENT, AskingState.SOMETHING_ELSE)
        assert confidence_in_place(reading, policy) >= policy.confidence_floor
        assert doubt(reading, policy) <= policy.staff_doubt
        assert roster.volunteers_at_hand > 0
    if not reading.was_read:
        assert decision.lane is Lane.STAFF


@given(READINGS, FACTS, ROSTERS, STORMS)
def test_priority_is_never_below_the_policys_unless_it_was_a_guess(
    policy: Policy, reading: Reading, contact: ContactFacts, roster: Roster, storm: StormLevel
) -> None:
    decision = decide(reading, contact, roster, storm, policy, NOON)
    main = OUT_OF_SCOPE if reading.out_of_scope or not reading.was_read else reading.intent
    ranks = [policy.route(intent).priority.rank for intent in (main, *reading.also)]
    if reading.was_read and confidence_in_place(reading, policy) < policy.confidence_floor:
        ranks[0] = min(ranks[0], Priority.HIGH.rank)
    assert decision.priority.rank >= max(ranks)
    assert reading.urgency is not Urgency.URGENT or decision.priority is Priority.URGENT


@given(READINGS, FACTS, ROSTERS, STORMS)
def test_the_same_input_gives_the_same_decision_at_any_hour_and_says_why(
    policy: Policy, reading: Reading, contact: ContactFacts, roster: Roster, storm: StormLevel
) -> None:
    decision = decide(reading, contact, roster, storm, policy, NOON)
    assert decision == decide(reading, contact, roster, storm, policy, NOON + timedelta(hours=9))
    assert decision.unit in policy.units
    assert decision.reasons
    assert all(str(reason) and "{" not in str(reason) for reason in decision.reasons)
