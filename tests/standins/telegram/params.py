"""The parameters of one call, however they arrived: query, urlencoded, JSON or multipart.

In a form every value is text, so numbers are digits, booleans are `true`, and objects are JSON strings;
in a JSON body they are what they are. A file's parameter says `attach://<name>` and the file is the
multipart part of that name, or the parameter is the part itself.
Raises: ApiError 400 for values that do not read as what they must be, 413 for a body over the limit.
"""

import json
from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

from .errors import ApiError, bad_request

TOO_LARGE = ApiError(413, "Request Entity Too Large")
CHUNK_BYTES = 65536


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    filename: str
    mime: str
    data: bytes


@dataclass
class Params:
    """Typed reading of a call's values; a missing value reads as the default."""

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str) -> int | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"invalid {name} specified") from None

    def number(self, name: str) -> float:
        try:
            return float(self.values[name])
        except (KeyError, TypeError, ValueError):
            raise bad_request(f"{name} must be specified") from None

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes"}

    def parsed(self, name: str, what: str) -> Any:
        """The object under `name`; None when it is missing."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file that the value of `name`, or the part of that name, stands for."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)

    def with_values(self, **values: Any) -> "Params":
        return Params(self.values | values, self.uploads)


async def read_request(request: web.Request, limit_bytes: int) -> Params:
    params = Params(dict(request.query))
    if request.method != "POST":
        return params
    if request.content_type.startswith("multipart/"):
        await _read_parts(await request.multipart(), params, limit_bytes)
        return params
    body = await _read_all(request.content.iter_chunked(CHUNK_BYTES), limit_bytes)
    _read_plain(request.content_type, body, params)
    return params


async def read_reply(response: aiohttp.ClientResponse, limit_bytes: int) -> Params:
    """A webhook's answer may itself carry a call; empty parameters when it does not."""
    params = Params()
    if response.content_type.startswith("multipart/"):
        reader = aiohttp.MultipartReader(response.headers, response.content)
        await _read_parts(reader, params, limit_bytes)
    else:
        body = await _read_all(response.content.iter_chunked(CHUNK_BYTES), limit_bytes)
        _read_plain(response.content_type, body, params)
    return params


async def _read_all(chunks: AsyncIterable[bytes], limit_bytes: int) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > limit_bytes:
            raise TOO_LARGE
    return bytes(body)


def _read_plain(content_type: str, body: bytes, params: Params) -> None:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if content_type == "application/json" and text:
        try:
            values = json.loads(text)
        except ValueError:
            raise bad_request("can't parse request JSON object") from None
        if isinstance(values, dict):
            params.values.update({name: value for name, value in values.items() if value is not None})
    elif content_type == "application/x-www-form-urlencoded":
        params.values.update(_form(text))


def _form(text: str) -> dict[str, str]:
    return dict(parse_qsl(text, keep_blank_values=True))


async def _read_parts(reader: aiohttp.MultipartReader, params: Params, limit_bytes: int) -> None:
    left = limit_bytes
    while True:
        part = await reader.next()
        if part is None:
            return
        if not isinstance(part, aiohttp.BodyPartReader) or not part.name:
            raise bad_request("can't parse multipart body")
        data = bytearray()
        while chunk := await part.read_chunk(CHUNK_BYTES):
            data += chunk
            if len(data) > left:
                raise TOO_LARGE
        left -= len(data)
        if part.filename is None:
            params.values[part.name] = data.decode(errors="replace")
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            params.uploads[part.name] = Upload(part.filename, mime, bytes(data))
