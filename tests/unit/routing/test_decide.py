"""Who should answer: each rule of routing/decide.py, and what holds for every message there can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.reading import OUT_OF_SCOPE, PersonalDataSpan, Reading, Sentiment, Urgency
from desk.ticket import Lane, Priority
from routing.decide import ContactFacts, Decision, Roster, decide
from routing.policy import STAFF_ONLY_INTENTS, Policy
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
)
FACTS = st.builds(ContactFacts, rejections=st.integers(0, 5), asked_for_human=st.booleans())
ROSTERS = st.builds(Roster, volunteers_at_hand=st.integers(0, 50))
STORMS = st.sampled_from(StormLevel)


@pytest.fixture(scope="module")
def decided(policy: Policy) -> Any:
    """Decides about the peers' question, changed as named, with volunteers at hand."""

    def on(*, volunteers: int = 3, rejections: int = 0, asked_for_human: bool = False, **reading: Any) -> Decision:
        contact = ContactFacts(rejections, asked_for_human)
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


@pytest.mark.parametrize("asked", [{"asked_for_human": True}, {"wants_human": True}])
def test_whoever_asks_for_a_person_gets_one(decided: Any, asked: dict[str, bool]) -> None:
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
    assert decided(rejections=1).lane is Lane.PEER
    decision = decided(rejections=2)
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
    assert decided(confidence=policy.confidence_floor).lane is Lane.PEER
    decision = decided(confidence=policy.confidence_floor - 0.01)
    assert decision.lane is Lane.STAFF
    assert "too unsure for volunteers" in words(decision)


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
    assert "storm level: storm" in words(decision)


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
        assert reading.confidence >= policy.confidence_floor
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
    if reading.was_read and reading.confidence < policy.confidence_floor:
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
