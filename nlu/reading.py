"""One reading out of all parts: what an engine says of the intent, and the rules that every engine shares.

Steps for a message: language; personal data and the masked text; entities; plain signs; the engine's scores of the
message without what it says it does not want; a sign may overrule the scores (nlu/overruling.py); then mood, urgency,
further requests and the wish for a human. When the engine abstains, the intent is `out_of_scope` and its best guesses
are the runners-up. Of two requests in one message the first is the main one (nlu/first_request.py). Neither gets a high
confidence: the intent is certain all the same when a part of the message asks for just that, certainly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.classifying import TextToRead
from desk.reading import OUT_OF_SCOPE, SAFETY_HAZARD, IntentGuess, Reading
from nlu.disclaimers import without_disclaimers
from nlu.entities import EntityFinder
from nlu.first_request import first_request
from nlu.intent_model import IntentScores
from nlu.language import LanguageDetector
from nlu.mood_model import MoodModel, mood_model
from nlu.moods import Heard, about, beside_a_matter, danger_of, hear, sentiment_of, urgency_of, wants_human
from nlu.overruling import BEFORE_OTHERS, NO_REQUEST, SURE, is_proved, overruled, sees_danger
from nlu.parts import parts_of
from nlu.privacy import find_personal_data, mask
from nlu.recent_vectors import recent_vectors
from nlu.signals import INTENT_OF, Signal
from nlu.spelling import Speller
from nlu.training_files import TrainingSet

_ALSO = 0.65
_SHARED = 0.3
_LIKELY = 0.35
"""Below this an intent is a guess: it makes nothing urgent by itself. Low, since missing a danger is worse."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What all engines share: the parts of a reading that are not the intent."""

    language: LanguageDetector
    entities: EntityFinder
    intents: frozenset[str]
    moods: MoodModel
    speller: Speller

    @classmethod
    def learn(cls, training: TrainingSet) -> Rules:
        """The rules with the words of the brand's own training files."""
        spoken = ((u.language, u.text) for u in training.utterances if u.language is not None)
        words = LanguageDetector.learn(spoken), EntityFinder.learn(training)
        speller = Speller.learn([u.text for u in training.utterances])
        return cls(*words, frozenset(training.intents), mood_model(), speller)

    def reading(
        self, message: TextToRead, scores: IntentScores, further: Sequence[IntentScores], *, engine: str, model: str
    ) -> Reading:
        """The reading of `message`. `further`: scores of its parts, in case it holds several requests."""
        return self.readings([message], [(scores, *further)], engine=engine, model=model)[0]

    def readings(
        self, messages: Sequence[TextToRead], scores: Sequence[Sequence[IntentScores]], *, engine: str, model: str
    ) -> list[Reading]:
        """The same for many at once. `scores`: for each, its own and then those of its parts."""
        texts = [message.text for message in messages]
        heard = hear(texts, recent_vectors().of(texts, self.speller.mended), self.moods)
        heard = [_believed(one, whole) for one, (whole, *_) in zip(heard, scores, strict=True)]
        choices = [
            _decided(whole, one.signals, _asked_in_parts(further, text), self.intents)
            for text, one, (whole, *further) in zip(texts, heard, scores, strict=True)
        ]
        heard = about(heard, [(choice.chosen, *choice.runners_up) for choice in choices])
        return [
            self._reading(message, whole, one, choice, engine, model)
            for message, (whole, *_), one, choice in zip(messages, scores, heard, choices, strict=True)
        ]

    def _reading(
        self, message: TextToRead, scores: IntentScores, heard: Heard, choice: _Choice, engine: str, model: str
    ) -> Reading:
        text = message.text
        language = self.language.detect(text, message.spoken)
        spans = find_personal_data(text)
        chosen, runners_up, strange, certain = choice.chosen, choice.runners_up, choice.strange, choice.certain
        intent = chosen.intent
        asked = [*choice.asked, *_asked_as_a_whole(scores, several=bool(choice.asked))]
        also = _also(intent, asked, heard.told_beside)
        likely = intent if chosen.confidence >= _LIKELY else OUT_OF_SCOPE
        return Reading(
            language=language,
            intent=intent,
            confidence=chosen.confidence,
            runners_up=runners_up,
            also=also,
            entities=self.entities.find(text, spans),
            sentiment=sentiment_of(heard),
            urgency=urgency_of(heard, likely),
            wants_human=wants_human(heard, scores.guesses[0].intent, scores.guesses[0].confidence),
            out_of_scope=strange,
            personal_data=spans,
            masked=mask(text, spans, language),
            engine=engine,
            model=model,
            certain=certain or _is_certain(intent, asked),
            also_certain=all(_is_certain(one, asked) for one in also if one in {a.guess.intent for a in asked}),
            danger=danger_of(heard, likely),
        )


def texts_to_score(message: TextToRead) -> tuple[str, ...]:
    """What an engine is asked to score: the whole message, as far as it says what is wanted, then its parts when there
    are several."""
    wanted = without_disclaimers(message.text)
    return (wanted, *parts_of(wanted))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a part of the message asks for, and whether that is certain."""

    guess: IntentGuess
    certain: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    """The intent, the other guesses, whether the message is out of scope, whether the intent is certain, and what the
    parts of the message ask for."""

    chosen: IntentGuess
    runners_up: tuple[IntentGuess, ...]
    strange: bool
    certain: bool
    asked: Sequence[_Asked]


def _decided(
    scores: IntentScores, found: frozenset[Signal], asked: Sequence[_Asked], intents: frozenset[str]
) -> _Choice:
    """What is made of scores, signs and parts. Only `intents` may be named."""
    by_sign = overruled(scores, found, intents)
    if by_sign is not None:
        return _Choice(by_sign, _others(scores, by_sign), False, is_proved(by_sign.intent, scores), asked)
    if scores.out_of_scope:
        return _Choice(IntentGuess(OUT_OF_SCOPE, scores.strangeness), scores.guesses[:3], True, False, asked)
    best = scores.guesses[0]
    first = first_request(scores, [one.guess for one in asked])
    if first is not None:
        return _Choice(first, _others(scores, first), False, False, asked)
    return _Choice(best, scores.guesses[1:4], False, scores.certain and best.confidence >= SURE, asked)


def _believed(heard: Heard, scores: IntentScores) -> Heard:
    """What is heard, given what the engine sees."""
    return heard if sees_danger(scores) else beside_a_matter(heard)


def _others(scores: IntentScores, chosen: IntentGuess) -> tuple[IntentGuess, ...]:
    return tuple(guess for guess in scores.guesses if guess.intent != chosen.intent)[:3]


def _asked_in_parts(further: Sequence[IntentScores], text: str) -> list[_Asked]:
    """What the parts of the message ask for, in order. Where to reach somebody is no request."""
    if not further:
        return []
    return [
        _Asked(scores.guesses[0], scores.certain)
        for scores, part in zip(further, parts_of(without_disclaimers(text)), strict=False)
        if not scores.out_of_scope and scores.guesses[0].confidence >= _ALSO and not find_personal_data(part)
    ]


def _asked_as_a_whole(scores: IntentScores, *, several: bool) -> list[_Asked]:
    """What the whole message asks for, which a sign or an earlier part may have put behind. Of `several` requests two
    share its confidence."""
    best = scores.guesses[0]
    if scores.out_of_scope:
        return []
    if best.confidence >= _ALSO:
        return [_Asked(best, scores.certain and best.confidence >= SURE)]
    return [_Asked(guess, False) for guess in scores.guesses[:2] if guess.confidence >= _SHARED] if several else []


def _is_certain(intent: str, asked: Sequence[_Asked]) -> bool:
    return any(one.certain for one in asked if one.guess.intent == intent)


def _also(intent: str, asked: Sequence[_Asked], found: frozenset[Signal]) -> tuple[str, ...]:
    """Other things the message asks for, without the main one. Danger comes first: not all have room."""
    said = [INTENT_OF[signal] for signal in BEFORE_OTHERS if signal in found]
    wanted = sorted([*(one.guess.intent for one in asked), *said], key=lambda intent: intent != SAFETY_HAZARD)
    return tuple(dict.fromkeys(i for i in wanted if i != intent and i not in NO_REQUEST))[:3]
