"""A desk for commands in the terminal: the store and the policy, without channels, model or workers.

What such a command decides goes on the outbox; the running system delivers it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.file_storage import FolderFiles
from app.policy_file import PolicyFile
from app.settings import Settings
from app.system import database
from app.wiring import load_texts, make_desk
from db.notify import Notifier
from db.pool import opened_pool
from db.store import PostgresStore
from nlu.fallback import FirstThatAnswers
from workflows.care_desk import CareDesk


@asynccontextmanager
async def offline_desk(settings: Settings) -> AsyncIterator[CareDesk]:
    """The desk of the settings. Raises SettingsInvalid, StorageUnavailable."""
    policy = PolicyFile(settings.policy_file)
    async with (
        database(settings) as memory,
        opened_pool(memory.url, connections=2) as pool,
        Notifier(memory.url) as poke,
    ):
        yield make_desk(
            settings,
            store=PostgresStore(pool),
            classifier=FirstThatAnswers([]),
            phrases=load_texts(settings),
            policy=policy,
            notifier=poke,
            files=FolderFiles(settings.data_dir / "files"),
            channels=(),
        )
