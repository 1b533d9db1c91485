"""Pages from templates: Jinja with gettext bound to the page's language, and the headers every page carries.

The content security policy allows our own files only: no inline scripts or styles, no frames, nothing from outside.
Messages are plain text with small Markdown; everything is escaped first, so no text of anybody becomes markup.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from console import wording
from desk.intents import intent_name
from desk.people import Locale
from desk.ports import Phrases

HERE = Path(__file__).parent

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}

_MARKS = (
    (re.compile(r"```(?:\w*\n)?(.+?)```", re.DOTALL), "code"),
    (re.compile(r"`([^`\n]+)`"), "code"),
    (re.compile(r"\*\*(\S(?:[^\n]*?\S)?)\*\*"), "strong"),
    (re.compile(r"(?<![*\w])\*(\S(?:[^*\n]*?\S)?)\*(?![*\w])"), "em"),
)


def small_markdown(text: str) -> Markup:
    """Bold, italic and code; all else as it was written."""
    said = str(escape(text))
    for pattern, tag in _MARKS:
        said = pattern.sub(rf"<{tag}>\1</{tag}>", said)
    return Markup(said)  # noqa: S704 - escaped above, only our own tags are added


def digest(text: object) -> str:
    """A short fingerprint: the same text, the same version."""
    return hashlib.blake2s(str(text).encode(), digest_size=6).hexdigest()


class StaticFiles:
    """Style sheets, scripts and pictures, held in memory; their address carries their fingerprint."""

    def __init__(self, folder: Path, base: str) -> None:
        self._base = base
        self._files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
        self._versions = {name: hashlib.blake2s(body, digest_size=8).hexdigest() for name, body in self._files.items()}

    def url(self, name: str) -> str:
        """Where browsers find it."""
        return f"{self._base}/{self._versions[name]}/{name}"

    async def serve(self, request: web.Request) -> web.Response:
        """The file; kept for ever by browsers, since another content has another address."""
        name, version = request.match_info["name"], request.match_info["version"]
        if self._versions.get(name) != version:
            raise web.HTTPNotFound
        types = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
        return web.Response(
            body=self._files[name], content_type=types[Path(name).suffix], charset="utf-8", headers=headers
        )


class Pages:
    """Renders templates."""

    def __init__(self, phrases: Phrases, *, brand: str, zone: tzinfo, static: StaticFiles) -> None:
        self._phrases = phrases
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=["jinja2.ext.i18n"],
        )
        self._environment.policies["ext.i18n.trimmed"] = True
        self._bind_gettext()
        self._bind_words(zone)
        self._environment.globals.update(brand=brand, static=static.url)

    def render(self, template: str, locale: Locale, **values: Any) -> str:
        """A page in `locale`."""
        return self._environment.get_template(template).render(locale=locale, **values)

    def response(
        self,
        template: str,
        locale: Locale,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> web.Response:
        """A page to send."""
        return web.Response(
            text=self.render(template, locale, **values),
            status=status,
            content_type="text/html",
            headers={**SECURITY_HEADERS, "Content-Language": locale.value, **(headers or {})},
        )

    def _bind_gettext(self) -> None:
        phrases = self._phrases

        @pass_context
        def gettext(context: Context, text: str) -> str:
            return phrases.say(context["locale"], text)

        @pass_context
        def ngettext(context: Context, one: str, many: str, count: int) -> str:
            return phrases.say(context["locale"], one if count == 1 else many)

        install = self._environment.install_gettext_callables  # type: ignore[attr-defined]
        install(gettext, ngettext, newstyle=True)

    def _bind_words(self, zone: tzinfo) -> None:
        phrases = self._phrases

        @pass_context
        def word(context: Context, thing: Any, table: Mapping[Any, str]) -> str:
            return phrases.say(context["locale"], table[thing]) if thing in table else str(thing)

        @pass_context
        def intent(context: Context, name: str) -> str:
            return phrases.say(context["locale"], intent_name(name))

        @pass_context
        def exact(context: Context, at: datetime) -> str:
            return wording.exact(at, context["locale"], zone)

        @pass_context
        def moment(context: Context, at: datetime, now: datetime) -> str:
            return wording.moment(at, now, context["locale"], zone)

        @pass_context
        def since(context: Context, at: datetime, now: datetime) -> str:
            return wording.span(now - at, context["locale"])

        filters = {"word": word, "intent": intent, "exact": exact, "moment": moment, "since": since}
        self._environment.filters.update(filters, digest=digest, markdown=small_markdown)
        self._environment.globals["words"] = wording
