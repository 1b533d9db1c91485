"""A fair share of many examples: small intents whole, large ones cut alike, by their texts alone."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from nlu.fair_share import fair_share


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.integers(1, 80))
def test_small_intents_stay_whole_and_large_ones_are_cut_alike(sizes: list[int], most: int) -> None:
    examples = [(f"intent {number}", f"text {at}") for number, size in enumerate(sizes) for at in range(size)]
    kept = Counter(examples[at][0] for at in fair_share(examples, most))
    left = sum(kept.values())
    cut = [name for name, size in Counter(name for name, _ in examples).items() if kept[name] < size]
    intents = len([size for size in sizes if size])
    if len(examples) <= most:
        assert left == len(examples)
    elif most < intents:
        assert left == intents, "one of each"
    else:
        assert most - len(cut) < left <= most
    assert len({kept[name] for name in cut}) <= 1
    assert all(kept[name] >= max(kept.values()) for name in cut)


def test_an_example_more_moves_at_most_one_other() -> None:
    examples = [("a", f"text {at}") for at in range(100)]
    before = {examples[at] for at in fair_share(examples, 40)}
    more = [("a", "another text"), *examples]
    after = {more[at] for at in fair_share(more, 40)}
    assert len(before - after) <= 1


def test_of_an_intent_that_is_cut_some_stay_before_others() -> None:
    examples = [("a", f"text {at}") for at in range(20)]
    wanted = {3, 7, 19}
    assert wanted <= set(fair_share(examples, 5, first=wanted))
    assert len(fair_share(examples, 2, first=wanted)) == 2


def test_they_keep_their_order() -> None:
    examples = [(intent, f"text {at}") for at in range(50) for intent in ("b", "a")]
    kept = fair_share(examples, 31)
    assert kept == sorted(kept)
    assert len(kept) == 30
