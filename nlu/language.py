"""The language of a message: German, English, or another.

Three witnesses are added up per word: function words (strong), whole words of our own training files (middling),
and character trigrams of those files (weak, but they speak on every word). Another language wins when its
function words outweigh both, when the script is not Latin, or when long words are strange to both models.

Under FEW_WORDS words the conversation's history wins, unless the message is plainly the other language.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from desk.people import Locale
from desk.reading import MessageLanguage
from nlu.function_words import ENGLISH, GERMAN, OTHERS
from nlu.normalising import capped

FEW_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NOISE = re.compile(r"https?://\S+|\S+@\S+|[@#/]\w+")
_MOST_WORDS = 120
_FOLD = str.maketrans({"’": "'"})


@dataclass(frozen=True, slots=True)
class LanguageDetector:
    """Trigram and word models of the two languages. Build it with `learn`."""

    words: dict[str, tuple[float, float]]
    trigrams: dict[str, float]

    @classmethod
    def learn(cls, texts: Iterable[tuple[Locale, str]]) -> LanguageDetector:
        """A detector from texts of known language. None at all: function words alone decide."""
        words: dict[Locale, Counter[str]] = {Locale.GERMAN: Counter(), Locale.ENGLISH: Counter()}
        grams: dict[Locale, Counter[str]] = {Locale.GERMAN: Counter(), Locale.ENGLISH: Counter()}
        for language, text in texts:
            for word in _words(text):
                words[language][word] += 1
                grams[language].update(_trigrams(word))
        german, english = words[Locale.GERMAN], words[Locale.ENGLISH]
        return cls(
            {w: (float(german[w]), float(english[w])) for w in german.keys() | english.keys()},
            _log_ratios(grams[Locale.GERMAN], grams[Locale.ENGLISH]),
        )

    def detect(self, text: str, spoken: Locale | None = None) -> MessageLanguage:
        """The language of `text`; `spoken` is the language of the conversation so far."""
        text = _NOISE.sub(" ", capped(text))
        if _foreign_script(text):
            return "other"
        words = _words(text)
        if not words:
            return spoken.value if spoken else "other"
        balance, familiar = self._balance(words)
        if self._is_other(words, familiar):
            return "other" if len(words) >= FEW_WORDS or spoken is None else spoken.value
        if spoken is not None and len(words) < FEW_WORDS and abs(balance) < 4:
            return spoken.value
        return "de" if balance > 0 else "en"

    def _balance(self, words: list[str]) -> tuple[float, int]:
        """Above zero for German, below for English; and how many words either language knows."""
        balance, familiar = 0.0, 0
        for word in words:
            german, english = word in GERMAN, word in ENGLISH
            balance += 2.5 * (german - english)
            seen = self.words.get(word)
            if seen:
                balance += max(-1.5, min(1.5, math.log((seen[0] + 0.3) / (seen[1] + 0.3))))
            familiar += german or english or seen is not None
            balance += max(-1.5, min(1.5, sum(self.trigrams.get(g, 0.0) for g in _trigrams(word))))
            if any(c in "äöüß" for c in word):
                balance += 1.0
        return balance, familiar

    def _is_other(self, words: list[str], familiar: int) -> bool:
        ours = max(sum(w in GERMAN for w in words), sum(w in ENGLISH for w in words))
        theirs = max(sum(w in other for w in words) for other in OTHERS.values())
        if theirs > ours and theirs >= 1 and familiar <= len(words) * 0.6:
            return True
        if theirs > ours + 1:
            return True
        strange = [w for w in words if any(ord(c) > 0x17F or c in "çğışşłąęćżźśñãõëïœøåæčřžěůőűțș¿¡" for c in w)]
        if len(strange) * 3 >= len(words):
            return True
        known = familiar + sum(self._sounds_ours(w) for w in words if w not in self.words)
        return len(words) >= FEW_WORDS and known < len(words) * 0.3 and ours == 0

    def _sounds_ours(self, word: str) -> bool:
        grams = _trigrams(word)
        return sum(g in self.trigrams for g in grams) >= 0.8 * len(grams)


def _words(text: str) -> list[str]:
    return [w.lower().translate(_FOLD) for w in _WORD.findall(text)][:_MOST_WORDS]


def _trigrams(word: str) -> list[str]:
    padded = f" {word[:30]} "
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


def _log_ratios(german: Counter[str], english: Counter[str]) -> dict[str, float]:
    total_german, total_english = german.total() + 1, english.total() + 1
    return {
        gram: math.log((german[gram] + 0.5) / total_german) - math.log((english[gram] + 0.5) / total_english)
        for gram in german.keys() | english.keys()
        if german[gram] + english[gram] > 1
    }


def _foreign_script(text: str) -> bool:
    letters = [c for c in text[:400] if c.isalpha()]
    foreign = sum(1 for c in letters if ord(c) > 0x24F and not unicodedata.name(c, "").startswith("LATIN"))
    return foreign > len(letters) * 0.4
