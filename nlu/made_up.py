"""Which personal data are made up for certain: addresses and numbers that are reserved and so belong to nobody.

Names of hosts: RFC 2606 keeps example.com, .org, .net and the ends .example, .test, .invalid. Numbers for films and
books: Ofcom (UK), 555-0100 to 555-0199 (US), the Bundesnetzagentur's blocks for media (Germany). And numbers that
count up or stand still, as nobody's do. Texts for training and for tests may hold these.

Pure.
"""

from __future__ import annotations

import re

from desk.reading import PersonalDataSpan

_HOSTS = re.compile(
    r"(?:\bexample(?:\s*(?:\.|dot|punkt)\s*(?:com|org|net|edu))?|[. ](?:test|invalid|localhost))\W*$", re.I
)
_NOT_DIGITS = re.compile(r"\D")
_FICTION = re.compile(
    r"(?:44|0)7700900\d{3}|(?:44|0)2079460\d{3}|(?:44|0)1632960\d{3}|(?:44|0)1\d14960\d{3}"
    r"|1?\d{3}55501\d\d|55501\d\d"
    r"|(?:49|0)(?:3023125|6990009|4066969|2214710|8999998)\d{3}|(?:49|0)(?:17139200|17604069)\d{2,3}"
    r"|(?:49|0)(?:15228817386|15228895456|1729925904|1729968532|1749091317|1749464308)"
)
_RUN = "01234567890 09876543210"
_LONG_RUN = 5


def is_made_up(text: str, span: PersonalDataSpan) -> bool:
    """Whether what stands in `span` of `text` is nobody's for certain. False for kinds that have no reserved values."""
    value = text[span.start : span.end]
    if span.kind == "email":
        host = re.split(r"@|\bat\b|\bät\b", value)[-1]
        return bool(_HOSTS.search(value)) or not re.search(r"\.|\bdot\b|\bpunkt\b", host, re.I)
    digits = _NOT_DIGITS.sub("", value)
    if span.kind == "phone":
        plain = re.sub(r"^00", "", digits)
        return bool(_FICTION.fullmatch(plain)) or _counts_or_stands(digits)
    return span.kind in {"iban", "card", "account_number", "tax_id", "insurance"} and _counts_or_stands(digits)


def _counts_or_stands(digits: str) -> bool:
    windows = (digits[at : at + _LONG_RUN] for at in range(len(digits) - _LONG_RUN + 1))
    return any(window in _RUN or len(set(window)) == 1 for window in windows)
