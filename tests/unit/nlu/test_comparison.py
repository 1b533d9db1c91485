"""A candidate comes into service only when nothing that matters got worse, by more than luck or more than we risk."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.comparison import LEAST_LOST, SENSITIVE, Answer, chance_of, compare, figures

RIGHT = Answer("refund", "refund", 0.985, abstained=False, named=frozenset({"refund"}), to_staff=True, staffs=True)


def texts(count: int, intent: str = "refund", *, staffs: bool = True) -> list[Answer]:
    """Texts of one intent, answered rightly."""
    one = replace(RIGHT, truth=intent, best=intent, named=frozenset({intent}), staffs=staffs, to_staff=staffs)
    return [replace(one, abstained=True)] * count if intent == "out_of_scope" else [one] * count


HOLD_OUT = [
    *(answer for n in range(20) for answer in texts(20, f"intent_{n}", staffs=n < 10)),
    *(answer for intent in sorted(SENSITIVE) for answer in texts(20, intent)),
    *texts(60, "out_of_scope"),
]


def wrong(answers: list[Answer], intent: str, count: int) -> list[Answer]:
    """The first `count` texts of the intent taken for another."""
    changed = list(answers)
    for at in [at for at, one in enumerate(answers) if one.truth == intent][:count]:
        changed[at] = replace(answers[at], best="other", named=frozenset({"other"}))
    return changed


def worse(before: list[Answer], after: list[Answer]) -> set[str]:
    return {check.measure for check in compare(before, after).worse}


def test_a_model_is_not_worse_than_itself() -> None:
    for answers in (HOLD_OUT, wrong(HOLD_OUT, "intent_3", 12)):
        assert worse(answers, answers) == set()


def test_a_better_model_is_never_worse() -> None:
    before = wrong(wrong(HOLD_OUT, "intent_3", 9), "legal_threat", 4)
    assert worse(before, HOLD_OUT) == set()


def test_a_few_texts_lost_among_many_are_luck() -> None:
    assert worse(HOLD_OUT, wrong(HOLD_OUT, "intent_3", 2)) == set()


def test_losing_more_than_luck_explains_is_worse() -> None:
    """Five lost and none won happens by luck three times in a hundred."""
    assert worse(HOLD_OUT, wrong(HOLD_OUT, "intent_3", 5)) == {"accuracy", "intent_3"}
    spread = HOLD_OUT
    for n in range(5):
        spread = wrong(spread, f"intent_{n}", 1)
    assert worse(HOLD_OUT, spread) == {"accuracy"}


def test_what_is_won_elsewhere_makes_up_for_what_is_lost() -> None:
    before = wrong(HOLD_OUT, "intent_1", 4)
    assert worse(before, wrong(HOLD_OUT, "intent_2", 4)) == set()


def test_an_intent_that_fell_hard_stops_a_model_that_is_better_on_the_whole() -> None:
    before = wrong(HOLD_OUT, "intent_1", 12)
    assert worse(before, wrong(HOLD_OUT, "intent_2", 6)) == {"intent_2"}
    assert "refund" not in worse(texts(4), wrong(texts(4), "refund", LEAST_LOST - 1)), "too few to judge the intent"
    assert "refund" in worse(texts(4), wrong(texts(4), "refund", LEAST_LOST))


@pytest.mark.parametrize("intent", sorted(SENSITIVE))
def test_of_the_sensitive_intents_not_one_text_fewer_may_be_found(intent: str) -> None:
    assert worse(HOLD_OUT, wrong(HOLD_OUT, intent, 1)) == {"sensitive, recall"}
    other = min(SENSITIVE - {intent})
    assert worse(wrong(HOLD_OUT, other, 1), wrong(HOLD_OUT, intent, 1)) == set(), "as many as before"


def test_of_the_sensitive_intents_not_one_text_more_may_go_to_volunteers() -> None:
    leaking = list(HOLD_OUT)
    at = next(at for at, one in enumerate(HOLD_OUT) if one.truth == "press_enquiry")
    leaking[at] = replace(HOLD_OUT[at], to_staff=False)
    assert worse(HOLD_OUT, leaking) == {"sensitive, kept from volunteers"}


def test_a_sensitive_intent_named_besides_is_found() -> None:
    after = [
        replace(one, best="other", named=frozenset({"other", "legal_threat"})) if one.truth == "legal_threat" else one
        for one in HOLD_OUT
    ]
    assert "sensitive, recall" not in worse(HOLD_OUT, after)


def test_abstaining_less_where_it_should_or_more_where_it_should_not_is_worse() -> None:
    eager = [replace(one, abstained=False) if n % 8 == 0 else one for n, one in enumerate(HOLD_OUT)]
    assert worse(HOLD_OUT, eager) == {"out of scope, recall"}
    shy = [replace(one, abstained=True) if n % 40 == 0 else one for n, one in enumerate(HOLD_OUT)]
    assert worse(HOLD_OUT, shy) == {"in scope and kept", "out of scope, precision"}


def test_more_of_staffs_questions_for_volunteers_is_worse() -> None:
    leaking = [replace(one, to_staff=False) if n % 30 == 0 else one for n, one in enumerate(HOLD_OUT)]
    assert worse(HOLD_OUT, leaking) == {"staff's, kept from volunteers", "sensitive, kept from volunteers"}


def test_confidence_that_promises_too_much_is_worse_and_too_little_is_not() -> None:
    before = wrong(HOLD_OUT, "intent_3", 18)
    assert worse(before, [replace(one, confidence=1.0) for one in before]) == set()
    before = [replace(one, confidence=0.95) for one in before]
    assert worse(before, [replace(one, confidence=1.0) for one in before]) == {"calibration error"}
    assert worse(before, [replace(one, confidence=0.5) for one in before]) == set()


def test_models_that_answered_other_texts_cannot_be_compared() -> None:
    for other in ([], HOLD_OUT[:-1], texts(len(HOLD_OUT))):
        with pytest.raises(ValueError, match="same texts"):
            compare(HOLD_OUT, other)


@pytest.mark.parametrize(
    ("lost", "won", "chance"), [(0, 0, 1), (1, 0, 0.5), (5, 0, 1 / 32), (4, 1, 6 / 32), (0, 5, 1), (3, 3, 42 / 64)]
)
def test_chance_is_the_binomial_tail(lost: int, won: int, chance: float) -> None:
    assert chance_of(lost, won) == pytest.approx(chance)


@given(st.integers(0, 300), st.integers(0, 300))
def test_chance_falls_with_every_text_lost_and_rises_with_every_one_won(lost: int, won: int) -> None:
    assert 0 <= chance_of(lost + 1, won) <= chance_of(lost, won) <= chance_of(lost, won + 1) <= 1


def test_what_is_kept_of_a_judgement_is_json() -> None:
    kept = json.loads(json.dumps(figures(compare(HOLD_OUT, wrong(HOLD_OUT, "intent_3", 5)))))
    assert kept["accuracy"] == round(475 / 480, 4)
    assert kept["worse"] == ["accuracy", "intent_3"]
