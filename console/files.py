"""Attachments for staff. A picture, sound or film of a harmless type is shown; everything else is only saved.

What a file says it is proves nothing: pictures are shown only when their first bytes agree, and no file is ever run:
each comes with a policy of its own that forbids everything.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

from aiohttp import web

from console.forms import number_in
from console.visits import STAFF, Guard, Visit
from desk.conversation import Attachment, AttachmentId, AttachmentState
from desk.errors import NotFound
from workflows.care_desk import CareDesk

MAGIC: dict[str, tuple[bytes, ...]] = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
    "audio/ogg": (b"OggS",),
    "audio/mpeg": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "video/webm": (b"\x1a\x45\xdf\xa3",),
}
BOXED = {"video/mp4", "audio/mp4"}
"""MP4: its mark stands at the fifth byte."""


def shown_type(media_type: str, head: bytes) -> str | None:
    """The type under which a browser may show it, or None: save only."""
    plain = media_type.partition(";")[0].strip().lower()
    if plain in MAGIC and head.startswith(MAGIC[plain]):
        return plain if plain != "image/webp" or head[8:12] == b"WEBP" else None
    return plain if plain in BOXED and head[4:8] == b"ftyp" else None


class AttachmentFiles:
    """Serves them."""

    def __init__(self, desk: CareDesk, guard: Guard) -> None:
        self._desk, self._guard = desk, guard

    def routes(self) -> list[web.RouteDef]:
        """Its address."""
        return [web.get("/console/files/{file}", self._guard.page(self._serve, STAFF))]

    async def _serve(self, visit: Visit) -> web.StreamResponse:
        async with self._desk.store.begin() as work:
            file = await work.messages.attachment(AttachmentId(number_in(visit, "file")))
            if file is None or file.message_id is None:
                raise NotFound("no such file")
            if (await work.messages.by_id(file.message_id)).deleted_at is not None:
                raise NotFound("no such file")
        if file.state is not AttachmentState.STORED or file.storage_key is None:
            raise NotFound("not in our storage")
        chunks = self._desk.files.open(file.storage_key)
        head = await anext(chunks, b"")
        response = web.StreamResponse(headers=headers_for(file, head))
        if file.size is not None:
            response.content_length = file.size
        await response.prepare(visit.request)
        await _write(response, head, chunks)
        return response


async def _write(response: web.StreamResponse, head: bytes, rest: AsyncIterator[bytes]) -> None:
    await response.write(head)
    async for chunk in rest:
        await response.write(chunk)
    await response.write_eof()


def headers_for(file: Attachment, head: bytes) -> dict[str, str]:
    """How a browser is to treat it."""
    shown = shown_type(file.media_type, head)
    name = quote(file.name or "file", safe="", errors="replace")
    return {
        "Content-Type": shown or "application/octet-stream",
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{name}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, max-age=3600",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
