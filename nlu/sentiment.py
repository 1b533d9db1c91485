"""The signs of mood in a message: words, set phrases, irony, emojis, shouting, each a number for the learned model.

`mood_signs` gives them for the model in nlu/mood_model.py, which weighs them together with what the message means.
Where there is no such model, `sentiment` judges by the signs and the intent alone: a mood word counts one, a strong
phrase two, turned round by a negation up to three words before it, and the intent tips the scales where words are
silent.

Theory: praise next to a mishap, or with a rolling eye, is most likely irony ("great, wrong colour again").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from desk.reading import Sentiment
from nlu.mood_words import IRONY, MISHAP, NEGATIONS, NEGATIVE, POSITIVE, STRONG_NEGATIVE, STRONG_POSITIVE
from nlu.phrases import Phrases, folded_for_signs

_SAD = re.compile("[😠😡🤬😤👎😒😞😢😭😩😫🤮💩😾☹😖🥺😔💔]|:-?\\(|:'\\(")
_GLAD = re.compile("[😀😁😃😄😊😍🥰❤👍🙏🎉😎🤩💪♥👏🥳😻🙂☺😇🤗💯🔥]|:-?\\)|<3")
_ROLLING = re.compile("[🙄👏🤡🙃😏]")
_LAUGHING = re.compile(r"[😂🤣😅]|\b(?:lol|haha\w*|xd)\b")
_WORD_BEFORE = re.compile(r"[\w']+")
_BREAK = re.compile(r"[,.!?;:]")
_FEW_LETTERS = 12
_SHARE_SHOUTED = 0.6
_LEAN = {
    "complaint": -1.5,
    "legal_threat": -1.5,
    "outage": -0.5,
    "delivery_problem": -0.5,
    "praise": 2.0,
    "thanks": 1.5,
}


class MoodSigns(NamedTuple):
    """Counts, each capped. `praise_at_mishap` is how much praise stands beside something that went wrong."""

    negative: float
    positive: float
    negated_negative: float
    negated_positive: float
    strong_negative: float
    strong_positive: float
    irony: float
    praise_at_mishap: float
    sad: float
    glad: float
    rolling: float
    laughing: float
    shouting: float
    marks: float


SIGN_COUNT = len(MoodSigns._fields)


def mood_signs(text: str, folded: str) -> MoodSigns:
    """The signs in `text`; `folded` is the same by `folded_for_signs`."""
    bad, not_bad = _counted(NEGATIVE, folded)
    good, not_good = _counted(POSITIVE, folded)
    mishaps = len(MISHAP.findall(folded)) + bad
    irony = len(IRONY.findall(folded))
    start = text[:2500]
    rolling = len(_ROLLING.findall(start))
    return MoodSigns(
        negative=min(3, bad),
        positive=min(3, good),
        negated_negative=min(2, not_bad),
        negated_positive=min(2, not_good),
        strong_negative=min(2, len(STRONG_NEGATIVE.findall(folded))),
        strong_positive=min(2, len(STRONG_POSITIVE.findall(folded))),
        irony=min(2, irony),
        praise_at_mishap=min(2, good, mishaps + rolling),
        sad=min(2, len(_SAD.findall(start))),
        glad=min(2, len(_GLAD.findall(start))),
        rolling=min(2, rolling),
        laughing=min(1, len(_LAUGHING.findall(start))),
        shouting=float(_shouts(text)),
        marks=float("!!" in start or "??" in start or "?!" in start),
    )


def sentiment(text: str, intent: str) -> Sentiment:
    """The mood of `text` by signs alone, given what it is about."""
    signs = mood_signs(text, folded_for_signs(text))
    score = signs.positive - signs.negative + 0.5 * signs.negated_negative - 1.5 * signs.negated_positive
    score += 2 * (signs.strong_positive - signs.strong_negative) - 2.5 * signs.irony - signs.praise_at_mishap * 0.5
    score += signs.glad - 1.5 * signs.sad - signs.rolling + _LEAN.get(intent, 0.0)
    if signs.shouting or signs.marks:
        score += -1 if score <= 0 else 0.5
    if score <= -1:
        return Sentiment.NEGATIVE
    return Sentiment.POSITIVE if score >= 1.5 else Sentiment.NEUTRAL


def _counted(words: Phrases, folded: str) -> tuple[int, int]:
    """How often `words` stand plainly, and how often after a negation."""
    plain = turned = 0
    for match in words.finditer(folded):
        clause = _BREAK.split(folded[max(0, match.start() - 30) : match.start()])[-1]
        before = _WORD_BEFORE.findall(clause)[-3:]
        if NEGATIONS.isdisjoint(before):
            plain += 1
        else:
            turned += 1
    return plain, turned


def _shouts(text: str) -> bool:
    start = text[:500]
    if sum(map(str.isupper, start)) <= _FEW_LETTERS * _SHARE_SHOUTED:  # most have so few, which is quickly counted
        return False
    letters = [c for c in start if c.isalpha()]
    return len(letters) > _FEW_LETTERS and sum(map(str.isupper, letters)) > len(letters) * _SHARE_SHOUTED
