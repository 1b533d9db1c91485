"""The pages: /chat itself, the script that puts a bubble on other sites, and the files both need.

Static files carry a version made of their contents in their path, so that browsers may keep them for good. The page
may be framed by the origins in `embed_origins` (and ourselves) when it is asked for with ?embed=1, else by nobody.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader

from bots.web_gate import LANGUAGE_COOKIE, Gate
from bots.web_problems import PROTECTION, Problem
from bots.web_reading import TEXT_UNITS
from bots.web_texts import EMBED_TEXTS, SCRIPT_TEXTS, said
from bots.web_uploads import FILES
from desk.people import Locale
from desk.phrases import marked as _
from desk.ports import Phrases
from workflows.care_desk import CareDesk
from workflows.fetch_attachments import REFUSED_ENDINGS, SIZE_LIMIT

FOLDER = Path(__file__).parent / "web"
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
YEAR_SECONDS = 365 * 24 * 3600
POLICY = (
    "default-src 'self'; img-src 'self' blob:; media-src blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors {ancestors}"
)


def load_static(folder: Path) -> dict[str, bytes]:
    """The static files by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in MEDIA_TYPES}


def template_environment(phrases: Phrases, locale: Locale) -> Environment:
    """Templates that speak `locale`."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, extensions=["jinja2.ext.i18n"]
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: phrases.say(locale, text),
        lambda one, many, count: phrases.say(locale, one if count == 1 else many),
        newstyle=True,
    )
    return environment


class Pages:
    """Handlers of what browsers load."""

    def __init__(self, desk: CareDesk, gate: Gate, embed_origins: Sequence[str]) -> None:
        self._desk = desk
        self._gate = gate
        self._ancestors = " ".join(["'self'", *embed_origins])
        self._static = load_static(FOLDER / "static")
        self._version = hashlib.sha256(b"".join(self._static.values())).hexdigest()[:12]
        self._pages = {
            locale: template_environment(desk.phrases, locale).get_template("chat.html") for locale in Locale
        }
        self._embed = (FOLDER / "embed.js").read_text(encoding="utf-8")

    async def chat(self, request: web.Request) -> web.Response:
        """GET /chat[?embed=1][&lang=de|en]"""
        locale = self._gate.locale_of(request)
        is_embedded = request.query.get("embed") == "1"
        page = self._pages[locale].render(
            brand=self._desk.brand,
            locale=locale.value,
            other=Locale.ENGLISH.value if locale is Locale.GERMAN else Locale.GERMAN.value,
            is_embedded=is_embedded,
            base=f"/chat/static/{self._version}",
            settings=self._settings(locale, is_embedded),
            limit_mb=SIZE_LIMIT // 2**20,
            most_files=FILES,
        )
        response = web.Response(
            text=page, content_type="text/html", headers={**PROTECTION, "Vary": "Accept-Language, Cookie"}
        )
        ancestors = self._ancestors if is_embedded else "'none'"
        response.headers["Content-Security-Policy"] = POLICY.format(ancestors=ancestors)
        if request.query.get("lang") == locale:
            response.set_cookie(
                LANGUAGE_COOKIE, locale, max_age=YEAR_SECONDS, path="/chat", httponly=True, samesite="Lax",
                secure=self._desk.public_url.startswith("https:"),
            )  # fmt: skip
        return response

    def _settings(self, locale: Locale, is_embedded: bool) -> Mapping[str, Any]:
        return {
            "locale": locale.value,
            "embedded": is_embedded,
            "texts": said(self._desk.phrases, locale, SCRIPT_TEXTS),
            "mostCharacters": TEXT_UNITS,
            "mostBytes": SIZE_LIMIT,
            "mostFiles": FILES,
            "refusedEndings": REFUSED_ENDINGS,
        }

    async def static(self, request: web.Request) -> web.Response:
        """GET /chat/static/{version}/{name}"""
        name = request.match_info["name"]
        if name not in self._static:
            raise Problem(404, _("There is no such thing here."))
        is_current = request.match_info["version"] == self._version
        return web.Response(
            body=self._static[name],
            content_type=MEDIA_TYPES[Path(name).suffix],
            charset="utf-8",
            headers={"Cache-Control": f"public, max-age={YEAR_SECONDS}, immutable" if is_current else "no-cache"},
        )

    async def embed(self, request: web.Request) -> web.Response:
        """GET /chat/embed.js[?lang=de|en]: the bubble for other sites, in the visitor's language."""
        locale = self._gate.locale_of(request)
        texts = said(self._desk.phrases, locale, EMBED_TEXTS)
        texts["title"] = texts["title"].replace("{brand}", self._desk.brand)
        settings = json.dumps({"locale": locale.value, "texts": texts})
        return web.Response(
            text=self._embed.replace("__SETTINGS__", settings, 1),
            content_type="text/javascript",
            headers={
                "Cache-Control": "public, max-age=300",
                "Vary": "Accept-Language, Cookie",
                "Cross-Origin-Resource-Policy": "cross-origin",
            },
        )
