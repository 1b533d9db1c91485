"""Buttons about storms: each takes the tapper, the button's number and its value, and returns what the tapper is told.

Anybody can send any action: each verb checks that the tapper may.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from desk.alert import AlertId
from desk.errors import NotAllowed
from desk.people import Responder, Role
from desk.phrases import marked as _
from workflows.buttons import Action
from workflows.voice import Voice

StormVerb = Callable[[Voice, Responder, Action], Awaitable[str]]


def steering(responder: Responder) -> Responder:
    """Whoever may steer storms. Raises NotAllowed."""
    if responder.role not in (Role.COORDINATOR, Role.ADMIN) or not responder.active:
        raise NotAllowed("coordinators only")
    return responder


async def _acknowledge(voice: Voice, responder: Responder, action: Action) -> str:
    steering(responder)
    await voice.work.alerts.alert(AlertId(action.id))
    if not await voice.work.alerts.acknowledge(AlertId(action.id), by=responder.id, now=voice.now):
        return _("Somebody looks at it already.")
    await voice.work.events.add("AlertAcknowledged", now=voice.now, responder_id=responder.id, alert_id=action.id)
    return _("You look at it. Nobody else is called.")


STORM_VERBS: dict[str, StormVerb] = {
    "storm.ack": _acknowledge,
}
