"""How well the rules of suspicion tell players from honest people: `python -m tests.eval.abuse [--json]`.

Recall: of the players planted, how many the rule they are guilty of names, by degree of clumsiness. False accusations:
honest volunteers named by any rule, per 1,000, and among which look-alikes. A case is only a question to a coordinator;
a false one costs their time, and an honest volunteer nothing.

The rules are the desk's own (desk/suspect_*.py). The community is made (tests/eval/played_community.py), its habits
assumed and stated there; so the figures tell whether the rules do what they say, not how many people play. Thresholds
were set while looking at seeds 1 to 8.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desk.suspect_attempts import attempts
from desk.suspect_copies import copying
from desk.suspect_pairs import self_answering
from desk.suspect_rings import praise_rings
from desk.suspect_snipers import sniping
from desk.suspicion import Suspicion, SuspicionRule
from tests.eval.planted import PLAYERS, everybody
from tests.eval.played_community import DEGREES, Town, made_town

SEEDS = 8


@dataclass
class Figures:
    """Counts over all seeds. Keys of players: rule and degree; of honest people: their kind."""

    planted: Counter[tuple[SuspicionRule, str]] = field(default_factory=Counter)
    found: Counter[tuple[SuspicionRule, str]] = field(default_factory=Counter)
    honest: Counter[str] = field(default_factory=Counter)
    accused: Counter[str] = field(default_factory=Counter)
    by_rule: Counter[SuspicionRule] = field(default_factory=Counter)
    deeds: int = 0

    def recall(self, rule: SuspicionRule, degree: str) -> float:
        """Share of the players of this rule and degree whom it names."""
        return self.found[rule, degree] / max(1, self.planted[rule, degree])

    @property
    def false_per_1000(self) -> float:
        """Of all honest volunteers, whatever the rule."""
        return 1000 * self.accused.total() / max(1, self.honest.total())

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "recall": {rule.value: {degree: self.recall(rule, degree) for degree in DEGREES} for rule in PLAYERS},
            "false_per_1000": self.false_per_1000,
            "false_by_rule": {rule.value: self.by_rule[rule] for rule in PLAYERS},
            "false_by_kind": {kind: [self.accused[kind], self.honest[kind]] for kind in sorted(self.honest)},
            "honest": self.honest.total(),
            "deeds": self.deeds,
        }


def suspicions(town: Town) -> Iterator[Suspicion]:
    """What the desk's rules say."""
    yield from self_answering(town.deeds)
    yield from praise_rings(town.deeds)
    yield from sniping(town.deeds, town.offered)
    yield from attempts(town.refusals, Counter(deed.responder_id for deed in town.deeds))
    yield from copying(town.deeds)


def judge(town: Town, figures: Figures) -> None:
    """Adds one community."""
    named = {(one, suspicion.rule) for suspicion in suspicions(town) for one in suspicion.responders}
    for member in town.members:
        rules = {rule for one, rule in named if one == member.id}
        if member.plays is not None:
            figures.planted[member.plays, member.degree] += 1
            figures.found[member.plays, member.degree] += member.plays in rules
        else:
            figures.honest[member.kind] += 1
            figures.accused[member.kind] += bool(rules)
            figures.by_rule.update(rules)
    figures.deeds += len(town.deeds)


def evaluated(seeds: Sequence[int]) -> Figures:
    """All communities of these seeds."""
    figures = Figures()
    for seed in seeds:
        judge(made_town(seed, everybody()), figures)
    return figures


def table(figures: Figures) -> str:
    """For people."""
    lines = [f"{'rule':16}" + "".join(f"{degree:>9}" for degree in DEGREES) + f"{'honest named':>15}"]
    for rule in PLAYERS:
        shares = "".join(f"{figures.recall(rule, degree):9.2f}" for degree in DEGREES)
        lines.append(f"{rule.value:16}{shares}{figures.by_rule[rule]:15}")
    lines += ["", f"{'honest':34}{'people':>8}{'named':>8}"]
    lines += [f"{kind:34}{figures.honest[kind]:8}{figures.accused[kind]:8}" for kind in sorted(figures.honest)]
    lines += ["", f"false accusations per 1,000 honest volunteers: {figures.false_per_1000:.2f}"]
    return "\n".join([*lines, f"questions taken: {figures.deeds}"])


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--seeds", type=int, default=SEEDS, help=f"how many communities (default {SEEDS})")
    parser.add_argument("--first", type=int, default=1, help="the first seed (default 1)")
    arguments = parser.parse_args()
    figures = evaluated(range(arguments.first, arguments.first + arguments.seeds))
    sys.stdout.write((json.dumps(figures.as_json()) if arguments.json else table(figures)) + "\n")


if __name__ == "__main__":
    main()
