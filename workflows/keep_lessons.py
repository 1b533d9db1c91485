"""What an incident taught: a lesson is added with an owner and a day; somebody says that it is done, or not yet."""

from __future__ import annotations

from datetime import date

from desk.errors import InputRejected, NotFound
from desk.incident import IncidentId
from desk.lesson import LONGEST_LESSON, LessonId, NewLesson
from desk.people import Responder, ResponderId, Role
from workflows.permissions import staff_only, steering
from workflows.voice import Voice


async def add_lesson(
    voice: Voice, by: Responder, incident_id: IncidentId, *, text: str, owner_id: ResponderId, due: date
) -> LessonId:
    """Raises NotAllowed, NotFound; InputRejected without words, with too many or with personal data in them, and for an
    owner who is not of the staff."""
    steering(by)
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST_LESSON:
        raise InputRejected(f"text: expected 1 to {LONGEST_LESSON} characters")
    if voice.desk.find_personal_data(text):
        raise InputRejected("text: a lesson holds no personal data")
    owner = (await voice.work.people.responders_by_id([owner_id])).get(owner_id)
    if owner is None or not owner.active or owner.role is Role.VOLUNTEER:
        raise InputRejected("owner: expected one of the staff")
    await voice.work.incidents.incident(incident_id)
    lesson_id = await voice.work.lessons.add(NewLesson(incident_id, text, owner_id, due, by.id), now=voice.now)
    await voice.work.events.add(
        "LessonAdded", now=voice.now, responder_id=by.id, incident=incident_id, lesson=lesson_id
    )
    return lesson_id


async def settle_lesson(
    voice: Voice, by: Responder, incident_id: IncidentId, lesson_id: LessonId, *, done: bool
) -> None:
    """Nothing happens when it is so already. Raises NotAllowed, NotFound when the incident has no such lesson."""
    staff_only(by)
    if all(one.id != lesson_id for one in await voice.work.lessons.of_incident(incident_id)):
        raise NotFound("no such lesson")
    if await voice.work.lessons.set_done(incident_id, lesson_id, by=by.id if done else None, now=voice.now):
        kind = "LessonDone" if done else "LessonOpenAgain"
        await voice.work.events.add(kind, now=voice.now, responder_id=by.id, incident=incident_id, lesson=lesson_id)
