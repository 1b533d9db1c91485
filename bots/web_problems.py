"""What the web chat answers when it cannot do what was asked: RFC 9457 problem documents.

A handler raises Problem; `answered` turns it, and the desk's own refusals, into the document. `detail` is for
people and in their language; nothing of it comes from the request.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus

from aiohttp import web

from desk.errors import InputRejected, NotFound, StorageUnavailable
from desk.people import Locale
from desk.phrases import marked as _
from desk.ports import Phrases

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PROTECTION = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
RETRY_SECONDS = 2


class Problem(Exception):
    """The request is answered with this status. `detail`: an English message id, said with `values`."""

    def __init__(self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, **values: object) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.values = status, detail, dict(headers or {}), values


class RefusedBySize(Problem):
    """413."""

    def __init__(self) -> None:
        super().__init__(413, _("That is too large."))


def retry_later(status: int, detail: str, seconds: int) -> Problem:
    """A problem that goes by itself."""
    return Problem(status, detail, headers={"Retry-After": str(seconds)})


def document(status: int, detail: str, headers: Mapping[str, str]) -> web.Response:
    """The problem document."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return web.Response(
        status=status,
        body=json.dumps(body, ensure_ascii=False).encode(),
        content_type="application/problem+json",
        charset="utf-8",
        headers={**PROTECTION, **headers},
    )


def answered(handler: Handler, phrases: Phrases, locale_of: Callable[[web.Request], Locale]) -> Handler:
    """The handler, with its refusals said as problem documents and its answers protected."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            response = await handler(request)
        except Problem as problem:
            said = phrases.say(locale_of(request), problem.detail, **problem.values)
            return document(problem.status, said, problem.headers)
        except NotFound:
            return document(404, phrases.say(locale_of(request), _("There is no such thing here.")), {})
        except InputRejected:
            return document(422, phrases.say(locale_of(request), _("We cannot use this input.")), {})
        except StorageUnavailable:
            said = phrases.say(locale_of(request), _("We cannot store anything right now. Please try again soon."))
            return document(503, said, {"Retry-After": str(RETRY_SECONDS)})
        if not response.prepared:
            for name, value in PROTECTION.items():
                response.headers.setdefault(name, value)
        return response

    return answer
