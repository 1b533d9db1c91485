"""Somebody with a browser, as the console's tests see them: cookies, forms with their hidden fields, no scripts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from aiohttp import ClientSession, CookieJar
from yarl import URL


@dataclass
class Form:
    """A form of a page: where it goes, and its fields with the values they have."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self.forms.append(Form(said.get("action") or ""))
        elif tag == "input" and self.forms and said.get("type") in (None, "hidden", "text", "search"):
            self.forms[-1].fields[said.get("name") or ""] = said.get("value") or ""
        elif tag == "textarea" and self.forms:
            self._area = said.get("name") or ""
            self.forms[-1].fields[self._area] = ""

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.forms[-1].fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    url: str
    html: str
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        """Its words, without tags, blanks made one."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.html)).split())

    def form(self, ending: str) -> Form:
        """The form whose action ends so."""
        parser = _Forms()
        parser.feed(self.html)
        found = [form for form in parser.forms if form.action.endswith(ending)]
        assert found, f"no form {ending!r} among {[form.action for form in parser.forms]}"
        return found[0]


class Browser:
    """Goes where it is sent, and sends forms."""

    def __init__(self, base: str) -> None:
        self._base = base
        self.session = ClientSession(base_url=base, cookie_jar=CookieJar(unsafe=True))

    async def close(self) -> None:
        await self.session.close()

    async def get(self, path: str, *, follow: bool = True, **headers: str) -> Page:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.get(path, headers=named, allow_redirects=follow) as answer:
            return Page(answer.status, str(answer.url.relative()), await answer.text(), answer.headers)

    async def send(self, form: Form, /, *, json: bool = False, follow: bool = True, **fields: str) -> Page:
        headers = {"Accept": "application/json"} if json else {}
        data = {**form.fields, **fields}
        async with self.session.post(form.action, data=data, headers=headers, allow_redirects=follow) as answer:
            return Page(answer.status, str(answer.url.relative()), await answer.text(), answer.headers)

    def cookies(self) -> dict[str, str]:
        jar = self.session.cookie_jar.filter_cookies(URL(self._base) / "console")
        return {name: morsel.value for name, morsel in jar.items()}
