"""Personal data that open a door: links with secrets, tokens, passwords."""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from collections.abc import Iterator

from desk.reading import PersonalDataSpan
from nlu.privacy_lexicon import WordKind, word_kind
from nlu.privacy_look import Look

_LINK = re.compile(r"\b(?:https?|ftp|tg)://[^\s<>\"']{4,4000}", re.I)
_SECRET_PARAMETER = re.compile(
    r"[?&#;/](?:[\w.%-]{0,40}(?:token|key|auth|sig|sess|sid|secret|code|pass|pwd?|pin|otp|hash|user|uid|mail|kunde"
    r"|customer|order|bestell|invite|start|id|nonce|login|phone|tel|name|iban"
    r"|q)[\w.%-]{0,20})=([^&#\s\[][^&#\s]{1,3000})",
    re.I,
)
_SECRET_PIECE = re.compile(r"(?<=[/=?&#_-])(?=[\w%.~+-]{0,60}\d)(?=[\w%.~+-]{0,60}[A-Za-z])[\w%.~+-]{16,3000}")
_MIXED_PARAMETER = re.compile(
    r"[?&][\w.-]{1,40}=((?=[^&#\s]{0,60}\d)(?=[^&#\s]{0,60}[A-Za-z])[^&#\s\[][^&#\s]{5,3000})"
)
_SIGN_IN = re.compile(r"(?<=://)[^/\s:@]{1,100}:[^/\s@]{1,100}(?=@)")
_TOKEN = re.compile(
    r"(?<![\w-])(?:eyJ[\w-]{8,2000}(?:\.[\w-]{4,4000}){1,2}|\d{8,10}:[\w-]{30,60}"
    r"|[\w-]{23,28}\.[\w-]{6}\.[\w-]{27,40}"
    r"|(?:sk|pk|rk|ghp|gho|xox[abp]|glpat|AKIA)[-_]?[A-Za-z0-9_-]{16,200}|[0-9a-f]{32,128}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![\w])",
    re.I,
)
_UNLOCKS = re.compile(
    r"(?<![^\W_])(?:\w{0,20}(?:pass?wor[td]|passwd|passwod|passwrt|kennwort|losung|geheimzahl|prüfziffer"
    r"|schlüssel|codewort|sicherheitswort|(?:code|safe|memorable|secret)[ ]word)s?|pass?wd|pwd?|pw|pass"
    r"|passcode|passphrase|zugangsdaten|(?:login|access|security|verification|one[- ]time|2fa|auth|sms|puk|pin"
    r"|tan|otp|unlock"
    r"|activation|mfa)[- ]?codes?|(?:wlan|wifi|wi-fi|network)[- ]?key"
    r"|\w{0,16}(?:zugangs|sicherheits|bestätigungs|freischalt|aktivierungs|verifizierungs|sms|entsperr|einmal)[- ]?code"
    r"|(?:\w{1,12}[- ]?)?(?<![a-z])(?:pin|puk|tan)(?:[- ]?(?:code|nummer|number|nr))?|otp|cvv2?|cvc2?|login|log "
    r"in|logindaten)(?!\w)"
    r"|\bcode(?= [A-Z]-?\d{4,8}\b| \d{6}\b| (?:you|that|i got|war|ist|was|is|lautet|den|:))",
    re.I,
)
_TRIGGERS = (
    "pass", "pw", "kennwort", "code", "schlüssel", "pin", "puk", "tan", "otp", "cvv", "cvc", "login", "log in",
    "losung", "zugangsdaten", "geheimzahl", "prüfziffer", "key",
)  # fmt: skip
_NO_CODE = re.compile(
    r"(?:fehler|error|promo|aktions|rabatt|gutschein|voucher|discount|qr|post|zip|sort|country|länder|bar|coupon"
    r"|dress|area)[- ]?codes?$",
    re.I,
)
_ASSIGNED = re.compile(r"(?:[ \t]+(?:für|for|vom|von|of|to|zum)(?:[ \t]\w{1,20}){1,3})??[ \t]?[:=][ \t]?(\S{2,100})")
_SAID = re.compile(
    r"(?:[ \t]+(?!ist|is|war|was)[^\W\d_]{1,20}){0,4}?[ \t]+(?:ist|lautet|lautete|is|war|was|heißt|heisst|auf|to"
    r"|wäre|are|sind)"
    r"(?:[ \t]+(?:immer|always|noch|still|früher|probably|wohl"
    r"|jetzt|now|nun|mal|aktuell|currently|gerade|die|der|das|the))?[ \t]+(\S{2,100})",
    re.I,
)
_BARE = re.compile(r"(?:[ \t]+(?:nr|nummer|number|no)\.?)?[ \t]+(\S{3,60})", re.I)
_LATER = re.compile(
    r"(?<!\S)((?=[^\s]{0,40}[A-Za-z])(?=[^\s]{0,40}(?:\d|[$!_%&#]\w))(?!\w{1,8}-\d{1,4}\b)[\w!$%&_#?*+-]{6,40})(?!\S)"
)
_PAIR = re.compile(
    r"@[\w.-]{4,60}\.[a-z]{2,12}[ ]?(?:[/|,;:]|und|and|mit|with)[ ]"
    r"((?=\S{0,40}\d)(?=\S{0,40}[A-Za-z])(?=\S{0,40}[^\w\s.,/]|\S{0,40}[a-z]\S{0,40}[A-Z]|[A-Z]\S{0,40}\d)[^\s,;]{6,40})(?!\S)"
)
"""A mail address, and beside it what can only be its password."""
_DIGITS = re.compile(
    r"(?<![\w.,€$£/-])(\d{3}[ -]?\d{3}|\d{4,8})(?![\w,/%€$£]|\.\d|[ ]?(?:€|euro|uhr|mal|mbit|times|minut|stund"
    r"|sek|sec|hour|tage|days))",
    re.I,
)
_ERROR_NAME = re.compile(r"[A-Z]{2,20}(?:_[A-Z0-9]{1,20}){1,6}")
_HARMLESS_VALUE = re.compile(r"[\d.,:]{1,2}|\W+|(?:\d{1,3}(?:x|mal|th|st|nd|rd|gb|mb|%|€))|\[.*")
_ENGLISH = re.compile(r"\s(?:is|was|to)\s")
"""English does not write words together, so such a word is made up."""
_CALLED = re.compile(r"\s(?:lautete?|heißt|heisst)\s")
"""What a password is called is the password, an ordinary word or not."""
_TAKEN = ("[", "\x00")
"""What stands here is masked already."""
_NO_SECRET = frozenset(
    "wie so anders jetzt nun nicht not wlan lan wifi pin puk tan code email e-mail mail und and or oder nr nummer"
    " number".split()
)


def links(look: Look) -> Iterator[PersonalDataSpan]:
    """Secrets inside links: parameters, long random pieces, user:password. The rest of the link stays."""
    if "://" not in look.low:
        return
    for link in _LINK.finditer(look.text):
        for pattern in (_SECRET_PARAMETER, _MIXED_PARAMETER, _SECRET_PIECE, _SIGN_IN):
            for match in pattern.finditer(link[0]):
                group = pattern.groups
                yield PersonalDataSpan(link.start() + match.start(group), link.start() + match.end(group), "token")


def tokens(look: Look) -> Iterator[PersonalDataSpan]:
    """Access keys that stand alone: JSON web tokens, API keys, bot tokens, long hexadecimal strings."""
    if look.has_digit:
        for match in _TOKEN.finditer(look.text):
            yield PersonalDataSpan(match.start(), match.end(), "token")


def passwords(look: Look) -> Iterator[PersonalDataSpan]:
    """What follows "my password is", "PIN:", "cvv 123" and the like."""
    if not look.holds(_TRIGGERS):
        return
    for cue in _UNLOCKS.finditer(look.text):
        if _NO_CODE.search(look.text[max(0, cue.start() - 12) : cue.end()]):
            continue
        yield from _after_cue(look, cue.end())


def login_pairs(look: Look) -> Iterator[PersonalDataSpan]:
    """The password of "name@example.org / Xy9!kkRt"."""
    if "@" in look.low:
        for match in _PAIR.finditer(look.text):
            yield PersonalDataSpan(match.start(1), match.end(1), "password")


def _after_cue(look: Look, at: int) -> Iterator[PersonalDataSpan]:
    text = look.text
    assigned = _ASSIGNED.match(text, at, at + 200)
    if assigned is not None and not assigned[1].startswith(_TAKEN):
        yield _span(assigned, whole=True)
    for pattern in () if assigned is not None else (_SAID, _BARE):
        match = pattern.match(text, at, at + 200)
        if match is not None and _is_secret(match[1], said=match[0].lower() if pattern is _SAID else ""):
            yield _span(match)
            break
    for pattern in (_LATER, _DIGITS):
        for match in pattern.finditer(text, at, at + 60):
            if not (match[1].isalpha() or _ERROR_NAME.fullmatch(match[1])) and "\n" not in text[at : match.start()]:
                yield PersonalDataSpan(match.start(1), match.end(1), "password")


def _is_secret(value: str, *, said: str) -> bool:
    """Whether the word after a cue is no ordinary word. `said`: the words that lead to it, when it is said to be so."""
    value = value.strip(".,:;!?\"'()„“")
    if (
        len(value) < 2
        or _HARMLESS_VALUE.fullmatch(value)
        or value.lower() in _NO_SECRET
        or value.startswith(("@", *_TAKEN))
    ):
        return False
    if "'" in value and word_kind(value.lower()) is WordKind.ORDINARY:
        return False
    if not value.replace("-", "").isalpha():
        return any(c.isdigit() for c in value) or (not value.replace("/", "").isalpha() and len(value) > 4)
    kind = word_kind(value.lower())
    if said and (value[0].isupper() or _CALLED.search(said)):
        return kind is not WordKind.PROPER or _CALLED.search(said) is not None
    if said:
        return kind > WordKind.COMPOUND or (kind is WordKind.COMPOUND and _ENGLISH.search(said) is not None)
    return kind >= WordKind.GIVEN and (value[0].isupper() or len(value) > 7)


def _span(match: re.Match[str], *, whole: bool = False) -> PersonalDataSpan:
    said = match[1].rstrip(",;" if whole else ",;.?)\"'")
    return PersonalDataSpan(match.start(1), match.start(1) + max(1, len(said)), "password")
