"""The decision: lane, business unit and priority of a question, with its reasons.

The rules, in order; the first that fits sets the lane, and every one that spoke leaves its reason:

    1. nobody could read it                     -> staff
    2. the contact asked for a person           -> staff
    3. data that only staff may handle          -> staff
    4. danger, or rejected twice                -> staff
    5. the reading is too unsure, or out of scope -> staff
    6. another request in it is staff's         -> staff
    7. the policy's lane for the intent
    8. peer, but no volunteer is at hand        -> staff

Privacy before reach: when in doubt, staff. Priority is the policy's, raised by urgency and anger, never lowered.
Pure: same input, same decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.phrases import marked as _
from desk.reading import Reading, Sentiment, Urgency
from desk.ticket import Lane, Priority
from routing.policy import Policy, Route
from routing.reasons import Reason
from routing.storm import StormLevel

REJECTIONS_UNTIL_STAFF = 2


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What the desk knows of the contact's question so far. `rejections`: times they said *not solved*."""

    rejections: int = 0
    asked_for_human: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is there. `volunteers_at_hand`: who could be offered this question now."""

    volunteers_at_hand: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Who should answer, which unit owns it, how soon, and why."""

    lane: Lane
    unit: str
    priority: Priority
    reasons: tuple[Reason, ...]


def decide(
    reading: Reading, contact: ContactFacts, roster: Roster, storm: StormLevel, policy: Policy, now: datetime
) -> Decision:
    """The decision on one reading. `now` is aware UTC. See the module for the rules."""
    route = _route(reading, policy)
    staff_reason = _only_staff(reading, contact, policy)
    reasons: list[Reason] = []
    if reading.was_read:
        reasons.append(Reason(_("read as {intent} ({percent} % sure)"), _sure(reading.intent, reading.confidence)))
    lane = route.lane
    if staff_reason is not None:
        lane = Lane.STAFF
        reasons.append(staff_reason)
    elif lane is Lane.PEER and roster.volunteers_at_hand == 0:
        lane = Lane.STAFF
        reasons.append(Reason(_("no volunteer is at hand")))
    elif lane is Lane.PEER:
        reasons.append(Reason(_("{count} volunteers are at hand"), {"count": roster.volunteers_at_hand}))
    else:
        reasons.append(Reason(_("the policy sends {intent} to {lane}"), {"intent": reading.intent, "lane": lane.value}))
    priority, raised = _priority(reading, route)
    if raised:
        reasons.append(raised)
    if storm is not StormLevel.CALM:
        reasons.append(Reason(_("storm level: {level}"), {"level": storm.value}))
    return Decision(lane, route.unit, priority, tuple(reasons))


def _sure(intent: str, confidence: float) -> dict[str, object]:
    return {"intent": intent, "percent": round(100 * confidence)}


def _route(reading: Reading, policy: Policy) -> Route:
    """The intent's route; with two requests in one message, staff's request leads."""
    route = policy.route(reading.intent if reading.was_read and not reading.out_of_scope else "out_of_scope")
    for other in reading.also:
        if policy.route(other).lane is Lane.STAFF and route.lane is not Lane.STAFF:
            return policy.route(other)
    return route


def _only_staff(reading: Reading, contact: ContactFacts, policy: Policy) -> Reason | None:
    """Why nobody but staff may have it, or None."""
    private = sorted({span.kind for span in reading.personal_data} & policy.staff_only_data)
    checks = (
        (not reading.was_read, Reason(_("no model could read it"))),
        (contact.asked_for_human or reading.wants_human, Reason(_("the contact asks for a person"))),
        (bool(private), Reason(_("it holds data only staff may handle: {kinds}"), {"kinds": ", ".join(private)})),
        (contact.rejections >= REJECTIONS_UNTIL_STAFF, Reason(_("the contact said twice that it is not solved"))),
        (reading.language == "other", Reason(_("it is neither German nor English"))),
        (reading.out_of_scope, Reason(_("it fits nothing we know"))),
        (
            reading.was_read and reading.confidence < policy.confidence_floor,
            Reason(_("the reading is too unsure for volunteers")),
        ),
    )
    return next((reason for applies, reason in checks if applies), None)


def _priority(reading: Reading, route: Route) -> tuple[Priority, Reason | None]:
    if reading.urgency is Urgency.URGENT and route.priority is not Priority.URGENT:
        return Priority.URGENT, Reason(_("the message is urgent"))
    if reading.sentiment is Sentiment.NEGATIVE and route.priority is Priority.NORMAL:
        return Priority.HIGH, Reason(_("the contact is upset"))
    return route.priority, None
