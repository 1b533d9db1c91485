"""No text makes the search for personal data run away: its patterns take linear time, whatever is repeated.

The bound is some fifty times what is needed; a pattern that backtracks takes minutes.
"""

from __future__ import annotations

import time

import pytest

from nlu.privacy import find_personal_data

PIECES = (
    "a|1|a |1 |A1|\n|a at |a.|Ab |null |token=&|Herr |passwort ist |Bestellung nr |12 ab cd |DE12 |geb 1.1. "
    "|+49 176 1234567 |( |eyJ|-|wohne in |_|tel |Max |/|@|a@|https://|1.|ß|12 a b c street "
)


@pytest.mark.parametrize("piece", PIECES.split("|"))
def test_a_hundred_thousand_characters_take_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    find_personal_data(text)
    assert time.process_time() - began < 5
