"""Names of volunteers: nobody is taken for staff, and colleagues are named by no more than a first name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.display_names import colleague_name, looks_like_staff
from desk.lookalikes import plain


@pytest.mark.parametrize(
    "name",
    [
        "Zuruf", "zuruf", "Z U R U F", "Zuгuf", "Ζuruf", "Zuruf_Mia", "MeinZuruf", "Ｚｕｒｕｆ", "Zürüf", "Zur\u200buf",
        "Support", "Supp0rt", "5upport Mia", "Kundenservice", "Mia (Support)", "Team Mia", "Admin", "Mod Max",
        "Official", "Mitarbeiterin Mia", "Help-Desk", "Bot", "st@ff",
    ],
)  # fmt: skip
def test_names_that_look_like_staff(name: str) -> None:
    assert looks_like_staff(name, "Zuruf")


@pytest.mark.parametrize(
    "name",
    [
        "Mia",
        "Steampunk",
        "Teamo",
        "Bothilda",
        "Botho",
        "Modesta",
        "Zuri",
        "Vera 2",
        "Anna-Lena",
        "Admir",
        "李雷",
        "?",
        "",
    ],
)
def test_names_of_people(name: str) -> None:
    assert not looks_like_staff(name, "Zuruf")


def test_a_short_brand_is_looked_for_in_no_name() -> None:
    assert not looks_like_staff("Ola", "o")


@pytest.mark.parametrize(
    ("name", "short"),
    [("Vera Muster", "Vera"), ("Vera 2", "Vera 2"), ("x" * 50, "x" * 20), ("🙂", "?"), ("Anna-Lena M.", "Anna")],
)
def test_colleagues_are_called_by_their_first_name(name: str, short: str) -> None:
    assert colleague_name(name) == short


@given(st.text())
def test_plain_letters_know_where_they_stand(text: str) -> None:
    look = plain(text)
    assert len(look.text) == len(look.places)
    assert list(look.places) == sorted(set(look.places))
    assert all(0 <= place < len(text) for place in look.places)
