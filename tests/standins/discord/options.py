"""Command options: what a person types after a slash command, checked and typed as it was registered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from . import drafts, shapes
from .places import Channel
from .things import DM, Json, NotPossible, Role, User

if TYPE_CHECKING:
    from .world import World

SUBCOMMAND, GROUP, TEXT, WHOLE, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, FILE = range(1, 12)
GUILD_CONTEXT, DM_CONTEXT = 0, 1


def find_command(world: World, name: str, channel: Channel) -> Json:
    """The guild's own command before a global one; a global one may be barred from direct chats."""
    where = channel.guild.id if channel.guild else None
    known = [*world.commands.get(where, []), *(world.commands.get(None, []) if where else [])]
    for command in known:
        if command["name"] != name or command["type"] != 1:
            continue
        contexts = command.get("contexts")
        context = DM_CONTEXT if channel.kind == DM else GUILD_CONTEXT
        barred = context not in contexts if contexts else context == DM_CONTEXT and not command["dm_permission"]
        if barred:
            raise NotPossible(f"/{name} is not offered in {channel.title}")
        return command
    raise NotPossible(f"no command /{name}, only {sorted(c['name'] for c in known)}")


def find_menu_entry(world: World, name: str, channel: Channel, locale: str) -> Json:
    """A command of the menu on messages, as the person's app shows it."""
    where = channel.guild.id if channel.guild else None
    known = [c for scope in dict.fromkeys((where, None)) for c in world.commands.get(scope, []) if c["type"] == 3]
    context = DM_CONTEXT if channel.kind == DM else GUILD_CONTEXT
    for command in known:
        shown = (command.get("name_localizations") or {}).get(locale, command["name"])
        if name in (shown, command["name"]) and context in (command.get("contexts") or [context]):
            return command
    raise NotPossible(f"no {name!r} in the menu of {channel.title}, only {[c['name'] for c in known]}")


def invocation(world: World, command: Json, path: list[str], channel: Channel, given: Mapping[str, object]) -> Json:
    """The `data` of the interaction, subcommands nested as the platform nests them."""
    data: Json = {"id": command["id"], "name": command["name"], "type": 1}
    if command.get("guild_id"):
        data["guild_id"] = command["guild_id"]
    resolved: Json = {}
    place, definition = data, command
    for name in path:
        found = next((o for o in definition["options"] if o["name"] == name and o["type"] <= GROUP), None)
        if found is None:
            raise NotPossible(f"no subcommand {name!r} of /{command['name']}")
        inner: Json = {"name": name, "type": found["type"]}
        place["options"] = [inner]
        place, definition = inner, found
    place["options"] = typed(world, definition, channel, given, resolved)
    if resolved:
        data["resolved"] = resolved
    return data


def typed(world: World, definition: Json, channel: Channel, given: Mapping[str, object], resolved: Json) -> list[Json]:
    offered = {option["name"]: option for option in definition.get("options") or []}
    if unknown := set(given) - set(offered):
        raise NotPossible(f"no option {unknown}, only {set(offered)}")
    if missing := [n for n, o in offered.items() if o.get("required") and n not in given]:
        raise NotPossible(f"/{definition['name']} needs {missing}")
    return [
        {"name": name, "type": offered[name]["type"], "value": value_of(world, offered[name], value, channel, resolved)}
        for name, value in given.items()
    ]


def value_of(world: World, option: Json, value: object, channel: Channel, resolved: Json) -> Any:
    kind = option["type"]
    if choices := option.get("choices"):
        fitting = [c["value"] for c in choices if value in (c["name"], c["value"])]
        if not fitting:
            raise NotPossible(f"{value!r} is no choice of {option['name']!r}")
        return fitting[0]
    if kind in PLAIN:
        return plain(option, value)
    if isinstance(value, User) and kind in (USER, MENTIONABLE):
        return resolve_user(value, channel, resolved)
    if isinstance(value, Role) and kind in (ROLE, MENTIONABLE):
        resolved.setdefault("roles", {})[str(value.id)] = shapes.role(value)
        return str(value.id)
    if isinstance(value, Channel) and kind == CHANNEL:
        shape = shapes.channel(value, world) | {"permissions": str(shapes.PEOPLE_BITS)}
        resolved.setdefault("channels", {})[str(value.id)] = shape
        return str(value.id)
    if isinstance(value, tuple) and kind == FILE:
        file = drafts.attachment(world, *value)
        world.attachments[file.id] = file
        resolved.setdefault("attachments", {})[str(file.id)] = shapes.attachment(file, channel, world)
        return str(file.id)
    raise NotPossible(f"{option['name']!r} does not take {value!r}")


def resolve_user(user: User, channel: Channel, resolved: Json) -> str:
    resolved.setdefault("users", {})[str(user.id)] = shapes.user(user)
    if channel.guild and user.id in channel.guild.members:
        member = shapes.member(channel.guild.members[user.id], with_user=False, permissions=shapes.PEOPLE_BITS)
        resolved.setdefault("members", {})[str(user.id)] = member
    return str(user.id)


PLAIN: dict[int, Callable[[object], bool]] = {
    TEXT: lambda value: isinstance(value, str),
    WHOLE: lambda value: isinstance(value, int) and not isinstance(value, bool),
    BOOLEAN: lambda value: isinstance(value, bool),
    NUMBER: lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}


def plain(option: Json, value: Any) -> Any:
    """A text, number or truth value, within the bounds the command sets."""
    if not PLAIN[option["type"]](value):
        raise NotPossible(f"{option['name']!r} does not take {value!r}")
    if option["type"] == BOOLEAN:
        return value
    text = option["type"] == TEXT
    size = len(value) if text else value
    least, most = option.get("min_length" if text else "min_value"), option.get("max_length" if text else "max_value")
    if (least is not None and size < least) or (most is not None and size > most) or (text and size > 6000):
        raise NotPossible(f"{option['name']!r} does not take {value!r}: {least} to {most}")
    return value
