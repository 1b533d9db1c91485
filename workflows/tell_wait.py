"""Contacts who wait for staff hear their place in the queue, and an honest wait (desk/queue_wait.py)."""

from __future__ import annotations

from datetime import timedelta

from desk.conversation import Conversation
from desk.incident import IncidentState
from desk.people import Locale
from desk.phrases import marked as _
from desk.queue_wait import PACE_MEASURED, QueuePlace
from desk.reading import Reading
from desk.ticket import Lane, Priority, Status, Ticket
from workflows.incident_name import public_name
from workflows.voice import Voice

HOUR = timedelta(hours=1)
TOLD_AGAIN = "WaitTold"


async def place_of(voice: Voice, ticket: Ticket) -> QueuePlace:
    """Where a ticket stands that is staff's, or is about to be."""
    since = voice.now - PACE_MEASURED
    return await voice.work.tickets.place_in_queue(ticket, since=since, now=voice.now)


async def wait_added(voice: Voice, ticket: Ticket, conversation: Conversation, reading: Reading) -> str:
    """What the acknowledgement adds while it storms and the wait is long. Whoever is in danger hears no numbers."""
    if ticket.lane is not Lane.STAFF or not voice.desk.storms.levels:
        return ""
    if reading.danger is not None or ticket.priority is Priority.URGENT:
        return ""
    place = await place_of(voice, ticket)
    return f" {said(voice, conversation.locale, place)}" if place.is_long else ""


async def tell_wait_again(voice: Voice, ticket: Ticket, conversation: Conversation, reading: Reading) -> None:
    """Somebody who waits in a storm writes again: they hear it at most once an hour."""
    if ticket.assignee_id is not None or not await wait_added(voice, ticket, conversation, reading):
        return
    if await voice.work.events.first_time(TOLD_AGAIN, f"{ticket.id}:{voice.now:%Y%m%d%H}", now=voice.now):
        text = said(voice, conversation.locale, await place_of(voice, ticket))
        await voice.to_contact(conversation, text, ticket=ticket)


async def wait_asked(voice: Voice, ticket: Ticket, locale: Locale | None) -> str:
    """The answer to /wait."""
    if ticket.status in (Status.SOLVED, Status.CLOSED):
        return voice.say(locale, _("You have no open question here."))
    if ticket.status is Status.PENDING:
        return voice.say(locale, _("Your question {number} has an answer; it waits for you."), number=ticket.number)
    if ticket.assignee_id is not None:
        return voice.say(locale, _("Somebody is working on your question {number} right now."), number=ticket.number)
    if ticket.lane is Lane.STAFF:
        return said(voice, locale, await place_of(voice, ticket))
    incident = await voice.work.incidents.followed_by(ticket.id)
    if ticket.lane is Lane.KNOWLEDGE and incident is not None and incident.state is IncidentState.CONFIRMED:
        text = _("Your question {number} is about: {title}. I will tell you here as soon as there is news.")
        return voice.say(locale, text, number=ticket.number, title=public_name(voice, locale, incident))
    return voice.say(locale, _("Our community is being asked about your question {number}."), number=ticket.number)


def said(voice: Voice, locale: Locale | None, place: QueuePlace) -> str:
    """A place in words: "more than", or no time at all."""
    before = (
        voice.say(locale, _("Questions before yours: {count}."), count=place.before)
        if place.before
        else voice.say(locale, _("Yours is the next question."))
    )
    if place.floor is not None:
        text = _("At the pace of the last hour it takes more than {time}.")
        return f"{before} {voice.say(locale, text, time=_length(voice, locale, place.floor))}"
    if place.taken_up <= 0:
        return f"{before} {voice.say(locale, _('How long it takes nobody can say yet.'))}"
    return f"{before} {voice.say(locale, _('It should not take long.'))}"


def _length(voice: Voice, locale: Locale | None, length: timedelta) -> str:
    if length < HOUR:
        return voice.say(locale, _("{count} minutes"), count=round(length / timedelta(minutes=1)))
    if length == HOUR:
        return voice.say(locale, _("an hour"))
    return voice.say(locale, _("{count} hours"), count=round(length / HOUR))
