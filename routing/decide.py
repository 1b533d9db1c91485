"""The decision: lane, business unit and priority of a question, with its reasons.

The rules, in order; the first that fits sets the lane, and every one that spoke leaves its reason:

    1. nobody could read it                     -> staff
    2. danger to life or health, or maybe so    -> staff
    3. the contact asked for a person           -> staff
    4. data that only staff may handle          -> staff
    5. law, privacy, press                      -> staff, whatever the policy says
    6. rejected twice                           -> staff
    7. neither German nor English               -> staff
    8. asked which it is, the contact said "something else", or nothing -> staff
    9. out of scope, or the risk that it is staff's is too high         -> staff
    10. another request in it is staff's        -> staff
    11. the policy's lane for the intent
    12. peer, but no volunteer is at hand       -> staff

Privacy before reach: when in doubt, staff; doubt is counted over all guesses (routing/doubt.py). Priority is the
highest of the policy's for all requests in the message, raised by danger, urgency and anger, and in a storm by the
playbook; only a main request that is a mere guess counts as high at most.
Pure: same input, same decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.asking import AskingState
from desk.intents import intent_name
from desk.phrases import Term
from desk.phrases import marked as _
from desk.reading import OUT_OF_SCOPE, SAFETY_HAZARD, IntentGuess, Reading, Sentiment, Urgency
from desk.ticket import Lane, Priority
from routing.doubt import confidence_in_place, doubt, guesses_of
from routing.policy import STAFF_ONLY_INTENTS, Policy
from routing.reasons import Reason
from routing.storm import StormLevel

REJECTIONS_UNTIL_STAFF = 2

STORM_ON = {
    StormLevel.WATCH: _("more than usual comes in on “{intent}”"),
    StormLevel.STORM: _("there is a storm on “{intent}”"),
    StormLevel.RECOVERY: _("a storm on “{intent}” is just over"),
}

DANGER_ENOUGH = 0.1
"""A guess of danger from which on nobody waits for a better one: to miss one is worse than nine false alarms."""


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What the desk knows of the contact's question so far. `rejections`: times they said *not solved*. `answer`: what
    became of asking them which of `offered` they mean; None when they were not asked."""

    rejections: int = 0
    asked_for_human: bool = False
    answer: AskingState | None = None
    offered: tuple[str, ...] = ()


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
    reading: Reading,
    contact: ContactFacts,
    roster: Roster,
    storm: StormLevel,
    policy: Policy,
    now: datetime,
    least: Priority | None = None,
) -> Decision:
    """The decision on one reading. `now` is aware UTC; `storm`: the level of its topic, `least`: the priority that the
    playbook asks for there. See the module for the rules."""
    requests = _requests(reading)
    leading = _leading(requests, policy)
    route = policy.route(leading)
    reasons = [*_as_read(reading, contact)]
    lane, why = _lane(reading, contact, roster, leading, policy)
    reasons.append(why)
    priorities = [policy.route(intent).priority for intent in requests]
    if reading.was_read and confidence_in_place(reading, policy) < policy.confidence_floor:
        # A guess alone wakes nobody; words of danger make it urgent all the same.
        priorities[0] = min(priorities[0], Priority.HIGH, key=lambda one: one.rank)
    priority, raised = _priority(reading, max(priorities, key=lambda one: one.rank))
    if raised:
        reasons.append(raised)
    if storm is not StormLevel.CALM:
        reasons.append(Reason(STORM_ON[storm], {"intent": _name(reading.intent)}))
        if least is not None and least.rank > priority.rank:
            priority = least
            reasons.append(Reason(_("the playbook wants it answered sooner")))
    return Decision(lane, route.unit, priority, tuple(reasons))


def _as_read(reading: Reading, contact: ContactFacts) -> Iterator[Reason]:
    if contact.answer is AskingState.CHOSEN:
        yield Reason(_("the contact says it is “{intent}”"), {"intent": _name(reading.intent)})
    elif reading.was_read and contact.answer is not AskingState.SOMETHING_ELSE:
        yield Reason(_("read as “{intent}” ({percent} % sure)"), _sure(reading))


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
    return (
        staff_at_once(reading, contact, policy) or _unanswered(contact, policy) or _too_risky(reading, contact, policy)
    )


def staff_at_once(reading: Reading, contact: ContactFacts, policy: Policy) -> Reason | None:
    """Why staff must have it whatever it is about, so that asking the contact what it is about would only cost time."""
    private = sorted({span.kind for span in reading.personal_data} & policy.staff_only_data)
    grave = sorted({reading.intent, *reading.also} & STAFF_ONLY_INTENTS - {OUT_OF_SCOPE})
    checks = (
        (not reading.was_read, Reason(_("no model could read it"))),
        (_may_be_danger(reading), Reason(_("somebody may be in danger"))),
        (contact.asked_for_human or reading.wants_human, Reason(_("the contact asks for a person"))),
        (bool(private), Reason(_("it holds data only staff may handle: {kinds}"), {"kinds": ", ".join(private)})),
        (bool(grave), Reason(_("only staff may handle “{intent}”"), {"intent": _name(grave[0]) if grave else ""})),
        (contact.rejections >= REJECTIONS_UNTIL_STAFF, Reason(_("the contact said twice that it is not solved"))),
        (reading.language == "other", Reason(_("it is neither German nor English"))),
    )
    return next((reason for applies, reason in checks if applies), None)


def _may_be_danger(reading: Reading) -> bool:
    in_scope = 1 - reading.confidence if reading.out_of_scope else 1.0
    guessed = sum(one.confidence for one in guesses_of(reading) if one.intent == SAFETY_HAZARD) * in_scope
    return reading.danger is not None or guessed >= DANGER_ENOUGH or SAFETY_HAZARD in reading.also


def _unanswered(contact: ContactFacts, policy: Policy) -> Reason | None:
    """Why the question goes to staff that the contact was asked about, or None."""
    if contact.answer is AskingState.SOMETHING_ELSE:
        return Reason(_("the contact says it is something else"))
    if contact.answer is AskingState.SILENT and not _left_to_peers(contact, policy):
        return Reason(_("the contact was asked what it is about and did not say"))
    return None


def _left_to_peers(contact: ContactFacts, policy: Policy) -> bool:
    theirs = all(policy.route(intent).lane is Lane.PEER for intent in contact.offered)
    return policy.asking.unanswered is Lane.PEER and theirs


def _too_risky(reading: Reading, contact: ContactFacts, policy: Policy) -> Reason | None:
    """Why volunteers had better not have it, or None. Nobody counts risks where the policy has."""
    if reading.out_of_scope or reading.intent == OUT_OF_SCOPE:
        return Reason(_("it fits nothing we know"))
    if contact.answer is AskingState.SILENT:
        return None
    if confidence_in_place(reading, policy) < policy.confidence_floor:
        return Reason(_("the reading is too unsure for volunteers"))
    risk = doubt(reading, policy)
    staffs = _staffs_likeliest(reading, policy)
    if policy.route(reading.intent).lane is not Lane.PEER or risk <= policy.staff_doubt:
        return None
    if staffs is None:
        return Reason(_("the reading is too unsure for volunteers"))
    values = {"percent": round(100 * risk), "intent": _name(staffs.intent)}
    return Reason(_("{percent} % risk that it is for staff, perhaps “{intent}”"), values)


def _staffs_likeliest(reading: Reading, policy: Policy) -> IntentGuess | None:
    return next((one for one in guesses_of(reading) if policy.route(one.intent).lane is Lane.STAFF), None)


def _priority(reading: Reading, policys: Priority) -> tuple[Priority, Reason | None]:
    if reading.danger is not None and policys is not Priority.URGENT:
        return Priority.URGENT, Reason(_("somebody may be in danger"))
    if reading.urgency is Urgency.URGENT and policys is not Priority.URGENT:
        return Priority.URGENT, Reason(_("the message is urgent"))
    if reading.sentiment is Sentiment.NEGATIVE and policys is Priority.NORMAL:
        return Priority.HIGH, Reason(_("the contact is upset"))
    return policys, None
