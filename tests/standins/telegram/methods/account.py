"""The bot's own account: who it is, its commands, its files, and how it gets its updates."""

import re
from typing import Any
from urllib.parse import urlsplit

from ..errors import WEBHOOK_ACTIVE, WEBHOOK_SET, ApiError, bad_request
from ..files import DOWNLOAD_BYTES
from ..params import Params
from ..platform import Platform

COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LONGEST_POLL_SECONDS = 50


def get_me(platform: Platform, params: Params) -> Any:
    able = {"can_join_groups": True, "can_read_all_group_messages": not platform.bot.privacy}
    unable = ("supports_inline_queries", "can_connect_to_business", "has_main_web_app")
    return platform.bot.user() | able | dict.fromkeys(unable, False)


def _audience(params: Params) -> tuple[str, str]:
    scope = params.parsed("scope", "bot command scope") or {}
    kind = str(scope.get("type", "default"))
    place = "".join(f":{scope[name]}" for name in ("chat_id", "user_id") if name in scope)
    return kind + place, params.text("language_code")


def set_commands(platform: Platform, params: Params) -> bool:
    commands = params.parsed("commands", "bot commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH" if commands else "can't parse commands")
    for each in commands:
        if not COMMAND.fullmatch(str(each.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(each.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    platform.commands[_audience(params)] = commands
    return True


def get_commands(platform: Platform, params: Params) -> Any:
    return platform.commands.get(_audience(params), [])


def delete_commands(platform: Platform, params: Params) -> bool:
    platform.commands.pop(_audience(params), None)
    return True


def get_file(platform: Platform, params: Params) -> Any:
    file = platform.files.by_id.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return file.json() | {"file_path": file.path}


async def get_updates(platform: Platform, params: Params) -> Any:
    if platform.webhook:
        raise ApiError(409, WEBHOOK_ACTIVE)
    platform.updates.allow(params.parsed("allowed_updates", "allowed updates"))
    timeout = min(params.integer("timeout") or 0, LONGEST_POLL_SECONDS)
    limit = params.integer("limit")
    offset = params.integer("offset")
    return await platform.updates.poll(offset or 0, 100 if limit is None else limit, timeout)


async def set_webhook(platform: Platform, params: Params) -> bool:
    url, secret = params.text("url"), params.text("secret_token")
    if not url:
        return await delete_webhook(platform, params)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if secret and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    await platform.stop_webhook()
    platform.updates.interrupt(WEBHOOK_SET)
    platform.updates.allow(params.parsed("allowed_updates", "allowed updates"))
    if params.flag("drop_pending_updates"):
        platform.updates.forget_all()
    platform.start_webhook(url, secret, params.integer("max_connections") or 40)
    return True


async def delete_webhook(platform: Platform, params: Params) -> bool:
    await platform.stop_webhook()
    if params.flag("drop_pending_updates"):
        platform.updates.forget_all()
    return True


def webhook_info(platform: Platform, params: Params) -> Any:
    if platform.webhook:
        return platform.webhook.info()
    pending = len(platform.updates.pending)
    return {"url": "", "has_custom_certificate": False, "pending_update_count": pending}


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "getFile": get_file,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
}
