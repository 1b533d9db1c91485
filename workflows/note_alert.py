"""An alert is noted as the detector has it: raised once, changed while it lasts, ended; people hear what changes.

Raised: people are called by the playbook (workflows/call_about_alert.py), an incident is proposed or found, automatic
answers on the topic are frozen if the playbook says so. Eased, flared up again, over: whoever was called hears it in
one line. All in the watch's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

from desk.alert import Alert, AlertId, NewAlert
from desk.people import Locale, Responder
from desk.phrases import marked as _
from desk.store.storms import Freeze
from routing.clusters import Clusterer
from routing.reasons import Reason
from routing.storm import StormLevel
from routing.storm_alert import StormAlert
from routing.storm_scores import Standing
from workflows.propose_incident import main_cluster, propose_for
from workflows.storm_words import CLUSTER, SILENCE, key_of, said, subject
from workflows.voice import Voice

EASED = _("🌤 {what}: it eases. Nothing new came of it for a while.")
AGAIN = _("⛈ {what}: it flares up again.")
A_STORM_NOW = _("⛈ {what}: what you are looking at is a storm now.")
OVER = _("☀ {what}: it is calm again. It took {minutes} minutes.")
HEARD = _("☀ Messages come in again.")
NO_READINGS = _("No message came in though many should have by now: a channel or the reading may be down.")


async def note_alert(voice: Voice, alert: StormAlert, standing: Standing, clusters: Clusterer) -> None:
    """As it stands now. `standing`: how far its topic stands out."""
    key = key_of(alert.topic)
    if alert.ended_at is not None:
        await note_over(voice, key)
        return
    before = next((one for one in await voice.work.alerts.open() if one.key == key), None)
    grown = None if before is not None else await _grown_from(voice, alert, clusters)
    alert_id = await _raise(voice, key, alert.level, alert.peak, alert.reasons, alert)
    if before is None:
        await _say_why(voice, alert_id, alert.reasons, standing)
        await voice.work.events.add("AlertRaised", now=voice.now, alert=alert_id, topic=alert.topic or None)
        await propose_for(voice, alert_id, alert, clusters)
        await _freeze_at_once(voice, alert)
        if grown is not None:
            await voice.work.alerts.call_at(alert_id, voice.now)
            await _tell_who_looks(voice, grown, key)
    elif before.level != alert.level.value:
        await _tell_change(voice, before, alert.level)


async def note_over(voice: Voice, key: str) -> None:
    """It is calm again, or was none."""
    ended = await voice.work.alerts.end(key, now=voice.now)
    if ended is None:
        return
    await voice.work.events.add("AlertEnded", now=voice.now, alert=ended.id)
    minutes = round((voice.now - ended.raised_at).total_seconds() / 60)
    await tell_called(voice, ended, HEARD if key == SILENCE else OVER, minutes=minutes)


async def note_silence(voice: Voice, silent: bool) -> None:
    """Nothing comes in though much should, or something does again. That is told and called about like a storm."""
    if not silent:
        await note_over(voice, SILENCE)
        return
    reasons = (Reason(NO_READINGS),)
    alert_id = await _raise(voice, SILENCE, StormLevel.WATCH, 1.0, reasons, None)
    await _say_why(voice, alert_id, reasons, None)
    await voice.work.events.add("AlertRaised", now=voice.now, alert=alert_id, topic=None)


async def tell_called(voice: Voice, alert: Alert, text: str, **values: object) -> None:
    """One line to everybody who was called about it."""
    people = await voice.work.people.responders_by_id(await voice.work.storms.called_about(alert.id))
    told: list[tuple[Responder, str, tuple[()]]] = []
    for one in people.values():
        if one.active:
            words = voice.say(one.locale, text, what=subject(voice.desk.phrases, one.locale, alert.key), **values)
            told.append((one, words, ()))
    await voice.to_responders(told)


async def _raise(
    voice: Voice,
    key: str,
    level: StormLevel,
    peak: float,
    reasons: Sequence[Reason],
    alert: StormAlert | None,
) -> AlertId:
    """People are called about a storm, and about silence, by what the playbook says of storms."""
    topic = alert.topic if alert is not None else None
    calls = voice.desk.storms.playbook.play(StormLevel.STORM, topic or None).call
    new = NewAlert(
        key=key,
        level=level.value,
        peak=peak,
        reasons=[said(voice.desk.phrases, voice.desk.locale, one) for one in reasons],
        began_at=alert.began_at if alert is not None else voice.now,
        call_at=voice.now if calls else None,
    )
    alert_id, _new = await voice.work.alerts.raise_or_change(new, now=voice.now)
    return alert_id


async def _say_why(voice: Voice, alert_id: AlertId, reasons: Sequence[Reason], standing: Standing | None) -> None:
    """In both languages, and what is usual there."""
    words = {locale: [said(voice.desk.phrases, locale, one) for one in reasons] for locale in Locale}
    usual = standing.expected * 60 / standing.minutes if standing is not None else 0.0
    await voice.work.storms.say_why(alert_id, words, usual)


async def _grown_from(voice: Voice, alert: StormAlert, clusters: Clusterer) -> Alert | None:
    """One storm is one alert: that of a growing cluster goes on as its topic's, which was to be expected from it."""
    cluster = await main_cluster(voice, alert, clusters)
    return None if cluster is None else await voice.work.alerts.rekey(f"{CLUSTER}{cluster.id}", key_of(alert.topic))


async def _tell_who_looks(voice: Voice, grown: Alert, key: str) -> None:
    """Whoever looked at the growing cluster is called no more, but hears that it is a storm."""
    if grown.acknowledged_by is None:
        return
    person = await voice.work.people.responder(grown.acknowledged_by)
    what = subject(voice.desk.phrases, person.locale, key)
    await voice.to_responder(person, voice.say(person.locale, A_STORM_NOW, what=what))


async def _freeze_at_once(voice: Voice, alert: StormAlert) -> None:
    play = voice.desk.storms.playbook.play(alert.level, alert.topic or None)
    if alert.topic and play.freeze == "at_once":
        freeze = Freeze(alert.topic, None, voice.now, voice.now + play.freeze_time)
        await voice.work.storms.freeze(freeze)
        await voice.work.events.add("TopicFrozen", now=voice.now, topic=alert.topic)


async def _tell_change(voice: Voice, before: Alert, level: StormLevel) -> None:
    """Whoever acknowledged it hears that it flares up; when nobody did, people are called anew."""
    if level is StormLevel.RECOVERY:
        await tell_called(voice, before, EASED)
    elif level is StormLevel.STORM:
        await tell_called(voice, before, AGAIN)
        await voice.work.alerts.call_at(before.id, voice.now)
