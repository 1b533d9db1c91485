"""A contact reports what a volunteer wrote: /report. A coordinator sees it at once, and staff take the question over.

The contact's words are kept without personal data. The volunteer is not told, and not punished by the machine.
"""

from __future__ import annotations

from desk.abuse_case import LONGEST_WORDS
from desk.conversation import Conversation
from desk.phrases import marked as _
from desk.suspect_attempts import Report
from desk.ticket import Lane
from workflows.note_outcome import answerers
from workflows.say_thanks import data_in, without
from workflows.ticket_moves import hand_to_staff
from workflows.voice import Voice
from workflows.watch_community import look_at_reports

NOTHING_TO_REPORT = _("There is no answer of a volunteer here.")
REPORTED = _("Thank you for telling us. A coordinator looks at it, and staff take your question over.")
REPORTED_WHEN_OVER = _("Thank you for telling us. A coordinator looks at it.")
REPORTED_BEFORE = _("Thank you, a coordinator knows already.")


async def report_answer(voice: Voice, conversation: Conversation, words: str) -> str:
    """Returns what the contact is told, an English text to translate."""
    tickets = voice.work.tickets
    ticket = await tickets.live(conversation.id) or await tickets.latest_closed(conversation.id)
    if ticket is None:
        return NOTHING_TO_REPORT
    ticket, conversation = await tickets.lock(ticket.id)
    people = await voice.work.people.responders_by_id(await answerers(voice, ticket))
    about = [one.id for one in people.values() if not one.role.is_staff]
    if not about:
        return NOTHING_TO_REPORT
    said = " ".join(words.split())
    kept = without(said, await data_in(voice, ticket, said))[:LONGEST_WORDS]
    new = [
        one
        for one in about
        if await voice.work.abuse.add_report(Report(one, ticket.id, ticket.contact_id, kept, voice.now))
    ]
    for one in new:
        await voice.work.events.add("AnswerReported", now=voice.now, ticket_id=ticket.id, responder_id=one)
        await look_at_reports(voice, one)
    if not new:
        return REPORTED_BEFORE
    if not ticket.is_live or ticket.lane is Lane.STAFF:
        return REPORTED_WHEN_OVER
    await hand_to_staff(voice, ticket, conversation)
    return REPORTED
