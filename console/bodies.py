"""Bodies of requests, read up to a limit: forms, and whatever else comes in."""

from __future__ import annotations

from urllib.parse import parse_qsl

from aiohttp import web

from console.problems import Problem, too_large
from desk.phrases import marked as _

FORM_BYTES = 256 * 1024


async def read_body(request: web.Request, limit: int) -> bytes:
    """The body. Raises Problem above `limit` bytes."""
    if (request.content_length or 0) > limit:
        raise too_large(limit)
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > limit:
            raise too_large(limit)
    return bytes(body)


async def read_form(request: web.Request) -> dict[str, str]:
    """The fields of a form; of several with one name the last, joined lists come as `name[]`. Raises Problem."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise Problem(415, "not-a-form", _("The input cannot be taken as it is."), detail="expected a urlencoded form")
    body = await read_body(request, FORM_BYTES)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError:
        raise Problem(400, "bad-form", _("The input cannot be taken as it is."), detail="not a form in UTF-8") from None
    form: dict[str, str] = {}
    for name, value in pairs:
        if "\x00" in value:
            raise Problem(400, "bad-form", _("The input cannot be taken as it is."), detail="NUL characters")
        form[name] = f"{form[name]},{value}" if name.endswith("[]") and name in form else value
    return form
