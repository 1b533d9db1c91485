"""A desk for commands in the terminal: the store and the policy, without channels, model or workers.

What such a command decides goes on the outbox; the running system delivers it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from app.database import database
from app.file_storage import FolderFiles
from app.policy_file import PolicyFile
from app.settings import Settings
from app.wiring import load_texts, make_desk
from db.notify import Notifier
from db.pool import opened_pool
from db.store import PostgresStore
from desk.classifying import ClassifierUnavailable, TextToRead
from desk.reading import Reading
from workflows.care_desk import CareDesk


class ReadsNothing:
    """Port Classifier of a desk that reads no messages."""

    name = "none"

    async def read(self, messages: Sequence[TextToRead]) -> Sequence[Reading]:
        """Raises ClassifierUnavailable."""
        raise ClassifierUnavailable("no model in this command")


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
            classifier=ReadsNothing(),
            phrases=load_texts(settings),
            policy=policy,
            notifier=poke,
            files=FolderFiles(settings.data_dir / "files"),
            channels=(),
        )
