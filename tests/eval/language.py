"""How well languages are told apart: `python -m tests.eval.language [FOLDER ...]` prints recall by language and length.

The detector learns from nlu/training/data, as the desk's does. Asked are our own hard cases (tests/eval/data), every
other language there, and, with folders, the files massive_de.*.yml (German) and banking77.*.yml and clinc150.*.yml
(English) in them. No history is given, so figures are those of first messages. `--worst` lists what was read wrong.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from nlu.language import LanguageDetector
from nlu.training_files import load_training

OURS = Path(__file__).parents[2] / "nlu" / "training" / "data"
DATA = Path(__file__).parent / "data"
FEW = 3
_SETS = {"massive_de": "de", "banking77": "en", "clinc150": "en"}
Texts = Sequence[str]


def main() -> None:
    """The table."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.language", description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--worst", action="store_true", help="list what was read wrong")
    given = parser.parse_args()
    spoken = ((u.language, u.text) for u in load_training([OURS]).utterances if u.language is not None)
    detector = LanguageDetector.learn(spoken)
    print(f"| set | right | of them with {FEW} words or fewer |\n|---|---|---|")
    everything: list[str] = []
    foreign: dict[str, list[str]] = {"all other languages": [], "all other languages, written later": []}
    for name, language, texts in sets(given.folders):
        print(row(detector, name, language, texts, worst=given.worst), flush=True)
        everything += texts
        if language == "other":
            foreign["all other languages" + name[len(name.split(",")[0]) :]] += texts
    for name, texts in foreign.items():
        print(row(detector, name, "other", texts))
    began = time.process_time()
    for text in everything:
        detector.detect(text)
    print(f"\n{(time.process_time() - began) / len(everything) * 1e6:.0f} µs of CPU a message")


def sets(folders: Sequence[Path]) -> Iterator[tuple[str, str, Texts]]:
    """Name, language and texts of each set."""
    for folder in folders:
        for name, language in _SETS.items():
            for path in sorted(folder.glob(f"{name}.*.yml")):
                texts = [u.text for u in load_training([path]).utterances]
                yield path.name.removesuffix(".yml"), language, texts
    for language, texts in yaml.safe_load((DATA / "our_languages.yml").read_text(encoding="utf-8")).items():
        yield f"hard cases, {language}", language, [str(text) for text in texts]
    for file, mark in (("other_languages.yml", ""), ("other_languages_later.yml", ", written later")):
        for name, texts in yaml.safe_load((DATA / file).read_text(encoding="utf-8")).items():
            yield name + mark, "other", [str(text) for text in texts]


def row(detector: LanguageDetector, name: str, language: str, texts: Texts, *, worst: bool = False) -> str:
    """A line of the table."""
    read = [(text, detector.detect(text)) for text in texts]
    few = [(text, found) for text, found in read if len(text.split()) <= FEW]
    lines = [f"| {name} | {share(read, language)} | {share(few, language)} |"]
    if worst:
        lines += [f"  {found}: {text}" for text, found in read if found != language]
    return "\n".join(lines)


def share(read: Sequence[tuple[str, str]], language: str) -> str:
    """How many were read as `language`."""
    right = sum(found == language for _, found in read)
    return f"{right / len(read):.1%} of {len(read):,}" if read else "-"


if __name__ == "__main__":
    main()
