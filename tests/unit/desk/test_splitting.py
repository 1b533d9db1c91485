"""Long texts are cut into parts that every platform takes, and nothing that was said is lost."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk.splitting import FENCE, split, units

LIMITS = st.integers(min_value=16, max_value=120)
TALK = st.text(alphabet="aä. !?\n😀`\t-", max_size=400)
BLOCKS = st.lists(
    st.one_of(
        st.text(alphabet="abc .\n😀", max_size=80),
        st.text(alphabet="xyz \n😀", min_size=1, max_size=120).map(lambda code: f"\n{FENCE}py\nx{code}\n{FENCE}\n"),
    ),
    max_size=6,
).map("".join)


def said(text: str) -> str:
    """What is left of a text without fences and blanks."""
    return re.sub(r"[`\s]", "", text)


def test_units_are_those_of_utf_16() -> None:
    for text in ("", "plain", "Größe", "😀", "a👩‍🚀b", "\ud800"):
        assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_a_text_that_fits_stays_whole_without_the_blanks_around_it() -> None:
    assert split("  hello\nyou ", 16) == ["hello\nyou"]
    assert split("x" * 16, 16) == ["x" * 16]


@pytest.mark.parametrize("blank", ["", " ", "\n\n", "\t \u2003\n" * 50])
def test_a_blank_text_has_no_parts(blank: str) -> None:
    assert split(blank, 16) == []


@given(TALK, LIMITS)
@example("```\n" + "😀" * 40, 16)
@example("`" * 200, 16)
@example("``` ``` ```" * 20, 17)
def test_every_part_fits_and_says_something(text: str, limit: int) -> None:
    for part in split(text, limit):
        assert 0 < units(part) <= limit
        assert part.strip()


@given(TALK, LIMITS)
@example("a" * 11 + "```" + "b" * 40, 16)
def test_the_parts_together_say_the_whole_text_in_order(text: str, limit: int) -> None:
    assert said("".join(split(text, limit))) == said(text)


@given(st.text(max_size=300), LIMITS)
def test_any_unicode_text_is_kept_whole(text: str, limit: int) -> None:
    assert said("".join(split(text, limit))) == said(text)


@given(BLOCKS, st.integers(min_value=40, max_value=120))
def test_a_code_block_is_closed_where_it_is_cut_and_opened_again(text: str, limit: int) -> None:
    for part in split(text, limit):
        assert part.count(FENCE) % 2 == 0
        assert not re.fullmatch(r"(?s).*```(py)?\n*```", part), "an empty block is left behind"


@given(st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=9), max_size=80), LIMITS)
def test_no_word_is_cut_that_fits_into_a_part(words: list[str], limit: int) -> None:
    assert " ".join(split(" ".join(words), limit)).split() == words


def test_paragraphs_are_preferred_to_lines_sentences_and_words() -> None:
    text = "One two. Three four.\nFive six.\n\nSeven eight. Nine ten."
    assert split(text, 40) == ["One two. Three four.\nFive six.", "Seven eight. Nine ten."]
    assert split("One two three. Four five six seven", 24) == ["One two three.", "Four five six seven"]


def test_a_cut_code_block_keeps_its_lines_and_their_indentation() -> None:
    code = "\n".join(f"    line {number}" for number in range(20))
    parts = split(f"Try this:\n{FENCE}\n{code}\n{FENCE}\nDone.", 80)
    lines = [line for part in parts for line in part.splitlines() if line.startswith(" ")]
    assert lines == code.splitlines()
    assert len(parts) > 3


def test_a_block_that_was_never_closed_is_closed_when_it_is_cut() -> None:
    parts = split(f"{FENCE}\n" + "word " * 30, 50)
    assert all(part.count(FENCE) == 2 for part in parts)


def test_a_single_endless_word_is_cut_inside() -> None:
    assert split("x" * 30, 16) == ["x" * 12, "x" * 12, "x" * 6]


def test_an_emoji_is_never_cut_in_half() -> None:
    for part in split("😀" * 100, 17):
        part.encode("utf-8")


@given(st.sampled_from(["x", "`", "```", "😀", "\n", " a", "```\n", "**", "\u0301", "[](", "\u202e"]))
def test_a_hundred_thousand_of_anything_are_split_in_little_time(unit: str) -> None:
    text = "a" + unit * (100_000 // len(unit)) + "a"
    started = time.process_time()
    parts = split(text, 4000)
    assert time.process_time() - started < 0.5
    assert said("".join(parts)) == said(text)
