"""Routes of the bot's account, its application and commands, and of guilds and people."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import announce, guild_shape, refusals, shapes
from .server import Ask, Created, Route
from .things import Json, Member

GLOBAL, LOCAL = "/applications/{application_id}/commands", "/applications/{application_id}/guilds/{guild_id}/commands"
COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
MOST_COMMANDS, MOST_OPTIONS = 100, 25


def me(ask: Ask) -> Json:
    return shapes.user(ask.world.bot) | {"verified": True, "mfa_enabled": False, "email": None, "flags": 0}


def application(ask: Ask) -> Json:
    owner = shapes.user(ask.world.bot) | {"bot": False}
    content = 1 << 18 if ask.world.message_content else 0
    return {
        "id": str(ask.world.application_id),
        "name": ask.world.bot.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": owner,
        "team": None,
        "verify_key": "00" * 32,
        "flags": content,
        "bot": shapes.user(ask.world.bot),
    }


def gateway(ask: Ask) -> Json:
    return {"url": ask.world.base_url.replace("http", "ws", 1) + "/gateway"}


def gateway_for_bot(ask: Ask) -> Json:
    if not ask.signed_in:
        raise refusals.unauthorized()
    limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    return gateway(ask) | {"shards": 1, "session_start_limit": limit}


def user(ask: Ask) -> Json:
    return shapes.user(ask.world.user(ask.id("user_id")))


def my_guilds(ask: Ask) -> list[Json]:
    mine = [g for g in ask.world.guilds.values() if ask.world.bot.id in g.members]
    return [{"id": str(g.id), "name": g.name, "icon": None, "owner": False, "permissions": "0"} for g in mine]


def guild(ask: Ask) -> Json:
    return shapes.guild(ask.world.guild(ask.id("guild_id")))


def channels(ask: Ask) -> list[Json]:
    found = guild_shape.available(ask.world.guild(ask.id("guild_id")), ask.world)["channels"]
    assert isinstance(found, list)
    return found


def roles(ask: Ask) -> list[Json]:
    return [shapes.role(r) for r in ask.world.guild(ask.id("guild_id")).roles.values()]


def member_of(ask: Ask) -> Member:
    found = ask.world.guild(ask.id("guild_id")).members.get(ask.id("user_id"))
    if found is None:
        raise refusals.unknown("member")
    return found


def member(ask: Ask) -> Json:
    return shapes.member(member_of(ask))


def members(ask: Ask) -> list[Json]:
    everybody = sorted(ask.world.guild(ask.id("guild_id")).members.values(), key=lambda m: m.user.id)
    after, limit = int(ask.query.get("after", 0)), int(ask.query.get("limit", 1))
    return [shapes.member(m) for m in everybody if m.user.id > after][:limit]


def give_role(ask: Ask) -> None:
    found = member_of(ask)
    role = found.guild.roles.get(ask.id("role_id"))
    if role is None:
        raise refusals.unknown("role")
    if ask.call.method == "PUT" and role not in found.roles:
        found.roles.append(role)
    elif ask.call.method == "DELETE" and role in found.roles:
        found.roles.remove(role)
    announce.member(ask.world, "GUILD_MEMBER_UPDATE", found)


MENU_NAME = 32


def scope(ask: Ask) -> int | None:
    if ask.id("application_id") != ask.world.application_id:
        raise refusals.missing_access()
    return ask.world.guild(ask.id("guild_id")).id if "guild_id" in ask.ids else None


def check_command(body: Json, field: str = "") -> None:
    kind, name = body.get("type", 1), body.get("name") or ""
    if not COMMAND_NAME.fullmatch(name) and kind == 1:
        text = "Command name is invalid"
        raise refusals.invalid(f"{field}name", "APPLICATION_COMMAND_INVALID_NAME", text)
    if kind == 1 and name != name.lower():
        raise refusals.invalid(f"{field}name", "APPLICATION_COMMAND_INVALID_NAME", "Must be in lower case")
    if kind != 1:
        check_menu_entry(body, name)
        return
    options = body.get("options") or []
    if kind == 1 and not 1 <= len(body.get("description") or "") <= 100:
        raise refusals.bad_length(f"{field}description", 1, 100)
    if len(options) > MOST_OPTIONS:
        raise refusals.bad_length(f"{field}options", 0, MOST_OPTIONS)
    optional_seen = False
    for number, option in enumerate(options):
        check_command(option | {"type": 1}, f"{field}options.{number}.")
        if option.get("required") and optional_seen:
            text = "Required options must be placed before non-required options"
            raise refusals.invalid(f"{field}options", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
        optional_seen = optional_seen or not option.get("required")


def check_menu_entry(body: Json, name: str) -> None:
    """A command of the menu on a person or message: a name of up to 32 characters, capitals and spaces allowed, and
    neither description nor options."""
    localized = body.get("name_localizations") or {}
    if not all(1 <= len(one) <= MENU_NAME for one in (name, *localized.values())):
        raise refusals.bad_length("name", 1, MENU_NAME)
    if body.get("description") or body.get("options"):
        text = "Context menu commands cannot have options or a description"
        raise refusals.invalid("description", "APPLICATION_COMMAND_CONTEXT_MENU_CANNOT_HAVE_OPTIONS", text)


def stored(ask: Ask, body: Json, earlier: list[Json]) -> Json:
    """The command with its id; a command of the same name and type keeps the id it had."""
    kind = body.get("type", 1)
    same = next((c for c in earlier if (c["name"], c["type"]) == (body["name"], kind)), None)
    command: Json = {"description": "", "options": [], "dm_permission": True, "nsfw": False}
    command |= {key: value for key, value in body.items() if value is not None}
    command |= {"id": same["id"] if same else str(ask.world.ids.next()), "type": kind}
    command |= {"application_id": str(ask.world.application_id), "version": str(ask.world.ids.next())}
    command |= {"default_member_permissions": body.get("default_member_permissions")}
    if "guild_id" in ask.ids:
        command["guild_id"] = ask.ids["guild_id"]
    return command


def sync_commands(ask: Ask) -> list[Json]:
    where = scope(ask)
    bodies: list[Json] = ask.body if isinstance(ask.body, list) else []
    if len(bodies) > MOST_COMMANDS:
        raise refusals.Refused(400, 30032, "Maximum number of application commands reached (100)")
    for number, body in enumerate(bodies):
        check_command(body, f"{number}.")
    if len({(b["name"], b.get("type", 1)) for b in bodies}) < len(bodies):
        text = "Application command names must be unique"
        raise refusals.invalid("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", text)
    earlier = ask.world.commands.get(where, [])
    ask.world.commands[where] = [stored(ask, body, earlier) for body in bodies]
    return ask.world.commands[where]


def commands(ask: Ask) -> list[Json]:
    return ask.world.commands.get(scope(ask), [])


def add_command(ask: Ask) -> Created:
    where = scope(ask)
    check_command(ask.body)
    earlier = ask.world.commands.get(where, [])
    command = stored(ask, ask.body, earlier)
    ask.world.commands[where] = [c for c in earlier if c["id"] != command["id"]] + [command]
    return Created(command)


def remove_command(ask: Ask) -> None:
    where = scope(ask)
    left = [c for c in ask.world.commands.get(where, []) if c["id"] != ask.ids["command_id"]]
    if len(left) == len(ask.world.commands.get(where, [])):
        raise refusals.unknown("application command")
    ask.world.commands[where] = left


def both(method: str, path: str, act: Callable[[Ask], object]) -> list[Route]:
    """The same route for global commands and a guild's own."""
    return [(method, GLOBAL + path, act), (method, LOCAL + path, act)]


ROUTES: list[Route] = [
    ("GET", "/gateway", gateway),
    ("GET", "/gateway/bot", gateway_for_bot),
    ("GET", "/users/@me", me),
    ("GET", "/users/@me/guilds", my_guilds),
    ("GET", "/users/{user_id}", user),
    ("GET", "/oauth2/applications/@me", application),
    ("GET", "/applications/@me", application),
    ("GET", "/guilds/{guild_id}", guild),
    ("GET", "/guilds/{guild_id}/channels", channels),
    ("GET", "/guilds/{guild_id}/roles", roles),
    ("GET", "/guilds/{guild_id}/members", members),
    ("GET", "/guilds/{guild_id}/members/{user_id}", member),
    ("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", give_role),
    ("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", give_role),
    *both("PUT", "", sync_commands),
    *both("GET", "", commands),
    *both("POST", "", add_command),
    *both("DELETE", "/{command_id}", remove_command),
]
