"""An explanation of one reading for a terminal: what mattered, the most first, in a few short tables."""

from __future__ import annotations

from collections.abc import Sequence

from app.nlu_files import shown_place
from desk.reading import IntentGuess, Reading
from nlu.explaining import Explanation
from nlu.explaining_rules import RuleWords
from routing.decide import Decision

_SHOWN_TEXT = 90


def explained(reading: Reading, why: Explanation, rules: Sequence[RuleWords], decision: Decision) -> str:
    """All of it, some forty lines."""
    lines = [f"“{reading.masked}”", "", _headline(reading, why), *_heads(why)]
    lines += [f"  doubt           {doubt}" for doubt in why.doubts]
    if why.mended:
        lines += ["  read as         " + ", ".join(f"{was} → {now}" for was, now in why.mended)]
    lines += _without(why) + _features(why) + _nearest(why) + _rules(reading, rules)
    lines += ["", f"Decision: {decision.lane.value} ({decision.unit}, {decision.priority.value})"]
    lines += [f"  {reason}" for reason in decision.reasons]
    return "\n".join(lines)


def _headline(reading: Reading, why: Explanation) -> str:
    guesses = f"{_guess(why.best)}, then {_guess(why.runner_up)}"
    if reading.out_of_scope:
        return f"It abstains; its best guess would be {guesses}"
    if reading.intent != why.best.intent:
        return f"{reading.intent}, by a plain sign; the model says {guesses}"
    return f"{guesses}: {'certain' if reading.certain else 'not certain enough to act on'}"


def _guess(guess: IntentGuess) -> str:
    return f"{guess.intent} {guess.confidence:.0%}"


def _heads(why: Explanation) -> list[str]:
    votes = [f"  by its {name:8} {', '.join(map(_guess, guesses))}" for name, guesses in why.heads.items()]
    return [
        *votes,
        f"  together        sense counts {why.sense_share:.0%}; both name the same with {why.agreement:.0%}",
    ]


def _without(why: Explanation) -> list[str]:
    if not why.without:
        return []
    head = f"Without the word {'pushed by':>23} {'then likely':>12}"
    return ["", head, *(f"  {one.words[:26]:28} {one.push:+9.2f} {one.confidence:12.0%}" for one in why.without)]


def _features(why: Explanation) -> list[str]:
    if not why.features:
        return []
    best, other = why.best.intent, why.runner_up.intent
    head = f"What the word head adds up {best[:18]:>22} {other[:18]:>18}"
    return ["", head] + [
        f"  {one.kind:8} {one.shown[:26]:28} {one.best:+10.3f} {one.runner_up:+18.3f}" for one in why.features
    ]


def _nearest(why: Explanation) -> list[str]:
    if not why.nearest:
        return []
    lines = ["", "Nearest examples by sense"]
    for near in why.nearest:
        text = near.text if len(near.text) <= _SHOWN_TEXT else near.text[: _SHOWN_TEXT - 1] + "…"
        lines += [f"  {near.sense:.2f}  {near.intent:20} “{text}”  {shown_place(near.where)}"]
    return lines


def _rules(reading: Reading, rules: Sequence[RuleWords]) -> list[str]:
    lines = ["", f"The rules ({reading.sentiment.value}, {reading.urgency.value})"]
    for rule in rules:
        said = "by the intent" if rule.by_intent else ", ".join(f"“{words}”" for words in rule.words) or "by all of it"
        lines += [f"  {rule.what.replace('_', ' '):14} {rule.value:12} {said}"]
    return lines
