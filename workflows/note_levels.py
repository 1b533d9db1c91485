"""Levels of topics as the detector has them, noted where every process finds them (workflows/storm_board.py)."""

from __future__ import annotations

from collections.abc import Mapping

from desk.alert import ALL
from routing.storm import StormLevel
from workflows.voice import Voice


async def note_levels(voice: Voice, levels: Mapping[str, StormLevel]) -> bool:
    """Whether any changed. The detector calls all topics together by the empty name."""
    storms = voice.work.storms
    known = {one.topic: one.level for one in await storms.levels()}
    wanted = {topic or ALL: level.value for topic, level in levels.items()}
    changed = {topic for topic in known.keys() | wanted.keys() if known.get(topic) != wanted.get(topic)}
    for topic in sorted(changed):
        level = wanted.get(topic, StormLevel.CALM.value)
        await storms.set_level(topic, level, now=voice.now)
        await voice.work.events.add("StormLevelChanged", now=voice.now, topic=topic, level=level)
    return bool(changed)
