"""Reading what pages and apps send: bounded, checked, and cleaned of what no database or screen can hold.

Raises Problem: 400 for what is no JSON object in UTF-8, 408 when it never ends, 413 when it is too large, 422 for
fields of the wrong type or form.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bots.web_problems import Problem, RefusedBySize
from desk.phrases import marked as _
from desk.splitting import units

BODY_BYTES = 128 * 1024
BODY_SECONDS = 30
TEXT_UNITS = 8_000
ACTION_BYTES = 64
LARGEST_ID = 2**63 - 1
CLIENT_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")

Fields = Mapping[str, Any]


async def read_fields(request: web.Request, *, may_be_empty: bool = False) -> Fields:
    """The request's JSON object."""
    body = await _read_body(request)
    if not body.strip() and may_be_empty:
        return {}
    try:
        fields = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Problem(400, _("This is not valid JSON in UTF-8.")) from None
    if not isinstance(fields, dict):
        raise Problem(400, _("A JSON object is expected."))
    return fields


async def _read_body(request: web.Request) -> bytes:
    if request.content_length is not None and request.content_length > BODY_BYTES:
        raise RefusedBySize
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.content.iter_chunked(16 * 1024):
                body += chunk
                if len(body) > BODY_BYTES:
                    raise RefusedBySize
    except TimeoutError:
        raise Problem(408, _("The request took too long.")) from None
    except (web.RequestPayloadError, ValueError):
        raise Problem(400, _("The request is broken.")) from None
    return bytes(body)


def wrong(field: str) -> Problem:
    """422 for a field."""
    return Problem(422, _("The field “{field}” is missing or not of the right form."), field=field)


def clean(text: str) -> str:
    """Without the characters that PostgreSQL or UTF-8 cannot hold; each becomes the replacement character."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\x00", "\ufffd").replace("\r\n", "\n").strip()


def text_of(fields: Fields, name: str = "text") -> str:
    """A text that says something."""
    value = fields.get(name)
    if not isinstance(value, str):
        raise wrong(name)
    return checked_text(value, name)


def checked_text(value: str, name: str = "text", *, may_be_empty: bool = False) -> str:
    """The text, cleaned. Too long and empty ones are refused."""
    if len(value) > 4 * TEXT_UNITS:
        raise _too_long()
    text = clean(value)
    if units(text) > TEXT_UNITS:
        raise _too_long()
    if not text and not may_be_empty:
        raise wrong(name)
    return text


def _too_long() -> Problem:
    return Problem(422, _("Your text is too long: at most {most} characters."), most=TEXT_UNITS)


def client_id_of(value: object) -> str:
    """The sender's own id of what they send; made up when they give none."""
    if value is None:
        return secrets.token_urlsafe(12)
    if not isinstance(value, str) or not CLIENT_ID.fullmatch(value):
        raise wrong("client_id")
    return value


def action_of(fields: Fields) -> str:
    """A button's action."""
    value = fields.get("action")
    if not isinstance(value, str) or not value or len(value) > ACTION_BYTES:
        raise wrong("action")
    return clean(value)


def id_of(value: str | None, name: str = "id", *, default: int | None = None) -> int:
    """A message's or file's id."""
    if value is None and default is not None:
        return default
    if value is None or not value.isascii() or not value.isdigit() or len(value) > 19 or int(value) > LARGEST_ID:
        raise wrong(name)
    return int(value)


def choice_of(fields: Fields, name: str, *kinds: type) -> Any:
    """A field of one of these exact types (a bool is no int), or None."""
    value = fields.get(name)
    if value is not None and type(value) not in kinds:
        raise wrong(name)
    return value
