"""A share of many examples that is fair to every intent: small ones stay whole, large ones are cut to the same size.

Which examples of a large intent stay is drawn by the text itself, so an example that is added moves next to none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from zlib import crc32


def fair_share(examples: Sequence[tuple[str, str]], most: int, *, first: Collection[int] = ()) -> list[int]:
    """The places of at most `most` of `examples`, each an intent and a text, in their order.

    Of an intent that is cut, the examples at the places `first` stay before others, and one at least.
    """
    if len(examples) <= most:
        return list(range(len(examples)))
    each = _largest(Counter(intent for intent, _ in examples).values(), most)
    places = defaultdict(list)
    for at, (intent, text) in enumerate(examples):
        places[intent].append((at not in first, crc32(text.encode()), at))
    return sorted(at for drawn in places.values() for *_, at in sorted(drawn)[: max(each, 1)])


def _largest(sizes: Collection[int], most: int) -> int:
    """The largest size to cut to that leaves no more than `most`."""
    left, each = most, 0
    ordered = sorted(sizes)
    for done, size in enumerate(ordered):
        each = left // (len(ordered) - done)
        if size > each:
            break
        left -= size
    return each
