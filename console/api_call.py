"""One request to the JSON API, and what one way to call it is."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from pydantic import BaseModel

from console.api_shapes import NoQuery
from desk.people import Responder
from workflows.care_desk import CareDesk
from workflows.voice import Origin

API = "api"
"""The channel of messages that programs write."""


@dataclass(frozen=True)
class Call:
    """One request: as whom, with what."""

    desk: CareDesk
    request: web.Request
    responder: Responder
    query: Any
    body: Any

    @property
    def number(self) -> str:
        """The ticket's number in the address."""
        return self.request.match_info["number"]

    def origin(self, key: str | None) -> Origin:
        """Names what is written, so that writing it twice writes it once."""
        return Origin(API, f"{self.responder.id}:{key or secrets.token_urlsafe(15)}")


Answer = tuple[int, BaseModel]


@dataclass(frozen=True)
class Operation:
    """One way to call the API. `statuses` are those of success, the first the usual one."""

    method: str
    path: str
    name: str
    summary: str
    handler: Callable[[Call], Awaitable[Answer]]
    answer: type[BaseModel]
    query: type[BaseModel] = NoQuery
    body: type[BaseModel] | None = None
    statuses: tuple[int, ...] = (200,)
