"""Which words made the rules say what they say: language, mood, urgency, the wish for a person, and plain signs.

The rules are asked again, about runs of the message's words, with the engine's scores held fixed. A run that alone
makes them say the same is telling; the shortest runs are named. What they say of no words at all comes from the intent.
Where no run alone suffices, the words are named without which they would not say it. So any rule is explained,
pattern or model, by what it does and not by how it is made.

Pure. Cost: a few hundred readings by rules; for one message that somebody asks about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desk.classifying import TextToRead
from desk.reading import Reading, Sentiment, Urgency
from nlu.intent_model import IntentScores
from nlu.reading import Rules
from nlu.shown_words import Word, said, words_of
from nlu.signals import signals

_LONGEST_RUN = 5
_MOST_WORDS = 60
_MOST_NAMED = 5

Told = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class RuleWords:
    """One thing the rules said. `words`: runs that told it; `by_intent`: it follows from the intent, without words."""

    what: str
    value: str
    words: tuple[str, ...]
    by_intent: bool = False


def explain_rules(message: TextToRead, reading: Reading, scores: IntentScores, rules: Rules) -> tuple[RuleWords, ...]:
    """All that the rules said of `message` beyond the ordinary; the language always."""
    text = message.text
    words = words_of(text, reading.personal_data, reading.language)[:_MOST_WORDS]

    def read(part: str) -> Reading:
        return rules.reading(TextToRead(part), scores, (), engine=reading.engine, model=reading.model)

    asked: list[tuple[str, str, Told]] = []
    if reading.sentiment is not Sentiment.NEUTRAL:
        asked.append(("sentiment", reading.sentiment.value, lambda part: read(part).sentiment is reading.sentiment))
    if reading.urgency is not Urgency.NORMAL:
        asked.append(("urgency", reading.urgency.value, lambda part: read(part).urgency is reading.urgency))
    if reading.wants_human:
        asked.append(("wants_human", "true", lambda part: read(part).wants_human))
    for signal in sorted(signals(text)):
        asked.append(("sign", signal.value, lambda part, signal=signal: signal in signals(part)))  # type: ignore[misc]
    told = [_told(text, words, what, value, tells) for what, value, tells in asked]
    return (_language(text, words, reading, rules), *told)


def _told(text: str, words: Sequence[Word], what: str, value: str, tells: Told) -> RuleWords:
    if tells(""):
        return RuleWords(what, value, (), by_intent=True)
    runs = _sufficient(text, words, tells) or _needed(text, words, tells)
    return RuleWords(what, value, tuple(dict.fromkeys(said(run) for run in runs))[:_MOST_NAMED])


def _sufficient(text: str, words: Sequence[Word], tells: Told) -> list[Sequence[Word]]:
    """The shortest runs that tell it alone; none lies in another."""
    found: list[tuple[int, int]] = []
    for length in range(1, _LONGEST_RUN + 1):
        for at in range(len(words) - length + 1):
            if any(at <= start and end <= at + length for start, end in found):
                continue
            if tells(text[words[at].start : words[at + length - 1].end]):
                found.append((at, at + length))
    return [words[start:end] for start, end in sorted(found)]


def _needed(text: str, words: Sequence[Word], tells: Told) -> list[Sequence[Word]]:
    """Single words without which it is not told any more."""
    return [[word] for word in words if not tells(f"{text[: word.start]} {text[word.end :]}")]


def _language(text: str, words: Sequence[Word], reading: Reading, rules: Rules) -> RuleWords:
    """Words that alone are of the message's language and, turned round, not of the other's conversation."""
    detect = rules.language.detect
    own = [word for word in words if detect(text[word.start : word.end]) == reading.language]
    named = tuple(dict.fromkeys(said([word]) for word in own if not word.shown.startswith("[")))
    return RuleWords("language", reading.language, named[:_MOST_NAMED])
