"""`zuruf policy`: checks and shows the routing policy."""

from __future__ import annotations

from pathlib import Path

import click

from app.policy_file import PolicyFile
from app.settings import read_settings


@click.group()
def policy() -> None:
    """The routing policy: which unit owns an intent, who answers, how soon."""


@policy.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
def check(file: Path | None) -> None:
    """Checks FILE (else the policy in force). Errors name line and key."""
    path = file or read_settings().policy_file
    found = PolicyFile(path)()
    click.echo(f"{path}: good ({len(found.intents)} intents, {len(found.units)} units, {len(found.peer.waves)} waves)")


@policy.command()
def show() -> None:
    """Prints the policy in force."""
    click.echo(PolicyFile(read_settings().policy_file).text, nl=False)
