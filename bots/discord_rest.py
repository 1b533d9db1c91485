"""Discord's REST API, one attempt a call.

discord.py's own HTTP layer waits out rate limits (30 s at least) and retries 5xx for up to 25 s inside a call.
The durable outbox must know of both at once, so calls of ours go out here: one request, one answer or one error,
within `TIMEOUT_SECONDS`. A bucket whose last answer said that it is empty now, and the whole bot after a global
429, are refused without a request, because 10,000 invalid requests in ten minutes are a ban. Keeping to any
other 429 is the outbox's affair.

Units: seconds. Raises RateLimited, DeliveryError (5xx, network, timeout: passing), and Refused for every other "no".
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from desk.errors import DeliveryError, RateLimited

PUBLIC_API = "https://discord.com"
TIMEOUT_SECONDS = 10.0
UPLOAD_TIMEOUT_SECONDS = 120.0
BLOCKED_BY_EDGE_SECONDS = 60.0
LONGEST_PATIENCE_SECONDS = 3.0
KEPT_BUCKETS = 2_000
HALF_A_SECOND = timedelta(seconds=0.5)
"""The header `Date` leaves out the fraction."""
USER_AGENT = "DiscordBot (https://github.com/zuruf/zuruf, 0.1)"

_MAJOR = re.compile(r"^/(?:channels|guilds)/\d+|^/(?:webhooks|interactions)/\d+/[^/]+")
_UNCOUNTED = re.compile(r"^\w+ /(?:webhooks|interactions)/")
"""Answers to interactions do not count against the bot's global limit."""
_MINOR = re.compile(r"/\d{6,}")


class Refused(Exception):
    """The platform said no. `code` is its own error code, 0 when it gave none."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} (code {code}): {message}")
        self.status, self.code, self.message = status, code, message


class DiscordRest:
    """Calls with the bot's token. The session is made at the first call and belongs to that event loop."""

    def __init__(self, token: str, api_url: str | None) -> None:
        self._token = token.strip()
        self.base = (api_url or PUBLIC_API).rstrip("/") + "/api/v10"
        self._session: aiohttp.ClientSession | None = None
        self._free_at: dict[str, float] = {}
        self._all_free_at = 0.0
        self.clock_ahead = timedelta(0)
        """How much this machine's clock is ahead of Discord's, to a second, by the last answer."""

    async def call(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        params: Mapping[str, str] | None = None,
        form: aiohttp.FormData | None = None,
    ) -> Any:
        """One request. Returns the decoded answer, None when it is empty."""
        bucket = _bucket(method, path)
        self._refuse_early(bucket)
        headers = {"Authorization": f"Bot {self._token}", "User-Agent": USER_AGENT}
        seconds = UPLOAD_TIMEOUT_SECONDS if form is not None else TIMEOUT_SECONDS
        try:
            async with self.session().request(
                method,
                self.base + path,
                params=params,
                data=form,
                json=body if form is None else None,
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=seconds),
            ) as response:
                answer = _decoded(await response.read())
                self._note_clock(response.headers.get("Date"))
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            raise DeliveryError(f"Discord cannot be reached ({type(fault).__name__})") from fault
        if response.status < 300:
            self._note_budget(bucket, response.headers)
            return answer
        raise self._error(response, answer)

    async def patient(self, method: str, path: str, *, params: Mapping[str, str] | None = None, tries: int = 3) -> Any:
        """A call for reading, which may wait: short rate limits are sat out, passing faults tried `tries` times."""
        for attempt in range(1, tries + 1):
            try:
                return await self.call(method, path, params=params)
            except RateLimited as limited:
                if (limited.retry_after or 0.0) > LONGEST_PATIENCE_SECONDS:
                    raise
                await asyncio.sleep((limited.retry_after or 1.0) + 0.05)
            except DeliveryError:
                if attempt == tries:
                    raise
                await asyncio.sleep(min(0.5 * 2**attempt, 10.0))
        return await self.call(method, path, params=params)

    def session(self) -> aiohttp.ClientSession:
        """The open session; also used for files."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    async def close(self) -> None:
        """Closes the session. A later call opens a new one."""
        if self._session is not None:
            await self._session.close()

    def _refuse_early(self, bucket: str) -> None:
        now = time.monotonic()
        if self._all_free_at > now and not _UNCOUNTED.match(bucket):
            raise RateLimited("Discord's global limit", retry_after=self._all_free_at - now, whole_bot=True)
        if (free_at := self._free_at.get(bucket, 0.0)) > now:
            raise RateLimited("Discord's limit of this chat", retry_after=free_at - now)

    def _note_budget(self, bucket: str, headers: Mapping[str, str]) -> None:
        if headers.get("X-RateLimit-Remaining") == "0":
            wait = _seconds(headers.get("X-RateLimit-Reset-After"), 0.0)
            self._free_at[bucket] = time.monotonic() + wait
        if len(self._free_at) > KEPT_BUCKETS:
            now = time.monotonic()
            self._free_at = {key: free_at for key, free_at in self._free_at.items() if free_at > now}

    def _note_clock(self, date: str | None) -> None:
        try:
            told = parsedate_to_datetime(date or "")
            self.clock_ahead = datetime.now(UTC) - told - HALF_A_SECOND
        except (TypeError, ValueError):
            return

    def _error(self, response: aiohttp.ClientResponse, answer: object) -> Exception:
        told: Mapping[str, object] = answer if isinstance(answer, dict) else {}
        if response.status == 429:
            return self._limited(response, told)
        if response.status >= 500:
            return DeliveryError(f"Discord answered {response.status}")
        code = told.get("code")
        return Refused(response.status, code if isinstance(code, int) else 0, str(told.get("message", ""))[:200])

    def _limited(self, response: aiohttp.ClientResponse, told: Mapping[str, object]) -> RateLimited:
        by_edge = "retry_after" not in told
        fallback = _seconds(response.headers.get("Retry-After"), BLOCKED_BY_EDGE_SECONDS)
        wait = _seconds(told.get("retry_after"), fallback)
        everywhere = by_edge or bool(told.get("global")) or response.headers.get("X-RateLimit-Scope") == "global"
        if everywhere:
            self._all_free_at = time.monotonic() + wait
        return RateLimited("Discord asks to slow down", retry_after=wait, whole_bot=everywhere)


def _bucket(method: str, path: str) -> str:
    """Limits count by method and route, and separately for each channel, guild or webhook."""
    major = _MAJOR.match(path)
    start = major.end() if major else 0
    return f"{method} {path[:start]}{_MINOR.sub('/:id', path[start:])}"


def _seconds(value: object, fallback: float) -> float:
    try:
        return max(0.0, float(str(value)))
    except ValueError:
        return fallback


def _decoded(raw: bytes) -> object:
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return None
