"""Personal data that open a door: mail addresses, handles, links with secrets, tokens, passwords."""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from collections.abc import Iterator

from desk.reading import PersonalDataSpan

_MAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,200}\s?@\s?[\w-]{1,100}(?:\.[\w-]{1,60}){1,5}")
_MAIL_NO_DOT = re.compile(r"(?<![\w.+%-])[\w+%-][\w.+%-]{0,200}@[A-Za-z][\w-]{1,100}")
_DOT = r"(?:\s?\.\s?|\s?[(\[{]\s?(?:dot|punkt|\.)\s?[)\]}]\s?|\s(?:punkt|dot|point|pkt)\s)"
_LOCAL = r"(?<![\w.+%-])[\w.+%-]{1,80}(?:\s(?:punkt|dot|minus|bindestrich|unterstrich|underscore)\s[\w+-]{1,60}){0,4}"
_PROVIDER = (
    r"(?:web|gmx|gmail|google\s?mail|outlook|hotmail|live|yahoo|t-?\s?online|icloud|me|freenet|posteo|mail|mailbox"
    r"|proton(?:mail)?|aol|bluewin|aon|arcor|btinternet|sky|comcast)"
)
_AT_BRACKETED = r"\s?[(\[{<]\s?(?:at|ät|@|a)\s?[)\]}>]\s?"
_AT_SPOKEN = r"\s(?:at|ät|äd|et|klammeraffe|affenklammer|at-zeichen)\s"
_MAIL_BRACKETED = re.compile(rf"{_LOCAL}{_AT_BRACKETED}[\w-]{{1,80}}(?:{_DOT}[\w-]{{2,40}}){{1,3}}", re.I)
_MAIL_SPOKEN = re.compile(
    rf"{_LOCAL}{_AT_SPOKEN}(?:[\w-]{{1,80}}(?:\s(?:minus|bindestrich)\s[\w-]{{1,40}})?(?:\s(?:punkt|dot|point"
    rf"|pkt)\s[\w-]{{2,40}}){{1,3}}"
    rf"|{_PROVIDER}{_DOT}[a-z]{{2,4}}\b)",
    re.I,
)
_HANDLE = re.compile(r"(?<![\w@/.])@[A-Za-z][\w.]{2,40}\w|(?<![\w#])[\w.]{2,32}#\d{4}(?!\d)")
_PROFILE = re.compile(
    r"(?<![\w.])(?:https?://)?(?:www\.)?(?:t\.me|telegram\.me|discord\.gg|discord(?:app)?\.com/(?:users|invite"
    r"|channels)"
    r"|wa\.me|instagram\.com|facebook\.com|fb\.com|x\.com|twitter\.com|tiktok\.com"
    r"|linkedin\.com/in)/[^\s<>\"']{1,200}",
    re.I,
)
_HANDLE_CUED = re.compile(
    r"\b(?:(?:discord|telegram|insta(?:gram)?|twitter|tiktok|snap(?:chat)?|skype|signal)(?:[- ]?(?:name|handle"
    r"|id|user|tag))?"
    r"|benutzername|username|user\s?name|nutzername|nickname|login(?:name)?)"
    r"(?:\s(?:ist|lautet|heißt|heisst|is|war|was)\s|\s?[:=]\s?)(@?[\w.#-]{3,60})",
    re.I,
)
_LINK = re.compile(r"\b(?:https?|ftp|tg)://[^\s<>\"']{4,4000}", re.I)
_SECRET_PARAMETER = re.compile(
    r"[?&#;/](?:[\w.%-]{0,40}(?:token|key|auth|sig|sess|sid|secret|code|pass|pwd|otp|hash|user|uid|mail|kunde"
    r"|customer"
    r"|order|bestell|invite|start|id)[\w.%-]{0,20})=([^&#\s\[][^&#\s]{1,3000})",
    re.I,
)
_SECRET_PIECE = re.compile(r"(?<=[/=?&#_-])(?=[\w%.~+-]{0,60}\d)(?=[\w%.~+-]{0,60}[A-Za-z])[\w%.~+-]{16,3000}")
_SIGN_IN = re.compile(r"(?<=://)[^/\s:@]{1,100}:[^/\s@]{1,100}(?=@)")
_TOKEN = re.compile(
    r"(?<![\w-])(?:eyJ[\w-]{8,2000}(?:\.[\w-]{4,4000}){1,2}|\d{8,10}:[\w-]{30,60}"
    r"|[\w-]{23,28}\.[\w-]{6}\.[\w-]{27,40}"
    r"|(?:sk|pk|rk|ghp|gho|xox[abp]|glpat|AKIA)[-_]?[A-Za-z0-9_-]{16,200}|[0-9a-f]{32,128}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![\w])",
    re.I,
)
_UNLOCKS = (
    r"(?:pass?wor[td]|pass?wd|pwd?|passwod|passwrt|pass|kennwort|passcode|passphrase|losung|zugangsdaten"
    r"|zugangscode|login|(?:wlan|wifi|wi-fi|netzwerk)"
    r"[- ]?(?:schlüssel|key|passwort|password)|netzwerkschlüssel|sicherheitsschlüssel|geheimzahl"
    r"|(?:geräte|sim|karten|konto|online|card|sim card|account)?[- ]?(?:pin|puk|tan)(?:[- ]?(?:code|nummer"
    r"|number))?|otp|cvv|cvc"
    r"|(?:sicherheits|bestätigungs|freischalt|aktivierungs|verifizierungs|sms|security|verification|login"
    r"|access|one[- ]time|auth)"
    r"[- ]?code)"
)
_PASSWORD_CUED = re.compile(
    rf"\b{_UNLOCKS}\b(?:\s(?:für|for|to|zum|von|of|vom)\s(?:\w{{1,20}}\s){{0,2}}?\w{{1,20}})?"
    r"(\s?[:=]\s?|\s(?:ist|lautet|is|war|was|heißt|heisst|wäre|:)\s(?:immer\s|noch\s|still\s|jetzt\s"
    r"|now\s)?)(\S{2,100})",
    re.I,
)
_PASSWORD_BARE = re.compile(rf"\b{_UNLOCKS}\s+((?=\S{{0,40}}\d)\S{{4,60}})", re.I)
_NO_PASSWORD = frozenset(
    "nicht falsch weg wrong not incorrect invalid expired abgelaufen gesperrt unbekannt immer noch mir zu too "
    "still correct"
    " richtig ungültig leider vergessen forgotten locked blocked angeblich the a an das ein eine der die mein "
    "my it es auch"
    " no never nie safe sicher kaputt dead lost working gone broken nur only just so also required needed "
    "zurückgesetzt"
    " gleich unklar verloren neu new old alt sehr very wieder again korrekt geändert changed reset being "
    "missing eigentlich"
    " asking always denn doch schon already kein keine was wie how what where wo woanders da hier here there "
    "in on bei at".split()
)


def mail_addresses(text: str) -> Iterator[PersonalDataSpan]:
    """Mail addresses, written or spoken."""
    if "@" in text:
        yield from _whole(_MAIL, text, "email")
        yield from _whole(_MAIL_NO_DOT, text, "email")
    yield from _whole(_MAIL_BRACKETED, text, "email")
    yield from _whole(_MAIL_SPOKEN, text, "email")


def handles(text: str) -> Iterator[PersonalDataSpan]:
    """Names on platforms, and links to people's profiles or chats."""
    yield from _whole(_HANDLE, text, "handle")
    yield from _whole(_PROFILE, text, "handle")
    for match in _HANDLE_CUED.finditer(text):
        if match[1].lower() not in _NO_PASSWORD:
            yield PersonalDataSpan(match.start(1), match.end(1), "handle")


def links(text: str) -> Iterator[PersonalDataSpan]:
    """Secrets inside links: parameters, long random pieces, user:password. The rest of the link stays."""
    if "://" not in text:
        return
    for link in _LINK.finditer(text):
        for pattern in (_SECRET_PARAMETER, _SECRET_PIECE, _SIGN_IN):
            for match in pattern.finditer(link[0]):
                group = 1 if pattern is _SECRET_PARAMETER else 0
                yield PersonalDataSpan(link.start() + match.start(group), link.start() + match.end(group), "token")


def tokens(text: str) -> Iterator[PersonalDataSpan]:
    """Access keys that stand alone: JSON web tokens, API keys, bot tokens, long hexadecimal strings."""
    yield from _whole(_TOKEN, text, "token")


def passwords(text: str) -> Iterator[PersonalDataSpan]:
    """What follows "my password is", "PIN:", "cvv 123" and the like."""
    for match in _PASSWORD_CUED.finditer(text):
        said = match[2].rstrip(".,;!?\"')").lower()
        if match[1].strip() in {":", "="} or said not in _NO_PASSWORD:
            yield PersonalDataSpan(match.start(2), match.start(2) + len(match[2].rstrip(",")), "password")
    for match in _PASSWORD_BARE.finditer(text):
        yield PersonalDataSpan(match.start(1), match.end(1), "password")


def _whole(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[PersonalDataSpan]:
    for match in pattern.finditer(text):
        yield PersonalDataSpan(match.start(), match.end(), kind)
