"""The gate: whose request it is, in which language, and whether they have asked too much.

Raises Problem: 401 without a token of ours, 429 with Retry-After when a bucket is empty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

from aiohttp import web

from bots.web_limits import Buckets, WebLimits
from bots.web_problems import Problem, retry_later
from bots.web_sessions import Sessions
from desk.conversation import Address
from desk.people import Author, Locale
from desk.phrases import marked as _
from desk.ports import Phrases
from workflows.web_talk import WEB

LANGUAGE_COOKIE = "zuruf_language"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who holds the session."""

    chat: str
    locale: Locale
    author: Author

    @property
    def address(self) -> Address:
        """Where their conversation is."""
        return Address(WEB, self.chat)


class Gate:
    """Lets requests of sessions in."""

    def __init__(
        self,
        sessions: Sessions,
        limits: WebLimits,
        phrases: Phrases,
        default: Locale,
        client_address: Callable[[web.Request], str],
    ) -> None:
        self._sessions = sessions
        self._phrases = phrases
        self._default = default
        self._client_address = client_address
        self._writes = Buckets(limits.writes_of_session), Buckets(limits.writes_of_address)
        self._reads = Buckets(limits.reads_of_session), Buckets(limits.reads_of_address)
        self._uploads = Buckets(limits.uploads_of_session)
        self._openings = Buckets(limits.sessions_of_address)

    def opens(self, request: web.Request) -> tuple[str, str]:
        """A new session's chat and token."""
        self._take(self._openings, self._client_address(request))
        return self._sessions.new()

    def reads(self, request: web.Request) -> Visitor:
        """Somebody reads."""
        return self._enters(request, *self._reads)

    def writes(self, request: web.Request) -> Visitor:
        """Somebody writes."""
        return self._enters(request, *self._writes)

    def uploads(self, request: web.Request) -> Visitor:
        """Somebody uploads, which is writing too."""
        visitor = self.writes(request)
        self._take(self._uploads, visitor.chat)
        return visitor

    def locale_of(self, request: web.Request) -> Locale:
        """What they chose, else what their browser prefers, else the desk's own language."""
        chosen = request.query.get("lang") or request.cookies.get(LANGUAGE_COOKIE) or ""
        if chosen in set(Locale):
            return Locale(chosen)
        return preferred_locale(request.headers.get("Accept-Language", "")) or self._default

    def _enters(self, request: web.Request, of_session: Buckets, of_address: Buckets) -> Visitor:
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        chat = self._sessions.chat_of(token.strip()) if kind.lower() == "bearer" else None
        if chat is None:
            raise Problem(
                401, _("This chat is unknown. Please start a new one."), headers={"WWW-Authenticate": "Bearer"}
            )
        self._take(of_address, self._client_address(request))
        self._take(of_session, chat)
        locale = self.locale_of(request)
        name = self._phrases.say(locale, _("Guest"))
        return Visitor(chat, locale, Author(WEB, chat, name, locale))

    def _take(self, buckets: Buckets, key: str) -> None:
        seconds = buckets.take(key)
        if seconds is not None:
            raise retry_later(429, _("That was a lot at once. Please try again in a moment."), seconds)


def preferred_locale(accept_language: str) -> Locale | None:
    """The best of our languages in an Accept-Language header, None when it names none of them."""
    best: tuple[float, Locale] | None = None
    for part in accept_language[:500].split(","):
        tag, _semicolon, parameters = part.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language not in set(Locale):
            continue
        quality = _quality(parameters)
        if quality > 0 and (best is None or quality > best[0]):
            best = quality, Locale(language)
    return best[1] if best else None


def _quality(parameters: str) -> float:
    name, _equals, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def remote_address(request: web.Request) -> str:
    """Whom a request comes from. A proxy on a private address is taken for ours: it says who stands behind it."""
    remote = request.remote or "?"
    forwarded = request.headers.getall("X-Forwarded-For", [])
    if not forwarded or not _is_near(remote):
        return remote
    return forwarded[-1].rpartition(",")[2].strip()[:64] or remote


def _is_near(address: str) -> bool:
    try:
        return ip_address(address).is_private
    except ValueError:
        return True
