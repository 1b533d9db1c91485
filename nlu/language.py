"""The language of a message: German, English, or another.

Witnesses are added up word by word: function words (strong), words of our own training files (middling), and how the
letters sound (weak, but they speak on every word; nlu/letter_model.py). Who mixes both is most likely a German speaker
("mein account ist locked"): so a German word outweighs an English one.

Another language wins when its frequent words, its letters and words that sound strange outweigh all that we know, or
when the script is not Latin. Under FEW_WORDS words the conversation's history wins, unless the message is plainly the
other language.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from desk.people import Locale
from desk.reading import MessageLanguage
from nlu.foreign_words import FAMILIES, FOREIGN
from nlu.function_words import ENGLISH, GERMAN
from nlu.letter_model import LetterModel
from nlu.normalising import capped

FEW_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NOISE = re.compile(r"https?://\S+|\S+@\S+|[@#/]\w+")
_MOST_WORDS = 120
_FOLD = str.maketrans({"’": "'"})
_FOREIGN_LETTERS = frozenset("çğışşłąęćżźśńñãõëïœøåæčřžěůőűțșăâîêôûàèìòùáéíóúýďťňľšđ¿¡ığ")
_UMLAUTS = frozenset("äöüß")
_FUNCTION = 2.5
_MOST_SEEN = 1.5
_MOST_SOUND = 1.2
_GERMAN_OUTWEIGHS = 1.5
_PLAIN = 4.0
"""From this balance on a message is plainly in one language, whatever was spoken before."""

_SOUND_COUNTS = 1.5
_HEARD = 20_000
"""Words whose witness is remembered: most messages hold no others."""

_DOUBT = 0.15
"""Any unknown word is a little more likely one of ours: a name, a compound, a slip."""


def _foreign_index() -> dict[str, tuple[str, ...]]:
    index: defaultdict[str, list[str]] = defaultdict(list)
    for language, words in FOREIGN.items():
        for word in words:
            index[word].append(language)
    return {word: tuple(languages) for word, languages in index.items()}


_SPEAKS = _foreign_index()


class _Witness(NamedTuple):
    """What one word tells. `lean`: above zero for German; `known`: 2 for a function word of ours down to 0; `strange`:
    how much it sounds like another language; `speaks`: the others that have it among their frequent words."""

    lean: float
    known: float
    strange: float
    speaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageDetector:
    """What is known of the two languages' words and letters. Build it with `learn`."""

    words: Mapping[str, tuple[int, int]]
    letters: LetterModel
    _heard: dict[str, _Witness] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def learn(cls, texts: Iterable[tuple[Locale, str]]) -> LanguageDetector:
        """A detector from texts of known language. None at all: function words alone decide."""
        seen: dict[Locale, Counter[str]] = {Locale.GERMAN: Counter(), Locale.ENGLISH: Counter()}
        for language, text in texts:
            seen[language].update(_words(text))
        german, english = seen[Locale.GERMAN], seen[Locale.ENGLISH]
        known = {word: (german[word], english[word]) for word in german.keys() | english.keys()}
        mine = {w: n for w, n in german.items() if n > english[w]} | dict.fromkeys(GERMAN, 1)
        yours = {w: n for w, n in english.items() if n > german[w]} | dict.fromkeys(ENGLISH, 1)
        families = [dict.fromkeys((w for one in family for w in FOREIGN[one]), 1) for family in FAMILIES.values()]
        return cls(known, LetterModel([mine, yours, *families]))

    def detect(self, text: str, spoken: Locale | None = None) -> MessageLanguage:
        """The language of `text`; `spoken` is the language of the conversation so far."""
        text = capped(text)
        if "@" in text or "/" in text or "#" in text:
            text = _NOISE.sub(" ", text)
        if _foreign_script(text):
            return "other"
        words = _words(text)
        if not words:
            return spoken.value if spoken else "other"
        balance = self.balance(words)
        few = len(words) < FEW_WORDS
        if self.foreignness(words) > 0:
            return spoken.value if few and spoken else "other"
        if spoken is not None and few and abs(balance) < _PLAIN:
            return spoken.value
        return "de" if balance >= 0 else "en"

    def balance(self, words: list[str]) -> float:
        """Above zero for German, below for English."""
        german, english = 0.5, 0.0
        for word in words:
            lean = self._witness(word).lean
            if lean > 0:
                german += lean
            else:
                english -= lean
        return german * _GERMAN_OUTWEIGHS - english

    def _witness(self, word: str) -> _Witness:
        heard = self._heard.get(word)
        if heard is None:
            known = self._known(word)
            heard = _Witness(self._lean(word), known, self._strange(word, known), _SPEAKS.get(word, ()))
            if len(self._heard) >= _HEARD:
                self._heard.clear()
            self._heard[word] = heard
        return heard

    def _lean(self, word: str) -> float:
        in_german, in_english = word in GERMAN, word in ENGLISH
        lean = _FUNCTION * (in_german - in_english)
        seen = self.words.get(word)
        if seen:
            lean += _within(math.log((seen[0] + 0.3) / (seen[1] + 0.3)), _MOST_SEEN)
        if in_german and in_english:
            return lean
        german, english, *_ = self.letters.sounds(word)
        lean += _within(german - english, _MOST_SOUND)
        return lean if _UMLAUTS.isdisjoint(word) else lean + 1.0

    def foreignness(self, words: list[str]) -> float:
        """Above zero when another language knows these words better than ours do."""
        ours = strange = 0.0
        theirs: defaultdict[str, float] = defaultdict(float)
        for word in words:
            _, known, sounds, speaks = self._witness(word)
            ours += known
            strange += sounds
            for language in speaks:
                theirs[language] += known or 2.0  # what both know decides nothing
        return max(theirs.values(), default=0.0) + strange - ours - 0.25

    def _strange(self, word: str, known: float) -> float:
        if known < 1 and not _FOREIGN_LETTERS.isdisjoint(word):
            return 2.0
        return self._strangeness(word) if known == 0 and len(word) > 2 else 0.0

    def _strangeness(self, word: str) -> float:
        """How much more an unknown word sounds like another language than like ours."""
        german, english, *others = self.letters.sounds(word)
        return _within(_SOUND_COUNTS * (max(others) - max(german, english)), 1.5) - _DOUBT

    def _known(self, word: str) -> float:
        """How well ours know a word: 2 for a function word down to 0."""
        if word in GERMAN or word in ENGLISH:
            return 2.0
        return min(1.5, 0.5 + 0.25 * sum(self.words.get(word, (-1, -1)))) if word in self.words else 0.0


def _within(value: float, most: float) -> float:
    return max(-most, min(most, value))


def _words(text: str) -> list[str]:
    found = [word.lower() for word in _WORD.findall(text)[:_MOST_WORDS]]
    return [word.translate(_FOLD) for word in found] if "’" in text else found


def _foreign_script(text: str) -> bool:
    if text.isascii():
        return False
    letters = [c for c in text[:400] if c.isalpha()]
    foreign = sum(1 for c in letters if ord(c) > 0x24F and not unicodedata.name(c, "").startswith("LATIN"))
    return foreign > len(letters) * 0.4
