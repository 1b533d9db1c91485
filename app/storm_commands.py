"""`zuruf storm`: how early the desk warns and how well it finds what belongs together, on any messages."""

from __future__ import annotations

import click

from app.storm_backtest_command import backtest
from app.storm_cluster_command import cluster


@click.group()
def storm() -> None:
    """Measure the early warning on messages of yours."""


storm.add_command(backtest)
storm.add_command(cluster)
