"""Training the intent model: fit, then learn from held-out texts how far to trust the fit.

1. Features of all texts; a linear support vector machine, one against the rest.
2. The same in folds, so that every text (in large sets: a third of them) has margins from a model that
   has not seen it. On these the softmax's sharpness is fitted (least log loss).
3. On these, too, the gate: a logistic model that tells `out_of_scope` examples from the rest, its threshold
   set so that IN_SCOPE_KEPT of the in-scope texts pass. Without such examples, the best margin alone decides.

Deterministic: the same data give the same model. One numeric thread. scikit-learn is imported here only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from desk.errors import SettingsInvalid
from desk.reading import OUT_OF_SCOPE
from nlu.intent_model import Floats, Gate, IntentModel, coverage, signs, softmax
from nlu.training_files import Utterance
from nlu.vectoriser import Vectoriser

IN_SCOPE_KEPT = 0.965
_FOLDS = 3
_LEAST_TO_HOLD_OUT = _FOLDS
_LARGE = 8000
_SEED = 20240229


@dataclass(frozen=True, slots=True)
class _HeldOut:
    """Margins from models that have not seen the rows, with the rows' true labels (as numbers)."""

    rows: NDArray[np.int64]
    margins: Floats
    truth: NDArray[np.int64]


def train_intents(utterances: Sequence[Utterance]) -> IntentModel:
    """A model from at least two intents, or SettingsInvalid."""
    labels = tuple(sorted({u.intent for u in utterances}))
    if len([label for label in labels if label != OUT_OF_SCOPE]) < 2:
        raise SettingsInvalid("training files name fewer than two intents in scope; add another `- intent:`")
    number = {label: i for i, label in enumerate(labels)}
    truth = np.array([number[u.intent] for u in utterances])
    texts = [u.text for u in utterances]
    # Rare features help small sets; in large ones they only cost memory.
    vectoriser = Vectoriser.fit(texts, least=1 if len(texts) <= _LARGE else 2)
    matrix = _matrix(vectoriser, texts)
    with threadpool_limits(1):
        weights, intercept = _fit(matrix, truth, len(labels))
        held_out = _held_out(matrix, truth, len(labels))
        sharpness = _sharpness(held_out)
        gate = _gate(held_out, matrix, labels)
    return IntentModel(labels, vectoriser, weights, intercept, sharpness, gate)


def _matrix(vectoriser: Vectoriser, texts: Sequence[str]) -> csr_matrix:
    vectors = [vectoriser.vector(text) for text in texts]
    ends = np.cumsum([0] + [len(indices) for indices, _ in vectors])
    indices = np.concatenate([indices for indices, _ in vectors])
    values = np.concatenate([values for _, values in vectors])
    return csr_matrix((values, indices, ends), shape=(len(texts), len(vectoriser.vocabulary)))


def _fit(matrix: csr_matrix, truth: NDArray[np.int64], classes: int) -> tuple[Floats, Floats]:
    present = np.unique(truth)
    weights = np.zeros((matrix.shape[1], classes), dtype=np.float32)
    intercept = np.full(classes, -1, dtype=np.float32)
    machine = LinearSVC(C=1.0, tol=1e-2, random_state=_SEED).fit(matrix, truth)
    coefficients, bias = machine.coef_, machine.intercept_
    if len(present) == 2:
        coefficients, bias = np.vstack([-coefficients, coefficients]), np.concatenate([-bias, bias])
    weights[:, present] = coefficients.T
    intercept[present] = bias
    return weights, intercept


def _held_out(matrix: csr_matrix, truth: NDArray[np.int64], classes: int) -> _HeldOut:
    counts = np.bincount(truth, minlength=classes)
    usable = np.flatnonzero(counts[truth] >= _LEAST_TO_HOLD_OUT)
    if len(np.unique(truth[usable])) < 2:
        weights, intercept = _fit(matrix, truth, classes)
        return _HeldOut(np.arange(len(truth)), _margins(matrix, weights, intercept), truth)
    rows, margins = [], []
    for seen, unseen in StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(usable, truth[usable]):
        learned, asked = usable[seen], usable[unseen]
        weights, intercept = _fit(matrix[learned], truth[learned], classes)
        rows.append(asked)
        margins.append(_margins(matrix[asked], weights, intercept))
        if len(truth) > _LARGE:
            break
    order = np.concatenate(rows)
    return _HeldOut(order, np.concatenate(margins), truth[order])


def _margins(matrix: csr_matrix, weights: Floats, intercept: Floats) -> Floats:
    return np.asarray(matrix @ weights + intercept, dtype=np.float32)


def _sharpness(held_out: _HeldOut) -> float:
    def loss(log_sharpness: float) -> float:
        p = softmax(held_out.margins * np.float32(np.exp(log_sharpness)))
        return float(-np.log(p[np.arange(len(p)), held_out.truth] + 1e-9).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-1, 4), method="bounded").x))


def _gate(held_out: _HeldOut, matrix: csr_matrix, labels: tuple[str, ...]) -> Gate:
    in_scope = np.array([label != OUT_OF_SCOPE for label in labels])
    known = [coverage((matrix[row].indices, matrix[row].data)) for row in held_out.rows]
    marks = signs(held_out.margins, in_scope, known)
    strange = ~in_scope[held_out.truth]
    if strange.sum() >= 10:
        model = LogisticRegression(class_weight="balanced", max_iter=2000, C=10).fit(marks, strange)
        weights, bias = model.coef_[0].astype(np.float32), float(model.intercept_[0])
    else:
        weights, bias = np.zeros(marks.shape[1], dtype=np.float32), 0.0
        weights[0] = -4
    open_gate = Gate(weights, bias, 1.0)
    threshold = float(np.quantile(open_gate.strangeness(marks[~strange]), IN_SCOPE_KEPT))
    return Gate(weights, bias, threshold)
