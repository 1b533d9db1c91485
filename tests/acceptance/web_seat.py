"""A contact on the web chat, as the page sees it: the public API and its event stream. See `heard.Seat`."""

from __future__ import annotations

import asyncio
import json
import secrets
from contextlib import suppress
from typing import Any

import aiohttp

from tests.acceptance.heard import PATIENCE, Heard, Wanted, fits, verb_of


class WebSeat:
    """One visitor. `arrives` opens the session and the stream; the stream's words are what they read."""

    def __init__(self, name: str, url: str, http: aiohttp.ClientSession, language: str = "de") -> None:
        self.name, self.url, self._http, self._language = name, url, http, language
        self.token = self.chat = ""
        self.status: dict[str, Any] = {}
        self._shown: dict[int, dict[str, Any]] = {}
        self._news = asyncio.Condition()
        self._stream: asyncio.Task[None] | None = None

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept-Language": self._language}

    async def arrives(self) -> WebSeat:
        """Opens the page."""
        headers = {"Accept-Language": self._language}
        async with self._http.post(f"{self.url}/chat/api/sessions", headers=headers) as answer:
            assert answer.status == 201, await answer.text()
            opened = await answer.json()
        self.token, self.chat = opened["token"], opened["conversation"]
        self._stream = asyncio.create_task(self._listens())
        return self

    async def leaves(self) -> None:
        """Closes the page."""
        if self._stream is not None:
            self._stream.cancel()
            with suppress(asyncio.CancelledError):
                await self._stream

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """One call of the API, as the page does it."""
        address = f"{self.url}/chat/api/{path}"
        async with self._http.request(method, address, json=body, headers=self.headers) as answer:
            text = await answer.text()
            assert answer.status < 300, f"{method} {path}: {answer.status} {text}"
            return json.loads(text) if text else None

    async def says(self, text: str, client_id: str | None = None) -> int:
        said = await self.call("POST", "messages", {"text": text, "client_id": client_id or secrets.token_hex(8)})
        return int(said["id"])

    async def uploads(self, name: str, data: bytes, text: str) -> None:
        """Sends a file with a text."""
        form = aiohttp.FormData({"text": text, "client_id": secrets.token_hex(8)})
        form.add_field("file", data, filename=name, content_type="image/png")
        async with self._http.post(f"{self.url}/chat/api/files", data=form, headers=self.headers) as answer:
            assert answer.status == 202, await answer.text()

    async def fetches(self, path: str) -> bytes:
        """A file that was sent to them."""
        async with self._http.get(f"{self.url}{path}", headers=self.headers) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.read()

    async def hears(self, wanted: Wanted = "", *, after: Heard | None = None, timeout: float = PATIENCE) -> Heard:
        floor = after.raw["id"] if after is not None else 0

        def look() -> Heard | None:
            return next((one for one in self.reads() if one.raw["id"] > floor and fits(wanted, one)), None)

        await self._until(lambda: look() is not None, f"a message: {wanted!r}", timeout)
        found = look()
        assert found is not None
        return found

    async def sees(self, **status: Any) -> None:
        """The page's status line shows these."""
        await self._until(lambda: status.items() <= self.status.items(), f"status {status}", PATIENCE)

    async def presses(self, heard: Heard, verb: str) -> str:
        assert verb in heard.buttons, f"no {verb!r} under {heard.text!r}: {list(heard.buttons)}"
        done = await self.call("POST", "taps", {"action": heard.buttons[verb], "client_id": secrets.token_hex(8)})
        return str(done["notice"])

    def reads(self) -> list[Heard]:
        return [
            _heard(one) for _, one in sorted(self._shown.items()) if one["from"] != "contact" and not one["deleted"]
        ]

    def transcript(self) -> str:
        lines = [f"--- web chat of {self.name} ---"]
        for _, one in sorted(self._shown.items()):
            buttons = "".join(f" [{button['label']}]" for button in one["buttons"])
            files = "".join(f" <{file['name']}>" for file in one["attachments"])
            lines.append(f"{one['name'] or one['from']}: {one['text']}{files}{buttons}")
        return "\n".join(lines)

    async def _until(self, true: Any, what: str, timeout: float) -> None:
        try:
            async with asyncio.timeout(timeout), self._news:
                await self._news.wait_for(true)
        except TimeoutError:
            raise AssertionError(f"waited {timeout} s for {what} in vain\n{self.status}\n{self.transcript()}") from None

    async def _listens(self) -> None:
        """The page's stream; it comes back after a break, as the browser does."""
        while True:
            headers = self.headers | {"Last-Event-ID": str(max(self._shown, default=0))}
            with suppress(aiohttp.ClientError):
                async with self._http.get(f"{self.url}/chat/api/events", headers=headers, timeout=_OPEN) as answer:
                    assert answer.status == 200, await answer.text()
                    await self._takes(answer)
            await asyncio.sleep(0.2)

    async def _takes(self, answer: aiohttp.ClientResponse) -> None:
        kind = ""
        async for raw in answer.content:
            line = raw.decode().rstrip("\r\n")
            if line.startswith("event:"):
                kind = line.partition(":")[2].strip()
            elif line.startswith("data:"):
                data = json.loads(line.partition(":")[2])
                async with self._news:
                    if kind in ("message", "changed"):
                        self._shown[int(data["id"])] = data
                    elif kind == "status":
                        self.status = data
                    self._news.notify_all()


_OPEN = aiohttp.ClientTimeout(total=None, sock_connect=10)


def _heard(shown: dict[str, Any]) -> Heard:
    found = [one for one in shown["buttons"] if one["action"]]
    return Heard(
        shown["text"],
        {verb_of(one["action"]): one["action"] for one in found},
        tuple(one["label"] for one in found),
        shown,
    )
