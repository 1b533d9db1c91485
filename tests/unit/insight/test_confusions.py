"""Which intents are taken for which: counted, put in order, the worst named."""

from __future__ import annotations

from insight.confusions import counted, groups, intents_of, surely_wrong, worst_cells
from insight.read_texts import ReadText


def read(truth: str, guess: str, times: int = 1, *, sure: float = 0.8, abstained: bool = False) -> list[ReadText]:
    return [ReadText(f"{truth} {at}", truth, guess, sure, abstained=abstained) for at in range(times)]


TEXTS = [
    *read("a", "a", 8),
    *read("a", "d", 2, sure=0.6),
    *read("d", "d", 7),
    *read("d", "a", 3, sure=0.9),
    *read("b", "b", 9),
    *read("b", "c", 1, sure=0.99),
    *read("c", "c", 10),
    *read("e", "e", 9),
    *read("e", "a", 1, abstained=True),
    *read("out_of_scope", "b", 4, abstained=True),
    *read("out_of_scope", "b", 1),
]


def test_rows_are_what_is_right_and_columns_what_was_said() -> None:
    order = intents_of(TEXTS)
    assert order == ["a", "b", "c", "d", "e", "out_of_scope"]
    counts = counted(TEXTS, order)
    assert counts.sum() == len(TEXTS)
    assert counts[0].tolist() == [8, 0, 0, 2, 0, 0]
    assert counts[4].tolist() == [0, 0, 0, 0, 9, 1], "abstaining is what was said, not the guess behind it"


def test_confused_intents_stand_together_the_most_confused_first() -> None:
    found = groups(TEXTS)
    assert [set(group) for group in found] == [{"a", "d"}, {"b", "c"}, {"e"}, {"out_of_scope"}]


def test_few_intents_need_no_order() -> None:
    assert groups([*read("a", "a"), *read("b", "b")]) == [["a", "b"]]
    assert groups(read("out_of_scope", "", abstained=True)) == [["out_of_scope"]]
    assert groups([]) == []


def test_the_worst_cells_come_first_with_their_surest_texts_first() -> None:
    cells = worst_cells(TEXTS, 3)
    assert [(cell.truth, cell.said, len(cell.texts), cell.of) for cell in cells] == [
        ("d", "a", 3, 10),
        ("a", "d", 2, 10),
        ("out_of_scope", "b", 1, 5),
    ]
    assert cells[0].share == 0.3


def test_what_is_wrong_and_sure_of_it() -> None:
    assert [text.confidence for text in surely_wrong(TEXTS, 3)] == [0.99, 0.9, 0.9]
    assert not surely_wrong(read("a", "b", abstained=True) + read("out_of_scope", "a"), 3)
