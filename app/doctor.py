"""`zuruf doctor`: looks at everything that a start needs, and says what to do about what is missing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from app.file_storage import FolderFiles
from app.policy_file import PolicyFile
from app.settings import Settings, read_settings
from desk.errors import DeliveryError, SettingsInvalid, StorageUnavailable
from desk.ports import Channel

SECONDS = 10.0
_LOADING = frozenset({"model", "telegram", "discord"})
_SECONDS_LOADING = 60.0
"""These load libraries first, which takes a busy machine long; of that the other side knows nothing."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `mend`: what to do when it is not well."""

    what: str
    ok: bool
    found: str
    mend: str = ""


async def examine() -> list[Finding]:
    """Looks at settings, data folder, policy, database, model, channels, Rasa. Never raises for what it finds."""
    try:
        settings = read_settings()
    except SettingsInvalid as error:
        return [
            Finding("settings", False, str(error), "Correct it in the environment or in .env; see docs/settings.md.")
        ]
    findings = [Finding("settings", True, "all valid"), _data_folder(settings.data_dir), _secret_key(settings)]
    looks: list[tuple[str, Callable[[Settings], Awaitable[str]], str]] = [
        ("policy", _policy, "Correct the file; `zuruf policy check FILE` names line and key."),
        ("database", _database, "See ZURUF_DATABASE_URL in docs/settings.md."),
        ("model", _model, "Correct the named training file, or the rights of ZURUF_DATA_DIR."),
        ("telegram", _telegram, "Take the token from @BotFather; check ZURUF_TELEGRAM_API_URL and the network."),
        ("discord", _discord, "Take the token from the developer portal; check its intents and the network."),
        ("rasa", _rasa, "`make rasa` starts it; the embedded model answers meanwhile."),
    ]
    for what, look, mend in looks:
        findings.append(await _look(what, look, settings, mend))
    return findings


async def _look(what: str, look: Callable[[Settings], Awaitable[str]], settings: Settings, mend: str) -> Finding:
    try:
        async with asyncio.timeout(_SECONDS_LOADING if what in _LOADING else SECONDS):
            return Finding(what, True, await look(settings))
    except TimeoutError:
        return Finding(what, False, "no answer in time", mend)
    except (SettingsInvalid, StorageUnavailable, DeliveryError, OSError) as error:
        return Finding(what, False, str(error), mend)


def _data_folder(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".doctor"
        probe.touch()
        probe.unlink()
    except OSError as error:
        mend = "Let ZURUF_DATA_DIR name a folder that this user may write to."
        return Finding("data folder", False, f"{folder}: {error.strerror}", mend)
    return Finding("data folder", True, f"{folder} can be written")


def _secret_key(settings: Settings) -> Finding:
    if settings.secret_key is not None:
        return Finding("secret key", True, "set")
    if settings.database_url is None:
        return Finding("secret key", True, "kept in the data folder")
    return Finding(
        "secret key", False, "not set, so every machine makes its own",
        "Set ZURUF_SECRET_KEY to the same random text on every machine.",
    )  # fmt: skip


async def _policy(settings: Settings) -> str:
    policy = PolicyFile(settings.policy_file)()
    return f"{len(policy.intents)} intents, {len(policy.peer.waves)} waves"


async def _database(settings: Settings) -> str:
    from app.database import database
    from db.migrate import pending

    async with database(settings) as memory:
        waiting = await pending(memory.url)
        kind = "embedded" if memory.server else "external"
        return f"{kind}, reachable, " + (f"{len(waiting)} migrations waiting" if waiting else "up to date")


async def _model(settings: Settings) -> str:
    from app.wiring import TRAINING
    from nlu.embedded import EmbeddedClassifier

    model = await EmbeddedClassifier.load_or_train(TRAINING, settings.data_dir / "models")
    return f"embedded, version {model.version[:12]}"


async def _telegram(settings: Settings) -> str:
    from app.wiring import load_texts, make_telegram

    channel = make_telegram(settings, load_texts(settings), FolderFiles(settings.data_dir / "files"))
    if channel is None:
        return "not set up (ZURUF_TELEGRAM_TOKEN)"
    async with aclosing_channel(channel), asyncio.timeout(SECONDS):
        return f"the bot is {await channel.check()}"


async def _discord(settings: Settings) -> str:
    from app.wiring import load_texts, make_discord

    channel = make_discord(settings, load_texts(settings), FolderFiles(settings.data_dir / "files"), NoCursors())
    if channel is None:
        return "not set up (ZURUF_DISCORD_TOKEN)"
    async with aclosing_channel(channel), asyncio.timeout(SECONDS):
        return f"the bot is {await channel.check()}"


@asynccontextmanager
async def aclosing_channel(channel: Channel) -> AsyncIterator[None]:
    """Closes the channel at the end of the block."""
    try:
        yield
    finally:
        await channel.close()


class NoCursors:
    """A look reads no messages, so it keeps no positions."""

    async def position(self, channel: str, source: str) -> str | None:
        """None."""
        return None

    async def positions(self, channel: str) -> Mapping[str, str]:
        """None at all."""
        return {}

    async def advance(self, channel: str, source: str, position: str) -> None:
        """Forgets it."""


async def _rasa(settings: Settings) -> str:
    if settings.rasa_url is None:
        return "not set up (ZURUF_RASA_URL); the embedded model reads"
    import aiohttp

    async with aiohttp.ClientSession() as session, session.get(f"{settings.rasa_url.rstrip('/')}/version") as answer:
        version = str((await answer.json()).get("version"))
    if not version.startswith("3.6."):
        raise SettingsInvalid(f"ZURUF_RASA_URL: the server is Rasa {version}, expected 3.6")
    return f"Rasa {version}"
