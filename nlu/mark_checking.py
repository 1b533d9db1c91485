"""Entity marks that teach something false: broken ones, and words marked now as this, now as that.

Rasa and our own finder learn from marks such as `[Router](product)`. A mark that is not closed is read as plain text,
brackets and all; one that ends inside a word is not aligned with any token and dropped in training; words marked with
two kinds, or marked here and bare there, teach both. Numbers are left out of the latter: 4711 may be anything.

Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from nlu.findings import Finding, FindingKind, error, warning
from nlu.training_files import Utterance

_LEFT_OVER = re.compile(r"\]\s*[({]|\{\s*\"entity\"|\[[^\]]*$|^[^\[]*\]\(")
_MARKED_OFTEN = 3
"""Words marked less often say little of what the author meant; bare ones beside them are not worth a finding."""

_SHOWN = 3


def mark_findings(utterances: Sequence[Utterance]) -> Iterator[Finding]:
    """All findings on the marks of these examples."""
    for utterance in utterances:
        yield from _broken(utterance)
    marked = _marked_words(utterances)
    yield from _of_two_kinds(marked)
    yield from _bare(marked, utterances)


def _broken(utterance: Utterance) -> Iterator[Finding]:
    text = utterance.text
    if _LEFT_OVER.search(text):
        mend = 'write [words](kind) or [words]{"entity": "kind"}, or take the brackets away'
        yield error(FindingKind.BROKEN_MARK, "an entity mark is left open or misspelt", mend, [utterance])
    for entity in utterance.entities:
        if entity.value != entity.value.strip():
            mend = "put the blank outside the brackets"
            yield error(
                FindingKind.BROKEN_MARK, f"the mark of {entity.kind} begins or ends with a blank", mend, [utterance]
            )
        before, after = text[entity.start - 1 : entity.start], text[entity.end : entity.end + 1]
        if _cuts(before, entity.value[0]) or _cuts(entity.value[-1], after):
            mend = "mark the whole word: training drops marks that end inside one"
            yield warning(FindingKind.BROKEN_MARK, f"the mark of {entity.kind} ends inside a word", mend, [utterance])


def _cuts(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum()


def _marked_words(utterances: Sequence[Utterance]) -> dict[str, dict[str, list[Utterance]]]:
    """Lower-case words with letters, to kinds, to the examples they are marked in."""
    found: dict[str, dict[str, list[Utterance]]] = defaultdict(lambda: defaultdict(list))
    for utterance in utterances:
        for entity in utterance.entities:
            words = " ".join(entity.value.casefold().split())
            if not any(c.isdigit() for c in words) and any(c.isalpha() for c in words):
                found[words][entity.kind].append(utterance)
    return found


def _of_two_kinds(marked: dict[str, dict[str, list[Utterance]]]) -> Iterator[Finding]:
    for words, kinds in sorted(marked.items()):
        if len(kinds) > 1:
            said = f"“{words}” is marked as {' and as '.join(sorted(kinds))}"
            first = [examples[0] for _kind, examples in sorted(kinds.items())]
            yield error(FindingKind.INCONSISTENT_MARK, said, "mark the same words as one kind everywhere", first)


def _bare(marked: dict[str, dict[str, list[Utterance]]], utterances: Sequence[Utterance]) -> Iterator[Finding]:
    """Words that are marked in some examples and stand bare in others."""
    often = {words: kinds for words, kinds in marked.items() if sum(map(len, kinds.values())) >= _MARKED_OFTEN}
    if not often:
        return
    longest_first = sorted(often, key=len, reverse=True)
    any_of_them = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(words) for words in longest_first) + r")(?!\w)")
    bare: dict[str, list[Utterance]] = defaultdict(list)
    for utterance in utterances:
        spans = [(entity.start, entity.end) for entity in utterance.entities]
        lowered = utterance.text.lower()
        if len(lowered) != len(utterance.text):
            continue
        for match in any_of_them.finditer(lowered):
            if not any(start < match.end() and match.start() < end for start, end in spans):
                bare[match[0]].append(utterance)
    for words, examples in sorted(bare.items()):
        kinds = often[words]
        said = (
            f"“{words}” is marked as {', '.join(sorted(kinds))} {sum(map(len, kinds.values()))} times and stands bare"
        )
        said += f" in {len(examples)} examples"
        mend = "mark it there as well, or nowhere"
        yield warning(FindingKind.INCONSISTENT_MARK, said, mend, examples[:_SHOWN])
