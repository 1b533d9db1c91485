"""The contact says thanks to the volunteer whose answer solved it. Neither learns who the other is.

A tap is enough; a few words may come with it or later, once. Words are passed on without personal data; what the check
of answers calls an insult, a link or an invitation elsewhere is not passed on, and the contact is told why.
Thanks change no level: somebody who is thanked for charm and answers wrongly is still wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desk.answer_check import Finding, Rule, check, rules_of
from desk.honours import LONGEST_THANKS, Thanks
from desk.people import ResponderId
from desk.phrases import marked as _
from desk.record import AnswerVerdict
from desk.ticket import Ticket
from workflows.ticket_moves import ticket_name
from workflows.voice import Voice

NOBODY_TO_THANK = _("Thanks go to volunteers whose answer solved your question; here there is none yet.")
PASSED_ON = _("💛 Passed on, without your name. A few words more? Write /thanks and your words.")
PASSED_ON_WITH_WORDS = _("💛 Passed on, without your name.")
PASSED_ON_BEFORE = _("Your thanks were passed on already.")
WORDS_KEPT_BACK = _("I cannot pass on these words. Please say it kindly, without links and contact details.")
TOO_MANY_WORDS = _("Please say it in at most 300 characters.")

_MASKED = frozenset({Rule.PERSONAL_DATA, Rule.CONTACT_DETAILS})
"""What is left out of the words; anything else keeps them back."""

OMITTED = "[…]"


async def may_be_thanked(voice: Voice, ticket: Ticket) -> bool:
    """Whether a volunteer's answer solved it."""
    return bool(await _helpers(voice, ticket))


async def say_thanks(voice: Voice, ticket: Ticket, words: str = "") -> str:
    """Passes thanks on. Returns what the contact is told, an English text to translate."""
    helpers = await _helpers(voice, ticket)
    if not helpers:
        return NOBODY_TO_THANK
    said = " ".join(words.split())
    refused = _refusal(voice, said)
    if refused is not None:
        return refused
    kept = await _without_data(voice, ticket, said) or None
    new = [one for one in helpers if await _give(voice, ticket, one, kept)]
    if not new:
        return PASSED_ON_BEFORE
    await voice.work.events.add("Thanked", now=voice.now, ticket_id=ticket.id, words=kept is not None)
    return PASSED_ON if kept is None else PASSED_ON_WITH_WORDS


async def _helpers(voice: Voice, ticket: Ticket) -> list[ResponderId]:
    outcomes = await voice.work.records.of_ticket(ticket.id)
    return [one.responder_id for one in outcomes if one.verdict is AnswerVerdict.SOLVED]


async def _give(voice: Voice, ticket: Ticket, helper_id: ResponderId, words: str | None) -> bool:
    if not await voice.work.honours.give_thanks(Thanks(ticket.id, helper_id, words, voice.now)):
        return False
    helper = await voice.work.people.responder(helper_id)
    if helper.active and not helper.role.is_staff:
        text = _("💛 Thanks for your answer to {number}!")
        told = voice.say(helper.locale, text, number=ticket_name(ticket.id))
        quoted = voice.say(helper.locale, _("“{words}”"), words=words)
        await voice.to_responder(helper, f"{told}\n{quoted}" if words else told)
    return True


def _refusal(voice: Voice, words: str) -> str | None:
    """Why these words are not passed on."""
    if len(words) > LONGEST_THANKS:
        return TOO_MANY_WORDS
    return None if set(rules_of(_findings(voice, words))) <= _MASKED else WORDS_KEPT_BACK


def _findings(voice: Voice, words: str) -> Sequence[Finding]:
    return check(words, voice.desk.find_personal_data(words), brand=voice.desk.brand, domains=())


async def _without_data(voice: Voice, ticket: Ticket, words: str) -> str:
    found = [(one.start, one.end) for one in _findings(voice, words)]
    return without(words, [*await data_in(voice, ticket, words), *found])


async def data_in(voice: Voice, ticket: Ticket, words: str) -> list[tuple[int, int]]:
    """Where a contact's words hold personal data. Names are found by their looks; the contact's own is known."""
    own = (await voice.work.people.contact(ticket.contact_id)).name
    places = [(one.start, one.end) for one in voice.desk.find_personal_data(words)]
    for part in re.findall(r"\w{2,}", own):
        places += [match.span() for match in re.finditer(rf"\b{part}\b", words, re.IGNORECASE)]
    return places


def without(words: str, places: Sequence[tuple[int, int]]) -> str:
    """`words` with OMITTED for each of these places, which may overlap."""
    kept, end = "", 0
    for start, stop in sorted(places):
        if start >= end:
            kept += words[end:start] + OMITTED
        end = max(end, stop)
    return kept + words[end:]
