"""Accounts elsewhere: names on platforms, links to profiles, user names; and addresses on the net (IP)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from desk.reading import PersonalDataSpan
from nlu.privacy_lexicon import WordKind, word_kind
from nlu.privacy_look import Look

_HANDLE = re.compile(
    r"(?<![\w@/.])@[A-Za-z][\w.]{1,40}\w|(?<![\w#])[\w.]{2,32}#\d{4}(?!\d)|(?<!\w)(?:u|r/u|user)/[\w-]{3,32}"
)
_PROFILE = re.compile(
    r"(?<![\w.])(?:https?://)?(?:www\.)?(?:t\.me|telegram\.me|discord\.gg|discord(?:app)?\.com/(?:users|invite"
    r"|channels)|wa\.me|instagram\.com|facebook\.com|fb\.com|x\.com|twitter\.com|tiktok\.com|youtube\.com/@?"
    r"|linkedin\.com/in|reddit\.com/u(?:ser)?|xing\.com/profile)/[^\s<>\"',]{1,200}",
    re.I,
)
_PLATFORM = (
    r"(?:discord|telegram|insta(?:gram)?|twitter|tiktok|snap(?:chat)?|skype|signal|steam|psn|xbox|twitch"
    r"|reddit|threema|mastodon|bluesky|facebook|fb|ig)"
)
_CUED = re.compile(
    rf"\b(?:{_PLATFORM}(?:[- ]?(?:name|handle|id|user|tag|account|konto|username))?"
    r"|(?:spieler|profil|account)name|benutzername|benutzer|usernamen?|user\s?name|nutzername|nick(?:name)?|gamertag|screen\s?name"
    r"|(?:user|nutzer|account|konto|kennung|kunde|(?:user|nutzer|login)[- ]?(?:id|kennung))(?=\s?[:=])"
    r"|login(?:[- ]?name)?|handle|zugangsdaten|anmeldename)"
    r"((?:\s(?:im|in|auf|on|bei|at|the)\s\w{2,15})?(?:\s(?:ist|lautet|heißt|heisst|is|war|was)\s|\s?[:=]\s?)"
    r"|\s)(@?\w[\w.#-]{2,60})",
    re.I,
)
_TRIGGERS = (
    "discord", "telegram", "insta", "twitter", "tiktok", "snap", "skype", "signal", "steam", "psn", "xbox",
    "twitch", "reddit", "threema", "mastodon", "bluesky", "facebook", "fb", "ig", "nutzer", "user", "nick",
    "gamertag", "screen", "login", "handle", "zugangsdaten", "anmeldename", "spielername", "profilname", "accountname",
)  # fmt: skip
_LABELS = ("account", "konto", "kennung")
"""Cues only before a colon: "Konto: ..."."""
_UNDERSCORED = re.compile(r"(?<![\w.@/])[A-Za-z][A-Za-z0-9.]{0,30}_[\w.]{1,30}(?<!\.)(?![\w@])")
_V4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")
_MAC = re.compile(r"(?<![\w:])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:])", re.I)
_V6 = re.compile(r"(?<![\w:])(?=[0-9a-f:]{0,45}:[0-9a-f:]{0,45}:)[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.I)
_VERSION = re.compile(r"(?:version|firmware|update|release|build|software|fw|os|v)[\s:.]{0,3}$")


def handles(look: Look) -> Iterator[PersonalDataSpan]:
    """Names on platforms, and links to people's profiles or chats."""
    text, low = look.text, look.low
    if "@" in low or "#" in low or "/" in low:
        for match in _HANDLE.finditer(text):
            yield PersonalDataSpan(match.start(), match.end(), "handle")
        for match in _PROFILE.finditer(text):
            yield PersonalDataSpan(match.start(), match.end(), "handle")
    triggered = look.holds(_TRIGGERS)
    if triggered:
        for match in _UNDERSCORED.finditer(text):
            if not match[0].isupper():
                yield PersonalDataSpan(match.start(), match.end(), "handle")
    elif ":" not in low or not look.holds(_LABELS):
        return
    for match in _CUED.finditer(text):
        if _is_handle(match[2].rstrip(".-"), said=not match[1].isspace()):
            yield PersonalDataSpan(match.start(2), match.start(2) + len(match[2].rstrip(".-")), "handle")


def network_addresses(look: Look) -> Iterator[PersonalDataSpan]:
    """IP addresses of the open net. Those of home networks are everybody's, and four figures may be a version."""
    for match in _V4.finditer(look.text):
        if _is_public(match[0]) and not _VERSION.search(look.before(match.start(), 14)):
            yield PersonalDataSpan(match.start(), match.end(), "ip_address")
    for match in _MAC.finditer(look.text):
        yield PersonalDataSpan(match.start(), match.end(), "device_number")
    if look.low.count(":") > 1:
        for match in _V6.finditer(look.text):
            if _is_public(match[0]):
                yield PersonalDataSpan(match.start(), match.end(), "ip_address")


def _is_public(written: str) -> bool:
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return False
    home = any(address in network for network in _HOME if network.version == address.version)
    return not (home or address.is_loopback or address.is_multicast or address.is_unspecified)


_HOME = tuple(
    map(
        ipaddress.ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fe80::/10", "fc00::/7", "0.0.0.0/8", "255.0.0.0/8"),
    )
)


def _is_handle(value: str, *, said: bool) -> bool:
    """Whether the word after a cue is a made-up name: with figures or signs, or in no list of words."""
    if not value.isalpha():
        return True
    kind = word_kind(value.lower())
    return kind > WordKind.COMPOUND if said else kind is WordKind.UNKNOWN and len(value) > 4
