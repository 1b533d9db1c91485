"""`zuruf run`: starts the system, says where to go, and stops cleanly on Ctrl-C or SIGTERM."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress

import click

from app.logs import set_up_logs
from app.settings import Settings
from app.system import System, running
from desk.people import Invitation, Locale, Role, TrustLevel
from workflows.people_come import enlist, sign_in_link

_SLOW_SECONDS = 8.0
_SLOW_START = (
    "Still starting: the first time, and when training files or code are new, models are trained that read messages; "
    "this takes a minute or two"
)
FIRST_PEOPLE = ((Role.ADMIN, "Anna"), (Role.VOLUNTEER, "Vera"))


def run_until_stopped(settings: Settings, *, welcome: bool) -> int:
    """Runs until a signal. Returns the exit status. Raises SettingsInvalid, StorageUnavailable."""
    set_up_logs(settings.log_level)
    with suppress(KeyboardInterrupt):
        asyncio.run(_run(settings, welcome=welcome))
    return 0


async def _run(settings: Settings, *, welcome: bool) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    patience = loop.call_later(_SLOW_SECONDS, click.echo, _SLOW_START)
    async with running(settings) as system:
        patience.cancel()
        url = settings.url if settings.public_url else f"http://{settings.http_host}:{system.port}"
        click.echo(await _greeting(settings, system, url, welcome=welcome))
        await stopped.wait()
        click.echo("Stopping ...")


async def _greeting(settings: Settings, system: System, url: str, *, welcome: bool) -> str:
    lines = [f"Zuruf is ready: {url}", f"  as a contact     {url}/chat"]
    if welcome:
        for role, link in await _first_links(system, url):
            lines.append(f"  as {'an agent' if role is Role.ADMIN else 'a volunteer'}".ljust(18) + f" {link}")
        lines.append("  (each link signs in once; `.venv/bin/zuruf sign-in NAME` makes a new one)")
    for channel in system.channels.exclusive:
        lines.append(f"  {channel.name}: {channel.health}")
    if not system.channels.exclusive:
        lines.append("  Telegram and Discord join when ZURUF_TELEGRAM_TOKEN or ZURUF_DISCORD_TOKEN is set.")
    lines.append("Ctrl-C stops it.")
    return "\n".join(lines)


async def _first_links(system: System, url: str) -> list[tuple[Role, str]]:
    """A link for each of the first people, who are made when nobody of their kind is there."""
    desk = system.desk
    links = []
    async with desk.store.begin() as work:
        known = [one for one in await work.people.responders() if one.active]
        for role, name in FIRST_PEOPLE:
            fitting = [one for one in known if one.role.is_staff is role.is_staff]
            languages = (desk.locale, *(one for one in Locale if one is not desk.locale))
            invited = Invitation(role, name, languages=languages, trust=TrustLevel.HELPER)
            person = fitting[0] if fitting else await enlist(desk, work, invited)
            link = await sign_in_link(desk, work, person)
            links.append((role, link.replace(desk.public_url, url, 1)))
    return links
