"""Buttons: what they carry can be read again, and what anybody else sends cannot hurt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalogues import load_phrases
from desk.conversation import ButtonRows
from desk.errors import InputRejected
from desk.offer import OfferId
from desk.people import Locale
from desk.ticket import TicketId
from workflows.buttons import Action, ButtonTexts, read_action

PHRASES = load_phrases(Locale.ENGLISH)
LARGEST = 10**18 - 1
"""Larger ids than the database gives out; still within 18 digits."""


def all_buttons(number: int) -> list[ButtonRows]:
    """Every keyboard of the desk in every language, about one ticket or offer."""
    found: list[ButtonRows] = []
    for texts in [ButtonTexts(PHRASES, locale) for locale in Locale]:
        keyboards = [texts.verdict, texts.human, texts.rating, texts.holding, texts.staff]
        found += [texts.offer(OfferId(number)), *(keyboard(TicketId(number)) for keyboard in keyboards)]
    return found


@given(st.integers(1, LARGEST))
def test_every_button_fits_the_platforms_and_can_be_read_again(number: int) -> None:
    for rows in all_buttons(number):
        for button in [one for row in rows for one in row]:
            assert 0 < len(button.action.encode()) <= 64
            assert 0 < len(button.label) <= 80
            assert read_action(button.action).id == number


def test_no_row_is_longer_than_every_platform_takes() -> None:
    assert all(len(row) <= 3 for rows in all_buttons(1) for row in rows)


def test_no_two_buttons_of_a_keyboard_do_or_say_the_same() -> None:
    for rows in all_buttons(1):
        buttons = [one for row in rows for one in row]
        assert len({one.action for one in buttons}) == len(buttons)
        assert len({one.label for one in buttons}) == len(buttons)


def test_the_stars_count_from_one_to_five() -> None:
    rows = ButtonTexts(PHRASES, None).rating(TicketId(9))
    actions = [read_action(button.action) for row in rows for button in row]
    assert actions == [Action("rate", 9, stars) for stars in range(1, 6)]


@given(st.from_regex(r"[a-z_.]{2,24}", fullmatch=True), st.integers(0, LARGEST), st.none() | st.integers(0, 99))
def test_a_well_formed_action_is_read_as_written(verb: str, number: int, value: int | None) -> None:
    text = f"{verb}:{number}" if value is None else f"{verb}:{number}:{value}"
    assert read_action(text) == Action(verb, number, value)


@pytest.mark.parametrize(
    "text",
    [
        "", ":", "::", "take", "take:", "take:x", "take:-1", "take:1:", "take:1:-1", "take:1:2:3", "take:1 ", " take:1",
        "take:1\n", "Take:1", "t:1", "take:1:" + "9" * 19, "take:" + "9" * 19, "x" * 25 + ":1", "take:1.5", "take:1e3",
        "take:٣", "tаke:1", "take\0:1", "take:1; drop table ticket", "../../etc/passwd:1", "take:0x1", "take:१",
        "a" * 100_000, "take:" + "1" * 100_000, "\ud800:1",
    ],
    ids=lambda text: repr(text)[:30],
)  # fmt: skip
def test_a_foreign_action_is_refused_politely(text: str) -> None:
    with pytest.raises(InputRejected):
        read_action(text)


@given(st.text(max_size=70))
def test_any_text_is_refused_or_is_one_of_ours_to_the_letter(text: str) -> None:
    try:
        action = read_action(text)
    except InputRejected:
        return
    assert text.isascii()
    assert text.startswith(f"{action.verb}:")
    assert len(text) <= 64
