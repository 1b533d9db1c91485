"""Which examples DIET for intents learns from at first, is asked about, and compares messages with.

Asked about are HELD_OUT of each intent, HELD_OUT_STRANGE of what is out of scope. Messages are compared with _MOST_NEAR
examples: with 32,000 that alone took six of twenty milliseconds a message.
"""

from __future__ import annotations

import numpy as np
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.fair_share import fair_share

OUT_OF_SCOPE = "out_of_scope"
HELD_OUT = 0.2
HELD_OUT_STRANGE = 0.4
_MOST_NEAR = 16_000


def parted(examples: list[Message], seed: int) -> tuple[list[Message], list[Message]]:
    """Examples to learn from and to be asked about: the latter the same share of every intent, more of the strange."""
    chance = np.random.default_rng(seed)
    by_intent: dict[str, list[Message]] = {}
    for message in examples:
        by_intent.setdefault(message.get(INTENT), []).append(message)
    shown: list[Message] = []
    held_out: list[Message] = []
    for intent, messages in sorted(by_intent.items()):
        share = HELD_OUT_STRANGE if intent == OUT_OF_SCOPE else HELD_OUT
        order = chance.permutation(len(messages))
        cut = int(len(messages) * share)
        held_out += [messages[at] for at in order[:cut]]
        shown += [messages[at] for at in order[cut:]]
    return shown, held_out


def nearest_from(examples: list[Message]) -> list[Message]:
    """The examples in scope that messages are compared with; each one costs every message."""
    known = [m for m in examples if m.get(INTENT) != OUT_OF_SCOPE]
    return [known[at] for at in fair_share([(m.get(INTENT), m.get(TEXT)) for m in known], _MOST_NEAR)]
