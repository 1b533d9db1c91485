"""The command line: `zuruf --help`. A user's mistake ends with one line and exit 2, never with a traceback."""

from __future__ import annotations

import asyncio
import json
import sys
from importlib import import_module
from typing import Any

import click

from app.settings import Settings, read_settings
from desk.errors import SettingsInvalid, StorageUnavailable

LATE = {
    "bench": "app.bench_commands:bench",
    "drill": "app.drill_command:drill",
    "invite": "app.people_commands:invite",
    "link": "app.people_commands:link",
    "nlu": "app.nlu_commands:nlu",
    "policy": "app.policy_commands:policy",
    "routing": "app.routing_commands:routing",
    "sign-in": "app.people_commands:sign_in",
    "storm": "app.storm_commands:storm",
    "token": "app.token_command:token",
}
"""Commands imported when they are asked for: an invitation need not wait for the models' libraries."""


class Commands(click.Group):
    """Turns the errors that name a mistake into one line on standard error and exit 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names."""
        return sorted([*super().list_commands(ctx), *LATE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now if need be."""
        if cmd_name not in LATE:
            return super().get_command(ctx, cmd_name)
        module, _colon, name = LATE[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except (SettingsInvalid, StorageUnavailable) as error:
            click.echo(f"zuruf: {error}", err=True)
            ctx.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zuruf")
def main() -> None:
    """Zuruf, the customer-care desk: questions come in, the right people answer."""


@main.command()
@click.option("--welcome", is_flag=True, help="Makes a first admin and volunteer if there are none; prints links.")
def run(welcome: bool) -> None:
    """Starts the whole system; Ctrl-C stops it."""
    from app.run import run_until_stopped

    sys.exit(run_until_stopped(read_settings(), welcome=welcome))


@main.command()
def migrate() -> None:
    """Brings the database to this version's schema."""
    from app.database import database

    async def go(settings: Settings) -> None:
        async with database(settings):
            click.echo("The database is up to date.")

    asyncio.run(go(read_settings()))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def doctor(as_json: bool) -> None:
    """Checks settings, database, tokens, models, and says what to do."""
    from app.doctor import examine

    findings = asyncio.run(examine())
    if as_json:
        click.echo(json.dumps([finding.__dict__ for finding in findings]))
    else:
        for finding in findings:
            click.echo(f"{'✔' if finding.ok else '✘'} {finding.what}: {finding.found}")
            if finding.mend:
                click.echo(f"    → {finding.mend}")
    sys.exit(0 if all(finding.ok for finding in findings) else 1)
