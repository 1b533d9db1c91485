"""One reading out of all parts: what an engine says of the intent, and the rules that every engine shares.

Steps for a message: language; personal data and the masked text; entities; plain signs; the engine's scores;
a sign may overrule the scores (danger always, the others only a weak or other opinion); then mood, urgency,
further requests and the wish for a human. When the engine abstains, the intent is `out_of_scope` and its best guesses
are the runners-up. Of two requests in one message neither gets a high confidence: the intent is certain all the same
when a part of the message asks for just that, certainly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.classifying import TextToRead
from desk.reading import OUT_OF_SCOPE, IntentGuess, Reading
from nlu.entities import EntityFinder
from nlu.intent_model import IntentScores
from nlu.language import LanguageDetector
from nlu.mood_model import MoodModel, mood_model
from nlu.moods import about, danger_of, hear, sentiment_of, urgency_of, wants_human
from nlu.parts import parts_of
from nlu.privacy import find_personal_data, mask
from nlu.recent_vectors import recent_vectors
from nlu.signals import INTENT_OF, Signal
from nlu.spelling import Speller
from nlu.training_files import TrainingSet

SURE = 0.7
"""From this confidence on an intent needs no help from signs; below it none is certain, whatever an engine says."""

SIGN_CONFIDENCE = 0.9
"""How often a plain sign is right: the confidence of an intent that a sign decided."""

_ALSO = 0.65
_LIKELY = 0.35
"""Below this an intent is a guess: it makes nothing urgent by itself. Low, since missing a danger is worse."""

_BEFORE_OTHERS = (Signal.SELF_HARM, Signal.DANGER, Signal.LEGAL, Signal.PRIVACY, Signal.HUMAN)
_NO_REQUEST = frozenset({"greeting", "thanks", "goodbye", OUT_OF_SCOPE})


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
        text = message.text
        language = self.language.detect(text, message.spoken)
        spans = find_personal_data(text)
        heard = hear(text, recent_vectors().of([text], self.speller.mended)[0], self.moods)
        found = heard.signals
        chosen, runners_up, strange, certain = _decided(scores, found, self.intents)
        intent = chosen.intent
        heard = about(heard, (chosen, *runners_up))
        asked = _asked_in_parts(further, parts_of(text))
        also = _also(intent, asked, found)
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
            certain=certain or asked.get(intent, False),
            also_certain=all(asked.get(one, True) for one in also),
            danger=danger_of(heard, likely),
        )


def texts_to_score(message: TextToRead) -> tuple[str, ...]:
    """What an engine is asked to score: the whole message first, then its parts when there are several."""
    return (message.text, *parts_of(message.text))


def _decided(
    scores: IntentScores, found: frozenset[Signal], intents: frozenset[str]
) -> tuple[IntentGuess, tuple[IntentGuess, ...], bool, bool]:
    """The intent, the other guesses, whether the message is out of scope, and whether the intent is certain: a plain
    sign is. Only `intents` may be named."""
    best = scores.guesses[0]
    for signal in _BEFORE_OTHERS:
        named = INTENT_OF[signal]
        if signal not in found or named not in intents:
            continue
        always = signal in {Signal.SELF_HARM, Signal.DANGER}
        if always or scores.out_of_scope or (best.confidence < SURE and best.intent != named):
            own = next((g.confidence for g in scores.guesses if g.intent == named), 0.0)
            chosen = IntentGuess(named, max(own, SIGN_CONFIDENCE))
            return chosen, tuple(g for g in scores.guesses if g.intent != named)[:3], False, True
    if scores.out_of_scope:
        return IntentGuess(OUT_OF_SCOPE, scores.strangeness), scores.guesses[:3], True, False
    return best, scores.guesses[1:4], False, scores.certain and best.confidence >= SURE


def _asked_in_parts(further: Sequence[IntentScores], parts: Sequence[str]) -> dict[str, bool]:
    """What the parts of the message ask for, each with whether it is certain. Where to reach somebody is no request."""
    asked: dict[str, bool] = {}
    for scores, part in zip(further, parts, strict=False):
        guess = scores.guesses[0]
        if not scores.out_of_scope and guess.confidence >= _ALSO and not find_personal_data(part):
            asked[guess.intent] = asked.get(guess.intent, False) or scores.certain
    return asked


def _also(intent: str, asked: Mapping[str, bool], found: frozenset[Signal]) -> tuple[str, ...]:
    """Other things the message asks for, without the main one."""
    wanted = [*asked, *(INTENT_OF[signal] for signal in _BEFORE_OTHERS if signal in found)]
    return tuple(dict.fromkeys(i for i in wanted if i != intent and i not in _NO_REQUEST))[:3]
