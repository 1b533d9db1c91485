"""What contacts hear and say about a known incident, beside its statement.

A question that says the same as a confirmed incident follows it before anybody is asked. One that may say the same goes
its own way, and its contact is asked whether it is this: *yes* makes it follow, *no* that it is never taken in.

Further words of somebody who waits for the outcome stand with their question and it waits on; what only staff may
have goes to staff at once, and words that are certainly about something else are routed as any question.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk.conversation import Conversation, Message
from desk.errors import TicketClosed
from desk.incident import Incident, IncidentId, IncidentState, JoinedHow, LeftWhy
from desk.phrases import marked as _
from desk.reading import Reading
from desk.ticket import Lane, Status, Ticket, Trigger
from routing.decide import staff_at_once
from routing.incident_match import Likeness, Verdict
from workflows.buttons import Action
from workflows.file_ticket import facts_of
from workflows.follow_incident import FOLLOWS, ask_whether, follow_incident, park, waits
from workflows.small_talk import SMALL_TALK
from workflows.tell_statement import tell_statement
from workflows.ticket_moves import move
from workflows.voice import Voice

NOTED = _("Thank you, I have added that to your question ({number}). There is no news yet; I will tell you here.")
NOTED_AGAIN = "IncidentTalk"
STILL_WRITING = timedelta(minutes=1)


async def follow_if_same(
    voice: Voice, ticket: Ticket, conversation: Conversation, message: Message, reading: Reading
) -> bool:
    """Whether the question says the same as a confirmed incident, and follows it from now on."""
    likeness = _foreseen(voice, message)
    if likeness is None or likeness.verdict is not Verdict.SAME or _only_staff(voice, ticket, reading):
        return False
    incident = await _confirmed(voice, likeness.incident_id)
    if incident is None or ticket.lane not in (None, Lane.KNOWLEDGE):
        return False
    route = voice.desk.policy().route(reading.intent)
    wanted = replace(ticket, unit=route.unit, intent=reading.intent, priority=route.priority)
    why = voice.say(
        voice.desk.locale,
        _("it says the same as the incident “{title}” ({percent} % alike)"),
        title=incident.title,
        percent=round(100 * likeness.score),
    )
    return await follow_incident(voice, wanted, conversation, incident, JoinedHow.CLUSTER, why)


async def ask_if_same(
    voice: Voice, ticket: Ticket, conversation: Conversation, message: Message, reading: Reading
) -> None:
    """Asks the contact whether it is a known incident, once, when it may be. The question goes its way meanwhile."""
    likeness = _foreseen(voice, message)
    if likeness is None or _only_staff(voice, ticket, reading):
        return
    incident = await _confirmed(voice, likeness.incident_id)
    if incident is not None and not await voice.work.followers.ever_followed(incident.id, ticket.id):
        await ask_whether(voice, ticket, conversation, incident)


def _foreseen(voice: Voice, message: Message) -> Likeness | None:
    known = voice.desk.known_incidents
    return known.likeness_of(message.id) if known else None


async def _confirmed(voice: Voice, incident_id: IncidentId) -> Incident | None:
    """Not locked: what is dismissed just now lets it go again."""
    incident = await voice.work.incidents.seen(incident_id)
    return incident if incident is not None and incident.state is IncidentState.CONFIRMED else None


def _only_staff(voice: Voice, ticket: Ticket, reading: Reading) -> bool:
    return staff_at_once(reading, facts_of(ticket), voice.desk.policy()) is not None


async def said_while_waiting(
    voice: Voice, ticket: Ticket, conversation: Conversation, message: Message, reading: Reading
) -> bool:
    """Further words of somebody who waits for the outcome. False: they are routed as any others, with what is known."""
    if ticket.lane is not Lane.KNOWLEDGE or ticket.assignee_id is not None:
        return False
    incident = await voice.work.incidents.followed_by(ticket.id)
    if incident is None or incident.state is not IncidentState.CONFIRMED or _only_staff(voice, ticket, reading):
        return False
    if reading.was_read and reading.intent in SMALL_TALK:
        text = voice.say(conversation.locale, SMALL_TALK[reading.intent], brand=voice.desk.brand)
        await voice.to_contact(conversation, text, ticket=await _held(voice, ticket))
        return True
    if _is_about_something_else(voice, message, reading, incident):
        return False
    await _wait_on(voice, ticket, conversation, incident)
    return True


def _is_about_something_else(voice: Voice, message: Message, reading: Reading, incident: Incident) -> bool:
    """Read for certain as another request, and not like the incident at all."""
    if not reading.certain or not reading.was_read or reading.intent == incident.topic:
        return False
    likeness = _foreseen(voice, message)
    return likeness is None or likeness.incident_id != incident.id


async def _wait_on(voice: Voice, ticket: Ticket, conversation: Conversation, incident: Incident) -> None:
    """The contact hears the newest statement when they have not; else at most once an hour that there is none, and
    nothing when they only say in several messages what they began to say."""
    moved = await _held(voice, ticket)
    statement = await voice.work.statements.in_force(incident.id)
    if statement is not None and statement.id not in await voice.work.statements.versions_told(ticket.id, incident.id):
        await tell_statement(voice, moved, conversation, incident)
        return
    events = await voice.work.events.of_ticket(ticket.id)
    if any(event.kind == FOLLOWS and event.at > voice.now - STILL_WRITING for event in events):
        return
    if await voice.work.events.first_time(NOTED_AGAIN, f"{ticket.id}:{voice.now:%Y%m%d%H}", now=voice.now):
        text = voice.say(conversation.locale, NOTED, number=ticket.number)
        buttons = voice.buttons(conversation.locale).statement(ticket.id)
        await voice.to_contact(conversation, text, ticket=moved, buttons=buttons)


async def _held(voice: Voice, ticket: Ticket) -> Ticket:
    """Its contact's word has opened it, unless that was stored before it was taken in."""
    return ticket if waits(ticket) else await move(voice, ticket, Trigger.HELD)


async def staff_hear_not_over(voice: Voice, ticket: Ticket) -> None:
    """Whoever answers a question whose incident is resolved reads that for its contact it is not over."""
    incident = await _said_to_be_over(voice, ticket)
    if incident is not None and (await voice.work.tickets.by_id(ticket.id)).lane is Lane.STAFF:
        await voice.to_staff(ticket, _not_over_here(voice, incident))


async def said_not_over(voice: Voice, ticket: Ticket) -> None:
    """The contact says *not solved* to the outcome of an incident: the reason why staff get it."""
    incident = await _said_to_be_over(voice, ticket)
    if incident is not None:
        await voice.work.tickets.add_decision(
            ticket.id,
            None,
            lane=Lane.STAFF.value,
            unit=ticket.unit or "-",
            priority=ticket.priority,
            reasons=[_not_over_here(voice, incident)],
            now=voice.now,
        )


async def _said_to_be_over(voice: Voice, ticket: Ticket) -> Incident | None:
    """The incident, when it is resolved and the bot alone has spoken about the question."""
    if ticket.lane is not Lane.KNOWLEDGE:
        return None
    incident = await voice.work.incidents.followed_by(ticket.id)
    if incident is None or incident.state is not IncidentState.RESOLVED:
        return None
    await voice.work.events.add("OverButNotHere", now=voice.now, ticket_id=ticket.id, incident=incident.id)
    return incident


def _not_over_here(voice: Voice, incident: Incident) -> str:
    text = _("the incident “{title}” is said to be over; for this contact it is not")
    return voice.say(voice.desk.locale, text, title=incident.title)


async def tap_same(voice: Voice, ticket: Ticket, conversation: Conversation, action: Action) -> str:
    """*Yes, that is it.* Returns what the contact is told at once. Raises TicketClosed."""
    incident = await _asked_about(voice, ticket, action)
    if incident is None:
        return _("Thank you! This is no longer open; your question is being looked after.")
    if ticket.assignee_id is not None:
        await voice.work.incidents.follow(incident.id, [ticket.id], JoinedHow.BY_HAND, now=voice.now)
        return _("Thank you! Whoever has your question knows.")
    why = voice.say(voice.desk.locale, _("the contact says it is the incident “{title}”"), title=incident.title)
    followed = await voice.work.incidents.followed_by(ticket.id)
    if followed is None:
        await follow_incident(voice, ticket, conversation, incident, JoinedHow.BY_HAND, why)
    elif followed.id == incident.id and not waits(ticket):
        await park(voice, ticket, conversation, incident, why)
    return _("Thank you!")


async def tap_other(voice: Voice, ticket: Ticket, conversation: Conversation, action: Action) -> str:
    """*No, mine is different.* It goes its way, and is not taken in by itself later."""
    incident = await _asked_about(voice, ticket, action)
    followed = await voice.work.incidents.followed_by(ticket.id)
    if incident is not None and (followed is None or followed.id == incident.id):
        await voice.work.incidents.follow(incident.id, [ticket.id], JoinedHow.CLUSTER, now=voice.now)
        await voice.work.incidents.leave(ticket.id, LeftWhy.DIFFERENT, now=voice.now)
    return _("Thank you, your question goes its own way.")


async def _asked_about(voice: Voice, ticket: Ticket, action: Action) -> Incident | None:
    """The incident under whose question the button stood, while it may still be followed."""
    if not ticket.is_live:
        raise TicketClosed("the ticket is closed")
    if ticket.status is Status.SOLVED or action.value is None:
        return None
    return await _confirmed(voice, IncidentId(action.value))
