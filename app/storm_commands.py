"""`zuruf storm`: how early the desk warns and how well it finds what belongs together, on any messages."""

from __future__ import annotations

import click


@click.group()
def storm() -> None:
    """Measure the early warning on messages of yours."""
