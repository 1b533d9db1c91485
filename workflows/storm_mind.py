"""What the storm watch has in mind: the detector, the clusters, where it stands; how it is made again after a restart.

The detector is kept in the database as it was at some epoch; what was watched since then carries the next epoch's
number and is watched again, in the same order: so nothing counts twice and nothing is lost. Without a kept detector
(the first start, or a release that does not know its form) it learns anew from the readings of the last weeks. Clusters
are made again from the messages of the last day; the incidents of clusters follow their messages to the new numbers.
"""

from __future__ import annotations

import asyncio
import json
import logging
import zlib
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from desk.alert import ALL
from desk.conversation import MessageId
from desk.incident import ClusterId
from desk.learning import ModelChange
from desk.store import Work
from desk.store.storms import WatchedReading, WatchMemory
from routing.cluster import Assignment, Told
from routing.clusters import Clusterer
from routing.storm_alert import StormAlert
from routing.storm_detector import Detector
from workflows.care_desk import CareDesk
from workflows.known_incidents import Encode
from workflows.storm_words import SILENCE, TOPIC, key_of

LEARNED_FROM = timedelta(weeks=8)
CLUSTERED_FROM = timedelta(days=1)
MOST_CLUSTERED = 10_000
STRETCH = 5_000
ENCODED_AT_ONCE = 250

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Mind:
    """One process's. `heights`: how far messages went at which time; `due`: what the detector said and nobody noted
    yet; `over`: alerts that it knows nothing of any more; `clustered`: whether a cluster may have grown since somebody
    looked; `silent`: whether people know that nothing comes in."""

    detector: Detector
    clusters: Clusterer
    epoch: int
    watermark: MessageId
    kept_at: datetime
    models_seen_at: datetime
    heights: deque[tuple[datetime, MessageId]] = field(default_factory=deque)
    due: list[StormAlert] = field(default_factory=list)
    over: set[str] = field(default_factory=set)
    clustered: bool = True
    silent: bool = False


def frozen(detector: Detector) -> bytes:
    """As it is kept."""
    return zlib.compress(json.dumps(detector.state()).encode(), 3)


def thawed(kept: bytes | None, zone: ZoneInfo) -> Detector | None:
    """What was kept; None when there is nothing that can be read."""
    if kept is None:
        return None
    try:
        return Detector.from_state(json.loads(zlib.decompress(kept)), zone)
    except (ValueError, KeyError, TypeError, zlib.error):
        return None


async def recall(desk: CareDesk, encode: Encode) -> Mind:
    """The mind of whoever watched before, or one that has learned from the readings there are."""
    now, zone = desk.clock.now(), ZoneInfo(desk.zone)
    async with desk.store.begin() as work:
        memory = await work.storms.memory()
        open_keys = {one.key for one in await work.alerts.open()}
    mind = await _recalled(desk, encode, memory, now, zone)
    known = {key_of(one.topic) for one in mind.detector.alerts()}
    mind.over = {key for key in open_keys - known if key == ALL or key.startswith(TOPIC)}
    mind.silent = SILENCE in open_keys
    return mind


async def _recalled(desk: CareDesk, encode: Encode, memory: WatchMemory, now: datetime, zone: ZoneInfo) -> Mind:
    detector = await asyncio.to_thread(thawed, memory.detector, zone)
    if detector is None or memory.watermark is None:
        return await _learned(desk, encode, memory.epoch, now)
    async with desk.store.begin() as work:
        again = await work.storms.watched_in(memory.epoch + 1)
    due = feed(detector, again)
    clusters = await remade(desk, encode, now)
    return Mind(detector, clusters, memory.epoch, memory.watermark, now, now, due=[*due, *detector.alerts()])


async def learn(desk: CareDesk, since: datetime) -> tuple[Detector, MessageId]:
    """A detector that has seen every reading since then, and the message up to which it has."""
    detector = Detector(ZoneInfo(desk.zone))
    async with desk.store.begin() as work:
        after = await work.storms.history_begins(since)
        until = min(await work.storms.newest_message(), MessageId(await work.storms.all_read_before() - 1))
        changes = deque(await work.models.changes(since=since))
    while True:
        async with desk.store.begin() as work:
            found = await work.storms.history(after, until, limit=STRETCH)
        if not found:
            return detector, until
        await asyncio.to_thread(_feed_history, detector, found, changes)
        after = found[-1].message_id


def feed(detector: Detector, readings: Sequence[WatchedReading]) -> list[StormAlert]:
    """What it says of them."""
    said: list[StormAlert] = []
    for one in readings:
        said += detector.observe(one.at, one.topic, one.negative, str(one.contact_id))
    return said


async def clustered(
    clusters: Clusterer, encode: Encode, readings: Sequence[WatchedReading]
) -> list[tuple[WatchedReading, Assignment]]:
    """Each with the cluster it belongs to, worked out off the event loop; by words alone when their sense fails."""
    found: list[tuple[WatchedReading, Assignment]] = []
    for start in range(0, len(readings), ENCODED_AT_ONCE):
        some = readings[start : start + ENCODED_AT_ONCE]
        vectors: Sequence[NDArray[np.float32] | None]
        try:
            vectors = list(await encode([one.words for one in some]))
        except Exception:
            log.exception("the sense of messages cannot be told: clusters go by words alone")
            vectors = [None] * len(some)
        found += await asyncio.to_thread(_put, clusters, some, vectors)
    return found


def _put(
    clusters: Clusterer, readings: Sequence[WatchedReading], vectors: Sequence[NDArray[np.float32] | None]
) -> list[tuple[WatchedReading, Assignment]]:
    return [
        (one, clusters.add(Told(one.message_id, one.at, one.words, one.words, vector, one.contact_id)))
        for one, vector in zip(readings, vectors, strict=True)
    ]


async def remade(desk: CareDesk, encode: Encode, now: datetime) -> Clusterer:
    """The clusters of the last day, made again; what is stored of them follows."""
    clusters = Clusterer()
    async with desk.store.begin() as work:
        readings = await work.storms.newest_watched(now - CLUSTERED_FROM, limit=MOST_CLUSTERED)
    found = await clustered(clusters, encode, readings)
    moved: dict[MessageId, ClusterId] = {}
    homes: dict[ClusterId, Counter[ClusterId]] = defaultdict(Counter)
    merged = {merge.cluster_id: merge.into for _one, assigned in found for merge in assigned.merged}
    for one, assigned in found:
        home = last_home(assigned.cluster_id, merged)
        if one.cluster_id is not None:
            homes[one.cluster_id][home] += 1
        if one.cluster_id != home:
            moved[one.message_id] = home
    async with desk.store.begin() as work:
        await _move(work, moved, homes)
    return clusters


def last_home(cluster_id: ClusterId, merged: dict[ClusterId, ClusterId]) -> ClusterId:
    """Where a cluster is after merges."""
    while cluster_id in merged:
        cluster_id = merged[cluster_id]
    return cluster_id


async def _move(work: Work, moved: dict[MessageId, ClusterId], homes: dict[ClusterId, Counter[ClusterId]]) -> None:
    for known in await work.storms.incident_clusters():
        if known in homes:
            [(home, _count)] = homes[known].most_common(1)
            if home != known:
                await work.storms.merge_cluster(known, home)
    if moved:
        await work.storms.put_in_clusters(moved)


async def _learned(desk: CareDesk, encode: Encode, epoch: int, now: datetime) -> Mind:
    detector, until = await learn(desk, now - LEARNED_FROM)
    clusters = await remade(desk, encode, now)
    return Mind(detector, clusters, epoch, until, now - LEARNED_FROM, now, due=list(detector.alerts()))


def _feed_history(detector: Detector, readings: Sequence[WatchedReading], changes: deque[ModelChange]) -> None:
    for one in readings:
        while changes and changes[0].at <= one.at:
            detector.model_changed(changes.popleft().at)
        detector.observe(one.at, one.topic, one.negative, str(one.contact_id))


def kept(mind: Mind) -> WatchMemory:
    """As it is kept next."""
    return WatchMemory(mind.epoch + 1, mind.watermark, frozen(mind.detector))
