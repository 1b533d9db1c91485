"""`zuruf storm`: how early the desk warns and how well it finds what belongs together, on any messages."""

from __future__ import annotations

import click

from app.storm_backtest_command import backtest
from app.storm_cluster_command import cluster
from app.storm_playbook_commands import playbook, relearn


@click.group()
def storm() -> None:
    """Early warning and playbook: measured and tried on what is yours."""


storm.add_command(backtest)
storm.add_command(cluster)
storm.add_command(playbook)
storm.add_command(relearn)
