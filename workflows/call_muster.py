"""A coordinator calls the volunteers who opted in, for a confirmed incident; it is extended, and new people join it.

The calls themselves go out by `workflows/send_calls.py`, in slices. Who was called once is not called again by the same
muster, so that nobody is pinged twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.errors import InputRejected, NotAllowed
from desk.incident import Incident, IncidentId, IncidentState
from desk.muster import GRACE, LONGEST, Briefing, Muster, MusterId, MusterTerms, MusterTrigger, after, checked_terms
from desk.people import Locale, Responder, ResponderId
from desk.store import NewMuster, Ready
from desk.storm_wishes import call_time, may_be_called
from routing.policy import Policy
from routing.topics import kindred_topics
from workflows.incident_name import public_name
from workflows.muster_words import USUAL_DONTS, USUAL_DOS
from workflows.permissions import steering
from workflows.voice import Voice


@dataclass(frozen=True, slots=True)
class WouldBeCalled:
    """Whom a muster would call: now, and later while it lasts, in their hours."""

    now: int
    later: int


def topics_of(policy: Policy, incident: Incident) -> tuple[str, ...]:
    """What the storm is about, as volunteers choose it: the unit of the incident's topic with all under it; none for an
    incident on several topics, which is every topic."""
    if incident.topic is None:
        return ()
    return kindred_topics(policy, policy.route(incident.topic).unit)


def usual_terms(voice: Voice, incident: Incident) -> MusterTerms:
    """What stands in the form: the policy's numbers, and words to start from."""
    storm = voice.desk.policy().storm
    briefings = {
        one: Briefing(public_name(voice, one, incident), voice.say(one, USUAL_DOS), voice.say(one, USUAL_DONTS))
        for one in Locale
    }
    return MusterTerms(storm.muster_lasts, storm.rest, storm.raised, tuple(Locale), briefings)


async def call_muster(voice: Voice, by: Responder, incident_id: IncidentId, terms: MusterTerms) -> MusterId:
    """Calls it; the first calls go out after a moment in which it can be undone. Raises NotAllowed for whoever may not
    steer and for an incident that is not confirmed; InputRejected for other terms, and when one is called already."""
    steering(by)
    work = voice.work
    good = checked_terms(terms)
    incident = await work.incidents.incident(incident_id)
    if incident.state is not IncidentState.CONFIRMED:
        raise NotAllowed("only a confirmed incident calls volunteers")
    alerts = await work.alerts.of_incident(incident_id)
    alerted_at = min((one.raised_at for one in alerts), default=incident.began_at)
    topics = topics_of(voice.desk.policy(), incident)
    new = NewMuster(incident_id, incident.drill, topics, good, by.id, min(alerted_at, voice.now))
    muster_id = await work.musters.call(new, now=voice.now)
    if muster_id is None:
        raise InputRejected("muster: one is called already")
    for locale in good.languages:
        await work.musters.brief(muster_id, locale, good.briefings[locale])
    muster = await work.musters.muster(muster_id)
    called = await enlist(voice, muster)
    await work.events.add(
        "MusterCalled", now=voice.now, responder_id=by.id, incident=incident_id, muster=muster_id, called=called,
        drill=incident.drill,
    )  # fmt: skip
    return muster_id


async def enlist(voice: Voice, muster: Muster, only: ResponderId | None = None) -> int:
    """Puts everybody who may be called, and was not, on the list, each with the time of their call. How many."""
    ready = await voice.work.musters.ready(
        muster.topics, muster.languages, now=voice.now, beyond=muster.id, only=only
    )  # fmt: skip
    calls = _times(ready, max(voice.now, muster.called_at + GRACE), muster.until)
    if calls:
        await voice.work.musters.add_calls(muster.id, calls)
    return len(calls)


def _times(ready: Sequence[Ready], start: datetime, until: datetime) -> list[tuple[ResponderId, datetime]]:
    timed = [(one.responder.id, call_time(one.wishes, one.availability, start, until)) for one in ready]
    return [(who, at) for who, at in timed if at is not None]


async def would_be_called(voice: Voice, incident: Incident, terms: MusterTerms) -> WouldBeCalled:
    """How many a muster would reach, before it is called."""
    topics = topics_of(voice.desk.policy(), incident)
    ready = await voice.work.musters.ready(topics, terms.languages, now=voice.now)
    at_once = sum(may_be_called(one.wishes, one.availability, voice.now) for one in ready)
    return WouldBeCalled(at_once, len(_times(ready, voice.now, voice.now + terms.lasts)) - at_once)


async def extend_muster(voice: Voice, by: Responder, muster_id: MusterId, lasts: timedelta) -> Muster:
    """It lasts so long from now on; whoever has hours by then is called, too. Raises NotAllowed, NotFound,
    IllegalTransition, InputRejected."""
    steering(by)
    muster = await voice.work.musters.muster(muster_id)
    after(muster.state, MusterTrigger.EXTEND)
    if not timedelta() < lasts <= LONGEST:
        raise InputRejected("lasts: expected up to 24 hours")
    await voice.work.musters.extend(muster_id, voice.now + lasts)
    longer = await voice.work.musters.muster(muster_id)
    await enlist(voice, longer)
    await voice.work.events.add(
        "MusterExtended", now=voice.now, responder_id=by.id, incident=muster.incident_id, muster=muster_id,
        hours=round(lasts / timedelta(hours=1), 2),
    )  # fmt: skip
    return longer


async def change_briefing(voice: Voice, by: Responder, muster_id: MusterId, locale: Locale, briefing: Briefing) -> None:
    """Other words for those who come from now on. Raises NotAllowed, NotFound, IllegalTransition, InputRejected."""
    steering(by)
    muster = await voice.work.musters.muster(muster_id)
    after(muster.state, MusterTrigger.EXTEND)
    terms = MusterTerms(timedelta(hours=1), timedelta(), muster.raised, (locale,), {locale: briefing})
    await voice.work.musters.brief(muster_id, locale, checked_terms(terms).briefings[locale])
