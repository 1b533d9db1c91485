"""What a training file says of an example beside its intent: `metadata:` of Rasa's NLU format.

Ours are five: `sentiment` (negative, neutral, positive), `urgency` (low, normal, urgent), `human` (true or false:
does the contact ask for a person), `danger` (self_harm or hazard) and `also` (further intents, a list or one name).
They stand with the example or with the intent, for all its examples; the example's own win. Keys of others are left
alone.

Raises: MetadataWrong with the YAML node and the mend; the reader of the file adds file and line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

import yaml

from desk.reading import Danger, Sentiment, Urgency

_Kind = TypeVar("_Kind", bound=StrEnum)
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


class MetadataWrong(Exception):
    """A value that cannot be meant. `node` tells where, the text says what to write."""

    def __init__(self, node: yaml.Node, text: str) -> None:
        super().__init__(text)
        self.node = node


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an example; None or empty: not said."""

    sentiment: Sentiment | None = None
    urgency: Urgency | None = None
    human: bool | None = None
    danger: Danger | None = None
    also: tuple[str, ...] = ()


UNSAID = Metadata()


def read_metadata(node: yaml.Node, given: Metadata = UNSAID) -> Metadata:
    """`given`, with what `node` says put over it."""
    if not isinstance(node, yaml.MappingNode):
        return given  # Rasa allows anything there, and what is no mapping says nothing of ours
    for key, value in node.value:
        match _plain(key):
            case "sentiment":
                given = replace(given, sentiment=_one_of(Sentiment, value, "sentiment"))
            case "urgency":
                given = replace(given, urgency=_one_of(Urgency, value, "urgency"))
            case "human":
                given = replace(given, human=_truth(value))
            case "danger":
                given = replace(given, danger=_one_of(Danger, value, "danger"))
            case "also":
                given = replace(given, also=_names(value))
    return given


def _one_of(kind: type[_Kind], node: yaml.Node, key: str) -> _Kind:
    try:
        return kind(_plain(node).lower())
    except ValueError:
        known = ", ".join(kind)
        raise MetadataWrong(node, f"{key} {_shown(node)} is unknown; write one of {known}") from None


def _truth(node: yaml.Node) -> bool:
    try:
        return _TRUTH[_plain(node).lower()]
    except KeyError:
        raise MetadataWrong(node, f"human {_shown(node)} is neither true nor false; write one of them") from None


def _names(node: yaml.Node) -> tuple[str, ...]:
    listed = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for each in listed:
        if not _plain(each):
            raise MetadataWrong(each, "also holds something that is no intent; write a list such as [refund, invoice]")
    return tuple(_plain(each) for each in listed)


def _plain(node: yaml.Node) -> str:
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""


def _shown(node: yaml.Node) -> str:
    return repr(_plain(node)) if isinstance(node, yaml.ScalarNode) else "(a list or mapping)"
