"""What the storm watch remembers: what the desk asks of its storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType, Protocol

from desk.alert import AlertId
from desk.conversation import AttachmentId, MessageId
from desk.incident import ClusterId
from desk.people import ContactId, Locale, ResponderId
from desk.ticket import TicketId

PlaybookId = NewType("PlaybookId", int)


@dataclass(frozen=True, slots=True)
class WatchedReading:
    """A reading with what the watch needs of its message. `at`: when it was written; `words`: masked; `cluster_id` is
    None before it was watched, and for words that are in no cluster."""

    message_id: MessageId
    ticket_id: TicketId | None
    contact_id: ContactId
    at: datetime
    topic: str
    negative: bool
    language: str
    words: str
    cluster_id: ClusterId | None = None


@dataclass(frozen=True, slots=True)
class WatchMemory:
    """Where the watch stands. `watermark`: every reading up to this message was watched; None: it never began.
    `epoch`: how often it was kept; readings watched since then carry the next number."""

    epoch: int
    watermark: MessageId | None
    detector: bytes | None


@dataclass(frozen=True, slots=True)
class Freeze:
    """On this topic the bot answers nothing by itself. `by` None: the playbook says so."""

    topic: str
    by: ResponderId | None
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class SavedPlaybook:
    """A version of the playbook."""

    id: PlaybookId
    text: str
    by: ResponderId
    at: datetime


@dataclass(frozen=True, slots=True)
class LevelOf:
    """A topic that is not calm."""

    topic: str
    level: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """Messages of one span of time, from `at` on."""

    at: datetime
    messages: int
    negatives: int


class StormStore(Protocol):
    """The memory of the storm watch."""

    async def hold(self, holder: str, *, now: datetime, lease: timedelta) -> int | None:
        """The epoch, if `holder` is the one that watches, from now until the lease ends."""

    async def memory(self) -> WatchMemory: ...
    async def keep(self, holder: str, memory: WatchMemory, *, now: datetime) -> bool:
        """In place of the epoch before. False: somebody else watches by now, nothing was kept."""

    async def put_in_place(self, watermark: MessageId, detector: bytes, *, now: datetime) -> None:
        """Another memory: whoever watches begins anew from it, and watches again what came after the watermark."""

    async def newest_message(self) -> MessageId: ...
    async def all_read_before(self) -> MessageId:
        """Every message before this one is read, or will not be."""

    async def unwatched(self, after: MessageId, *, limit: int) -> Sequence[WatchedReading]:
        """Readings of later messages that were not watched, by message."""

    async def watched_in(self, epoch: int) -> Sequence[WatchedReading]:
        """In the order in which they were watched."""

    async def newest_watched(self, since: datetime, *, limit: int) -> Sequence[WatchedReading]:
        """The newest of those written since then, in the order in which they were watched."""

    async def watched(self, readings: Sequence[WatchedReading], epoch: int) -> None: ...
    async def put_in_clusters(self, clusters: Mapping[MessageId, ClusterId]) -> None:
        """These watched messages are in these clusters now."""

    async def merge_cluster(self, cluster_id: ClusterId, into: ClusterId) -> None:
        """All its messages are another's now, and its incident, unless that one has an incident."""

    async def incident_clusters(self) -> Sequence[ClusterId]:
        """Those that are or were an incident."""

    async def forget(self, *, before: datetime) -> None:
        """Which readings of older messages were watched."""

    async def history(self, after: MessageId, until: MessageId, *, limit: int) -> Sequence[WatchedReading]:
        """Readings of messages after one and up to another, without their words, by message."""

    async def history_begins(self, since: datetime) -> MessageId:
        """The last message before those that were read since then."""

    async def levels(self) -> Sequence[LevelOf]: ...
    async def set_level(self, topic: str, level: str, *, now: datetime) -> None:
        """Calm ones are not kept."""

    async def tickets_of_cluster(self, cluster_id: ClusterId, since: datetime) -> Sequence[TicketId]: ...
    async def tickets_on(self, topic: str | None, since: datetime) -> Sequence[TicketId]:
        """Whose contacts wrote something negative on the topic (None: any) since then."""

    async def clusters_on(self, topic: str | None, since: datetime) -> Mapping[ClusterId, int]:
        """How many messages of each cluster are on the topic (None: any) since then, largest first; at most ten."""

    async def counted(
        self, topic: str | None, cluster_id: ClusterId | None, since: datetime, step: timedelta
    ) -> Sequence[Counted]:
        """Spans in which something came, oldest first."""

    async def examples(
        self, topic: str | None, cluster_id: ClusterId | None, since: datetime, *, limit: int
    ) -> Sequence[WatchedReading]:
        """Newest negative words, one a contact; newest first."""

    async def freeze(self, freeze: Freeze) -> None:
        """Instead of any before on the topic."""

    async def unfreeze(self, topic: str) -> bool:
        """False: it was not frozen."""

    async def freezes(self, *, now: datetime) -> Sequence[Freeze]: ...
    async def save_playbook(self, text: str, *, by: ResponderId, now: datetime) -> PlaybookId: ...
    async def playbooks(self, *, limit: int) -> Sequence[SavedPlaybook]:
        """Newest first."""

    async def newest_playbook(self) -> PlaybookId | None: ...
    async def say_why(self, alert_id: AlertId, reasons: Mapping[Locale, Sequence[str]], usual: float) -> None:
        """An alert's reasons in both languages; `usual`: negative messages an hour."""

    async def reasons_of(self, alert_id: AlertId, locale: Locale) -> Sequence[str]: ...
    async def usual_of(self, alert_id: AlertId) -> float: ...
    async def was_called(self, alert_id: AlertId, responders: Sequence[ResponderId], *, now: datetime) -> None: ...
    async def called_about(self, alert_id: AlertId) -> Sequence[ResponderId]: ...
    async def keep_picture(
        self, alert_id: AlertId, locale: Locale, *, name: str, storage_key: str, size: int, now: datetime
    ) -> AttachmentId:
        """Instead of any before in this language."""

    async def picture_of(self, alert_id: AlertId, locale: Locale) -> AttachmentId | None: ...
