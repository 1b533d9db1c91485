"""How a form ends: a script hears JSON and stays on its page, a browser without one is sent back there."""

from __future__ import annotations

import json
import secrets

from aiohttp import web

from console.visits import Visit
from desk.errors import InputRejected
from desk.people import Locale
from workflows.care_desk import CareDesk


def done(desk: CareDesk, visit: Visit, back: str, notice: str) -> web.StreamResponse:
    """The command was obeyed. `notice`: an English gettext message id."""
    if visit.wants_json:
        said = desk.phrases.say(visit.locale, notice)
        body = json.dumps({"notice": said}, ensure_ascii=False).encode()
        return web.Response(body=body, content_type="application/json", headers={"Cache-Control": "no-store"})
    return web.Response(status=303, headers={"Location": back})


def form_token() -> str:
    """Names one form on one page (see Visit.origin)."""
    return secrets.token_urlsafe(15)


def number_in(visit: Visit, name: str) -> int:
    """A number of the address or the form. Raises InputRejected."""
    said = visit.request.match_info.get(name) or visit.form.get(name, "")
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise InputRejected(f"{name}: expected a number")
    return int(said)


def languages_in(said: str) -> tuple[Locale, ...]:
    """Languages, comma-separated; at least one. Raises InputRejected."""
    wanted = [one.strip() for one in said.split(",") if one.strip()]
    if not wanted or any(one not in set(Locale) for one in wanted):
        raise InputRejected("languages: expected de, en or both")
    return tuple(dict.fromkeys(Locale(one) for one in wanted))
