"""Prometheus metrics. Labels are kinds, channels and outcomes, never people, places or texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from desk.broadcast import BroadcastState
from desk.store.statements import UnderWay

_ROUGHNESS = ("calm", "watch", "recovery", "storm")
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """All of the desk's metrics, in a registry of their own."""

    def __init__(self) -> None:
        registry = CollectorRegistry()
        self._registry = registry
        self.received = Counter(
            "zuruf_events_received", "Events committed", ["channel", "kind", "outcome"], registry=registry
        )
        self.receive_seconds = Histogram(
            "zuruf_receive_seconds", "From the adapter to the commit", ["channel"], buckets=SECONDS, registry=registry
        )
        self.triaged = Counter("zuruf_messages_triaged", "Messages read and routed", registry=registry)
        self.readings = Counter(
            "zuruf_readings", "Batches by engine and outcome", ["engine", "outcome"], registry=registry
        )
        self.deliveries = Counter(
            "zuruf_deliveries", "Outbox rows by what became of them", ["channel", "outcome"], registry=registry
        )
        self.worker_faults = Counter(
            "zuruf_worker_faults", "Steps of workers that failed", ["worker"], registry=registry
        )
        self.depth = Gauge("zuruf_queue_depth", "What waits", ["queue"], registry=registry)
        self.model = Gauge("zuruf_reading_model", "1 for the embedded engine's model", ["version"], registry=registry)
        self.storm_level = Gauge(
            "zuruf_storm_level", "Topics that are not calm: 1 watch, 2 recovery, 3 storm", ["topic"], registry=registry
        )
        self.alerts = Gauge(
            "zuruf_open_alerts", "Alerts that last, by whether somebody looks", ["seen"], registry=registry
        )
        self.broadcasts = Gauge("zuruf_broadcasts", "Broadcasts that are not over", ["state"], registry=registry)
        self.broadcast_questions = Gauge(
            "zuruf_broadcast_questions", "Questions of those broadcasts", ["outcome"], registry=registry
        )
        self.channel_up = Gauge("zuruf_channel_up", "1 while the channel is connected", ["channel"], registry=registry)

    def reads_by(self, version: str) -> None:
        """The embedded engine reads by this model now."""
        self.model.clear()
        self.model.labels(version).set(1)

    def storms(self, levels: Mapping[str, str], alerts: Mapping[bool, int]) -> None:
        """How rough it is now. `alerts`: how many last, by whether somebody acknowledged them."""
        self.storm_level.clear()
        for topic, level in levels.items():
            self.storm_level.labels(topic).set(_ROUGHNESS.index(level))
        for seen in (False, True):
            self.alerts.labels("yes" if seen else "no").set(alerts.get(seen, 0))

    def tells(self, under_way: Sequence[UnderWay]) -> None:
        """How far broadcasts are that are not over."""
        counts = {one.state: one.broadcasts for one in under_way}
        for state in (BroadcastState.RUNNING, BroadcastState.PAUSED):
            self.broadcasts.labels(state.value).set(counts.get(state, 0))
        self.broadcast_questions.labels("waiting").set(sum(one.waiting for one in under_way))
        self.broadcast_questions.labels("told").set(sum(one.told for one in under_way))

    def page(self, depth: Mapping[str, int]) -> bytes:
        """The exposition text, with the queues' depth of now."""
        for queue, count in depth.items():
            self.depth.labels(queue).set(count)
        return generate_latest(self._registry)
