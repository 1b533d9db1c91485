"""The storm watch: feeds every reading to the early warning and the clusters, and notes what they say.

One process watches at a time, under a lease in the database; another takes over when the lease ends. Each round:

1. what was read since is fetched, at most AT_ONCE; what is late is found as well, by its own row and not by time;
2. its sense is encoded and clustered off the event loop, the detector hears it;
3. one transaction notes it as watched, and with it alerts, levels, proposals and the detector's state: whatever is
   raised is kept together with the memory of having raised it. The state is kept with every alert, and once a minute.

When a round fails its mind is dropped and made again from what was kept. Nobody's message waits for any of this.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from desk.conversation import MessageId
from desk.incident import IncidentState
from desk.learning import ModelChange
from desk.store.storms import WatchedReading
from routing.cluster import Assignment
from workflows.care_desk import CareDesk
from workflows.known_incidents import Encode
from workflows.note_alert import note_alert, note_over, note_silence
from workflows.note_levels import note_levels
from workflows.propose_incident import propose_growing, take_along
from workflows.storm_mind import Mind, clustered, feed, kept, last_home, recall
from workflows.storm_words import key_of
from workflows.voice import Voice, speaking

AT_ONCE = 500
MOST_ROUNDS = 4
LEASE = timedelta(seconds=20)
KEPT_EVERY = timedelta(minutes=1)
SETTLED_AFTER = timedelta(minutes=1)
REMEMBERED = timedelta(days=2)
DISMISSED_SEEN = 20


class AnotherWatches(Exception):
    """Somebody else holds the watch by now, or its memory is another: nothing of this round counts."""


class StormWatch:
    """The watch of one process."""

    def __init__(self, desk: CareDesk, encode: Encode) -> None:
        self._desk, self._encode = desk, encode
        self._holder = secrets.token_hex(8)
        self._mind: Mind | None = None
        self._renew_at: datetime | None = None

    async def step(self) -> int:
        """Watches what there is. Returns how many readings were new. Raises StorageUnavailable."""
        if not await self._holds():
            self._mind = None
            return 0
        mind, self._mind = self._mind, None
        mind = mind or await recall(self._desk, self._encode)
        total = 0
        for _round in range(MOST_ROUNDS):
            try:
                count = await self._round(mind)
            except AnotherWatches:
                return total
            total += count
            if count < AT_ONCE:
                break
        self._mind = mind
        return total

    async def _holds(self) -> bool:
        now = self._desk.clock.now()
        if self._mind is not None and self._renew_at is not None and now < self._renew_at <= now + LEASE:
            return True
        async with self._desk.store.begin() as work:
            mine = await work.storms.hold(self._holder, now=now, lease=LEASE)
        self._renew_at = now + LEASE / 2
        if self._mind is not None and mine != self._mind.epoch:
            self._mind = None
        return mine is not None

    async def _round(self, mind: Mind) -> int:
        now = self._desk.clock.now()
        found = await self._new(mind, now)
        assigned = await clustered(mind.clusters, self._encode, found)
        mind.clustered = mind.clustered or bool(found)
        mind.due += feed(mind.detector, sorted(found, key=lambda one: one.at))
        mind.due += mind.detector.tick(now)
        due = mind.due or mind.over or mind.silent != mind.detector.silent or now - mind.kept_at >= KEPT_EVERY
        if found or due:
            async with speaking(self._desk) as voice:
                if await voice.work.storms.hold(self._holder, now=now, lease=LEASE) != mind.epoch:
                    raise AnotherWatches
                await self._note(voice, mind, assigned)
        return len(found)

    async def _new(self, mind: Mind, now: datetime) -> Sequence[WatchedReading]:
        """What is to be watched, after the detector has heard of new models and of what coordinators dismissed."""
        async with self._desk.store.begin() as work:
            found = await work.storms.unwatched(mind.watermark, limit=AT_ONCE)
            top, unread = await work.storms.newest_message(), await work.storms.all_read_before()
            alerts = await work.alerts.open()
            dismissed = (
                {one.id for one in await work.incidents.incidents(IncidentState.DISMISSED, limit=DISMISSED_SEEN)}
                if alerts
                else set()
            )
            changes: Sequence[ModelChange] = ()
            if now - mind.models_seen_at >= KEPT_EVERY:
                changes = await work.models.changes(since=mind.models_seen_at)
                mind.models_seen_at = now
        for change in changes:
            mind.detector.model_changed(change.at)
        keys = {one.key for one in alerts if one.incident_id in dismissed}
        mind.over |= keys - {key_of(alert.topic) for alert in mind.detector.alerts()}
        for alert in mind.detector.alerts():
            if key_of(alert.topic) in keys:
                mind.due += mind.detector.dismissed(alert.number)
        if len(found) < AT_ONCE:
            self._rise(mind, now, top, unread)
        return found

    def _rise(self, mind: Mind, now: datetime, top: MessageId, unread: MessageId) -> None:
        """What was there a minute ago has been committed by now, and was watched unless it is still unread."""
        mind.heights.append((now, top))
        while mind.heights and mind.heights[0][0] <= now - SETTLED_AFTER:
            _at, height = mind.heights.popleft()
            mind.watermark = max(mind.watermark, min(height, MessageId(unread - 1)))

    async def _note(self, voice: Voice, mind: Mind, assigned: Sequence[tuple[WatchedReading, Assignment]]) -> None:
        """In one transaction. See the module's docstring."""
        storms = voice.work.storms
        merged = {merge.cluster_id: merge.into for _one, home in assigned for merge in home.merged}
        watched = [replace(one, cluster_id=last_home(home.cluster_id, merged)) for one, home in assigned]
        if watched:
            await storms.watched(watched, mind.epoch + 1)
        for cluster_id, into in merged.items():
            await storms.merge_cluster(cluster_id, into)
        raised = bool(mind.due or mind.over)
        if raised:
            await _lock_incidents(voice)
        for key in mind.over:
            await note_over(voice, key)
        for alert in mind.due:
            await note_alert(voice, alert, mind.detector.standing(alert.topic), mind.clusters)
        if mind.silent != mind.detector.silent:
            await note_silence(voice, mind.detector.silent)
            mind.silent, raised = mind.detector.silent, True
        raised = await note_levels(voice, mind.detector.levels()) or raised
        if mind.clustered:
            raised = await propose_growing(voice, mind.clusters) or raised
            mind.clustered = False
        await take_along(voice, watched)
        if raised or voice.now - mind.kept_at >= KEPT_EVERY:
            await self._keep(voice, mind)
        mind.due, mind.over = [], set()

    async def _keep(self, voice: Voice, mind: Mind) -> None:
        memory = await asyncio.to_thread(kept, mind)
        if not await voice.work.storms.keep(self._holder, memory, now=voice.now):
            raise AnotherWatches
        mind.epoch, mind.kept_at = memory.epoch, voice.now
        await voice.work.storms.forget(before=voice.now - REMEMBERED)


async def _lock_incidents(voice: Voice) -> None:
    """Those that alerts are about, before the alerts themselves: as whoever decides about an incident does."""
    about = {one.incident_id for one in await voice.work.alerts.open() if one.incident_id is not None}
    for incident_id in sorted(about):
        await voice.work.incidents.incident(incident_id)
