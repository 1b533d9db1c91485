"""The check of training files: what in them teaches the engines something false, or an evaluation.

Steps: texts that stand twice; texts with two intents; thin intents and unbalanced languages; intents that the policy
or Rasa's domain does not know, and the reverse; entity marks; personal data; texts of the hold-out. Near-duplicates,
which need sentence vectors, are a file of their own.

Two texts are the same when they read the same without case and punctuation. To the head of words, they also are when
only umlaut spelling, drawn-out letters or the values of digits differ: worth a warning, since other parts still see it.
Pure, but for reading files in `load_all`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

import yaml

from desk.errors import SettingsInvalid
from desk.people import Locale
from nlu.findings import Finding, FindingKind, Severity, error, warning
from nlu.made_up import is_made_up
from nlu.mark_checking import mark_findings
from nlu.normalising import folded
from nlu.privacy import find_personal_data
from nlu.training_files import TrainingSet, Utterance, read_file, training_paths

LEAST = 60
"""Examples of an intent in a language. With fewer, our engine's recall falls off: people's wordings are not covered."""

MOST_RATIO = 2.0
"""Above it, the language itself becomes evidence for the intent."""

_OWN_WORDS = 3
"""From so many words on, two people hardly say the same by chance often enough to matter in a test."""

_MAY_STAND = frozenset(
    """customer_number order_number contract_number invoice_number tracking_number device_number""".split()  # noqa: SIM905
)
"""Numbers that examples need, and that name nobody by themselves."""

_MUST_NOT_STAND = frozenset({"iban", "card", "tax_id", "insurance", "phone", "email"})
"""Kinds that are found by their check digits or their shape, so hardly ever by mistake."""


def load_all(sources: Sequence[Path]) -> tuple[TrainingSet, list[Finding]]:
    """All files that can be read, and an error for each that cannot. Raises SettingsInvalid when there is none."""
    whole, findings = TrainingSet(), []
    for path in training_paths(sources):
        try:
            part = read_file(path)
        except SettingsInvalid as wrong:
            findings.append(_unreadable(path, str(wrong)))
            continue
        whole.utterances += part.utterances
        for mine, theirs in (
            (whole.lookups, part.lookups),
            (whole.regexes, part.regexes),
            (whole.synonyms, part.synonyms),
        ):
            for name, words in theirs.items():
                mine.setdefault(name, []).extend(words)
    return whole, findings


def _unreadable(path: Path, said: str) -> Finding:
    line = said.removeprefix(f"{path}:").split(":")[0]
    where = f"{path}:{line}" if line.isdecimal() else str(path)
    return Finding(
        FindingKind.BROKEN_FILE, Severity.ERROR, said, "mend it there; nothing in this file was checked", (where,)
    )


def check(
    training: TrainingSet,
    *,
    policy: Collection[str] | None = None,
    domain: Collection[str] | None = None,
    holdout: Sequence[Utterance] = (),
) -> list[Finding]:
    """All findings but near-duplicates. `policy` and `domain` are the intents these know; None leaves them out."""
    utterances = training.utterances
    found = [*_twice(utterances), *_amounts(utterances), *mark_findings(utterances), *_personal(utterances)]
    if policy is not None:
        found += _unknown_to("the routing policy", FindingKind.NOT_IN_POLICY, training, policy)
    if domain is not None:
        found += _unknown_to("Rasa's domain", FindingKind.NOT_IN_DOMAIN, training, domain)
    found += _leaks(utterances, holdout)
    return found


def same_text(text: str) -> str:
    """What two texts have in common when they read the same."""
    return _bare(" ".join(text.casefold().split()))


def alike_text(text: str) -> str:
    """What two texts have in common when they are the same to the head of words."""
    return _bare(folded(text))


def _bare(text: str) -> str:
    bare = "".join(" " if unicodedata.category(c).startswith("P") else c for c in text)
    return " ".join(bare.split()) or text


def domain_intents(path: Path) -> frozenset[str]:
    """The intents a Rasa domain lists. Raises SettingsInvalid when it cannot be read."""
    try:
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))["intents"]
        return frozenset(name if isinstance(name, str) else next(iter(name)) for name in listed)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, StopIteration):
        raise SettingsInvalid(
            f"{path}: no list `intents:` can be read from it; run `python -m nlu.rasa_domain`"
        ) from None


def _twice(utterances: Sequence[Utterance]) -> Iterator[Finding]:
    told: set[str] = set()
    for same in _grouped(utterances, same_text):
        for finding in _repeated(same, error, "the same text"):
            told.update(finding.where)
            yield finding
    for alike in _grouped(utterances, alike_text):
        yield from _repeated([u for u in alike if u.where not in told], warning, "all but the same text")


def _grouped(utterances: Sequence[Utterance], key: Callable[[str], str]) -> Iterable[list[Utterance]]:
    groups: dict[str, list[Utterance]] = defaultdict(list)
    for utterance in utterances:
        groups[key(utterance.text)].append(utterance)
    return groups.values()


def _repeated(same: Sequence[Utterance], found: Callable[..., Finding], what: str) -> Iterator[Finding]:
    intents = sorted({u.intent for u in same})
    if len(intents) > 1:
        mend = "decide what the message asks for and keep one, or add the words that tell them apart"
        yield found(FindingKind.CONTRADICTION, f"{what} as {' and as '.join(intents)}", mend, same)
        return
    for language, times in Counter(u.language for u in same).items():
        if times > 1:
            mend = "keep one: a text that stands twice counts twice, and may be learned and asked about at once"
            places = [u for u in same if u.language == language]
            yield found(FindingKind.DUPLICATE, f"{what} {times} times in {intents[0]}", mend, places)


def _amounts(utterances: Sequence[Utterance]) -> Iterator[Finding]:
    spoken: set[Locale | None] = {u.language for u in utterances if u.language} or {None}
    counts = Counter((u.intent, u.language) for u in utterances)
    for intent in sorted({u.intent for u in utterances}):
        amounts = {language: counts[intent, language] for language in sorted(spoken, key=str)}
        for language, amount in amounts.items():
            if amount < LEAST:
                named = f" in {language.value}" if language else ""
                mend = f"write {LEAST - amount} more, each as another person would put it"
                yield warning(FindingKind.THIN_INTENT, f"{intent} has {amount} examples{named}", mend)
        fewest, most = min(amounts, key=lambda one: amounts[one]), max(amounts, key=lambda one: amounts[one])
        if fewest and most and amounts[fewest] * MOST_RATIO < amounts[most]:
            said = f"{intent} has {amounts[most]} examples in {most.value} and {amounts[fewest]} in {fewest.value}"
            mend = f"write more in {fewest.value}, else the language itself speaks for the intent"
            yield warning(FindingKind.UNBALANCED_LANGUAGES, said, mend)


def _unknown_to(whom: str, kind: FindingKind, training: TrainingSet, known: Collection[str]) -> Iterator[Finding]:
    for intent in training.intents:
        if intent not in known:
            first = next(u for u in training.utterances if u.intent == intent)
            mend = "add it there" if kind is FindingKind.NOT_IN_POLICY else "run `python -m nlu.rasa_domain`"
            yield error(kind, f"{intent} is not in {whom}", f"{mend}, or rename the intent", [first])
    for intent in sorted(set(known) - set(training.intents)):
        mend = "write examples, or take it out there: no message will be read as this"
        yield warning(FindingKind.WITHOUT_EXAMPLES, f"{intent} is in {whom} and has no examples", mend)


def _personal(utterances: Sequence[Utterance]) -> Iterator[Finding]:
    for utterance in utterances:
        spans = [s for s in find_personal_data(utterance.text) if not is_made_up(utterance.text, s)]
        kinds = sorted({span.kind for span in spans} - _MAY_STAND)
        if not kinds:
            continue
        said, mend = (
            f"holds personal data: {', '.join(kinds)}",
            "put something made up there (example.org, 07700 900123), or leave it out",
        )
        grave = _MUST_NOT_STAND.intersection(kinds)
        yield (error if grave else warning)(FindingKind.PERSONAL_DATA, said, mend, [utterance])


def _leaks(utterances: Sequence[Utterance], holdout: Sequence[Utterance]) -> Iterator[Finding]:
    learned = {alike_text(u.text): u for u in utterances}
    for asked in holdout:
        known = learned.get(alike_text(asked.text))
        if not known:
            continue
        said = f"a text of the hold-out ({asked.intent}) is learned (as {known.intent})"
        if len(asked.text.split()) < _OWN_WORDS and known.intent == asked.intent:
            mend = "leave it: so short a message is put the same way by anybody, and is asked in life as well"
            yield warning(FindingKind.HOLDOUT_LEAK, said, mend, [known, asked])
        else:
            mend = "take it out of the training files: a text that was learned tells nothing when it is asked"
            yield error(FindingKind.HOLDOUT_LEAK, said, mend, [known, asked])
