"""The machine proposes incidents: for an alert, and for a cluster that grows fast. A person decides.

One storm is proposed once: what has a live incident gets no other, and a cluster that was an incident before, dismissed
ones included, is not proposed again. While an incident is proposed, tickets come to follow it: those of its clusters,
and of an alert those whose contacts wrote something negative on its topic since it began. What follows a confirmed one
is decided when it is read (workflows/follow_incident.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from desk.alert import AlertId, NewAlert
from desk.incident import (
    LONGEST_TITLE,
    ClusterId,
    Incident,
    IncidentId,
    IncidentState,
    JoinedHow,
    NewIncident,
)
from desk.intents import intent_name
from desk.people import Locale
from desk.phrases import Term
from desk.phrases import marked as _
from desk.store.storms import WatchedReading
from routing.cluster import Cluster, Growing
from routing.clusters import Clusterer
from routing.reasons import Reason
from routing.storm import StormLevel
from routing.storm_alert import StormAlert
from workflows.storm_words import CLUSTER, TOPIC, said
from workflows.voice import Voice

SHARE_OF_ONE = 0.3
"""From this share of a topic's messages on, a cluster is what a storm is about."""

QUIET_AFTER = timedelta(hours=1)
ON_TOPIC = _("Many write about “{topic}”")
ON_ANYTHING = _("Many are upset at once")
SAME = _("the most frequent words: {words}")


async def propose_for(voice: Voice, alert_id: AlertId, alert: StormAlert, clusters: Clusterer) -> IncidentId:
    """The incident that an alert is about: a live one on its topic or of its clusters, else a new one."""
    topic = alert.topic or None
    cluster = await main_cluster(voice, alert, clusters)
    incident_id = await _known(voice, topic, cluster)
    if incident_id is None:
        title = _title(voice, topic, cluster)
        reasons = [_said(voice, one) for one in alert.reasons]
        if cluster is not None:
            reasons.append(voice.say(voice.desk.locale, SAME, words=cluster.title))
        new = NewIncident(title, topic, reasons, alert.began_at)
        incident_id = await _propose(voice, new)
    await voice.work.alerts.belongs_to(alert_id, incident_id)
    if cluster is not None:
        await voice.work.incidents.take_cluster(cluster.id, incident_id)
        tickets = await voice.work.storms.tickets_of_cluster(cluster.id, alert.began_at)
        await voice.work.incidents.follow(incident_id, tickets, JoinedHow.CLUSTER, now=voice.now)
    upset = await voice.work.storms.tickets_on(topic, alert.began_at)
    await voice.work.incidents.follow(incident_id, upset, JoinedHow.TOPIC, now=voice.now)
    return incident_id


async def propose_growing(voice: Voice, clusters: Clusterer) -> bool:
    """Clusters that grow fast and are no incident yet. Whether there was any; alerts of those gone quiet end."""
    known = set(await voice.work.storms.incident_clusters())
    any_new = False
    for growing in clusters.growing(voice.now):
        if growing.cluster.id not in known:
            await _propose_cluster(voice, growing)
            any_new = True
    for alert in await voice.work.alerts.open():
        if alert.key.startswith(CLUSTER) and await _is_quiet(voice, alert.key, alert.incident_id, clusters):
            await voice.work.alerts.end(alert.key, now=voice.now)
    return any_new


async def take_along(voice: Voice, readings: Sequence[WatchedReading]) -> None:
    """New messages of a proposed incident bring their tickets."""
    proposed = [
        one
        for one in await voice.work.incidents.incidents(IncidentState.PROPOSED, limit=50)
        if any(reading.ticket_id is not None for reading in readings)
    ]
    if not proposed:
        return
    raised = {one.incident_id: one.key for one in await voice.work.alerts.open() if one.level == StormLevel.STORM}
    by_cluster: dict[ClusterId, Incident | None] = {}
    for reading in readings:
        if reading.ticket_id is None:
            continue
        if reading.cluster_id is not None and reading.cluster_id not in by_cluster:
            by_cluster[reading.cluster_id] = await voice.work.incidents.of_cluster(reading.cluster_id)
        own = by_cluster.get(reading.cluster_id) if reading.cluster_id is not None else None
        if own is not None and own.state is IncidentState.PROPOSED:
            await voice.work.incidents.follow(own.id, [reading.ticket_id], JoinedHow.CLUSTER, now=voice.now)
            continue
        for one in proposed:
            if reading.negative and raised.get(one.id) == f"{TOPIC}{reading.topic}":
                await voice.work.incidents.follow(one.id, [reading.ticket_id], JoinedHow.TOPIC, now=voice.now)


async def main_cluster(voice: Voice, alert: StormAlert, clusters: Clusterer) -> Cluster | None:
    """The cluster that holds a good part of the topic's messages since it began."""
    sizes = await voice.work.storms.clusters_on(alert.topic or None, alert.began_at)
    together = sum(sizes.values())
    for cluster_id, size in sizes.items():
        cluster = clusters.cluster(cluster_id, voice.now)
        if cluster is not None and size >= SHARE_OF_ONE * together and size > 1:
            return cluster
    return None


async def _known(voice: Voice, topic: str | None, cluster: Cluster | None) -> IncidentId | None:
    if cluster is not None and (one := await voice.work.incidents.of_cluster(cluster.id)) is not None:
        return one.id
    live = await voice.work.incidents.live_on(topic) if topic else ()
    return live[0].id if live else None


async def _propose_cluster(voice: Voice, growing: Growing) -> None:
    """The topic that most of it is on may have an incident: then it belongs there. People tell one problem in many
    ways, so a storm makes several clusters, and nobody wants to decide about each of them."""
    cluster, work = growing.cluster, voice.work
    topic = await _topic_of(voice, cluster)
    incident_id = await _proposed_on(voice, topic) if topic else None
    reasons = [_said(voice, one) for one in growing.reasons]
    if incident_id is None:
        title = cluster.title[:LONGEST_TITLE].strip() or _title(voice, topic, None)
        incident_id = await _propose(voice, NewIncident(title, topic, reasons, cluster.first_at))
        new = NewAlert(f"{CLUSTER}{cluster.id}", StormLevel.WATCH.value, 1.0, reasons, cluster.first_at, None)
        alert_id, _new = await work.alerts.raise_or_change(new, now=voice.now)
        await work.alerts.belongs_to(alert_id, incident_id)
    await work.incidents.take_cluster(cluster.id, incident_id)
    tickets = await work.storms.tickets_of_cluster(cluster.id, cluster.first_at)
    await work.incidents.follow(incident_id, tickets, JoinedHow.CLUSTER, now=voice.now)


async def _proposed_on(voice: Voice, topic: str) -> IncidentId | None:
    """That of an open alert on the topic; else the newest that nobody has decided about. What is confirmed without an
    alert may be another problem: there a person says whether it is the same."""
    raised = {one.incident_id for one in await voice.work.alerts.open() if one.key == f"{TOPIC}{topic}"}
    live = await voice.work.incidents.live_on(topic)
    of_alert = (one.id for one in live if one.id in raised)
    undecided = (one.id for one in live if one.state is IncidentState.PROPOSED)
    return next(of_alert, None) or next(undecided, None)


async def _topic_of(voice: Voice, cluster: Cluster) -> str | None:
    """What most of its examples were read as."""
    found = await voice.work.storms.examples(None, cluster.id, cluster.first_at, limit=20)
    topics = Counter(one.topic for one in found).most_common(1)
    if not topics or topics[0][1] * 2 <= len(found):
        return None
    return topics[0][0] if topics[0][0] != "out_of_scope" else None


async def _is_quiet(voice: Voice, key: str, incident_id: IncidentId | None, clusters: Clusterer) -> bool:
    cluster = clusters.cluster(ClusterId(int(key.removeprefix(CLUSTER))), voice.now)
    if cluster is None or cluster.last_at <= voice.now - QUIET_AFTER:
        return True
    if incident_id is None:
        return False
    return not (await voice.work.incidents.incident(incident_id)).is_live


async def _propose(voice: Voice, new: NewIncident) -> IncidentId:
    marked = replace(new, drill=voice.desk.drill)
    incident_id = await voice.work.incidents.propose(marked, now=voice.now)
    await voice.work.events.add("IncidentProposed", now=voice.now, incident=incident_id, topic=new.topic)
    return incident_id


def _title(voice: Voice, topic: str | None, cluster: Cluster | None) -> str:
    """In the language of most of the messages, as far as that is known."""
    spoken = cluster is not None and cluster.language in set(Locale)
    locale = Locale(cluster.language) if cluster is not None and spoken else voice.desk.locale
    text = voice.say(locale, ON_TOPIC, topic=Term(intent_name(topic))) if topic else voice.say(locale, ON_ANYTHING)
    if cluster is not None and cluster.title:
        text = f"{text}: {cluster.title}"
    return text[:LONGEST_TITLE].strip()


def _said(voice: Voice, reason: Reason) -> str:
    return said(voice.desk.phrases, voice.desk.locale, reason)
