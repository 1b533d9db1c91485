"""Mail addresses, written, spelled around filters, or spoken: "max at web punkt de".

One looks for what stands for the @, and then for a domain after it and a name before it, each within a bounded piece
of text. An "at" in the middle of a sentence is told from an @ by the domain: it needs a dot of some kind and a known
ending, or to be a known provider.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from desk.reading import PersonalDataSpan
from nlu.privacy_look import Look

_LONGEST = 130
_AT = re.compile(
    r"\s{0,2}@\s{0,2}|\s?[(\[{<]\s?(?:at|ät|äd|@|a)\s?[)\]}>]\s?"
    r"|\s(?:at|ät|äd|et|klammeraffe|affenklammer|at-zeichen|at[ -]sign)\s",
    re.I,
)
_DOT = r"(?:\s?[.,]\s?|\s?[(\[{<]\s?(?:dot|punkt|pkt|\.)\s?[)\]}>]\s?|\s(?:punkt|dot|point|pkt)\s)"
_ENDING = (
    r"(?:de|at|ch|li|com|net|org|info|biz|eu|uk|co|io|me|tv|us|ie|fr|it|nl|be|es|pl|tr|ru|dk|se|no|fi|cz|hu|ro|gr|pt|lu"
    r"|email|online|shop|cloud|dev|app|berlin|wien|museum|example|test|invalid|gov|edu|mail|xyz|name)"
)
_PROVIDER = (
    r"(?:web|gmx|gmail|google\s?mail|outlook|hotmail|yahoo|t-?\s?online|icloud|freenet|posteo|mailbox"
    r"|proton(?:mail)?|aol|bluewin|aon|arcor|btinternet|comcast|msn|googlemail|tutanota|talktalk|virginmedia)"
)
_WRITTEN = re.compile(r"[\w-]{1,100}(?:\.[\w-]{1,60}){0,5}", re.I)
_LABEL = r"[\w-]{1,60}(?:\s(?:minus|bindestrich|dash|hyphen)\s[\w-]{1,40})?"
_SPOKEN = re.compile(
    rf"{_LABEL}(?:{_DOT}{_LABEL}){{0,2}}?{_DOT}{_ENDING}(?:{_DOT}(?:uk|at))?(?!\w)"
    rf"|{_PROVIDER}(?:\s?[.,]\s?|\s)(?:de|com|net|org|at|ch|uk)(?!\w)",
    re.I,
)
_NEXT_SENTENCE = re.compile(r"\.\s(?:It|Me|No|Be|At|Us|Is|Name|Online|Shop|Email|Mail)$")
"""Endings that are words, too: "no trouble at all. It works"."""
_JOINT = (
    r"(?:\s(?:punkt|dot|minus|bindestrich|unterstrich|underscore|underline|dash|hyphen|plus)\s"
    r"|\s?[(\[{](?:dot|punkt)[)\]}]\s?)"
)
_LOCAL = re.compile(rf"(?:^|(?<=[^\w.+%-]))[\w.+%-]{{1,80}}(?:{_JOINT}[\w.+%-]{{1,60}}){{0,4}}$", re.I)


def mail_addresses(look: Look) -> Iterator[PersonalDataSpan]:
    """All mail addresses of the message."""
    low = look.low
    if "@" not in low and not look.holds(("at", "ät", "äd", " et ", "klammeraffe", "(a)", "[a]")):
        return
    for match in _AT.finditer(look.text):
        end = _domain_end(look.text, match.end(), written=match[0] == "@")
        if end == 0:
            continue
        from_ = max(0, match.start() - _LONGEST)
        local = _LOCAL.search(look.text[from_ : match.start()])
        if local is not None:
            yield PersonalDataSpan(from_ + local.start(), end, "email")


def _domain_end(text: str, at: int, *, written: bool) -> int:
    """Where the domain that begins at `at` ends; 0 when none does."""
    piece = text[at : at + _LONGEST]
    spoken = _SPOKEN.match(piece)
    if spoken is not None and not written and ("," in spoken[0] or _NEXT_SENTENCE.search(spoken[0])):
        spoken = None
    plain = _WRITTEN.match(piece) if written else None
    return max((at + match.end() for match in (spoken, plain) if match is not None), default=0)
