"""Which words made a rule speak: found by asking it again, whatever it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from desk.classifying import TextToRead
from desk.people import Locale
from desk.reading import IntentGuess, PersonalDataSpan, Reading, Sentiment, Urgency
from nlu.explaining_rules import RuleWords, explain_rules
from nlu.intent_model import IntentScores
from nlu.reading import Rules

SCORES = IntentScores((IntentGuess("refund", 0.9),), out_of_scope=False, strangeness=0.1)


class Detector:
    def detect(self, text: str, spoken: Locale | None = None) -> str:
        return "en" if text.isascii() else "de"


class PlainRules:
    """Urgent: `now` or `at once`. Negative: three words or more and an exclamation mark. A person: always."""

    language = Detector()

    def reading(
        self, message: TextToRead, scores: IntentScores, further: Sequence[IntentScores], *, engine: str, model: str
    ) -> Reading:
        text = message.text
        urgent = "now" in text.split() or "at once" in text
        cross = "!" in text and len(text.split()) > 6
        at = text.find("4711")
        return Reading(
            language="en" if text.isascii() else "de",
            intent="refund",
            confidence=0.9,
            urgency=Urgency.URGENT if urgent else Urgency.NORMAL,
            sentiment=Sentiment.NEGATIVE if cross else Sentiment.NEUTRAL,
            wants_human=True,
            personal_data=(PersonalDataSpan(at, at + 4, "phone"),) if at >= 0 else (),
        )


def explained(text: str) -> dict[str, RuleWords]:
    rules = cast(Rules, PlainRules())
    reading = rules.reading(TextToRead(text), SCORES, (), engine="x", model="x")
    return {one.what: one for one in explain_rules(TextToRead(text), reading, SCORES, rules)}


def test_the_shortest_runs_that_tell_it_alone_are_named() -> None:
    assert explained("send it now or at once please")["urgency"].words == ("now", "at once")


def test_where_no_run_suffices_the_needed_words_are_named() -> None:
    told = explained("one two three four five six seven!")["sentiment"]
    assert told.words == ("one", "two", "three", "four", "five"), "any word less and it is not told; five are shown"


def test_what_needs_no_words_comes_from_the_intent() -> None:
    assert explained("hello there")["wants_human"] == RuleWords("wants_human", "true", (), by_intent=True)


def test_the_ordinary_is_not_explained_and_the_language_always() -> None:
    told = explained("schöne grüße from me")
    assert set(told) == {"language", "wants_human"}
    assert told["language"].words == ("schöne", "grüße")


def test_personal_data_are_shown_by_kind() -> None:
    assert explained("now! 4711 now")["urgency"].words == ("now",)
    assert "4711" not in str(explained("4711 at once"))


def test_a_plain_sign_names_its_words() -> None:
    sign = explained("hello I want to talk to a human being please")["sign"]
    assert sign.value == "human"
    assert any("human" in words for words in sign.words)
    assert all(len(words.split()) <= 4 for words in sign.words)


def test_long_texts_cost_no_more() -> None:
    assert explained("word " * 5000)["language"].words == ("word",)


def test_no_text_at_all() -> None:
    assert explained("")["language"].words == ()
