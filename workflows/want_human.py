"""The contact wants a person: staff, at once, whoever was being asked; a question that rested is open again."""

from __future__ import annotations

from desk.conversation import Conversation
from desk.errors import TicketClosed
from desk.phrases import marked as _
from desk.ticket import Lane, Status, Ticket, Trigger
from workflows.ticket_moves import hand_to_staff, move
from workflows.voice import Voice


async def want_human(voice: Voice, ticket: Ticket, conversation: Conversation) -> None:
    """Raises TicketClosed when the ticket is closed."""
    if not ticket.is_live:
        raise TicketClosed("the ticket is closed")
    if ticket.lane is None:
        await _keep_reason(voice, ticket)
    if ticket.lane is not Lane.STAFF or ticket.status is Status.SOLVED:
        await voice.work.events.add("HumanWanted", now=voice.now, ticket_id=ticket.id)
        await hand_to_staff(voice, ticket, conversation)
        return
    if ticket.status in (Status.PENDING, Status.ON_HOLD):
        await _call_again(voice, ticket)
    text = voice.say(conversation.locale, _("A person from our team already has your question."))
    await voice.to_contact(conversation, text, ticket=ticket)


async def _keep_reason(voice: Voice, ticket: Ticket) -> None:
    """Nothing was decided yet: staff read why it is theirs."""
    await voice.work.tickets.add_decision(
        ticket.id,
        None,
        lane=Lane.STAFF.value,
        unit=ticket.unit or "-",
        priority=ticket.priority,
        reasons=[voice.say(voice.desk.locale, _("the contact asks for a person"))],
        now=voice.now,
    )


async def _call_again(voice: Voice, ticket: Ticket) -> None:
    """Staff have answered or wait for others: the next step is theirs again, and they hear why."""
    await move(voice, ticket, Trigger.RESUMED, waiting_since=ticket.waiting_since or voice.now)
    await voice.work.events.add("HumanWanted", now=voice.now, ticket_id=ticket.id)
    await voice.to_staff(ticket, voice.say(voice.desk.locale, _("🙋 The contact asks for a person.")))
