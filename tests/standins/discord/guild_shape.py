"""The JSON of a whole guild, as GUILD_CREATE hands it to a bot.

Without the presence intent only the bot itself is listed as a member, as the platform does it; a client
that wants the others asks (op 8). Archived threads are left out too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import shapes
from .snowflake import iso
from .things import Json

if TYPE_CHECKING:
    from .places import Guild
    from .world import World


def available(one: Guild, world: World, everybody: bool = False) -> Json:
    me = one.members[world.bot.id]
    threads = [c for c in world.channels.values() if c.guild is one and c.is_thread and world.bot_sees(c)]
    return shapes.guild(one) | {
        "unavailable": False,
        "large": False,
        "member_count": len(one.members),
        "joined_at": iso(me.joined_at),
        "members": [shapes.member(m) for m in (one.members.values() if everybody else [me])],
        "channels": [shapes.channel(c, world) for c in one.channels],
        "threads": [shapes.thread(c, world) for c in threads if not c.archived],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
