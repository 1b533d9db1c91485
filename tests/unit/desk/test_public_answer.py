"""What counts as an answer in public, what is offered to choose from, how long others wait, what may be regretted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.conversation import MessageId
from desk.people import ResponderId
from desk.public_answer import (
    EXCERPT_CHARACTERS,
    HARMLESS,
    MOST_REGRETS,
    MOST_SHOWN,
    REGRET,
    WAVES_WAIT,
    HowMarked,
    PublicAnswer,
    PublicMark,
    excerpt,
    fingerprint,
    is_answer,
    may_regret,
    shown_answers,
    to_hide,
    wait_until,
)
from desk.reading import PersonalDataSpan
from desk.ticket import TicketId
from nlu.privacy import KINDS

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANSWERS = st.builds(
    PublicAnswer,
    message_id=st.integers(1, 60).map(MessageId),
    ticket_id=st.just(TicketId(1)),
    author=st.sampled_from([b"a", b"b", b"c", b"d", b"e", b"f"]),
    responder_id=st.sampled_from([None, ResponderId(1), ResponderId(2)]),
    is_answer=st.booleans(),
    said_at=st.integers(-60, 0).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    text=st.text(max_size=30),
)
LISTS = st.lists(ANSWERS, max_size=15, unique_by=lambda one: one.message_id).map(
    lambda found: sorted(found, key=lambda one: one.message_id)
)


@pytest.mark.parametrize("text", ["Halte die Taste gedrückt.", "try another cable", "Bei mir half ein Neustart 😊"])
def test_some_words_are_an_answer(text: str) -> None:
    assert is_answer(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "+1", "me too", "Welches Modell hast du?", "Which one is it? 😊", "?", "👍"]
)
def test_questions_back_and_a_word_or_two_are_not(text: str) -> None:
    assert not is_answer(text)


@given(LISTS)
def test_of_each_author_the_longest_answer_is_shown(answers: list[PublicAnswer]) -> None:
    shown = shown_answers(answers)
    authors = [one.author for one in shown]
    assert len(shown) <= MOST_SHOWN
    assert len(set(authors)) == len(authors)
    assert list(shown) == sorted(shown, key=lambda one: one.message_id)
    for one in shown:
        assert one.is_answer
        assert one.text
        own = [other for other in answers if other.author == one.author and other.is_answer]
        assert len(one.text) == max(len(other.text) for other in own)


@given(LISTS)
def test_others_wait_only_for_volunteers_and_never_longer_than_said(answers: list[PublicAnswer]) -> None:
    until = wait_until(answers, NOW)
    talked = [one.said_at for one in answers if one.responder_id is not None]
    if until is None:
        assert all(at + WAVES_WAIT <= NOW for at in talked)
    else:
        assert NOW < until <= NOW + WAVES_WAIT
        assert until - WAVES_WAIT == max(talked)


@given(st.text(max_size=300))
def test_an_excerpt_fits_a_button(text: str) -> None:
    assert len(excerpt(text)) <= EXCERPT_CHARACTERS
    assert "\n" not in excerpt(text)


@given(st.text(), st.text())
def test_a_fingerprint_is_the_same_for_the_same_account_and_names_nobody(one: str, other: str) -> None:
    assert fingerprint("telegram", one) == fingerprint("telegram", one)
    assert (fingerprint("telegram", one) == fingerprint("telegram", other)) == (one == other)
    assert len(fingerprint("telegram", one)) == 16


@given(st.lists(st.sampled_from(KINDS)))
def test_whatever_names_a_way_to_somebody_is_hidden(kinds: list[str]) -> None:
    spans = [PersonalDataSpan(0, 1, kind) for kind in kinds]
    assert to_hide(spans) == bool(set(kinds) - HARMLESS)


def test_only_known_kinds_are_called_harmless() -> None:
    assert set(KINDS) > HARMLESS
    assert not {"phone", "email", "iban", "address", "password", "token"} & HARMLESS


@given(st.sampled_from(HowMarked), st.integers(0, 2 * 24 * 60), st.integers(0, 5))
def test_only_a_reaction_is_regretted_and_only_for_a_day(how: HowMarked, minutes: int, regrets: int) -> None:
    mark = PublicMark(TicketId(1), MessageId(1), how, NOW)
    length = timedelta(minutes=minutes)
    expected = how is HowMarked.REACTION and length <= REGRET and regrets < MOST_REGRETS
    assert may_regret(mark, NOW + length, regrets=regrets) is expected
