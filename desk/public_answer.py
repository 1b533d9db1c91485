"""Answers in public: what others write under a question that was asked in a forum, a channel or a group.

Everybody there may answer: volunteers, staff, and bystanders, of whom the desk keeps no name and no account, only a
fingerprint that tells whether it was the same person. The one who asked may mark an answer: it solved the question.
That credits its author. Their own words credit nobody; a mark of anybody else is none. A mark made by a reaction may be
taken back for `REGRET`.

What counts as an answer, and not as mere talk: at least `LEAST_WORDS` words that do not end as a question. While a
volunteer talks there, nobody else is asked for `WAVES_WAIT` after their last word.

Pure: no I/O, no clock; callers pass `now` (aware UTC).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

from desk.conversation import MessageId
from desk.people import ResponderId
from desk.reading import PersonalDataSpan
from desk.ticket import TicketId

WAVES_WAIT = timedelta(minutes=15)
REGRET = timedelta(hours=24)
MOST_REGRETS = 3
"""Marks of one question that are taken back by a reaction; after that only words and buttons count."""

TALK = timedelta(hours=1)
"""In a channel where everything is heard, what a responder writes without replying is about the newest question that is
not older than this."""

LEAST_WORDS = 3
MOST_SHOWN = 4
EXCERPT_CHARACTERS = 40
HARMLESS = frozenset({"name", "handle", "order_number", "tracking_number", "device_number", "ip_address"})
"""Personal data that is not hidden where others read: names are seen there anyway, and the rest identifies a thing."""

_WORD = re.compile(r"\w+")


class HowMarked(StrEnum):
    """How somebody said that an answer solved it."""

    BUTTON = "button"
    COMMAND = "command"
    REACTION = "reaction"


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """Words of somebody who did not ask. `author`: the fingerprint of their account. `responder_id`: who they are, when
    they are known. `text`: as others may read it; empty when it was deleted. `is_answer`: not mere talk."""

    message_id: MessageId
    ticket_id: TicketId
    author: bytes
    responder_id: ResponderId | None
    is_answer: bool
    said_at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class PublicMark:
    """*This solved it.*"""

    ticket_id: TicketId
    message_id: MessageId
    how: HowMarked
    marked_at: datetime


@dataclass(frozen=True, slots=True)
class PublicLine:
    """The bot's one line under a question that offers *this solved it*, and the answers it names."""

    ticket_id: TicketId
    message_id: MessageId
    shown: tuple[MessageId, ...]


def fingerprint(channel: str, account: str) -> bytes:
    """Tells whether two messages are by the same account, without naming it."""
    return blake2b(f"{channel}:{account}".encode(), digest_size=16, person=b"zuruf.public").digest()


def is_answer(text: str) -> bool:
    """Whether it could have helped: some words, not a question back."""
    words = text.strip()
    return len(_WORD.findall(words)) >= LEAST_WORDS and not words.rstrip(" \n)*_`😊🙂").endswith("?")


def to_hide(spans: Iterable[PersonalDataSpan]) -> bool:
    """Whether a public message should not stand where everybody reads it."""
    return any(span.kind not in HARMLESS for span in spans)


def shown_answers(answers: Sequence[PublicAnswer]) -> tuple[PublicAnswer, ...]:
    """The answers to choose from, oldest first: of each author the longest, of the latest `MOST_SHOWN` authors."""
    best: dict[bytes, PublicAnswer] = {}
    for one in answers:
        if one.is_answer and one.text and len(one.text) > len(best[one.author].text if one.author in best else ""):
            best[one.author] = one
    return tuple(sorted(best.values(), key=lambda one: one.message_id)[-MOST_SHOWN:])


def excerpt(text: str) -> str:
    """As much as a button holds."""
    words = " ".join(re.sub(r"[*_`]+", "", text).split())
    return words if len(words) <= EXCERPT_CHARACTERS else f"{words[: EXCERPT_CHARACTERS - 1].rstrip()}…"


def wait_until(answers: Iterable[PublicAnswer], now: datetime) -> datetime | None:
    """Until when nobody else is asked, because a volunteer talks there; None: nobody does."""
    last = max((one.said_at for one in answers if one.responder_id is not None), default=None)
    return last + WAVES_WAIT if last is not None and last + WAVES_WAIT > now else None


def may_regret(mark: PublicMark, now: datetime, *, regrets: int) -> bool:
    """Whether taking the reaction away takes the mark back."""
    return mark.how is HowMarked.REACTION and now - mark.marked_at <= REGRET and regrets < MOST_REGRETS
