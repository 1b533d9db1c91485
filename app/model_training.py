"""Makes a candidate from the training files and all accepted corrections, and puts it in service if it may be.

Steps: both models are made (or loaded), the one in service and the candidate; both read the hold-out; what got worse
is found (nlu/comparison.py); the candidate is kept with its figures; if nothing that matters got worse, and nobody
changed the model in service meanwhile, it comes into service. Killed anywhere before that, nothing has changed.

Raises: SettingsInvalid for wrong files or no hold-out, ModelNotMade, OvertakenByAnother, StorageUnavailable.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desk.learning import LearnedText, ReadingModel, ServiceReason
from nlu.candidates import answers, load_hold_out, without_held_out
from nlu.comparison import Check, Comparison, compare, figures
from nlu.embedded import EmbeddedClassifier
from nlu.making import made_model
from nlu.material import Material, material_of
from nlu.model_store import drop_models
from nlu.reading import Rules
from nlu.training_files import load_training
from workflows.care_desk import CareDesk
from workflows.change_model import InService, keep_model, model_in_service, promote, versions_lately

MOST_STORED = 5


class Verdict(StrEnum):
    """What became of the candidate."""

    PROMOTED = "promoted"
    WOULD_PROMOTE = "would promote"
    REFUSED = "refused"
    GIVEN_UP = "given up before"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Outcome:
    """The verdict with its reasons. `corrections`: learned by the candidate; `fresh`: of them not yet in service."""

    verdict: Verdict
    reasons: tuple[str, ...]
    in_service: str
    candidate: str
    corrections: int
    fresh: int
    comparison: Comparison | None = None


@dataclass(frozen=True)
class Place:
    """Where training files, hold-out and models are; `tell` says what is going on."""

    sources: Sequence[Path]
    hold_out: Path
    folder: Path
    tell: Callable[[str], None]


async def train(desk: CareDesk, place: Place, *, promotes: bool = True) -> Outcome:
    """One training. Without `promotes` everything but the promotion happens."""
    present = await model_in_service(desk)
    async with desk.store.begin() as work:
        accepted = await work.corrections.accepted()
    held_out = await asyncio.to_thread(load_hold_out, place.hold_out)
    learned = without_held_out(accepted, held_out)
    before = await asyncio.to_thread(material_of, place.sources, present.texts)
    after = await asyncio.to_thread(material_of, place.sources, learned)
    fresh = len({one.id for one in learned} - {one.id for one in present.texts})
    facts = (before.version, after.version, len(learned), fresh)
    if after.version == before.version:
        return Outcome(Verdict.UNCHANGED, ("nothing was accepted that the model has not learned",), *facts)
    given_up = await _given_up(desk, after)
    if given_up is not None:
        return Outcome(Verdict.GIVEN_UP, (given_up,), *facts)
    comparison = await _compared(desk, place, before, after)
    await keep_model(desk, after.version, after.base, [one.id for one in learned], figures(comparison))
    if comparison.worse:
        return Outcome(Verdict.REFUSED, tuple(map(said_of, comparison.worse)), *facts, comparison)
    reasons = ("nothing that matters got worse",)
    if not promotes:
        return Outcome(Verdict.WOULD_PROMOTE, reasons, *facts, comparison)
    await _into_service(desk, present, before, after)
    await _tidy(desk, place, [before.version, after.version])
    return Outcome(Verdict.PROMOTED, reasons, *facts, comparison)


def version_here(sources: Sequence[Path]) -> Callable[[Sequence[LearnedText]], str]:
    """The version of the model that this machine makes of its files and some texts."""
    return lambda texts: material_of(sources, texts).version


def said_of(check: Check) -> str:
    """What got worse, in words."""
    counts = "" if check.lost is None else f", {check.lost} texts lost and {check.won} won of {check.texts}"
    chance = "" if check.chance is None else f", by chance with {check.chance:.0%}"
    return f"{check.measure}: {check.before:.1%} before, {check.after:.1%} now{counts}{chance}"


async def _given_up(desk: CareDesk, material: Material) -> str | None:
    """Why this very model must not come back by itself, or None."""
    async with desk.store.begin() as work:
        known: ReadingModel | None = await work.models.by_version(material.version)
    if known is None or known.rolled_back_at is None:
        return None
    return (
        f"this very model was rolled back on {known.rolled_back_at:%Y-%m-%d}; "
        "reject the corrections that misled it, or accept others first"
    )


async def _compared(desk: CareDesk, place: Place, before: Material, after: Material) -> Comparison:
    held_out = await asyncio.to_thread(load_hold_out, place.hold_out)
    rules = await asyncio.to_thread(lambda: Rules.learn(load_training(after.paths)))
    found = []
    for name, material in (("the model in service", before), ("the candidate", after)):
        place.tell(f"Making {name} ({material.version}) ...")
        model, seconds = await made_model(material, place.folder)
        place.tell("It was stored." if seconds is None else f"Trained in {seconds:.0f} s.")
        engine = EmbeddedClassifier(model, rules, material.version)
        place.tell(f"Reading {len(held_out)} texts ...")
        found.append(await answers(engine, held_out, desk.policy()))
    return compare(*found)


async def _into_service(desk: CareDesk, present: InService, before: Material, after: Material) -> None:
    """Raises OvertakenByAnother."""
    if present.service is None:
        # No desk has started yet: without this there would be nothing to go back to.
        await keep_model(desk, before.version, before.base, [], {})
        await promote(desk, before.version, ServiceReason.FILES, after=None)
        present = await model_in_service(desk)
    await promote(desk, after.version, ServiceReason.TRAINING, after=present.id)


async def _tidy(desk: CareDesk, place: Place, versions: Sequence[str]) -> None:
    keep = {*versions, *await versions_lately(desk, count=2)}
    await asyncio.to_thread(drop_models, place.folder, keep=keep, most=MOST_STORED)
