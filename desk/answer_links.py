"""Links in what a volunteer writes, however they are disguised, and which of them are allowed.

Allowed are the domains on a list, with what stands below them, and places in the contact's own house: a router is
mended at 192.168.178.1 or fritz.box. Everything else is refused: look-alikes and other alphabets, numbers for names,
shorteners, a host hidden behind an @, "beispiel punkt com", "hxxp", a blank before the dot.

A bare word with a dot is a link only if it ends as domains do; endings that are words too ("geht.so") only with a path.

Pure. Offsets count code points of the text as it was written, end exclusive.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from desk.lookalikes import Plain, plain

_ENDINGS = (
    "com|de|net|org|info|biz|io|eu|ch|app|dev|shop|store|online|site|website|space|xyz|club|live|link|click|page|blog|"
    "wiki|cloud|tech|top|vip|icu|fun|gg|tv|ly|cc|ws|tk|ml|ga|cf|gq|ru|cn|pl|nl|fr|es|uk|us|ca|au|jp|kr|br|tr|ua|li|lu|"
    "dk|se|fi|cz|hu|ro|bg|gr|pt|ie|ai|co|box|email|support|help|chat|social|party|loan|win|bid|mobi|name|pro|me"
)
_WORDY = frozenset(
    {
        "me", "us", "es", "se", "li", "lu",
        "name", "pro", "help",
        "top", "fun", "live", "page", "link", "win", "space", "box", "support", "chat", "party",
        "app", "wiki", "shop", "store", "cloud"
    }
)  # fmt: skip
"""Endings that are words or ends of file names too."""

_KNOWN_SHORT = frozenset({"t.me", "wa.me", "m.me", "paypal.me", "fb.me", "youtu.be", "discord.gg", "bit.ly", "goo.gl",
                          "tinyurl.com", "is.gd", "t.co", "cutt.ly", "ow.ly", "rb.gy", "buff.ly", "shorturl.at",
                          "kutt.it", "t1p.de", "v.gd", "linktr.ee"})  # fmt: skip

_END = r"[^\s<>\"')\]]*"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_URL = re.compile(rf"\b(?:h(?:tt|xx)ps?|ftp|ws)\s?:\s?/\s?/\s?{_END}|\bwww\s?\.{_END}")
_OTHER_APP = re.compile(r"\b(?:mailto|tel|sms|tg|whatsapp|skype|viber|signal|discord|facetime):[^\s<>\"')\]]{2,}")
_BARE = re.compile(
    rf"(?<![\w@.\-])(?:{_LABEL}\.)+(?P<ending>{_ENDINGS}|at|be|ee|gl|gd|it|xn--\w+)(?![\w\-])"
    rf"(?:[/?#:]{_END})?"
)
_DOT = r"\s*(?:\(\s*(?:punkt|dot|\.)\s*\)|\[\s*(?:punkt|dot|\.)\s*\]|\{\s*(?:punkt|dot|\.)\s*\}|\s(?:punkt|dot)\s)\s*"
_SPELT = re.compile(rf"\b[\w-]{{2,63}}{_DOT}(?:com|de|net|org|info|io|me|eu|ch|at|gg|ly|co|app|shop|xyz|biz)\b")
_SPACED = re.compile(
    r"\b[\w-]{3,63}\s*\.\s+(?:com|net|org)\b(?!\s+[a-zäöü])|\b[\w-]{3,63}\s+\.\s?(?:com|net|org|de|info)\b"
)
_NUMBER = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:/[\w./-]+|(?=[\s,;!?)]|\.?$))")
_AT_HOME = re.compile(
    r"(?:fritz|easy|o2|speedport|router)\.(?:box|ip)|speedport\.ip|localhost|[\w-]+\.(?:local|lan|home)"
)
_FORGED = re.compile(r"[^\x00-\x7f]|xn--")


@dataclass(frozen=True, slots=True)
class Link:
    """A link that is not allowed. `is_disguised`: somebody took pains that it is not taken for one, or for another."""

    start: int
    end: int
    is_disguised: bool


def forbidden_links(text: str, allowed: Collection[str]) -> Iterator[Link]:
    """Links in `text` that lead to none of the `allowed` domains. They may overlap."""
    look = plain(text)
    for pattern in (_URL, _BARE):
        for match in pattern.finditer(look.text):
            yield from _judged(text, look, match, allowed)
    for match in _NUMBER.finditer(look.text):
        if not _in_own_house(match[0].split("/")[0]):
            yield _link(look, match, is_disguised=True)
    for pattern in (_OTHER_APP, _SPELT, _SPACED):
        for match in pattern.finditer(look.text):
            yield _link(look, match, is_disguised=pattern is not _OTHER_APP)


def _judged(text: str, look: Plain, match: re.Match[str], allowed: Collection[str]) -> Iterator[Link]:
    ending = match.groupdict().get("ending")
    host, has_path, disguised = _host(match[0])
    wordy = ending in _WORDY or ending in ("at", "be", "ee", "gl", "gd", "it")
    if ending is not None and wordy and not has_path and host not in _KNOWN_SHORT:
        return
    written = _host(text[slice(*look.span(match.start(), match.end()))].lower())[0]
    forged = bool(_FORGED.search(written)) and written not in allowed
    if not forged and not disguised and (_in_own_house(host) or is_below(host, allowed)):
        return
    yield _link(look, match, is_disguised=forged or disguised or host in _KNOWN_SHORT)


def _host(link: str) -> tuple[str, bool, bool]:
    """Where a link leads, whether a path follows, and whether that was hidden."""
    disguised = link.startswith("hxx") or " " in link
    rest = re.sub(r"^\w+\s?:\s?/\s?/\s?", "", link).rstrip(".,;:!?…*_")
    authority, *path = re.split(r"[/?#\\]", rest, maxsplit=1)
    hidden = "@" in authority
    host = authority.rpartition("@")[2].split(":")[0].replace(" ", "").strip(".")
    return host, bool(path and path[0]), disguised or hidden


def is_below(host: str, domains: Collection[str]) -> bool:
    """Whether a host is one of the domains, or stands below one."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _in_own_house(host: str) -> bool:
    if _AT_HOME.fullmatch(host):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_private or address.is_loopback or address.is_unspecified


def _link(look: Plain, match: re.Match[str], *, is_disguised: bool) -> Link:
    start, end = look.span(match.start(), match.end())
    return Link(start, end, is_disguised)
