"""Findings: what a check of training files has to say, each with its place and its mend.

An error makes the engines learn something false or an evaluation say something false; it must be mended. A warning is
for a person to judge: the files work as they are. Texts in a finding are masked, so that a finding may be logged. Of a
text of the hold-out only the place is told: who has read the hold-out writes examples for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desk.people import Locale
from desk.reading import MessageLanguage
from nlu.privacy import find_personal_data, mask
from nlu.training_files import Utterance


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"


class FindingKind(StrEnum):
    """What was found."""

    BROKEN_FILE = "broken_file"
    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"
    NEAR_DUPLICATE = "near_duplicate"
    THIN_INTENT = "thin_intent"
    UNBALANCED_LANGUAGES = "unbalanced_languages"
    NOT_IN_POLICY = "not_in_policy"
    NOT_IN_DOMAIN = "not_in_domain"
    WITHOUT_EXAMPLES = "without_examples"
    BROKEN_MARK = "broken_mark"
    INCONSISTENT_MARK = "inconsistent_mark"
    PERSONAL_DATA = "personal_data"
    HOLDOUT_LEAK = "holdout_leak"


@dataclass(frozen=True, slots=True)
class Finding:
    """One of them. `where` are places such as `de/billing.yml:17`; `texts` stand there, masked, in the same order.

    A leak of the hold-out has no texts.
    """

    kind: FindingKind
    severity: Severity
    said: str
    mend: str
    where: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def error(kind: FindingKind, said: str, mend: str, at: Sequence[Utterance] = ()) -> Finding:
    """A finding that must be mended."""
    return Finding(kind, Severity.ERROR, said, mend, *_places(kind, at))


def warning(kind: FindingKind, said: str, mend: str, at: Sequence[Utterance] = ()) -> Finding:
    """A finding for a person to judge."""
    return Finding(kind, Severity.WARNING, said, mend, *_places(kind, at))


def masked(utterance: Utterance) -> str:
    """The text without personal data."""
    language: MessageLanguage = "de" if utterance.language is Locale.GERMAN else "en"
    return mask(utterance.text, find_personal_data(utterance.text), language)


def _places(kind: FindingKind, at: Sequence[Utterance]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    texts = () if kind is FindingKind.HOLDOUT_LEAK else tuple(masked(u) for u in at)
    return tuple(u.where for u in at), texts
