"""What a model of the embedded engine is made from: the training files, and texts that people corrected.

Corrected texts arrive masked ("[Telefon]"). No message that is read holds such marks, since models read what was
written: learned as they are, they would be words that tell intents apart in training and never again. What they stand
for is different each time and means nothing for the intent. So marks are left out, and what a newer look finds
personal goes with them; a text of which no word is left teaches nothing.

The version is the fingerprint of all this: the same files, code and texts make the same version and the same model
on every machine.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from desk.learning import LearnedText
from desk.people import Locale
from nlu.model_store import fingerprint
from nlu.normalising import capped, folded
from nlu.privacy import KINDS, find_personal_data, label, mask
from nlu.training_files import Utterance, training_paths

_MARK = re.compile(
    "|".join(re.escape(mark) for mark in sorted({label(k, lang) for k in KINDS for lang in ("de", "en")}))
)
_UNMARKED = str.maketrans("[]", "()")
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Material:
    """Training files and corrected texts. `base`: the fingerprint of files and code alone."""

    paths: tuple[Path, ...]
    learned: tuple[Utterance, ...]
    base: str

    @property
    def version(self) -> str:
        """The fingerprint of all of it: `base` when nothing was learned."""
        if not self.learned:
            return self.base
        digest = hashlib.sha256(self.base.encode())
        digest.update(self.as_lines().encode())
        return digest.hexdigest()[:16]

    def as_lines(self) -> str:
        """The corrected texts as JSON lines; `utterances_in` reads them."""
        return "".join(
            json.dumps({"text": one.text, "intent": one.intent, "language": one.language}, ensure_ascii=False) + "\n"
            for one in self.learned
        )


def material_of(sources: Sequence[Path], corrections: Iterable[LearnedText] = ()) -> Material:
    """The files of `sources` and what can be learned from `corrections`. Raises SettingsInvalid."""
    paths = training_paths(sources)
    return Material(tuple(paths), learnable(corrections), fingerprint(paths))


def utterances_in(lines: Iterable[str]) -> list[Utterance]:
    """What `Material.as_lines` wrote."""
    told = [json.loads(line) for line in lines if line.strip()]
    return [Utterance(one["text"], one["intent"], language=_locale(one["language"])) for one in told]


def with_learned(utterances: Sequence[Utterance], learned: Sequence[Utterance]) -> list[Utterance]:
    """Both together; what the files say already, word for word and of the same intent, is not said twice."""
    known = {(folded(one.text), one.intent) for one in utterances}
    return [*utterances, *(one for one in learned if (folded(one.text), one.intent) not in known)]


def as_training_file(learned: Sequence[Utterance]) -> str:
    """What was learned as Rasa NLU YAML, by intent, for files of one's own."""
    by_intent: dict[str, list[dict[str, str]]] = defaultdict(list)
    for one in learned:
        # In such files square brackets mark entities, and a leading dash begins an example.
        by_intent[one.intent].append({"text": one.text.translate(_UNMARKED).lstrip("- ")})
    items = [{"intent": intent, "examples": by_intent[intent]} for intent in sorted(by_intent)]
    return yaml.safe_dump({"version": "3.1", "nlu": items}, allow_unicode=True, sort_keys=False, width=1000)


def learnable(corrections: Iterable[LearnedText]) -> tuple[Utterance, ...]:
    """What models learn from corrections, by id: without marks, each text once, by the newest correction of it."""
    by_text: dict[str, Utterance] = {}
    for one in sorted(corrections, key=lambda one: one.id):
        text = plain(one.text)
        if _WORD.search(text):
            key = folded(text)
            by_text.pop(key, None)
            by_text[key] = Utterance(text, one.intent, language=_locale(one.language))
    return tuple(by_text.values())


def plain(text: str) -> str:
    """`text` without marks of masked data and without what should have been masked; blanks made one."""
    text = capped(text)
    masked = mask(text, find_personal_data(text), "en")
    return " ".join(without_marks(masked).split())


def without_marks(text: str) -> str:
    """`text` with blanks in place of marks such as "[Telefon]"."""
    return _MARK.sub(" ", text)


def _locale(language: str | None) -> Locale | None:
    return Locale(language) if language in set(Locale) else None
