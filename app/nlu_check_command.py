"""`zuruf nlu check`: what is wrong with training files, each finding with its place and its mend."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import click

from app.nlu_files import FILE, HOLDOUT, TRAINING, domain_beside, or_exit, policy_in_force, shown_place
from app.settings import read_settings
from nlu.findings import Finding, Severity
from nlu.training_files import TrainingSet

_SHOWN_TEXT = 140
_SHOWN_OF_A_KIND = 25


@click.command()
@click.argument("files", type=FILE, nargs=-1)
@click.option("--holdout", "holdout", type=FILE, multiple=True, help="Test files whose texts must not be learned.")
@click.option("--domain", "domain", type=FILE, help="Rasa's domain. Default: the domain.yml beside or above the files.")
@click.option("--policy/--no-policy", default=True, show_default=True, help="Compare with the routing policy in force.")
@click.option("--near/--no-near", default=True, show_default=True, help="Look for near-duplicates: the slow part.")
@click.option("--all", "show_all", is_flag=True, help=f"All findings, not the first {_SHOWN_OF_A_KIND} of each kind.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of the list.")
def check(
    files: tuple[Path, ...],
    holdout: tuple[Path, ...],
    domain: Path | None,
    policy: bool,
    near: bool,
    show_all: bool,
    as_json: bool,
) -> None:
    """Check training FILES, our own by default. Exit 1 when something must be mended, 0 when not."""
    if not files:
        files = (TRAINING,)
        holdout = holdout or ((HOLDOUT,) if HOLDOUT.is_dir() else ())
    training, findings = or_exit(_checked(files, holdout, domain or domain_beside(files[0]), policy, near))
    counts = Counter(finding.severity for finding in findings)
    if as_json:
        found = {"examples": len(training.utterances), "intents": len(training.intents)}
        found |= {"errors": counts[Severity.ERROR], "warnings": counts[Severity.WARNING]}
        click.echo(json.dumps({**found, "findings": [asdict(f) for f in findings]}, ensure_ascii=False))
    else:
        click.echo(_listed(findings, None if show_all else _SHOWN_OF_A_KIND))
        size = f"{len(training.utterances)} examples of {len(training.intents)} intents"
        click.echo(f"{size}: {counts[Severity.ERROR]} errors, {counts[Severity.WARNING]} warnings")
    sys.exit(1 if counts[Severity.ERROR] else 0)


async def _checked(
    files: Sequence[Path], holdout: Sequence[Path], domain: Path | None, policy: bool, near: bool
) -> tuple[TrainingSet, list[Finding]]:
    # The heavy part of nlu is wanted only here.
    from nlu.checking import check as look
    from nlu.checking import domain_intents, load_all
    from nlu.kept_vectors import kept_vectors
    from nlu.near_duplicates import near_duplicates
    from nlu.training_files import load_training

    settings = read_settings()
    training, findings = load_all(files)
    findings += look(
        training,
        policy=policy_in_force(settings).intents if policy else None,
        domain=domain_intents(domain) if domain else None,
        holdout=load_training(holdout).utterances if holdout else (),
    )
    if near:
        texts = [u.text for u in training.utterances]
        vectors = kept_vectors(texts, settings.data_dir / "models", making=_say_making)
        findings += near_duplicates(training.utterances, vectors)
    return training, sorted(findings, key=lambda f: (f.severity, f.kind))


def _say_making(amount: int) -> None:
    click.echo(f"Making sentence vectors of {amount} texts ...", err=True)


def _listed(findings: Sequence[Finding], most: int | None) -> str:
    lines: list[str] = []
    for (severity, kind), group in groupby(findings, key=lambda f: (f.severity, f.kind)):
        same = list(group)
        lines += [f"{severity.value}: {kind.value.replace('_', ' ')} ({len(same)})", ""]
        for finding in same[:most]:
            lines += [f"  {finding.said}"]
            lines += [f"    {shown_place(where)}  {_text(finding.texts, at)}" for at, where in enumerate(finding.where)]
            lines += [f"    → {finding.mend}", ""]
        if most is not None and len(same) > most:
            lines += [f"  ... and {len(same) - most} more; --all shows them", ""]
    return "\n".join(lines)


def _text(texts: Sequence[str], at: int) -> str:
    if at >= len(texts):
        return ""
    text = texts[at]
    return f"“{text if len(text) <= _SHOWN_TEXT else text[: _SHOWN_TEXT - 1] + '…'}”"
