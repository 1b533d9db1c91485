"""The decision: lane, business unit and priority of a question, with its reasons.

The rules, in order; the first that fits sets the lane, and every one that spoke leaves its reason:

    1. nobody could read it                     -> staff
    2. the contact asked for a person           -> staff
    3. data that only staff may handle          -> staff
    4. danger, law, privacy, press              -> staff, whatever the policy says
    5. rejected twice                           -> staff
    6. neither German nor English, out of scope, or too unsure -> staff
    7. another request in it is staff's         -> staff
    8. the policy's lane for the intent
    9. peer, but no volunteer is at hand        -> staff

Privacy before reach: when in doubt, staff. Priority is the highest of the policy's for all requests in the message,
raised by urgency and anger; only a main request that is a mere guess counts as high at most.
Pure: same input, same decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.intents import intent_name
from desk.phrases import Term
from desk.phrases import marked as _
from desk.reading import OUT_OF_SCOPE, Reading, Sentiment, Urgency
from desk.ticket import Lane, Priority
from routing.policy import STAFF_ONLY_INTENTS, Policy
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
    requests = _requests(reading)
    leading = _leading(requests, policy)
    route = policy.route(leading)
    reasons: list[Reason] = []
    if reading.was_read:
        reasons.append(Reason(_("read as “{intent}” ({percent} % sure)"), _sure(reading)))
    lane, why = _lane(reading, contact, roster, leading, policy)
    reasons.append(why)
    priorities = [policy.route(intent).priority for intent in requests]
    if reading.was_read and reading.confidence < policy.confidence_floor:
        # A guess alone wakes nobody; words of danger make it urgent all the same.
        priorities[0] = min(priorities[0], Priority.HIGH, key=lambda one: one.rank)
    priority, raised = _priority(reading, max(priorities, key=lambda one: one.rank))
    if raised:
        reasons.append(raised)
    if storm is not StormLevel.CALM:
        reasons.append(Reason(_("storm level: {level}"), {"level": storm.value}))
    return Decision(lane, route.unit, priority, tuple(reasons))


def _sure(reading: Reading) -> dict[str, object]:
    return {"intent": _name(reading.intent), "percent": round(100 * reading.confidence)}


def _name(intent: str) -> Term:
    return Term(intent_name(intent))


def _requests(reading: Reading) -> tuple[str, ...]:
    """All intents of the message, the main one first."""
    main = reading.intent if reading.was_read and not reading.out_of_scope else OUT_OF_SCOPE
    return (main, *reading.also)


def _leading(requests: Sequence[str], policy: Policy) -> str:
    """The request that sets unit and lane: the first that is staff's, else the main one."""
    staffs = (intent for intent in requests if policy.route(intent).lane is Lane.STAFF)
    return next(staffs, requests[0])


def _lane(reading: Reading, contact: ContactFacts, roster: Roster, leading: str, policy: Policy) -> tuple[Lane, Reason]:
    only_staff = _only_staff(reading, contact, policy)
    if only_staff is not None:
        return Lane.STAFF, only_staff
    lane = policy.route(leading).lane
    if lane is Lane.PEER and roster.volunteers_at_hand == 0:
        return Lane.STAFF, Reason(_("no volunteer is at hand"))
    if lane is Lane.PEER:
        return lane, Reason(_("volunteers at hand: {count}"), {"count": roster.volunteers_at_hand})
    if leading != reading.intent:
        return lane, Reason(_("it also asks for “{intent}”, which is for staff"), {"intent": _name(leading)})
    if lane is Lane.STAFF:
        return lane, Reason(_("the policy gives “{intent}” to staff"), {"intent": _name(leading)})
    return lane, Reason(_("the bot answers “{intent}” by itself"), {"intent": _name(leading)})


def _only_staff(reading: Reading, contact: ContactFacts, policy: Policy) -> Reason | None:
    """Why nobody but staff may have it, or None."""
    private = sorted({span.kind for span in reading.personal_data} & policy.staff_only_data)
    grave = sorted({reading.intent, *reading.also} & STAFF_ONLY_INTENTS - {OUT_OF_SCOPE})
    checks = (
        (not reading.was_read, Reason(_("no model could read it"))),
        (contact.asked_for_human or reading.wants_human, Reason(_("the contact asks for a person"))),
        (bool(private), Reason(_("it holds data only staff may handle: {kinds}"), {"kinds": ", ".join(private)})),
        (bool(grave), Reason(_("only staff may handle “{intent}”"), {"intent": _name(grave[0]) if grave else ""})),
        (contact.rejections >= REJECTIONS_UNTIL_STAFF, Reason(_("the contact said twice that it is not solved"))),
        (reading.language == "other", Reason(_("it is neither German nor English"))),
        (reading.out_of_scope or reading.intent == OUT_OF_SCOPE, Reason(_("it fits nothing we know"))),
        (reading.confidence < policy.confidence_floor, Reason(_("the reading is too unsure for volunteers"))),
    )
    return next((reason for applies, reason in checks if applies), None)


def _priority(reading: Reading, policys: Priority) -> tuple[Priority, Reason | None]:
    if reading.urgency is Urgency.URGENT and policys is not Priority.URGENT:
        return Priority.URGENT, Reason(_("the message is urgent"))
    if reading.sentiment is Sentiment.NEGATIVE and policys is Priority.NORMAL:
        return Priority.HIGH, Reason(_("the contact is upset"))
    return policys, None
