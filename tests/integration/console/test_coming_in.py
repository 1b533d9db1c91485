"""Coming in: links work once, for people, and for nobody who only looks."""

from __future__ import annotations

import pytest

from desk.people import Role
from tests.integration.console.conftest import World


async def test_an_invitation_url_lets_its_opener_in_at_once_and_only_once(world: World) -> None:
    code = await world.code(Role.AGENT, "Anna")
    page = await world.browser().get(f"/console/join/{code}")
    assert page.url.startswith("/console/inbox")
    assert "Welcome, Anna" in page.text
    again = await world.browser().get(f"/console/join/{code}")
    assert again.status == 410
    assert "used before" in again.text
