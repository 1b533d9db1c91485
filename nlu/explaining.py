"""Why the embedded engine read a message as it did: the features that mattered, in numbers and in words.

Four looks at the same reading:

- `without`: the message again, each time without one word (in long messages, a run of words). `push` is by how much
  the word pushed the best intent, in log-odds against all others: 1 makes the odds 2.7 times better. This is of the
  whole model, so the numbers are comparable whatever head the word spoke to.
- `features`: what the word head adds up, by its own weights: words and word pairs, and the letters inside each word
  together. `best` and `runner_up` are what the feature gives each; their difference decides.
- `nearest`: the training examples that mean most nearly the same, by the cosine of sentence vectors.
- the votes of both heads, how much each counts, how far they agree, and what made the model abstain or be unsure.

Words inside personal data appear by their kind; texts of examples are masked. Pure on the model and the vectors.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desk.classifying import TextToRead
from desk.reading import IntentGuess, Reading
from nlu.doubts import of_distance, of_heads, of_words
from nlu.findings import masked
from nlu.intent_heads import Floats
from nlu.intent_model import IntentModel, agreement, scope
from nlu.normalising import folded
from nlu.sentence_vectors import sentence_vectors
from nlu.shown_words import Word, hidden_tokens, said, words_of
from nlu.training_files import Utterance
from nlu.vectoriser import Named

_MOST_RUNS = 40
_MOST_NAMED = 12
_NEAREST = 5
_VOTES = 3
_TINY = 1e-6
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class WithoutWord:
    """What `words` did, in log-odds, and how likely the best intent is without them."""

    words: str
    push: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Feature:
    """A word, a word pair, or the letters inside a word, and what they give the best intent and the runner-up."""

    kind: str
    shown: str
    best: float
    runner_up: float

    @property
    def lead(self) -> float:
        """By how much it speaks for the best intent."""
        return self.best - self.runner_up


@dataclass(frozen=True, slots=True)
class Near:
    """A training example and how nearly it means the same (cosine)."""

    text: str
    intent: str
    sense: float
    where: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """See the module. `heads` maps `words` and `sense` to their own guesses."""

    best: IntentGuess
    runner_up: IntentGuess
    heads: dict[str, tuple[IntentGuess, ...]]
    sense_share: float
    agreement: float
    mended: tuple[tuple[str, str], ...]
    without: tuple[WithoutWord, ...]
    features: tuple[Feature, ...]
    nearest: tuple[Near, ...]
    strangeness: float
    abstain_above: float
    doubts: tuple[str, ...]


def explain(
    model: IntentModel, message: TextToRead, reading: Reading, examples: Sequence[Utterance], vectors: Floats
) -> Explanation:
    """Why `reading`, made by `model`, names what it names. `vectors`: those of the `examples`, a row each."""
    text = message.text
    words = words_of(text, reading.personal_data, reading.language)
    runs = _runs(words)
    logs = _log_probabilities(model, [text, *(_without(text, run) for run in runs)])
    best, runner_up = _two_best(model, logs[0])
    heads = _of_heads(model, text)
    scored = model.scores([text])[0]
    near = _nearest(model, text, examples, vectors)
    guesses = tuple(IntentGuess(model.labels[i], float(np.exp(logs[0, i]))) for i in (best, runner_up))
    votes = {name: _guesses(model, row) for name, row in heads.items()}
    doubts: list[str] = []
    if reading.out_of_scope:
        doubts.append(f"strangeness {scored.strangeness:.2f} is above {model.gate.abstain_above:.2f}, so it abstains")
    elif not reading.certain:
        doubts.append(f"{guesses[0].confidence:.0%} is less than what is right in 97 of 100 cases")
    if reading.out_of_scope or not reading.certain:
        nearest = near[0].sense if near else 1.0
        doubts += [*of_heads(votes, guesses), *of_words(model, text), *of_distance(nearest, vectors)]
    return Explanation(
        best=guesses[0],
        runner_up=guesses[1],
        heads=votes,
        sense_share=float(model.mixture.sense_share),
        agreement=float(agreement(*(row[None, :] for row in heads.values()))[0]),
        mended=_mended(model, words, text),
        without=_left_out(runs, logs, best),
        features=_features(model, text, reading, best, runner_up),
        nearest=near,
        strangeness=scored.strangeness,
        abstain_above=float(model.gate.abstain_above),
        doubts=tuple(doubts),
    )


def _runs(words: Sequence[Word]) -> list[Sequence[Word]]:
    size = max(1, -(-len(words) // _MOST_RUNS))
    return [words[at : at + size] for at in range(0, len(words), size)]


def _without(text: str, run: Sequence[Word]) -> str:
    return f"{text[: run[0].start].rstrip()} {text[run[-1].end :].lstrip()}".strip()


def _log_probabilities(model: IntentModel, texts: Sequence[str]) -> Floats:
    return model.mixture.log_probabilities(model.opinions(texts))


def _two_best(model: IntentModel, row: Floats) -> tuple[int, int]:
    order = np.argsort(np.where(scope(model.labels), -row, np.inf))
    return int(order[0]), int(order[min(1, int(scope(model.labels).sum()) - 1)])


def _of_heads(model: IntentModel, text: str) -> dict[str, Floats]:
    words, senses = model.mixture.of_heads(model.opinions([text]))
    return {"words": words[0], "sense": senses[0]}


def _guesses(model: IntentModel, row: Floats) -> tuple[IntentGuess, ...]:
    return tuple(IntentGuess(model.labels[i], float(np.exp(row[i]))) for i in np.argsort(-row)[:_VOTES])


def _left_out(runs: Sequence[Sequence[Word]], logs: Floats, best: int) -> tuple[WithoutWord, ...]:
    if len(runs) < 2:
        return ()
    likely = np.clip(np.exp(logs[:, best]), _TINY, 1 - _TINY)
    odds = np.log(likely / (1 - likely))
    found = [WithoutWord(said(run), float(odds[0] - odds[i]), float(likely[i])) for i, run in enumerate(runs, 1)]
    return tuple(sorted(found, key=lambda one: -abs(one.push))[:_MOST_NAMED])


def _features(model: IntentModel, text: str, reading: Reading, best: int, runner_up: int) -> tuple[Feature, ...]:
    head = model.words
    mended = model.speller.mended(text)
    hidden = hidden_tokens(text, reading.personal_data, reading.language)
    tokens = list(dict.fromkeys(_TOKEN.findall(folded(mended))))
    sums: dict[tuple[str, str], NDArray[np.float64]] = defaultdict(lambda: np.zeros(2))
    names = head.vectoriser.names(mended)
    for index, value in zip(*head.vectoriser.features([mended]).text(0), strict=True):
        given = value * np.asarray(head.weights[index, [best, runner_up]], dtype=np.float64)
        for key, share in _owners(names[index], tokens, hidden):
            sums[key] += share * given
    found = [Feature(kind, shown, float(given[0]), float(given[1])) for (kind, shown), given in sums.items()]
    return tuple(sorted(found, key=lambda one: -abs(one.lead))[:_MOST_NAMED])


def _owners(feature: Named, tokens: Sequence[str], hidden: dict[str, str]) -> list[tuple[tuple[str, str], float]]:
    """What a feature is shown as, and the share of each: letters are shared by the words they stand in."""
    kind, name = feature
    if kind == "words":
        shown = " ".join(hidden.get(part, part) or "·" for part in name.split(" "))
        return [((kind, shown), 1.0)]
    holders = [token for token in tokens if name in f" {token} "]
    return [((kind, hidden.get(token, token)), 1 / len(holders)) for token in holders]


def _mended(model: IntentModel, words: Sequence[Word], text: str) -> tuple[tuple[str, str], ...]:
    pairs = ((word, model.speller.mended(text[word.start : word.end])) for word in words)
    return tuple(
        (word.shown, mended)
        for word, mended in pairs
        if mended != text[word.start : word.end] and not word.shown.startswith("[")
    )


def _nearest(model: IntentModel, text: str, examples: Sequence[Utterance], vectors: Floats) -> tuple[Near, ...]:
    if not examples:
        return ()
    senses = vectors @ sentence_vectors().of([model.speller.mended(text)])[0]
    order = np.argsort(-senses)[:_NEAREST]
    return tuple(Near(masked(examples[i]), examples[i].intent, float(senses[i]), examples[i].where) for i in order)
