"""Praise rings: volunteers who ask each other and call it solved.

Volunteers may ask questions of their own, and a helpful one may well answer. So a ring needs more than that: in the
graph of who praised whom (an edge from the one who asked to the one who answered, LEAST_PRAISE times or more) a
strongly connected part, in which praise runs in a circle, and of all praise that its members got at least half came
from within, for each of them at least A_THIRD. Such a part has at most LARGEST members: beyond that it is a community.

Strongly connected parts: R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Computing 1 (1972).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from desk.people import ResponderId
from desk.suspicion import Deed, Suspicion, SuspicionRule

LEAST_PRAISE = 3
LARGEST = 8
A_THIRD = 1 / 3

Graph = Mapping[ResponderId, Sequence[ResponderId]]


def praise_rings(deeds: Sequence[Deed]) -> Iterator[Suspicion]:
    """Circles of praise among volunteers."""
    praise = [deed for deed in deeds if deed.praised]
    got = Counter(deed.responder_id for deed in praise)
    between = Counter((deed.asker_id, deed.responder_id) for deed in praise if deed.asker_id is not None)
    graph: dict[ResponderId, list[ResponderId]] = defaultdict(list)
    for (asker, answerer), times in between.items():
        if asker is not None and asker != answerer and times >= LEAST_PRAISE:
            graph[asker].append(answerer)
    for part in circles(graph):
        members = set(part)
        inside = [deed for deed in praise if deed.responder_id in members and deed.asker_id in members]
        from_within = Counter(deed.responder_id for deed in inside)
        praised = sum(got[one] for one in members)
        each = all(from_within[one] >= A_THIRD * got[one] for one in members)
        if len(members) <= LARGEST and 2 * len(inside) >= praised and each:
            yield _found(members, inside, praised)


def _found(members: set[ResponderId], inside: Sequence[Deed], praised: int) -> Suspicion:
    return Suspicion(
        SuspicionRule.PRAISE_RING,
        tuple(sorted(members)),
        tuple(deed.ticket_id for deed in sorted(inside, key=lambda deed: deed.accepted_at)),
        {"people": len(members), "inside": len(inside), "praised": praised},
    )


def circles(graph: Graph) -> list[tuple[ResponderId, ...]]:
    """Strongly connected parts of two or more, found without recursion, so that a long chain is no harm."""
    number: dict[ResponderId, int] = {}
    lowest: dict[ResponderId, int] = {}
    open_, held, found = [], set(), []
    for start in graph:
        if start in number:
            continue
        number[start] = lowest[start] = len(number)
        open_.append(start)
        held.add(start)
        path = [(start, iter(graph.get(start, ())))]
        while path:
            at, following = path[-1]
            further = next(following, None)
            if further is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[at])
                if lowest[at] == number[at]:
                    part = _closed(open_, held, at)
                    if len(part) > 1:
                        found.append(part)
            elif further not in number:
                number[further] = lowest[further] = len(number)
                open_.append(further)
                held.add(further)
                path.append((further, iter(graph.get(further, ()))))
            elif further in held:
                lowest[at] = min(lowest[at], number[further])
    return found


def _closed(open_: list[ResponderId], held: set[ResponderId], at: ResponderId) -> tuple[ResponderId, ...]:
    cut = open_.index(at)
    part = tuple(open_[cut:])
    del open_[cut:]
    held.difference_update(part)
    return part
