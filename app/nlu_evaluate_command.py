"""`zuruf nlu evaluate`: how good an engine is, as a table, as JSON, and as a report with pictures."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from app.nlu_files import FILE, or_exit
from nlu.evaluation import Quality, measure


@click.command()
@click.option("--engine", type=click.Choice(["embedded", "rasa"]), default="embedded", show_default=True)
@click.option("--train", "train", type=FILE, required=True, multiple=True, help="Rasa NLU file or folder to learn from")
@click.option("--test", "test", type=FILE, required=True, multiple=True, help="Rasa NLU file or folder to be asked")
@click.option("--json", "as_json", is_flag=True, help="one JSON object instead of the table")
def evaluate(engine: str, train: tuple[Path, ...], test: tuple[Path, ...], as_json: bool) -> None:
    """Train an engine on some files and measure it on others."""
    # Training needs the heavy libraries: only here, not for every other command.
    from nlu.trained import trained_embedded, trained_rasa
    from nlu.training_files import load_training

    async def run() -> tuple[Quality, float]:
        asked = load_training(test).utterances
        click.echo(f"Training {engine} ...", err=True)
        if engine == "embedded":
            classifier, seconds = trained_embedded(train)
            click.echo(f"Trained in {seconds:.1f} s. Reading {len(asked)} messages ...", err=True)
            return await measure(classifier, asked), seconds
        async with trained_rasa(train) as (client, seconds):
            click.echo(f"Trained in {seconds:.1f} s. Reading {len(asked)} messages ...", err=True)
            return await measure(client, asked), seconds

    found, seconds = or_exit(run())
    if as_json:
        click.echo(json.dumps(_figures(found, seconds, engine)))
    else:
        click.echo(_table(found, seconds))


def _figures(found: Quality, seconds: float, engine: str) -> dict[str, Any]:
    figures = {key: value for key, value in asdict(found).items() if key != "intents"}
    return {"engine": engine, **figures, "train_seconds": seconds}


def _table(found: Quality, seconds: float) -> str:
    rows = [f"{'intent':28} {'texts':>6} {'precision':>9} {'recall':>7} {'F1':>6}  most often taken for"]
    rows += [
        f"{f.intent[:28]:28} {f.texts:6} {f.precision:9.1%} {f.recall:7.1%} {f.f1:6.1%}  {f.taken_for}"
        for f in found.intents
    ]
    rows += ["", f"accuracy in scope       {found.accuracy:7.2%}", f"macro F1                {found.macro_f1:7.2%}"]
    rows += [f"in scope and kept       {found.in_scope_kept:7.2%}"]
    if found.oos_recall is not None and found.oos_precision is not None:
        rows += [
            f"out of scope, recall    {found.oos_recall:7.2%}",
            f"out of scope, precision {found.oos_precision:7.2%}",
        ]
    rows += [f"calibration error       {found.ece:7.2%}", f"training                {seconds:7.1f} s"]
    rows += [f"one message, p50 / p99  {found.latency_ms_p50:7.2f} / {found.latency_ms_p99:.2f} ms"]
    rows += [f"messages a second       {found.messages_per_second:7.0f}"]
    return "\n".join(rows)
