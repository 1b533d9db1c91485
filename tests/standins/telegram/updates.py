"""The queue of updates: one line of ids, delivered again and again until they are acknowledged.

Polling acknowledges with `offset`: everything below it is done. A held poll waits until something comes or
its time is up; a second poll ends the first with 409. A webhook acknowledges one update at a time.
What kinds are wanted (`allowed_updates`) is decided when an update arises and stays set between calls.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from .errors import SECOND_POLLER, WEBHOOK_SET, ApiError

ON_REQUEST_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}
MOST_PER_POLL = 100


@dataclass(eq=False)
class Update:
    """`lane` keeps the updates of one chat in order on a webhook; `again` outlives one offset."""

    id: int
    payload: dict[str, Any]
    lane: int
    again: bool = False
    deliveries: int = 0


class UpdateQueue:
    """Pending and acknowledged updates, in order of their ids."""

    def __init__(self, first_id: int) -> None:
        self.pending: list[Update] = []
        self.acknowledged: list[Update] = []
        self.allowed: set[str] | None = None
        self._next_id = first_id
        self._news: set[asyncio.Event] = set()
        self._held: asyncio.Future[None] | None = None

    def put(self, kind: str, content: dict[str, Any], lane: int = 0) -> Update | None:
        """Queues an update of this kind; None when the bot did not ask for such."""
        wanted = kind not in ON_REQUEST_ONLY if self.allowed is None else kind in self.allowed
        return self.put_raw({kind: content}, lane) if wanted else None

    def put_raw(self, payload: dict[str, Any], lane: int = 0) -> Update:
        update = Update(self._next_id, {"update_id": self._next_id} | payload, lane)
        self._next_id += 1
        self.pending.append(update)
        self._tell()
        return update

    def allow(self, kinds: Any) -> None:
        """None keeps what was set; an empty list asks for the default kinds."""
        if isinstance(kinds, list):
            self.allowed = {str(kind) for kind in kinds} or None

    # --- acknowledging ---

    def acknowledge_before(self, offset: int) -> None:
        if offset < 0:
            kept = self.pending[offset:]
            offset = kept[0].id if kept else 0
        done = [update for update in self.pending if update.id < offset and not update.again]
        self.pending = [update for update in self.pending if update.id >= offset or update.again]
        self.acknowledged += done

    def acknowledge(self, update: Update) -> None:
        if update in self.pending:
            self.pending.remove(update)
            self.acknowledged.append(update)

    def forget_all(self) -> None:
        self.acknowledged += self.pending
        self.pending = []

    def redeliver(self, count: int) -> list[Update]:
        """The last `count` acknowledged updates come once more, whatever offset is asked for."""
        back = self.acknowledged[len(self.acknowledged) - count :] if count else []
        for update in back:
            self.acknowledged.remove(update)
            update.again = True
        self.pending = sorted(self.pending + back, key=lambda update: update.id)
        self._tell()
        return back

    # --- waiting ---

    def _tell(self) -> None:
        for event in self._news:
            event.set()

    async def news(self) -> None:
        """Returns when something was queued after this call."""
        event = asyncio.Event()
        self._news.add(event)
        try:
            await event.wait()
        finally:
            self._news.discard(event)

    async def poll(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:
        """getUpdates. Seconds; raises ApiError 409 when another poll or a webhook takes over."""
        self.interrupt(SECOND_POLLER)
        self.acknowledge_before(offset)
        held: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._held = held
        try:
            if not self.pending and timeout > 0:
                await self._wait(held, timeout)
            if held.done():
                held.result()
        finally:
            if self._held is held:
                self._held = None
        return [self._delivered(update) for update in self.pending[: max(1, min(limit, MOST_PER_POLL))]]

    async def _wait(self, held: asyncio.Future[None], timeout: float) -> None:
        event = asyncio.Event()
        self._news.add(event)  # at once: what comes before the task below has started would not be heard
        news = asyncio.ensure_future(event.wait())
        try:
            await asyncio.wait({news, held}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        finally:
            news.cancel()
            self._news.discard(event)

    def _delivered(self, update: Update) -> dict[str, Any]:
        update.again = False
        update.deliveries += 1
        return update.payload

    @property
    def is_polled(self) -> bool:
        """Whether a bot is waiting for updates right now."""
        return self._held is not None

    def interrupt(self, reason: str = WEBHOOK_SET) -> None:
        """Ends the held poll with 409."""
        if self._held and not self._held.done():
            self._held.set_exception(ApiError(409, reason))
            self._held.exception()
