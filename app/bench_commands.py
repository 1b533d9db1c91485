"""`zuruf bench`: speed and latency of the real paths, as ratios to a floor measured in the same run."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from app.nlu_files import FILE, HOLDOUT, or_exit
from app.settings import read_settings


@click.group()
def bench() -> None:
    """Benchmarks: ratios to a floor in one run. Those of the desk make their load, in a scratch database."""


@bench.command()
@click.option("--messages", default=3000, show_default=True, type=click.IntRange(50, 200_000), help="A round.")
@click.option("--concurrency", default=32, show_default=True, type=click.IntRange(1, 64), help="Connections.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def capture(messages: int, concurrency: int, as_json: bool) -> None:
    """Message in to its commit, against bare asyncpg writing the same rows."""
    from app.bench_capture import bench_capture

    figures = asyncio.run(bench_capture(read_settings(), messages=messages, concurrency=concurrency))
    _show(figures.as_dict(), as_json)


@bench.command()
@click.option("--messages", default=1500, show_default=True, type=click.IntRange(50, 100_000), help="A round.")
@click.option("--concurrency", default=16, show_default=True, type=click.IntRange(1, 64), help="Connections.")
@click.option("--volunteers", default=200, show_default=True, type=click.IntRange(1, 5000))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def triage(messages: int, concurrency: int, volunteers: int, as_json: bool) -> None:
    """Message in to offers and outbox committed, against bare asyncpg writing the same rows."""
    from app.bench_capture import bench_triage

    settings = read_settings()
    figures = asyncio.run(bench_triage(settings, messages=messages, concurrency=concurrency, volunteers=volunteers))
    _show(figures.as_dict(), as_json)


@bench.command()
@click.option("--rivals", default=500, show_default=True, type=click.IntRange(2, 5000))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def claim(rivals: int, as_json: bool) -> None:
    """Simultaneous taps on one ticket's offers: one winner, everybody told."""
    from app.bench_claim import bench_claim

    _show(asdict(asyncio.run(bench_claim(read_settings(), rivals=rivals))), as_json)


@bench.command()
@click.option("--volunteers", default=100_000, show_default=True, type=click.IntRange(1, 1_000_000))
@click.option("--open-tickets", default=10_000, show_default=True, type=click.IntRange(2, 1_000_000))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def waves(volunteers: int, open_tickets: int, as_json: bool) -> None:
    """Choosing a wave: candidates found in the database, the best of them chosen."""
    from app.bench_waves import bench_waves

    figures = asyncio.run(bench_waves(read_settings(), volunteers=volunteers, open_tickets=open_tickets))
    _show(figures.as_dict(), as_json)


@bench.command()
@click.option("--test", "test", type=FILE, multiple=True, help="File or folder with texts. [default: our hold-out]")
@click.option("--messages", default=3000, show_default=True, type=click.IntRange(3, 100_000), help="At most.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def read(test: tuple[Path, ...], messages: int, as_json: bool) -> None:
    """Whole readings by the embedded engine in service, against the sentence encoder alone. Needs no database."""
    from app.bench_reading import bench_reading

    figures = or_exit(bench_reading(read_settings(), test or (HOLDOUT,), most=messages))
    _show(figures.as_dict(), as_json)


def _show(figures: Mapping[str, float], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(figures))
        return
    width = max(len(key) for key in figures)
    for key, value in figures.items():
        click.echo(
            f"{key.ljust(width)}  {value:,.3f}" if isinstance(value, float) else f"{key.ljust(width)}  {value:,}"
        )
