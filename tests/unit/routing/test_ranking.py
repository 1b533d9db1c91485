"""Who is expected to answer: by what they did before, and by what the history at hand teaches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.answer_record import ACTIVITY, SIGNS, AnswerRecord, Floats, Signs
from routing.history import Answered, Asked
from routing.ranking import SPREADS, WEIGHTS, Learner, explained, ranked
from routing.ranking_fit import Choice, fit, scores_of
from routing.rows import FIRST_ROOM, Rows

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROUTER = np.array([1.0, 0.0])
INVOICE = np.array([0.0, 1.0])
COLUMNS = {name: column for column, name in enumerate(SIGNS)}


def question(name: str, at: datetime, *, by: str | None = "mia", tags: tuple[str, ...] = ()) -> Asked:
    return Asked(name, at, by, "", "", tags)


def answer(to: str, at: datetime, by: str | None, *, size: int = 500, score: float = 1, best: bool = False) -> Answered:
    return Answered(f"{to} {by} {at}", to, at, by, size, score, best)


class Town:
    """A record that is told of one question an hour."""

    def __init__(self) -> None:
        self.record = AnswerRecord(2)
        self.now = NOON
        self.asked = 0

    def day(self, *by: str | None, sense: Floats = ROUTER, tags: tuple[str, ...] = (), size: int = 500) -> None:
        """A question, answered by those a quarter of an hour later, and the hour passes."""
        name = f"q{self.asked}"
        self.asked += 1
        self.record.learn_question(question(name, self.now, tags=tags), sense)
        for one in by:
            self.record.learn_answer(answer(name, self.now + HOUR / 4, one, size=size))
        self.now += HOUR

    def signs(self, *, by: str | None = "mia", sense: Floats = ROUTER, tags: tuple[str, ...] = ()) -> Signs:
        return self.record.signs_of(question("next", self.now, by=by, tags=tags), sense)

    def order(self, **of: object) -> list[str]:
        """Everybody, the likeliest first."""
        signs = self.signs(**of)  # type: ignore[arg-type]
        return [self.record.names[person] for person in signs.people[ranked(signs)]]

    def sign(self, name: str, who: str, **of: object) -> float:
        signs = self.signs(**of)  # type: ignore[arg-type]
        row = [self.record.names[person] for person in signs.people].index(who)
        return float(signs.signs[row, COLUMNS[name]])


def test_who_is_active_now_comes_before_who_was() -> None:
    town = Town()
    for _ in range(20):
        town.day("vera")
    for _ in range(20):
        town.day("viktor")
    assert town.order()[:2] == ["viktor", "vera"]


def test_who_answers_at_length_comes_before_who_answers_in_a_word() -> None:
    town = Town()
    for _ in range(10):
        town.day("thorough", size=2000)
        town.day("brief", size=20)
        town.day("brief", size=20)
        town.day("thorough", size=2000)
    town.day("brief", size=20)
    both = town.signs()
    names = [town.record.names[person] for person in both.people]
    column = ACTIVITY.index("thorough")
    assert both.activity[names.index("thorough"), column] > both.activity[names.index("brief"), column]
    assert town.order()[0] == "thorough"


def test_topic_decides_between_equals() -> None:
    town = Town()
    for _ in range(10):
        town.day("vera", sense=ROUTER, tags=("router",))
        town.day("viktor", sense=INVOICE, tags=("invoice",))
        town.day("viktor", sense=INVOICE, tags=("invoice",))
        town.day("vera", sense=ROUTER, tags=("router",))
    assert town.sign("sense", "vera", sense=ROUTER) > 0 > town.sign("sense", "viktor", sense=ROUTER)
    assert town.sign("tags", "viktor", tags=("invoice",)) > 0 > town.sign("tags", "vera", tags=("invoice",))
    assert town.order(sense=ROUTER, tags=("router",))[0] == "vera"
    assert town.order(sense=INVOICE, tags=("invoice",))[0] == "viktor"


def test_nobody_is_asked_their_own_question() -> None:
    town = Town()
    town.day("vera")
    assert town.order(by="vera") == ["mia"]
    assert set(town.order(by=None)) == {"mia", "vera"}


def test_answers_of_people_unknown_are_credited_to_nobody() -> None:
    town = Town()
    town.day(None, "vera")
    assert town.record.names == ["mia", "vera"]
    assert town.record.number_of("vera") == 1
    assert town.record.number_of("nobody") is None


def test_the_first_question_finds_nobody() -> None:
    assert Town().order() == []


def test_one_answer_that_went_round_the_world_counts_no_more_than_a_good_one() -> None:
    record = AnswerRecord(2)
    for name, by, score in (("q1", "famous", 5000.0), ("q2", "good", 6.0), ("q3", "plain", 0.0)):
        record.learn_question(question(name, NOON), ROUTER)
        record.learn_answer(answer(name, NOON, by, score=score))
    scored = record.signs_of(question("next", NOON), ROUTER).signs[:, COLUMNS["scored"]]
    famous, good, plain = scored
    assert famous == pytest.approx(good)
    assert good > plain


EVENTS = st.lists(st.tuples(st.sampled_from("abcde"), st.lists(st.sampled_from("abcdefgh"), max_size=3)), max_size=25)


@settings(max_examples=40)
@given(EVENTS)
def test_every_sign_is_a_number_and_every_activity_above_zero(events: list[tuple[str, list[str]]]) -> None:
    record = AnswerRecord(2)
    for number, (asker, answerers) in enumerate(events):
        asked = question(str(number), NOON + number * HOUR, by=asker, tags=(asker,))
        signs = record.signs_of(asked, INVOICE)
        assert np.isfinite(signs.signs).all()
        assert (signs.activity > 0).all()
        assert signs.answers.sum() <= sum(len(given) for _asker, given in events[:number])
        record.learn_question(asked, ROUTER)
        for one in answerers:
            record.learn_answer(answer(str(number), asked.at, one))


@settings(max_examples=30)
@given(EVENTS)
def test_what_comes_later_changes_nothing_that_was_said_before(events: list[tuple[str, list[str]]]) -> None:
    def orders(told: Sequence[tuple[str, list[str]]]) -> list[list[int]]:
        record, learner, found = AnswerRecord(2), Learner(), []
        for number, (asker, answerers) in enumerate(told):
            asked = question(str(number), NOON + number * HOUR, by=asker)
            signs = record.signs_of(asked, ROUTER)
            found.append(signs.people[ranked(signs, learner.weights)].tolist())
            learner.asked(asked, signs)
            record.learn_question(asked, ROUTER)
            for one in answerers:
                given = answer(str(number), asked.at, one)
                record.learn_answer(given)
                learner.answered(given, record.number_of(one) or 0)
        return found

    half = len(events) // 2
    assert orders(events)[:half] == orders(events[:half])


def test_reasons_add_up_to_the_distance_between_two() -> None:
    town = Town()
    for _ in range(6):
        town.day("vera", tags=("router",))
        town.day("viktor", tags=("invoice",))
    signs = town.signs(tags=("router",))
    scores = scores_of(signs.activity, signs.signs / SPREADS, WEIGHTS)
    first, second = (sum(part for _name, part in explained(signs, row).parts) for row in (0, 1))
    assert first - second == pytest.approx(scores[0] - scores[1])
    sizes = [abs(part) for _name, part in explained(signs, 0).parts]
    assert sizes == sorted(sizes, reverse=True)


def choices(weights: Floats, count: int, seed: int = 7) -> list[Choice]:
    """Questions with eight people each, answered as `weights` have it."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        activity, signs = rng.exponential(size=(8, 2)) + 0.01, rng.normal(size=(8, 3))
        chances = np.exp(scores_of(activity, signs, weights))
        credit = np.zeros(8)
        credit[rng.choice(8, p=chances / chances.sum())] = 1
        made.append(Choice(activity, signs, np.zeros(8), credit))
    return made


def test_weights_that_made_the_choices_are_found_again() -> None:
    true = np.array([0.5, -0.5, 1.0, -2.0, 0.0])
    found = fit(choices(true, 3000), np.zeros(5), 1.0, steps=30)
    # Only the ratio of the two shares shows; the signs' weights show fully.
    assert found[0] - found[1] == pytest.approx(1.0, abs=0.25)
    assert found[2:] == pytest.approx(true[2:], abs=0.15)


def test_a_short_history_stays_near_the_start_and_a_long_one_leaves_it() -> None:
    true, start = np.array([0.0, 0.0, 2.0, 0.0, 0.0]), np.zeros(5)
    short, long = (fit(choices(true, count), start, 100.0) for count in (5, 2000))
    assert abs(short[2]) < 0.2
    assert long[2] > 1.2


def test_weights_may_be_held_each_by_its_own() -> None:
    true = np.array([0.0, 0.0, 2.0, 2.0, 0.0])
    found = fit(choices(true, 200), np.zeros(5), np.array([1.0, 1.0, 1.0, 1e6, 1.0]))
    assert found[2] > 1
    assert abs(found[3]) < 0.01


def test_a_sample_that_stands_for_many_gives_the_weights_of_all() -> None:
    rng = np.random.default_rng(3)
    whole, sampled = [], []
    for _ in range(400):
        activity, signs = np.ones((100, 1)), rng.normal(size=(100, 1))
        chances = np.exp(signs[:, 0])
        chosen = rng.choice(100, p=chances / chances.sum())
        credit = np.zeros(100)
        credit[chosen] = 1
        whole.append(Choice(activity, signs, np.zeros(100), credit))
        rows = np.concatenate([[chosen], np.setdiff1d(np.arange(0, 100, 4), [chosen])])
        offset = np.full(len(rows), np.log(4))
        offset[0] = 0
        sampled.append(Choice(activity[rows], signs[rows], offset, credit[rows]))
    start = np.zeros(2)
    assert fit(sampled, start, 1.0)[1] == pytest.approx(fit(whole, start, 1.0)[1], abs=0.1)


def test_the_history_at_hand_overrules_where_the_weights_began() -> None:
    """In this town the newest never answers and the oldest always does."""
    town, learner = Town(), Learner(stiffness=1.0)
    began = learner.weights.copy()
    for number in range(120):
        name, now = f"x{number}", town.now
        asked = question(name, now, by=f"new{number}")
        learner.asked(asked, town.record.signs_of(asked, ROUTER))
        town.record.learn_question(asked, ROUTER)
        given = answer(name, now + HOUR / 4, "old")
        town.record.learn_answer(given)
        learner.answered(given, town.record.number_of("old") or 0)
        town.now += HOUR
    assert not np.allclose(learner.weights, began)
    assert town.order()[0] == "old"
    assert 0 < len(learner.choices()) <= 120


def test_answers_after_sixty_days_or_by_who_was_not_there_teach_nothing() -> None:
    town, learner = Town(), Learner()
    town.day("vera")
    asked = question("late", town.now, by="new")
    learner.asked(asked, town.signs(by="new"))
    learner.answered(answer("late", town.now + timedelta(days=61), "vera"), 1)
    learner.answered(answer("late", town.now, "stranger"), 99)
    learner.answered(answer("never asked", town.now, "vera"), 1)
    assert learner.choices() == []
    learner.answered(answer("late", town.now + timedelta(days=59), "vera"), 1)
    assert [choice.credit.sum() for choice in learner.choices()] == [1.0]


def test_the_best_answer_gives_full_credit_and_the_others_half() -> None:
    town, learner = Town(), Learner()
    town.day("vera", "viktor")
    learner.asked(question("q", town.now, by="new"), town.signs(by="new"))
    learner.answered(answer("q", town.now, "vera", score=9), 1)
    learner.answered(answer("q", town.now, "viktor", best=True), 2)
    (choice,) = learner.choices()
    assert choice.credit.tolist() == [0.5, 1.0, 0.0]


def test_rows_grow_and_stay_in_order() -> None:
    rows = Rows(2)
    for number in range(FIRST_ROOM + 3):
        rows.add((number, -number))
    assert len(rows) == FIRST_ROOM + 3
    assert rows.all[:, 0].tolist() == list(range(FIRST_ROOM + 3))
