"""What the tests of all channels share: a channel that listens, an offer's buttons, a file of ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from desk.conversation import (
    Attachment,
    AttachmentId,
    AttachmentKind,
    AttachmentState,
    Button,
    MessageId,
)
from desk.ports import Channel
from tests.contract.channels.desk import Desk
from tests.contract.channels.driver import ChannelDriver

YES = ((Button("Take it", "offer:take:1"), Button("Pass", "offer:pass:1")),)


Test = TypeVar("Test", bound=Callable[..., object])


def needs(*features: str) -> Callable[[Test], Test]:
    """The test is for channels with these features (see ChannelDriver) only."""

    def mark(test: Test) -> Test:
        test.needs = features  # type: ignore[attr-defined]
        return test

    return mark


@asynccontextmanager
async def listening(driver: ChannelDriver, desk: Desk) -> AsyncIterator[Channel]:
    made = driver.channel()
    task = asyncio.create_task(made.listen(desk.receive))
    ready = asyncio.create_task(driver.ready(made))
    try:
        await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
        assert not task.done(), task.exception()
        await ready
        yield made
    finally:
        ready.cancel()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await made.close()


def attachment(kind: AttachmentKind, name: str, media_type: str, key: str | None, size: int) -> Attachment:
    state = AttachmentState.STORED if key else AttachmentState.PENDING
    return Attachment(AttachmentId(1), MessageId(1), kind, name, media_type, size, "web", "s", state, key)
