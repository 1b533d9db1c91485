"""One text goes out to many: a statement to all who wait, a correction to all who got another text, an outcome to all.

Nobody is sent anything here: rows are made, one a question, and workflows/put_slices.py puts them on the outbox bit by
bit, within the channels' pace.
"""

from __future__ import annotations

from desk.broadcast import Broadcast, BroadcastId, BroadcastKind, BroadcastTrigger, NewBroadcast, after
from desk.errors import InputRejected
from desk.incident import IncidentId
from desk.people import Responder
from desk.statement import LONGEST_STATEMENT, Statement
from workflows.care_desk import Topic
from workflows.permissions import steering
from workflows.voice import Voice

STARTED = "BroadcastStarted"
CHANGES = {
    BroadcastTrigger.PAUSE: "BroadcastPaused",
    BroadcastTrigger.GO_ON: "BroadcastWentOn",
    BroadcastTrigger.STOP: "BroadcastStopped",
}


async def start_broadcast(
    voice: Voice,
    by: Responder,
    incident_id: IncidentId,
    kind: BroadcastKind,
    *,
    text_de: str,
    text_en: str,
    statement: Statement | None = None,
) -> BroadcastId | None:
    """None: there is nobody to tell. An outcome takes the place of statements that are still on their way.
    Raises NotAllowed, InputRejected for a text that is missing or too long."""
    steering(by)
    for text in (text_de, text_en):
        if not 0 < len(text.strip()) <= LONGEST_STATEMENT:
            raise InputRejected(f"text: expected 1 to {LONGEST_STATEMENT} characters in both languages")
    broadcasts = voice.work.broadcasts
    new = NewBroadcast(incident_id, kind, text_de, text_en, by.id, statement.id if statement else None)
    broadcast_id = await broadcasts.start(new, now=voice.now)
    count = 0
    for older in await broadcasts.of_incident(incident_id):
        if older.id != broadcast_id and older.is_live and _takes_the_place(kind, older):
            count += await _take_over(voice, by, broadcast_id, kind, older)
    # Only now that the older ones put nothing any more is it certain who got what.
    if kind is BroadcastKind.CORRECTION:
        count += await broadcasts.add_told(broadcast_id)
    else:
        count += await broadcasts.add_waiting(broadcast_id)
    if not count:
        await broadcasts.forget(broadcast_id)
        return None
    await voice.work.events.add(
        STARTED, now=voice.now, responder_id=by.id, incident=incident_id, broadcast=kind.value, questions=count
    )
    voice.wake(Topic.BROADCAST)
    return broadcast_id


def _takes_the_place(kind: BroadcastKind, older: Broadcast) -> bool:
    """A new version overtakes the old one on its way; an outcome what was said before, but for corrections."""
    if kind is BroadcastKind.OUTCOME:
        return older.kind is not BroadcastKind.CORRECTION
    return older.kind is not BroadcastKind.OUTCOME


async def _take_over(
    voice: Voice, by: Responder, broadcast_id: BroadcastId, kind: BroadcastKind, older: Broadcast
) -> int:
    """Whoever waited for the older one waits for this one."""
    await change_broadcast(voice, by, older.id, BroadcastTrigger.STOP)
    if kind is BroadcastKind.OUTCOME:
        return 0
    return await voice.work.broadcasts.add_left_over(broadcast_id, older.id)


async def change_broadcast(
    voice: Voice, by: Responder, broadcast_id: BroadcastId, trigger: BroadcastTrigger
) -> Broadcast:
    """Pauses it, lets it go on, or stops it. Raises NotAllowed, NotFound, IllegalTransition."""
    steering(by)
    broadcast = await voice.work.broadcasts.broadcast(broadcast_id)
    state = after(broadcast.state, trigger)
    await voice.work.broadcasts.save_state(broadcast_id, state, now=voice.now)
    await voice.work.events.add(
        CHANGES[trigger], now=voice.now, responder_id=by.id, incident=broadcast.incident_id, broadcast=broadcast_id
    )
    voice.wake(Topic.BROADCAST)
    return broadcast
