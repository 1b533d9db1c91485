"""Topics: what the policy gives to volunteers, as they choose it: whole business units, or single intents of them.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desk.ticket import Lane
from routing.policy import Policy


def peer_topics(policy: Policy) -> Mapping[str, Sequence[str]]:
    """The units that have something for volunteers, each with its intents, in the order of the policy."""
    found: dict[str, list[str]] = {unit: [] for unit in policy.units}
    for intent, route in policy.intents.items():
        if route.lane is Lane.PEER:
            found[route.unit].append(intent)
    return {unit: intents for unit, intents in found.items() if intents}


def unit_of_topics(policy: Policy) -> Mapping[str, str]:
    """Every topic one may choose, units and intents, with its unit."""
    topics: dict[str, str] = {}
    for unit, intents in peer_topics(policy).items():
        topics |= {unit: unit, **dict.fromkeys(intents, unit)}
    return topics


def kindred_topics(policy: Policy, unit: str | None) -> tuple[str, ...]:
    """All that answers on a unit are filed under: its intents, and the unit itself."""
    if unit is None:
        return ()
    return (unit, *(intent for intent, route in policy.intents.items() if route.unit == unit))


def without_doubles(chosen: Sequence[str], policy: Policy) -> tuple[str, ...]:
    """The chosen topics in the order of the policy; a unit stands for all its intents."""
    kept: list[str] = []
    for unit, intents in peer_topics(policy).items():
        if unit in chosen or set(intents) <= set(chosen):
            kept.append(unit)
        else:
            kept += [intent for intent in intents if intent in chosen]
    return tuple(kept)
