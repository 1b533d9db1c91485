"""The check of what a volunteer writes, before anything of it reaches the contact: answers, questions back, changes.

Rules, each with a reason in words and the place it is about:

    personal_data    names, addresses, numbers of people or contracts
    contact_details  phone numbers, mail addresses, user names of other networks
    link             a link to a place that is not on the list
    private_contact  leading the contact elsewhere: "write to me on WhatsApp"
    asks_for_data    asking for a password, an account number, an address
    abuse            insults
    posing           speaking as staff, or for the brand

What is refused is not lost: its author sees why and where, and mends it. The machine judges words, not people;
repeated refusals are shown to a coordinator, who decides.

Personal data are found by the rules that mask a contact's words (nlu/privacy.py), behind the port `FindPersonalData`.
Some kinds are no harm in an answer: numbers of devices and orders, passwords (the word stands before "admin" in many a
manual), addresses in one's own network.

Pure. Offsets count code points of the text, end exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desk.answer_links import forbidden_links, is_below
from desk.answer_words import ASKS, INSULTS, LURES, poses
from desk.lookalikes import Plain, plain
from desk.phrases import marked as _
from desk.reading import PersonalDataSpan

FindPersonalData = Callable[[str], Sequence[PersonalDataSpan]]
"""Port: all personal data in a text, sorted and disjoint. Never raises."""

LONGEST_ANSWER = 12_000
"""Characters: three of the longest messages of any channel. Nobody reads more on a phone."""


class Rule(StrEnum):
    """What the check can have against a text."""

    PERSONAL_DATA = "personal_data"
    CONTACT_DETAILS = "contact_details"
    LINK = "link"
    PRIVATE_CONTACT = "private_contact"
    ASKS_FOR_DATA = "asks_for_data"
    ABUSE = "abuse"
    POSING = "posing"
    TOO_LONG = "too_long"


REASONS: dict[Rule, str] = {
    Rule.PERSONAL_DATA: _("It holds personal data. Leave them out; if it needs them, hand the question to staff."),
    Rule.CONTACT_DETAILS: _("It holds contact details. Everything stays here, where both sides are protected."),
    Rule.LINK: _("It holds a link to a place that is not on our list. Say in words where to find it."),
    Rule.PRIVATE_CONTACT: _("It leads the contact elsewhere. Everything stays here, where both sides are protected."),
    Rule.ASKS_FOR_DATA: _("It asks for personal data. If nothing else helps, hand the question to staff."),
    Rule.ABUSE: _("It may hurt somebody. Please say it kindly."),
    Rule.POSING: _("It sounds as if staff were writing. You answer as somebody from the community."),
    Rule.TOO_LONG: _("It is too long for a chat. Please keep to what helps."),
}
"""A reason in words for each."""

_CONTACT = frozenset({"phone", "email", "handle"})
_HARMLESS = frozenset({"link", "ip_address", "device_number", "password", "order_number", "meter_number"})
_MAIL_SPELT = re.compile(
    r"[\w.+-]{2,40}\s*(?:\(\s*(?:at|ät|@)\s*\)|\[\s*(?:at|ät|@)\s*\]|\s(?:at|ät|klammeraffe)\s)\s*[\w-]{2,40}"
    r"\s*(?:\(\s*(?:dot|punkt|\.)\s*\)|\[\s*(?:dot|punkt|\.)\s*\]|\s(?:dot|punkt)\s)\s*[a-z]{2,6}\b"
    r"|[\w.+-]{2,40}\s*(?:\(at\)|\[at\]|\(ät\))\s*[\w-]{2,40}\.[a-z]{2,6}\b"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule and the place it is about."""

    rule: Rule
    start: int
    end: int


def check(text: str, spans: Iterable[PersonalDataSpan], *, brand: str, domains: Collection[str]) -> tuple[Finding, ...]:
    """What the rules have against `text`, in the order of their places; empty: nothing. `spans`: the personal data in
    it; `domains`: where links may lead."""
    look = plain(text)
    known = [span for span in spans if not _names_a_page(text, span, domains)]
    found = [*_personal(known), *_links(text, known, domains), *_words(look, brand)]
    if len(text) > LONGEST_ANSWER:
        found.append(Finding(Rule.TOO_LONG, LONGEST_ANSWER, len(text)))
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.rule)))


def rules_of(findings: Iterable[Finding]) -> tuple[Rule, ...]:
    """Which rules, each once, in the order of their places."""
    return tuple(dict.fromkeys(one.rule for one in findings))


def excerpt(text: str, finding: Finding, *, longest: int = 60) -> str:
    """The place in the text, as its author is shown it."""
    shown = " ".join(text[finding.start : finding.end].split())
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


def _names_a_page(text: str, span: PersonalDataSpan, domains: Collection[str]) -> bool:
    """ "A guide at www.brand.example" reads like a mail address that is spelt out; it is where the guide is."""
    said = text[span.start : span.end].lower()
    host = said.rpartition(" ")[2].rstrip(".")
    return span.kind == "email" and "@" not in said and is_below(host, domains)


def _personal(spans: Iterable[PersonalDataSpan]) -> Iterator[Finding]:
    for span in spans:
        if span.kind in _CONTACT:
            yield Finding(Rule.CONTACT_DETAILS, span.start, span.end)
        elif span.kind not in _HARMLESS:
            yield Finding(Rule.PERSONAL_DATA, span.start, span.end)


def _links(text: str, spans: Iterable[PersonalDataSpan], domains: Collection[str]) -> Iterator[Finding]:
    """A mail address is told as one, not as the link that stands in it; of links that overlap the first is told."""
    mails = [(span.start, span.end) for span in spans if span.kind == "email"]
    end = -1
    for link in sorted(forbidden_links(text, domains), key=lambda one: (one.start, -one.end)):
        if link.start >= end and not any(link.start < mail_end and start < link.end for start, mail_end in mails):
            end = link.end
            yield Finding(Rule.LINK, link.start, link.end)


def _words(look: Plain, brand: str) -> Iterator[Finding]:
    patterns = (
        (Rule.CONTACT_DETAILS, _MAIL_SPELT),
        (Rule.PRIVATE_CONTACT, LURES),
        (Rule.ASKS_FOR_DATA, ASKS),
        (Rule.ABUSE, INSULTS),
        (Rule.POSING, poses(plain(brand).text)),
    )
    for rule, pattern in patterns:
        for match in pattern.finditer(look.text):
            if match.start() < match.end():
                yield Finding(rule, *look.span(match.start(), match.end()))
