"""How well moods are heard: `python -m tests.eval.moods [FILE ...]` prints confusion, precision and recall.

Without files: the third of our own texts in nlu/training/moods whose hash divides by three, read by a mood model that
learned from the other two thirds. With files (Rasa NLU YAML with metadata sentiment, urgency, human): those texts, read
by the weights in the tree. In both cases whole readings are measured, the intents being those of an engine trained from
nlu/training/data, which takes a minute. `--worst` lists the texts that were read wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from threadpoolctl import threadpool_limits

from desk.classifying import TextToRead
from desk.reading import Danger, IntentGuess, Reading, Sentiment, Urgency
from nlu.embedded import EmbeddedClassifier
from nlu.evaluation import BATCH
from nlu.intent_training import train_intents
from nlu.mood_training import TEXTS, ordinary_texts, train_moods
from nlu.moods import about, hear, sentiment_of, urgency_of
from nlu.reading import Rules
from nlu.recent_vectors import recent_vectors
from nlu.training_files import Utterance, load_training

DATA = TEXTS.parent / "data"
LANGUAGES = ("de", "en")
_SHARES = 3


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked of every text: what is right, what was read, and the possible answers."""

    name: str
    right: Callable[[Utterance], object]
    read: Callable[[Reading], object]
    answers: tuple[object, ...]


QUESTIONS = (
    Question("sentiment", lambda u: u.sentiment, lambda r: r.sentiment, tuple(Sentiment)),
    Question("urgency", lambda u: u.urgency, lambda r: r.urgency, tuple(Urgency)),
    Question("wants a person", lambda u: bool(u.human), lambda r: r.wants_human, (False, True)),
    Question(
        "self-harm", lambda u: u.danger is Danger.SELF_HARM, lambda r: r.danger is Danger.SELF_HARM, (False, True)
    ),
    Question("danger", lambda u: u.intent == "safety_hazard", lambda r: r.danger is not None, (False, True)),
)


def held_out(utterance: Utterance) -> bool:
    """Whether a text of ours is kept for measuring."""
    return int(hashlib.sha256(utterance.text.lower().encode()).hexdigest(), 16) % _SHARES == 0


def main() -> None:
    """The tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.moods", description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--worst", action="store_true", help="list what was read wrong")
    given = parser.parse_args()
    threadpool_limits(1)
    training = load_training([DATA])
    rules = Rules.learn(training)
    if given.files:
        asked = load_training(given.files).utterances
    else:
        own = load_training([TEXTS]).utterances
        rules = replace(rules, moods=train_moods([u for u in own if not held_out(u)], ordinary_texts()))
        asked = [u for u in own if held_out(u)]
    engine = EmbeddedClassifier(train_intents(training.utterances), rules, "evaluation")
    readings = read(engine, asked)
    for question in QUESTIONS:
        for language in LANGUAGES:
            spoken = [(u, r) for u, r in zip(asked, readings, strict=True) if u.language == language]
            pairs = [(u, r) for u, r in spoken if question.right(u) is not None]
            if pairs:
                print("\n".join(table(question, language, pairs)), flush=True)
                if given.worst:
                    print("\n".join(wrong(question, pairs)))
    print(f"\n{microseconds(rules, [u.text for u in asked]):.0f} µs of CPU a message beside the sentence vector")


def read(engine: EmbeddedClassifier, asked: Sequence[Utterance]) -> list[Reading]:
    """A reading of each text, in batches."""
    messages = [TextToRead(u.text) for u in asked]
    return [r for at in range(0, len(messages), BATCH) for r in engine.read_now(messages[at : at + BATCH])]


def table(question: Question, language: str, pairs: Sequence[tuple[Utterance, Reading]]) -> list[str]:
    """Confusion (rows: what is right), recall and precision of each answer."""
    counts = Counter((question.right(u), question.read(r)) for u, r in pairs)
    hits = sum(counts[answer, answer] for answer in question.answers)
    lines = [f"\n{question.name}, {language}: {hits / len(pairs):.1%} of {len(pairs)} right"]
    lines.append(f"{'':>10}" + "".join(f"{answer!s:>10}" for answer in question.answers) + "    recall precision")
    for answer in question.answers:
        row = [counts[answer, other] for other in question.answers]
        column = sum(counts[other, answer] for other in question.answers)
        lines.append(f"{answer!s:>10}" + "".join(f"{n:>10}" for n in row) + share(row, counts[answer, answer], column))
    return lines


def share(row: Sequence[int], hits: int, column: int) -> str:
    """Recall and precision, or a dash where there is nothing to divide by."""
    return "".join(f"{hits / whole:>10.1%}" if whole else f"{'-':>10}" for whole in (sum(row), column))


def wrong(question: Question, pairs: Sequence[tuple[Utterance, Reading]]) -> list[str]:
    """What was read wrong, with what was read."""
    return [
        f"  {question.right(u)} -> {question.read(r)}: {u.text} ({u.intent} -> {r.intent})"
        for u, r in pairs
        if question.right(u) != question.read(r)
    ]


def microseconds(rules: Rules, texts: Sequence[str]) -> float:
    """What mood, urgency and signs cost one message, without its sentence vector."""
    vectors = [recent_vectors().of([text])[0] for text in texts]
    began = time.process_time()
    for text, vector in zip(texts, vectors, strict=True):
        guesses = IntentGuess("how_to", 0.7), IntentGuess("outage", 0.1)
        (heard,) = about(hear([text], vector[None], rules.moods), [guesses])
        sentiment_of(heard)
        urgency_of(heard, "how_to")
    return (time.process_time() - began) / max(1, len(texts)) * 1e6


if __name__ == "__main__":
    main()
