"""Whether a message in a place is the desk's business. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Any, assert_never

from bots.discord_places import Duty, Place
from bots.discord_reading import calls_bot, replied_to

Json = Mapping[str, Any]


class Ours(Enum):
    """Not at all; heard; or heard only because it may answer somebody's question, which the desk finds out."""

    NOT = auto()
    HEARD = auto()
    OVERHEARD = auto()


def whose_business(duty: Duty, data: Json, bot_id: str, place: Place) -> Ours:
    """A post's owner is heard, and whoever calls the bot; replies, and talk in threads, may answer a question."""
    match duty:
        case Duty.PRIVATE | Duty.STAFF | Duty.WATCHED:
            return Ours.HEARD
        case Duty.POST:
            owns = str(data["author"]["id"]) == place.owner
            called = owns or calls_bot(data, bot_id, place, replies_count=False)
            return Ours.HEARD if called else Ours.OVERHEARD
        case Duty.MENTIONS:
            if calls_bot(data, bot_id, place):
                return Ours.HEARD
            may_answer = replied_to(data) or (place.is_thread and str(data["id"]) != place.id)
            return Ours.OVERHEARD if may_answer else Ours.NOT
        case _:
            assert_never(duty)
