"""`zuruf token` makes tokens that work, and ends them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from click.testing import CliRunner, Result

from app.cli import main
from desk.people import Role
from tests.integration.console.world import World


async def zuruf(database_url: str, tmp_path: Path, *words: str) -> Result:
    environment = {"ZURUF_DATABASE_URL": database_url, "ZURUF_DATA_DIR": str(tmp_path)}
    return await asyncio.to_thread(CliRunner().invoke, main, list(words), env=environment)


async def test_a_token_from_the_terminal_opens_the_api_until_it_is_ended(
    world: World, database_url: str, tmp_path: Path
) -> None:
    await world.sits_down(Role.AGENT, "Anna")
    made = await zuruf(database_url, tmp_path, "token", "anna", "--label", "script")
    assert made.exit_code == 0, made.output
    headers = {"Authorization": f"Bearer {made.stdout.strip()}"}
    session = world.browser().session
    async with session.get("/api/v1/tickets", headers=headers) as answer:
        assert answer.status == 200
    ended = await zuruf(database_url, tmp_path, "token", "Anna", "--label", "script", "--end")
    assert ended.stdout.strip() == "Ended: 1"
    async with session.get("/api/v1/tickets", headers=headers) as answer:
        assert answer.status == 401


async def test_a_mistake_is_told_in_one_line(world: World, database_url: str, tmp_path: Path) -> None:
    await world.care.joins("vera", Role.VOLUNTEER)
    for words, said in [
        (("Nobody",), "nobody is called 'Nobody'"),
        (("Vera",), "Vera is no active member of staff"),
    ]:
        refused = await zuruf(database_url, tmp_path, "token", *words)
        assert refused.exit_code == 2
        assert said in refused.output
        assert "Traceback" not in refused.output
