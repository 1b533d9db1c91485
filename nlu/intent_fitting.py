"""How far to trust the heads of the intent model, learned from texts they had not seen.

The mixture: each head gets its own sharpness by least log loss over all labels, the senses the share under which the
true labels are guessed most often, and both together one sharpness where they differ and one where they agree: heads
that see the same text are not independent, so agreement proves less than their product says. These last two go by what
is read off them, the confidence of the best guess: least log loss of its being right ("top-label" calibration: Gupta
and Ramdas 2022, arXiv:2107.08353). All labels would want them higher than that: the sharper, the more of what the best
guess leaves goes to the few labels that compete with it.

The gate is a logistic model over standardised signs, held back strongly since out-of-scope examples are few.

`sure_from` is the lowest confidence from which on SURE of the guesses were right, and at least LIKELIER_THAN_NOT.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlu.fitting import lowest, separating
from nlu.intent_heads import Floats, log_softmax
from nlu.intent_model import Gate, Mixture, Opinions, agreement, scope, signs

IN_SCOPE_KEPT = 0.965
STRANGE_CAUGHT = 0.97
"""Where the gate can catch so many out-of-scope examples and keep more of the rest than it must, it does."""
SURE = 0.97
"""So many guesses made with certainty are right."""
LIKELIER_THAN_NOT = 0.5
_LEAST_STRANGE = 10
_HELD_BACK = 100
_SHARES = np.arange(0.1, 0.95, 0.1)

Labels = NDArray[np.int64]


def fitted_mixture(said: Opinions, truth: Labels) -> Mixture:
    """The mixture under which the true labels are likeliest; its share the one that would guess them most often."""
    by_words, by_senses = _sharpness(said.words, truth), _sharpness(said.senses, truth)
    words, senses = log_softmax(said.words * by_words), log_softmax(said.senses * by_senses)
    tried = []
    for share in map(float, _SHARES):
        mixed = np.asarray((1 - share) * words + share * senses, dtype=np.float32)
        likely = _likely(mixed, truth, _sharpness(mixed, truth))
        tried.append((float(np.exp(likely).mean()), share, mixed))
    _, share, mixed = max(tried, key=lambda one: one[0])
    agreed = agreement(words, senses)
    right = mixed.argmax(axis=1) == truth

    def loss(logs: NDArray[np.float64]) -> float:
        return _surprise(mixed * np.exp(logs[0] * (1 - agreed) + logs[1] * agreed)[:, None], right)

    apart, together = np.exp(lowest(loss, (0, 0), within=(-2, 2)))
    return Mixture(by_words, by_senses, share, float(apart), float(together))


def fitted_gate(said: Opinions, truth: Labels, mixture: Mixture, labels: Sequence[str]) -> Gate:
    """The gate that tells `out_of_scope` from the rest and lets IN_SCOPE_KEPT of the rest pass."""
    in_scope = scope(labels)
    marks = signs(said, mixture.weigh(said), in_scope)
    strange = ~in_scope[truth]
    middle, spread = marks.mean(axis=0), marks.std(axis=0) + 1e-6
    if strange.sum() >= _LEAST_STRANGE:
        found, bias = separating((marks - middle) / spread, strange, held_back=_HELD_BACK)
    else:
        found, bias = -np.eye(marks.shape[1])[0], 0.0
    weights = np.asarray(found / spread, dtype=np.float32)
    bias -= float(middle @ weights)
    strangeness = Gate(weights, bias, 1.0).strangeness(marks)
    threshold = np.quantile(strangeness[~strange], IN_SCOPE_KEPT)
    if strange.sum() >= _LEAST_STRANGE:
        threshold = max(threshold, np.quantile(strangeness[strange], 1 - STRANGE_CAUGHT))
    return Gate(weights, bias, float(threshold))


def sure_from(said: Opinions, truth: Labels, mixture: Mixture, gate: Gate, labels: Sequence[str]) -> float:
    """The confidence from which on a guess that the gate lets pass may be acted upon.

    A guess on a text out of scope is wrong. One wrong guess more than there was is counted at every confidence, so that
    a few lucky ones prove nothing. Where no confidence is proved enough, the word of the mixture is taken: SURE itself.
    """
    in_scope = scope(labels)
    weighed = mixture.weigh(said)
    passed = gate.strangeness(signs(said, weighed, in_scope)) <= gate.abstain_above
    likely = np.where(in_scope, np.exp(weighed.both), -1)[passed]
    best, confidence = likely.argmax(axis=1), likely.max(axis=1)
    order = np.argsort(-confidence, kind="stable")
    right, falling = np.cumsum((best == truth[passed])[order]), confidence[order]
    proved = (right >= SURE * (np.arange(len(order)) + 2)) & (falling > np.append(falling[1:], -1))
    return max(LIKELIER_THAN_NOT, float(falling[proved][-1])) if proved.any() else SURE


def _sharpness(scores: Floats, truth: Labels) -> float:
    (found,) = lowest(lambda logs: _loss(scores, truth, float(np.exp(logs[0]))), (0,), within=(-2, 4))
    return float(np.exp(found))


def _loss(scores: Floats, truth: Labels, sharpness: float | Floats) -> float:
    return float(-np.maximum(_likely(scores, truth, sharpness), -20).mean())


def _surprise(scores: Floats, right: NDArray[np.bool_]) -> float:
    """The log loss of the best guesses' probabilities, by whether they are right."""
    likely = np.clip(np.exp(log_softmax(np.asarray(scores, dtype=np.float32)).max(axis=1)), 1e-9, 1 - 1e-6)
    return float(-np.log(np.where(right, likely, 1 - likely)).mean())


def _likely(scores: Floats, truth: Labels, sharpness: float | Floats) -> Floats:
    """The log-probability of each true label."""
    return log_softmax(np.asarray(scores * sharpness, dtype=np.float32))[np.arange(len(truth)), truth]
