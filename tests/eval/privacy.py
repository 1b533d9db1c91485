"""How much of personal data is masked: `python -m tests.eval.privacy [--misses] [FILE.txt ...]` prints tables.

Without files: the texts we work with (tests/eval/privacy_texts), messages made from templates, and the texts held out
(nlu/training/holdout). A span counts as masked when every character of it is. Harmless are all characters outside
the marked spans. `--misses` lists what was missed or masked for nothing; never use it on the held-out texts and then
mend the patterns: a set that was looked at is no longer held out.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from nlu.privacy import find_personal_data
from tests.eval.made_messages import made_messages
from tests.eval.marked_texts import MarkedText, load_marked

HERE = Path(__file__).parent
HOLDOUT = HERE.parents[1] / "nlu" / "training" / "holdout"


class Tally:
    """Counts over a set of messages."""

    def __init__(self, texts: Iterable[MarkedText]) -> None:
        self.spans: Counter[str] = Counter()
        self.masked: Counter[str] = Counter()
        self.kind_right = 0
        self.harmless = self.harmless_masked = 0
        self.texts = 0
        self.misses: list[str] = []
        self.needless: list[str] = []
        began = time.process_time()
        for text in texts:
            self._count(text)
        self.milliseconds = (time.process_time() - began) / max(1, self.texts) * 1e3

    def _count(self, message: MarkedText) -> None:
        text = message.text
        found = find_personal_data(text)
        self.texts += 1
        covered = {at for span in found for at in range(span.start, span.end)}
        marked: set[int] = set()
        for span in message.spans:
            at = set(range(span.start, span.end))
            marked |= at
            self.spans[span.kind] += 1
            whole = at <= covered
            self.masked[span.kind] += whole
            self.kind_right += any(f.kind == span.kind and f.start < span.end and f.end > span.start for f in found)
            if not whole:
                seen = "".join(c if i in at - covered else "·" for i, c in enumerate(text))
                self.misses.append(f"{span.kind:16} {text[span.start : span.end]!r} in {text!r}: {seen.strip('·')!r}")
        self.harmless += len(text) - len(marked)
        self.harmless_masked += len(covered - marked)
        for f in found:
            extra = set(range(f.start, f.end)) - marked
            if len(extra) > 2:
                self.needless.append(f"{f.kind:16} {text[f.start : f.end]!r} in {text!r}")

    @property
    def recall(self) -> float:
        """Spans fully masked, in percent."""
        return 100 * sum(self.masked.values()) / max(1, sum(self.spans.values()))

    def row(self, name: str) -> str:
        """One line of the first table."""
        spans = sum(self.spans.values())
        return (
            f"| {name} | {self.texts} | {spans} | {self.recall:.1f} | {100 * self.kind_right / max(1, spans):.1f} "
            f"| {100 * self.harmless_masked / max(1, self.harmless):.2f} | {self.milliseconds:.2f} |"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """The tables, on standard output."""
    parser = argparse.ArgumentParser(description="How much of personal data is masked")
    parser.add_argument("--misses", action="store_true", help="list what was missed or masked for nothing")
    parser.add_argument("files", nargs="*", type=Path)
    asked = parser.parse_args(arguments)
    sets = {path.stem: load_marked(path) for path in asked.files} or _own_sets()
    print("| texts | messages | spans | fully masked % | kind right % | harmless masked % | ms |\n|" + "---|" * 7)
    tallies = {name: Tally(texts) for name, texts in sets.items()}
    for name, tally in tallies.items():
        print(tally.row(name))
    _by_kind(tallies)
    if asked.misses:
        for name, tally in tallies.items():
            print("", *(f"{name} missed   {line}" for line in tally.misses), sep="\n")
            print("", *(f"{name} needless {line}" for line in tally.needless), sep="\n")


def _own_sets() -> dict[str, list[MarkedText]]:
    sets = {f"ours {path.stem}": load_marked(path) for path in sorted((HERE / "privacy_texts").glob("*.txt"))}
    sets |= {f"made {language}": made_messages(language, 2000) for language in ("de", "en")}
    held = sorted(HOLDOUT.glob("privacy.*.txt"))
    return sets | {f"held out {path.stem.removeprefix('privacy.')}": load_marked(path) for path in held}


def _by_kind(tallies: dict[str, Tally]) -> None:
    kinds = sorted({kind for tally in tallies.values() for kind in tally.spans})
    print("\n| fully masked % | " + " | ".join(tallies) + " |\n|" + "---|" * (len(tallies) + 1))
    for kind in kinds:
        cells = (
            f"{100 * t.masked[kind] / t.spans[kind]:.1f} of {t.spans[kind]}" if t.spans[kind] else ""
            for t in tallies.values()
        )
        print(f"| {kind} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
