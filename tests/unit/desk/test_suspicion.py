"""What is suspected, and what only looks like it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.answer_check import Rule
from desk.people import ContactId, ResponderId
from desk.record import AnswerVerdict
from desk.suspect_attempts import Refusal, Report, attempts, reported
from desk.suspect_copies import alike, copying, shingles
from desk.suspect_pairs import by_chance, self_answering
from desk.suspect_rings import circles, praise_rings
from desk.suspect_snipers import sniping
from desk.suspicion import SAID, Deed, Ending, SuspicionRule
from desk.ticket import TicketId

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SOLVED, UNSOLVED = AnswerVerdict.SOLVED, AnswerVerdict.UNSOLVED
VERA, VIKTOR, WILMA = ResponderId(1), ResponderId(2), ResponderId(3)
_ids = count(1)


def deed(
    who: ResponderId = VERA,
    contact: int = 1,
    *,
    topic: str = "returns",
    claimed: float = 60,
    ending: Ending = Ending.ANSWERED,
    verdict: AnswerVerdict | None = SOLVED,
    said_after: float = 900,
    asker: ResponderId | None = None,
    text: str = "",
) -> Deed:
    number = next(_ids)
    offered = NOON + timedelta(hours=number)
    return Deed(
        who,
        TicketId(number),
        ContactId(contact),
        topic,
        offered,
        offered + timedelta(seconds=claimed),
        ending,
        asker,
        verdict,
        timedelta(seconds=said_after),
        shingles(text),
    )


def crowd(amount: int = 60) -> list[Deed]:
    """Others who ask, and others who answer."""
    return [deed(ResponderId(10 + n % 12), 100 + n % 25, claimed=30 + 7 * (n % 20)) for n in range(amount)]


def test_who_answers_their_own_questions_at_once_is_shown() -> None:
    own = [deed(VERA, 7, claimed=6, said_after=12) for _ in range(5)]
    (found,) = self_answering([*crowd(), *own, deed(VERA, 8, claimed=90), deed(VERA, 9, claimed=120)])
    assert (found.rule, found.responders, found.contact_id) == (SuspicionRule.SELF_ANSWERING, (VERA,), 7)
    assert found.tickets == tuple(one.ticket_id for one in own)
    assert found.figures["answered"] == 5


def test_a_couple_that_takes_its_time_is_not() -> None:
    assert not list(self_answering([*crowd(), *(deed(VERA, 7, claimed=70, said_after=3600) for _ in range(9))]))


def test_a_fast_expert_with_many_contacts_is_not() -> None:
    many = [deed(VERA, 200 + n % 30, claimed=4, said_after=40) for n in range(90)]
    assert not list(self_answering([*crowd(), *many]))


def test_who_is_the_only_helper_at_hand_is_not() -> None:
    assert not list(self_answering([deed(VERA, n % 6, claimed=5, said_after=20) for n in range(48)]))


@given(st.integers(0, 30), st.integers(0, 30), st.floats(0, 1))
def test_chance_is_a_probability_and_falls_with_more(k: int, n: int, p: float) -> None:
    assert -1e-9 <= by_chance(k + 1, n, p) <= by_chance(k, n, p) + 1e-12 <= 1 + 1e-9


def ring(*people: ResponderId, times: int = 4) -> Iterable[Deed]:
    return (
        deed(answerer, 50 + asker, asker=asker)
        for asker, answerer in zip(people, (*people[1:], people[0]), strict=True)
        for _ in range(times)
    )


def test_chance_is_told_for_any_amount() -> None:
    assert by_chance(2, 2, 0.5) == pytest.approx(0.25)
    assert by_chance(1, 3, 0.1) == pytest.approx(1 - 0.9**3)
    assert by_chance(5_000, 10_000, 0.5) == pytest.approx(0.504, abs=1e-3)
    assert (by_chance(3, 2, 1.0), by_chance(2, 2, 1.0), by_chance(1, 5, 0.0)) == (0, 1, 0)


def test_those_who_praise_in_a_circle_are_shown() -> None:
    (found,) = praise_rings([*crowd(), *ring(VERA, VIKTOR, WILMA)])
    assert found.responders == (VERA, VIKTOR, WILMA)
    assert found.figures == {"people": 3, "inside": 12, "praised": 12}


def test_volunteers_who_help_each_other_and_many_more_are_not() -> None:
    others = [deed(who, 100 + n) for who in (VERA, VIKTOR) for n in range(6)]
    assert not list(praise_rings([*ring(VERA, VIKTOR), *others]))


def test_praise_that_does_not_come_back_is_no_ring() -> None:
    assert not list(praise_rings([deed(VIKTOR, 50, asker=VERA) for _ in range(9)]))


def test_a_long_chain_is_followed_to_its_end() -> None:
    chain = {ResponderId(n): [ResponderId(n + 1)] for n in range(5000)}
    assert circles(chain) == []
    assert [len(part) for part in circles({**chain, ResponderId(5000): [ResponderId(0)]})] == [5001]


def test_who_snatches_and_gives_back_is_shown() -> None:
    taken = [deed(claimed=2, ending=Ending.HANDED_BACK, verdict=None) for _ in range(9)]
    taken += [deed(claimed=3, verdict=UNSOLVED), deed(claimed=2)]
    (found,) = sniping(taken, {VERA: 12})
    assert found.figures == {"taken": 11, "offered": 12, "seconds": 2, "spoiled": 10}


def test_who_is_fast_and_good_is_not() -> None:
    assert not list(sniping([deed(claimed=2) for _ in range(30)], {VERA: 30}))


def test_who_passes_much_or_reads_first_is_not() -> None:
    spoiled = [deed(claimed=2, ending=Ending.LAPSED, verdict=None) for _ in range(12)]
    assert not list(sniping(spoiled, {VERA: 40}))
    assert not list(sniping([deed(claimed=25, ending=Ending.LAPSED, verdict=None) for _ in range(12)], {VERA: 12}))


PASTED = "Please restart the device, wait for ten minutes and then try the whole thing again from the start"


def test_one_text_for_everything_is_shown() -> None:
    pasted = [
        deed(contact=n, topic=("returns", "invoice", "how_to")[n % 3], text=PASTED, verdict=UNSOLVED) for n in range(6)
    ]
    (found,) = copying(pasted)
    assert found.figures == {"questions": 6, "topics": 3, "solved": 0}


def test_the_same_true_answer_to_the_same_question_is_not() -> None:
    assert not list(copying([deed(contact=n, topic="how_to", text=PASTED, verdict=UNSOLVED) for n in range(9)]))


def test_a_text_that_helps_everywhere_is_not() -> None:
    assert not list(copying([deed(contact=n, topic=f"topic {n}", text=PASTED) for n in range(9)]))


def test_small_changes_do_not_hide_a_copy_and_short_texts_are_none() -> None:
    assert alike(shingles(PASTED), shingles(PASTED.upper() + "!"))
    assert alike(shingles(PASTED), shingles(f"Hallo Max, {PASTED}"))
    assert not alike(shingles("Gern geschehen!"), shingles("Gern geschehen!"))


def refusal(number: int, rule: Rule = Rule.PRIVATE_CONTACT, who: ResponderId = VERA) -> Refusal:
    return Refusal(who, TicketId(number), rule, NOON + timedelta(days=number))


def test_who_was_told_and_tries_again_is_shown() -> None:
    (found,) = attempts([refusal(1), refusal(2), refusal(3, Rule.CONTACT_DETAILS)], {VERA: 15})
    assert (found.rule, found.tickets, found.figures) == (SuspicionRule.LURING, (1, 2, 3), {"refused": 2})


def test_who_answers_much_is_refused_by_mistake_now_and_then() -> None:
    refused = [refusal(n) for n in range(4)]
    assert not list(attempts(refused, {VERA: 200}))
    (found,) = attempts(refused, {VERA: 12})
    assert found.responders == (VERA,)


def test_mending_one_answer_in_several_steps_is_one_attempt() -> None:
    assert not list(attempts([refusal(1)] * 5, {VERA: 15}))


def test_careless_words_are_no_attempt() -> None:
    assert not list(attempts([refusal(n, Rule.ABUSE) for n in range(9)], {}))


def test_a_report_is_shown_at_once() -> None:
    report = Report(VIKTOR, TicketId(9), ContactId(4), "asked for my address", NOON)
    (found,) = reported([report, report])
    assert (found.rule, found.responders, found.tickets) == (SuspicionRule.REPORTED, (VIKTOR,), (9,))
    assert found.figures == {"reports": 1}


def test_every_rule_says_what_it_found() -> None:
    every = [
        *self_answering([*crowd(), *(deed(VERA, 7, claimed=6, said_after=12) for _ in range(5))]),
        *praise_rings(list(ring(VERA, VIKTOR))),
        *sniping([deed(claimed=2, ending=Ending.LAPSED, verdict=None) for _ in range(12)], {}),
        *copying([deed(topic=f"{n}", text=PASTED, verdict=UNSOLVED) for n in range(6)]),
        *attempts([refusal(n, rule) for n in range(3) for rule in (Rule.POSING, Rule.PRIVATE_CONTACT)], {}),
        *reported([Report(VIKTOR, TicketId(9), ContactId(4), "rude", NOON)]),
    ]
    assert {one.rule for one in every} == set(SuspicionRule)
    assert all("{" not in SAID[one.rule].format(**one.figures) for one in every)
    assert len({one.key for one in every}) == len(every)
