"""`zuruf token`: bearer tokens for the JSON API."""

from __future__ import annotations

import asyncio

import click

from app.offline_desk import offline_desk
from app.settings import read_settings
from desk.errors import InputRejected, NotAllowed
from workflows.api_tokens import LONGEST_LABEL, end_api_tokens, make_api_token


@click.command()
@click.argument("name")
@click.option("--label", default="", help="What it is for; tells tokens of one person apart.")
@click.option("--end", is_flag=True, help="Ends their tokens instead, or those with this --label.")
def token(name: str, label: str, end: bool) -> None:
    """Prints a bearer token for the JSON API that acts as NAME, a member of staff. It is shown only now."""
    settings = read_settings()

    async def go() -> None:
        async with offline_desk(settings) as desk:
            async with desk.store.begin() as work:
                responder = await work.people.responder_named(name)
            if responder is None:
                raise click.BadParameter(f"nobody is called {name!r}", param_hint="NAME")
            if end:
                click.echo(f"Ended: {await end_api_tokens(desk, responder, label=label or None)}")
                return
            try:
                click.echo(await make_api_token(desk, responder, label=label))
            except NotAllowed:
                raise click.BadParameter(f"{name} is no active member of staff", param_hint="NAME") from None
            except InputRejected:
                raise click.BadParameter(f"at most {LONGEST_LABEL} characters", param_hint="--label") from None

    asyncio.run(go())
