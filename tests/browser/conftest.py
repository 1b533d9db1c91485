"""A real Chromium for the tests of pages: Debian's, or the one that playwright installed."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

expect.set_options(timeout=20_000)  # as long as a busy machine needs; nothing is waited for that is there

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def program(own: str) -> str | None:
    """The browser's path: on the PATH, else playwright's own, else None."""
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    return found or (own if Path(own).exists() else None)


@pytest_asyncio.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The browser. Left out, by name, where there is none."""
    async with async_playwright() as playwright:
        path = program(playwright.chromium.executable_path)
        if path is None:
            pytest.skip("no Chromium: install the package chromium, or run `playwright install chromium`")
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        await browser.close()
