"""Freezing a topic: the bot answers nothing on it by itself, until a time or until somebody undoes it.

Frozen: nothing is suggested or settled by the machine on the topic; silence is not taken for content, so that nobody is
told "we consider it solved" in a storm. Not frozen: the acknowledgement, the question which of a few things is meant,
words for people in danger, the approved statement, and whatever the contact asks for by a button or a command: these
either say nothing about the matter, or a person has approved them.
"""

from __future__ import annotations

from desk.errors import InputRejected
from desk.intents import INTENT
from desk.people import Responder
from desk.store.storms import Freeze
from routing.storm import StormLevel
from workflows.permissions import steering
from workflows.voice import Voice


async def freeze_topic(voice: Voice, by: Responder, topic: str) -> Freeze:
    """For as long as the playbook says for a storm on it. Raises NotAllowed, InputRejected."""
    steering(by)
    if topic not in INTENT:
        raise InputRejected("topic: not one that we know")
    lasts = voice.desk.storms.playbook.play(StormLevel.STORM, topic).freeze_time
    freeze = Freeze(topic, by.id, voice.now, voice.now + lasts)
    await voice.work.storms.freeze(freeze)
    await voice.work.events.add("TopicFrozen", now=voice.now, responder_id=by.id, topic=topic)
    return freeze


async def unfreeze_topic(voice: Voice, by: Responder, topic: str) -> bool:
    """The undo. False: it was not frozen. Raises NotAllowed."""
    steering(by)
    if not await voice.work.storms.unfreeze(topic):
        return False
    await voice.work.events.add("TopicUnfrozen", now=voice.now, responder_id=by.id, topic=topic)
    return True
