"""`zuruf invite` and `zuruf sign-in`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Container

import click

from app.offline_desk import offline_desk
from app.settings import Settings, read_settings
from desk.people import Invitation, Locale, Responder, Role, TrustLevel
from desk.store import Work
from workflows import people_come


@click.command()
@click.argument(
    "role", type=click.Choice([role.value for role in (Role.AGENT, Role.COORDINATOR, Role.ADMIN, Role.VOLUNTEER)])
)
@click.option("--name", help="How they are called; else as their channel says.")
@click.option("--unit", "units", multiple=True, help="A business unit they work for. May be repeated.")
@click.option("--topic", "topics", multiple=True, help="A topic (unit or intent) they answer. May be repeated.")
@click.option("--language", "languages", multiple=True, type=click.Choice([one.value for one in Locale]))
@click.option(
    "--trust",
    type=click.Choice([one.value for one in TrustLevel]),
    default=TrustLevel.NEWCOMER.value,
    help="The trust level a volunteer begins with.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def invite(
    role: str,
    name: str | None,
    units: tuple[str, ...],
    topics: tuple[str, ...],
    languages: tuple[str, ...],
    trust: str,
    as_json: bool,
) -> None:
    """Invites a responder. The code works once, on Telegram, Discord or by its url."""
    settings = read_settings()
    spoken = tuple(Locale(one) for one in languages) or tuple(
        sorted(Locale, key=lambda one: one is not settings.locale)
    )

    async def go() -> None:
        async with offline_desk(settings) as desk:
            _known(desk.policy().units, desk.policy().intents, units, topics)
            code = await people_come.invite(
                desk, Invitation(Role(role), name, units, topics, spoken, trust=TrustLevel(trust))
            )
            _show_code(settings, code, f"the new {role}", as_json)

    asyncio.run(go())


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def link(name: str, as_json: bool) -> None:
    """Makes a code with which NAME adds one more account of theirs (Telegram, Discord or web)."""
    settings = read_settings()

    async def go() -> None:
        async with offline_desk(settings) as desk:
            async with desk.store.begin() as work:
                responder = await _named(work, name)
            _show_code(settings, await people_come.invite_again(desk, responder), responder.name, as_json)

    asyncio.run(go())


def _show_code(settings: Settings, code: str, whom: str, as_json: bool) -> None:
    made = {
        "code": code,
        "url": f"{settings.url}/console/join/{code}",
        "telegram": f"/start {code}",
        "discord": f"/join {code}",
    }
    if as_json:
        click.echo(json.dumps(made))
    else:
        click.echo(f"Send one of these to {whom}; it works once, for 14 days:")
        click.echo(f"  web       {made['url']}\n  Telegram  {made['telegram']}\n  Discord   {made['discord']}")


async def _named(work: Work, name: str) -> Responder:
    responder = await work.people.responder_named(name)
    if responder is None:
        known = ", ".join(one.name for one in await work.people.responders()) or "nobody yet"
        raise click.BadParameter(f"nobody is called {name!r}; known: {known}", param_hint="NAME")
    return responder


def _known(
    units: Container[str], intents: Container[str], wanted_units: tuple[str, ...], wanted_topics: tuple[str, ...]
) -> None:
    """A misspelt unit or topic would never get a question."""
    for unit in wanted_units:
        if unit not in units:
            raise click.BadParameter(f"{unit!r} is no business unit of the policy", param_hint="--unit")
    for topic in wanted_topics:
        if topic not in units and topic not in intents:
            raise click.BadParameter(f"{topic!r} is neither a unit nor an intent of the policy", param_hint="--topic")


@click.command("sign-in")
@click.argument("name")
def sign_in(name: str) -> None:
    """Prints a one-time console link for a responder."""
    settings = read_settings()

    async def go() -> None:
        async with offline_desk(settings) as desk, desk.store.begin() as work:
            responder = await _named(work, name)
            click.echo(await people_come.sign_in_link(desk, work, responder))

    asyncio.run(go())
