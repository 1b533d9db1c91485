"""People are called about an alert, with a picture and masked examples, until somebody acknowledges it.

Whom and when again the playbook says (routing/playbook_calls.py). Pictures are drawn and kept before the transaction
that calls; one that cannot be drawn holds up nobody. Of any number of processes one makes each call: the alert is
locked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desk.alert import Alert, AlertId, StormScene
from desk.conversation import AttachmentId, ButtonRows
from desk.incident import ClusterId
from desk.people import Locale, Responder
from desk.phrases import marked as _
from desk.store.storms import WatchMemory
from routing.playbook_calls import Call, call_number
from routing.storm import StormLevel
from workflows.care_desk import CareDesk
from workflows.offer_muster import may_call
from workflows.statement_words import DRILL
from workflows.storm_mind import thawed
from workflows.storm_words import SILENCE, cluster_of, subject, topic_of
from workflows.voice import Voice, speaking

DrawStorm = Callable[[StormScene], Awaitable[bytes]]
"""Port: the picture as PNG."""

MOST_CALLS = 20
LARGEST_PICTURE = 2_000_000
SHOWN_BEFORE = timedelta(hours=6)
STEP = timedelta(minutes=5)
LEAST_SEASON = 0.05
"""Of the mean: at the quietest hour little is usual, but not nothing."""

EXAMPLES = 3
LONGEST_EXAMPLE = 160

FIRST = _("⛈ {what}: alert since {time}")
STILL = _("⛈ {what}: for {minutes} minutes nobody has acknowledged this alert (call {number})")
QUOTED = _("“{words}”")
WRITTEN = _("What people write, masked:")

log = logging.getLogger(__name__)


async def call_about_alerts(desk: CareDesk, draw: DrawStorm) -> int:
    """Makes the calls that are due. Returns how many."""
    for done in range(MOST_CALLS):
        await _draw_due(desk, draw)
        async with speaking(desk) as voice:
            alert = await voice.work.alerts.take_due_call(now=voice.now)
            if alert is None:
                return done
            await _call(voice, alert)
    return MOST_CALLS


async def _call(voice: Voice, alert: Alert) -> None:
    topic, storms = topic_of(alert.key), voice.desk.storms
    level = StormLevel.STORM if alert.key == SILENCE else StormLevel(alert.level)
    unit = voice.desk.policy().route(topic).unit if topic is not None else ""
    people = await voice.work.people.responders()
    call = call_number(alert.calls, storms.playbook.play(level, topic), storms.playbook, people, unit, voice.now)
    if call is None:
        await voice.work.alerts.called(alert.id, next_at=None)
        return
    await voice.work.alerts.called(alert.id, next_at=voice.now + call.again_after)
    await _tell(voice, alert, call)
    await voice.work.storms.was_called(alert.id, [one.id for one in call.people], now=voice.now)
    await voice.work.events.add("AlertCalled", now=voice.now, alert=alert.id, people=len(call.people))


async def _tell(voice: Voice, alert: Alert, call: Call) -> None:
    for locale in Locale:
        hearers = [one for one in call.people if one.locale is locale]
        if not hearers:
            continue
        text, buttons = await _text(voice, alert, locale), await _buttons(voice, alert, locale)
        told: list[tuple[Responder, str, ButtonRows]] = [(one, text, buttons) for one in hearers]
        channel = None if call.by == "chat" else call.by
        await voice.to_responders(told, attachments=await _picture(voice, alert.id, locale), channel=channel)
    if call.rooms:
        locale = voice.desk.locale
        text, buttons = await _text(voice, alert, locale), await _buttons(voice, alert, locale)
        for room in voice.desk.staff_rooms:
            await voice.to_address(room, text, buttons=buttons)


async def _text(voice: Voice, alert: Alert, locale: Locale) -> str:
    what = subject(voice.desk.phrases, locale, alert.key)
    if alert.calls == 0:
        head = voice.say(locale, FIRST, what=what, time=_clock(alert.began_at, voice))
    else:
        minutes = round((voice.now - alert.raised_at).total_seconds() / 60)
        head = voice.say(locale, STILL, what=what, minutes=minutes, number=alert.calls + 1)
    reasons = await voice.work.storms.reasons_of(alert.id, locale) or alert.reasons
    lines = [head, *(f"• {reason}" for reason in reasons)]
    if voice.desk.drill:
        lines.insert(0, voice.say(locale, DRILL))
    examples = await _examples(voice, alert)
    if examples:
        lines += ["", voice.say(locale, WRITTEN)]
        lines += [voice.say(locale, QUOTED, words=words) for words in examples]
    place = f"/{alert.incident_id}" if alert.incident_id is not None else ""
    return "\n".join([*lines, "", f"{voice.desk.public_url}/console/storm{place}"])


async def _examples(voice: Voice, alert: Alert) -> list[str]:
    if alert.key == SILENCE:
        return []
    topic, cluster = topic_of(alert.key), _cluster(alert)
    found = await voice.work.storms.examples(topic, cluster, alert.began_at, limit=EXAMPLES)
    flat = (" ".join(one.words.split()) for one in found)
    return [one if len(one) <= LONGEST_EXAMPLE else f"{one[: LONGEST_EXAMPLE - 1]}…" for one in flat]


async def _buttons(voice: Voice, alert: Alert, locale: Locale) -> ButtonRows:
    incident = await voice.work.incidents.seen(alert.incident_id) if alert.incident_id is not None else None
    offered = incident is not None and await may_call(voice.desk, voice.work, incident)
    return voice.buttons(locale).alert(alert.id, alert.incident_id, may_muster=offered)


def _clock(at: datetime, voice: Voice) -> str:
    zone = ZoneInfo(voice.desk.zone)
    local = at.astimezone(zone)
    today = local.date() == voice.now.astimezone(zone).date()
    return f"{local:%H:%M}" if today else f"{local:%Y-%m-%d %H:%M}"


async def _picture(voice: Voice, alert_id: AlertId, locale: Locale) -> Sequence[AttachmentId]:
    found = await voice.work.storms.picture_of(alert_id, locale)
    return () if found is None else (found,)


async def _draw_due(desk: CareDesk, draw: DrawStorm) -> None:
    """Fresh pictures of alerts that are called about now, in the languages of the staff."""
    now = desk.clock.now()
    async with desk.store.begin() as work:
        due = [
            one
            for one in await work.alerts.open()
            if one.key != SILENCE and one.acknowledged_at is None and one.call_at is not None and one.call_at <= now
        ]
        staff = [one for one in await work.people.responders() if one.active and one.role.is_staff] if due else []
    for alert in due:
        for locale in sorted({one.locale for one in staff}):
            try:
                await _draw(desk, draw, alert, locale)
            except Exception:
                log.exception("the picture of an alert could not be drawn")


async def _draw(desk: CareDesk, draw: DrawStorm, alert: Alert, locale: Locale) -> None:
    scene = await scene_of(desk, alert, locale)
    png = await draw(scene)
    key, size = await desk.files.store(_whole(png), limit=LARGEST_PICTURE)
    async with desk.store.begin() as work:
        await work.storms.keep_picture(
            alert.id, locale, name="storm.png", storage_key=key, size=size, now=desk.clock.now()
        )


async def scene_of(desk: CareDesk, alert: Alert, locale: Locale) -> StormScene:
    """What the picture of an alert shows now."""
    now = desk.clock.now()
    since = datetime.fromtimestamp(
        (now - SHOWN_BEFORE).timestamp() // STEP.total_seconds() * STEP.total_seconds(), now.tzinfo
    )
    async with desk.store.begin() as work:
        counted = await work.storms.counted(topic_of(alert.key), _cluster(alert), since, STEP)
        usual = await work.storms.usual_of(alert.id)
        memory = await work.storms.memory()
    places = {round((one.at - since) / STEP): one for one in counted}
    steps = range(int((now - since) / STEP) + 1)
    season = await asyncio.to_thread(_season, memory, desk.zone, since, len(steps))
    raised = min(max(int((alert.raised_at - since) / STEP), 0), steps[-1])
    a_mean_step = usual * STEP / timedelta(hours=1) / max(season[raised], LEAST_SEASON)
    return StormScene(
        locale=locale,
        subject=subject(desk.phrases, locale, alert.key),
        since=since,
        step=STEP,
        messages=[places[one].messages if one in places else 0 for one in steps],
        negatives=[places[one].negatives if one in places else 0 for one in steps],
        usual=[a_mean_step * one for one in season],
        raised_at=alert.raised_at,
        zone=desk.zone,
    )


def _season(memory: WatchMemory, zone: str, since: datetime, count: int) -> list[float]:
    """As the early warning knows it; flat while it knows nothing."""
    detector = thawed(memory.detector, ZoneInfo(zone))
    return detector.season(since, STEP, count) if detector is not None else [1.0] * count


def _cluster(alert: Alert) -> ClusterId | None:
    number = cluster_of(alert.key)
    return None if number is None else ClusterId(number)


async def _whole(png: bytes) -> AsyncIterator[bytes]:
    yield png
