"""The memory of the storm watch, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from db.queries import load
from db.session import Row, Session
from desk.alert import AlertId
from desk.conversation import AttachmentId, MessageId
from desk.incident import ClusterId
from desk.people import ContactId, Locale, ResponderId
from desk.store.storms import Counted, Freeze, LevelOf, PlaybookId, SavedPlaybook, WatchedReading, WatchMemory
from desk.ticket import TicketId

_SQL = load("storms")
_CALM = "calm"


class Storms:
    """desk.store.StormStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def hold(self, holder: str, *, now: datetime, lease: timedelta) -> int | None:
        """The epoch, if `holder` watches now."""
        epoch: int | None = await self._session.value(_SQL["hold"], holder, now, now + lease)
        return epoch

    async def memory(self) -> WatchMemory:
        """Where the watch stands."""
        row = await self._session.one(_SQL["memory"])
        if row is None:
            return WatchMemory(0, None, None)
        watermark = None if row["watermark"] is None else MessageId(row["watermark"])
        return WatchMemory(row["epoch"], watermark, row["detector"])

    async def keep(self, holder: str, memory: WatchMemory, *, now: datetime) -> bool:
        """False: somebody else watches by now."""
        values = (memory.epoch, memory.watermark, memory.detector)
        return await self._session.value(_SQL["keep"], holder, *values, now) is not None

    async def put_in_place(self, watermark: MessageId, detector: bytes, *, now: datetime) -> None:
        """Readings watched beyond the watermark are watched again."""
        epoch = await self._session.value(_SQL["put_in_place"], watermark, detector, now)
        await self._session.run(_SQL["watch_again"], watermark, epoch + 1)

    async def newest_message(self) -> MessageId:
        """0 without any."""
        return MessageId(await self._session.value(_SQL["newest_message"]))

    async def all_read_before(self) -> MessageId:
        """The oldest unread message, or one that does not exist yet."""
        oldest = await self._session.value(_SQL["oldest_unread"])
        return MessageId((await self.newest_message()) + 1 if oldest is None else oldest)

    async def unwatched(self, after: MessageId, *, limit: int) -> Sequence[WatchedReading]:
        """By message."""
        return [_reading(row) for row in await self._session.all(_SQL["unwatched"], after, limit)]

    async def watched_in(self, epoch: int) -> Sequence[WatchedReading]:
        """In the order in which they were watched."""
        return [_reading(row) for row in await self._session.all(_SQL["watched_in"], epoch)]

    async def newest_watched(self, since: datetime, *, limit: int) -> Sequence[WatchedReading]:
        """In the order in which they were watched."""
        return [_reading(row) for row in await self._session.all(_SQL["newest_watched"], since, limit)]

    async def watched(self, readings: Sequence[WatchedReading], epoch: int) -> None:
        """In this order."""
        columns = (
            [one.message_id for one in readings],
            [one.cluster_id for one in readings],
            [one.topic for one in readings],
            [one.negative for one in readings],
            [one.at for one in readings],
        )
        await self._session.run(_SQL["watched"], *columns, epoch)

    async def put_in_clusters(self, clusters: Mapping[MessageId, ClusterId]) -> None:
        """Instead of any before."""
        await self._session.run(_SQL["put_in_clusters"], list(clusters), list(clusters.values()))

    async def merge_cluster(self, cluster_id: ClusterId, into: ClusterId) -> None:
        """With its incident."""
        await self._session.run(_SQL["merge_cluster"], cluster_id, into)
        await self._session.run(_SQL["merge_incident"], cluster_id, into)

    async def incident_clusters(self) -> Sequence[ClusterId]:
        """Those that are or were an incident."""
        return [ClusterId(row["cluster_id"]) for row in await self._session.all(_SQL["incident_clusters"])]

    async def forget(self, *, before: datetime) -> None:
        """Those above the watermark stay."""
        await self._session.run(_SQL["forget"], before)

    async def history(self, after: MessageId, until: MessageId, *, limit: int) -> Sequence[WatchedReading]:
        """By message."""
        return [_reading(row) for row in await self._session.all(_SQL["history"], after, until, limit)]

    async def history_begins(self, since: datetime) -> MessageId:
        """0 without any before."""
        return MessageId(await self._session.value(_SQL["history_begins"], since))

    async def levels(self) -> Sequence[LevelOf]:
        """Oldest first."""
        return [LevelOf(row["topic"], row["level"], row["since"]) for row in await self._session.all(_SQL["levels"])]

    async def set_level(self, topic: str, level: str, *, now: datetime) -> None:
        """Calm ones are not kept."""
        if level == _CALM:
            await self._session.run(_SQL["calm"], topic)
        else:
            await self._session.run(_SQL["set_level"], topic, level, now)

    async def tickets_of_cluster(self, cluster_id: ClusterId, since: datetime) -> Sequence[TicketId]:
        """By number."""
        rows = await self._session.all(_SQL["tickets_of_cluster"], cluster_id, since)
        return [TicketId(row["ticket_id"]) for row in rows]

    async def tickets_on(self, topic: str | None, since: datetime) -> Sequence[TicketId]:
        """By number."""
        return [TicketId(row["ticket_id"]) for row in await self._session.all(_SQL["tickets_on"], topic, since)]

    async def clusters_on(self, topic: str | None, since: datetime) -> Mapping[ClusterId, int]:
        """Largest first."""
        rows = await self._session.all(_SQL["clusters_on"], topic, since)
        return {ClusterId(row["cluster_id"]): row["messages"] for row in rows}

    async def counted(
        self, topic: str | None, cluster_id: ClusterId | None, since: datetime, step: timedelta
    ) -> Sequence[Counted]:
        """Oldest first."""
        rows = await self._session.all(_SQL["counted"], topic, cluster_id, since, step)
        return [Counted(row["at"], row["messages"], row["negatives"]) for row in rows]

    async def examples(
        self, topic: str | None, cluster_id: ClusterId | None, since: datetime, *, limit: int
    ) -> Sequence[WatchedReading]:
        """One a contact."""
        rows = await self._session.all(_SQL["examples"], topic, cluster_id, since, limit)
        return [_reading(row) for row in rows]

    async def freeze(self, freeze: Freeze) -> None:
        """Instead of any before."""
        await self._session.run(_SQL["freeze"], freeze.topic, freeze.by, freeze.at, freeze.until)

    async def unfreeze(self, topic: str) -> bool:
        """False: it was not frozen."""
        return await self._session.value(_SQL["unfreeze"], topic) is not None

    async def freezes(self, *, now: datetime) -> Sequence[Freeze]:
        """Oldest first."""
        rows = await self._session.all(_SQL["freezes"], now)
        return [Freeze(row["topic"], row["frozen_by"], row["frozen_at"], row["until"]) for row in rows]

    async def save_playbook(self, text: str, *, by: ResponderId, now: datetime) -> PlaybookId:
        """In force from now on."""
        return PlaybookId(await self._session.value(_SQL["save_playbook"], text, by, now))

    async def playbooks(self, *, limit: int) -> Sequence[SavedPlaybook]:
        """Newest first."""
        return [
            SavedPlaybook(PlaybookId(row["id"]), row["text"], ResponderId(row["saved_by"]), row["saved_at"])
            for row in await self._session.all(_SQL["playbooks"], limit)
        ]

    async def newest_playbook(self) -> PlaybookId | None:
        """None: nobody saved one."""
        newest = await self._session.value(_SQL["newest_playbook"])
        return None if newest is None else PlaybookId(newest)

    async def say_why(self, alert_id: AlertId, reasons: Mapping[Locale, Sequence[str]], usual: float) -> None:
        """Instead of any before."""
        for locale, said in reasons.items():
            await self._session.run(_SQL["say_why"], alert_id, locale, list(said))
        await self._session.run(_SQL["say_usual"], alert_id, usual)

    async def reasons_of(self, alert_id: AlertId, locale: Locale) -> Sequence[str]:
        """Empty: none were said."""
        return await self._session.value(_SQL["reasons_of"], alert_id, locale) or []

    async def usual_of(self, alert_id: AlertId) -> float:
        """0: none was said."""
        return float(await self._session.value(_SQL["usual_of"], alert_id) or 0.0)

    async def was_called(self, alert_id: AlertId, responders: Sequence[ResponderId], *, now: datetime) -> None:
        """The first time counts."""
        await self._session.run(_SQL["was_called"], alert_id, list(responders), now)

    async def called_about(self, alert_id: AlertId) -> Sequence[ResponderId]:
        """In the order in which they were called."""
        return [ResponderId(row["responder_id"]) for row in await self._session.all(_SQL["called_about"], alert_id)]

    async def keep_picture(
        self, alert_id: AlertId, locale: Locale, *, name: str, storage_key: str, size: int, now: datetime
    ) -> AttachmentId:
        """As a file that no message has."""
        added = AttachmentId(await self._session.value(_SQL["add_picture"], name, size, storage_key))
        await self._session.run(_SQL["keep_picture"], alert_id, locale, added, now)
        return added

    async def picture_of(self, alert_id: AlertId, locale: Locale) -> AttachmentId | None:
        """None: there is none yet."""
        found = await self._session.value(_SQL["picture_of"], alert_id, locale)
        return None if found is None else AttachmentId(found)


def _reading(row: Row) -> WatchedReading:
    return WatchedReading(
        message_id=MessageId(row["message_id"]),
        ticket_id=None if row["ticket_id"] is None else TicketId(row["ticket_id"]),
        contact_id=ContactId(row["contact_id"]),
        at=row["at"],
        topic=row["topic"],
        negative=row["negative"],
        language=row["language"],
        words=row["words"],
        cluster_id=None if row["cluster_id"] is None else ClusterId(row["cluster_id"]),
    )
