"""Files of the web chat: uploads stream into our own storage; downloads go to whoever holds the session only.

Upload: multipart/form-data with up to FILES files, and fields `text` and `client_id`. What is refused (too large, a
type that runs code) is refused before anything is said, and what was stored for it is forgotten. Once the desk was
told, files are kept even when its answer was lost: the commit may have happened.
Download: pictures inline, by their first bytes and never by what their sender calls them; all else as attachments.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import quote

from aiohttp import BodyPartReader, MultipartReader, web

from bots.web_api import TalkApi
from bots.web_gate import Gate
from bots.web_problems import PROTECTION, Problem
from bots.web_reading import TEXT_UNITS, checked_text, clean, client_id_of, id_of, wrong
from desk.conversation import AttachmentKind
from desk.errors import InputRejected
from desk.inbound import InboundFile
from desk.phrases import marked as _
from workflows.care_desk import CareDesk
from workflows.fetch_attachments import SIZE_LIMIT, may_keep
from workflows.web_talk import shared_file

FILES = 5
NAME_CHARACTERS = 120
UPLOAD_SECONDS = 300
CHUNK_BYTES = 64 * 1024
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")
SANDBOX = "default-src 'none'; sandbox"
KINDS = {"audio": AttachmentKind.AUDIO, "video": AttachmentKind.VIDEO}


def picture_type(head: bytes) -> str | None:
    """The media type of a picture by its first bytes, None for what is no picture that browsers show safely."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return None


def file_name(given: str | None) -> str:
    """A name without path, control and direction characters, not too long; its ending is kept."""
    name = clean(given or "").replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in name if char.isprintable() and char not in '<>:"|?*\u200e\u200f').strip(" .")
    if len(name) > NAME_CHARACTERS:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: NAME_CHARACTERS - 12]}{dot}{ending[:10]}" if dot else name[:NAME_CHARACTERS]
    return name or "file"


@dataclass
class Upload:
    """What came so far."""

    text: str = ""
    client_id: str | None = None
    files: list[InboundFile] = field(default_factory=list)


class FileApi:
    """Handlers of files."""

    def __init__(self, desk: CareDesk, gate: Gate, talk: TalkApi) -> None:
        self._desk = desk
        self._gate = gate
        self._talk = talk

    async def upload(self, request: web.Request) -> web.Response:
        """POST /chat/api/files"""
        visitor = self._gate.uploads(request)
        upload = Upload()
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                await self._read(request, upload)
            if not upload.files:
                raise wrong("file")
        except BaseException as error:
            await self._forget(upload)
            if isinstance(error, TimeoutError):
                raise Problem(408, _("The request took too long.")) from None
            raise
        answer = await self._talk.take_in(visitor, upload.text, client_id_of(upload.client_id), tuple(upload.files))
        if answer.status == 200:
            await self._forget(upload)
        return answer

    async def _forget(self, upload: Upload) -> None:
        for file in upload.files:
            if file.storage_key is not None:
                await self._desk.files.forget(file.storage_key)

    async def _read(self, request: web.Request, upload: Upload) -> None:
        if not request.content_type.startswith("multipart/"):
            raise Problem(415, _("Files come as multipart/form-data."))
        try:
            parts = await request.multipart()
            count = 0
            while (part := await parts.next()) is not None:
                count += 1
                if isinstance(part, MultipartReader) or count > FILES + 4:
                    raise wrong("file")
                await self._read_part(part, upload)
        except (ValueError, RuntimeError, AssertionError, web.RequestPayloadError):
            raise Problem(400, _("The request is broken.")) from None

    async def _read_part(self, part: BodyPartReader, upload: Upload) -> None:
        if part.filename is not None:
            upload.files.append(await self._store(part, len(upload.files)))
            return
        value = await _short_text(part)
        if part.name == "text":
            upload.text = checked_text(value, may_be_empty=True)
        elif part.name == "client_id":
            upload.client_id = client_id_of(value)

    async def _store(self, part: BodyPartReader, before: int) -> InboundFile:
        name = file_name(part.filename)
        if before >= FILES:
            raise Problem(422, _("At most {most} files at once."), most=FILES)
        if not may_keep(name, None):
            raise Problem(415, _("We do not take files of this type."))
        chunks = _Chunks(part)
        try:
            key, size = await self._desk.files.store(chunks.all(), limit=SIZE_LIMIT)
        except InputRejected:
            raise Problem(413, _("A file may have up to {most} MB."), most=SIZE_LIMIT // 2**20) from None
        if size == 0:
            await self._desk.files.forget(key)
            raise Problem(422, _("The file is empty."))
        picture = picture_type(chunks.head)
        media_type = picture or _declared_type(part)
        kind = AttachmentKind.PHOTO if picture else KINDS.get(media_type.partition("/")[0], AttachmentKind.DOCUMENT)
        return InboundFile(kind, name, media_type, size, source="upload", storage_key=key)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """GET /chat/api/attachments/{id}"""
        visitor = self._gate.reads(request)
        file = await shared_file(self._desk, visitor.chat, id_of(request.match_info["id"]))
        chunks = self._desk.files.open(file.storage_key or "")
        head = await anext(chunks, b"")
        picture = picture_type(head)
        response = web.StreamResponse(headers=PROTECTION)
        response.content_type = picture or "application/octet-stream"
        response.headers["Content-Security-Policy"] = SANDBOX
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Content-Disposition"] = disposition(file.name, inline=picture is not None)
        if file.size is not None:
            response.content_length = file.size
        await response.prepare(request)
        await response.write(head)
        async for chunk in chunks:
            await response.write(chunk)
        await response.write_eof()
        return response


class _Chunks:
    """The bytes of a part as they come; `head` keeps the first ones."""

    def __init__(self, part: BodyPartReader) -> None:
        self._part = part
        self.head = b""

    async def all(self) -> AsyncIterator[bytes]:
        while chunk := await self._part.read_chunk(CHUNK_BYTES):
            if len(self.head) < 16:
                self.head = (self.head + chunk)[:16]
            yield chunk


async def _short_text(part: BodyPartReader) -> str:
    value = bytearray()
    while chunk := await part.read_chunk(CHUNK_BYTES):
        value += chunk
        if len(value) > 4 * TEXT_UNITS:
            raise Problem(413, _("That is too large."))
    return value.decode("utf-8", "replace")


def _declared_type(part: BodyPartReader) -> str:
    declared = part.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    is_usable = MEDIA_TYPE.fullmatch(declared) and not declared.startswith(("image/", "text/html", "multipart/"))
    return declared if is_usable else "application/octet-stream"


def disposition(name: str, *, inline: bool) -> str:
    """Content-Disposition for any name (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
