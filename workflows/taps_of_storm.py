"""Buttons about storms: each takes the tapper, the button's number and its value, and returns what the tapper is told.

Anybody can send any action: each verb checks that the tapper may.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from desk.alert import AlertId
from desk.errors import InputRejected
from desk.incident import IncidentId
from desk.muster import MusterId
from desk.people import Responder
from desk.phrases import marked as _
from desk.statement import StatementId
from desk.ticket import TicketId
from workflows.answer_call import come, decline
from workflows.approve_statement import approve_statement
from workflows.buttons import Action
from workflows.decide_incident import confirm_incident, dismiss_incident
from workflows.offer_muster import call_at_once, undo
from workflows.permissions import steering as steering
from workflows.use_wording import use_wording
from workflows.voice import Voice

StormVerb = Callable[[Voice, Responder, Action], Awaitable[str]]


async def _acknowledge(voice: Voice, responder: Responder, action: Action) -> str:
    steering(responder)
    await voice.work.alerts.alert(AlertId(action.id))
    if not await voice.work.alerts.acknowledge(AlertId(action.id), by=responder.id, now=voice.now):
        return _("Somebody looks at it already.")
    await voice.work.events.add("AlertAcknowledged", now=voice.now, responder_id=responder.id, alert_id=action.id)
    return _("You look at it. Nobody else is called.")


async def _confirm(voice: Voice, responder: Responder, action: Action) -> str:
    await confirm_incident(voice, responder, IncidentId(action.id))
    return _("Confirmed. Its questions are taken in now.")


async def _dismiss(voice: Voice, responder: Responder, action: Action) -> str:
    await dismiss_incident(voice, responder, IncidentId(action.id))
    return _("Dismissed. Its questions go their own way.")


async def _muster(voice: Voice, responder: Responder, action: Action) -> str:
    await call_at_once(voice, responder, IncidentId(action.id))
    return _("The call goes out in a moment.")


async def _undo_muster(voice: Voice, responder: Responder, action: Action) -> str:
    await undo(voice, responder, MusterId(action.id))
    return _("Undone. Whoever was told reads that it was a mistake.")


async def _approve(voice: Voice, responder: Responder, action: Action) -> str:
    if action.value is None:
        raise InputRejected("no statement is named")
    broadcast = await approve_statement(voice, responder, StatementId(action.value), IncidentId(action.id))
    if broadcast is None:
        return _("Approved. Whoever asks now gets it.")
    return _("Approved. Whoever got another text is told the new one now.")


async def _come(voice: Voice, responder: Responder, action: Action) -> str:
    return await come(voice, responder, MusterId(action.id))


async def _not_now(voice: Voice, responder: Responder, action: Action) -> str:
    return await decline(voice, responder, MusterId(action.id))


async def _use_wording(voice: Voice, responder: Responder, action: Action) -> str:
    return await use_wording(voice, responder, TicketId(action.id))


STORM_VERBS: dict[str, StormVerb] = {
    "storm.ack": _acknowledge,
    "storm.confirm": _confirm,
    "storm.dismiss": _dismiss,
    "storm.muster": _muster,
    "storm.unmuster": _undo_muster,
    "muster.in": _come,
    "muster.not": _not_now,
    "wording": _use_wording,
    "storm.approve": _approve,
}
