"""Answers to "request guild members" (op 8): by ids, by a name's beginning, or everybody."""

from __future__ import annotations

from collections.abc import Iterator

from . import shapes
from .things import Json, Member
from .world import World

CHUNK = 1000


def chunks(world: World, data: Json, everybody_allowed: bool) -> Iterator[Json]:
    """Chunks of at most 1000 members; the whole list only with the members intent."""
    guild = world.guilds.get(int(data["guild_id"]))
    if guild is None or world.bot.id not in guild.members:
        return
    members = list(guild.members.values())
    found: list[Member] = members
    extra: Json = {"nonce": data["nonce"]} if data.get("nonce") else {}
    if data.get("user_ids"):
        asked = data["user_ids"] if isinstance(data["user_ids"], list) else [data["user_ids"]]
        ids = {int(one) for one in asked}
        found = [m for m in members if m.user.id in ids]
        extra["not_found"] = [str(one) for one in ids - guild.members.keys()]
    elif data.get("query"):
        start = data["query"].lower()
        found = [m for m in members if (m.nick or m.user.name).lower().startswith(start)]
        found = found[: int(data.get("limit") or 100)]
    elif not everybody_allowed:
        return
    pieces = [found[i : i + CHUNK] for i in range(0, len(found), CHUNK)] or [[]]
    for number, piece in enumerate(pieces):
        yield extra | {
            "guild_id": str(guild.id),
            "members": [shapes.member(m) for m in piece],
            "chunk_index": number,
            "chunk_count": len(pieces),
        }
