"""Staff write in a ticket's thread: a reply to the contact, or a note among colleagues (`//` or /note).

A reply claims an unassigned ticket. While a colleague has it, a reply is refused (nothing is sent) until /claim takes
it over: no two people on one ticket. A volunteer in the thread, or somebody who is not staff, changes nothing.
"""

from __future__ import annotations

from dataclasses import replace

from desk.conversation import AuthorKind, Direction
from desk.errors import NothingToSend, TicketTaken
from desk.inbound import InboundMessage, Receipt
from desk.people import Responder
from desk.phrases import marked as _
from desk.store import NewMessage
from desk.ticket import Ticket, TicketId
from workflows.answer_label import answer_label
from workflows.care_desk import Topic
from workflows.change_ticket import take_over
from workflows.look_after import in_distress
from workflows.permissions import staff_only
from workflows.ticket_moves import answered
from workflows.unsent_answer import drop_unsent
from workflows.voice import Origin, Voice

NOTE_MARK = "//"


async def staff_writes(
    voice: Voice, event: InboundMessage, ticket_id: TicketId, responder: Responder | None
) -> Receipt:
    """Passes the message on, or keeps it as a note. Raises NotAllowed, TicketTaken, NothingToSend."""
    if responder is None or not responder.role.is_staff:
        text = voice.say(voice.desk.locale, _("Only staff can answer here. Join with an invitation: /start CODE"))
        await voice.to_address(event.address, text)
        return Receipt()
    if event.is_empty or event.text.strip() == NOTE_MARK:
        raise NothingToSend(event.unsupported or "empty")
    if event.text.startswith(NOTE_MARK):
        note = event.text.removeprefix(NOTE_MARK).strip()
        await add_note(voice, responder, ticket_id, note, origin=Origin(event.channel, event.external_id))
        return Receipt()
    await reply_to_contact(
        voice, responder, ticket_id, event.text, origin=Origin(event.channel, event.external_id), event=event
    )
    return Receipt()


async def reply_to_contact(
    voice: Voice,
    responder: Responder,
    ticket_id: TicketId,
    text: str,
    *,
    origin: Origin | None = None,
    event: InboundMessage | None = None,
) -> Ticket:
    """An agent's answer, from a staff thread or the console. Raises NotAllowed, TicketTaken, NotFound."""
    staff_only(responder)
    ticket, conversation = await voice.work.tickets.lock(ticket_id)
    ticket = await _claimed(voice, ticket, responder)
    message_id = await voice.to_contact(
        conversation,
        text,
        ticket=ticket,
        author=AuthorKind.AGENT,
        responder=responder,
        label=answer_label(voice, responder, replace(ticket, locale=conversation.locale or ticket.locale)),
        buttons=() if await in_distress(voice, ticket) else voice.buttons(conversation.locale).verdict(ticket.id),
        origin=origin,
    )
    if message_id is None:
        return ticket
    if event is not None and event.files:
        files = await voice.work.messages.add_files(message_id, event.channel, event.files)
        await voice.deliver_to_contact(conversation, message_id, "", ticket=ticket, attachments=files)
        voice.wake(Topic.ATTACHMENTS, event.channel)
    await drop_unsent(voice, ticket)
    moved = await answered(voice, ticket)
    await voice.work.events.add("Answered", now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    mirrored = voice.say(voice.desk.locale, _("↪ {name} replied: {text}"), name=responder.name, text=text)
    await voice.to_staff(moved, mirrored, message_id=message_id, except_channel=origin.channel if origin else None)
    return moved


async def _claimed(voice: Voice, ticket: Ticket, responder: Responder) -> Ticket:
    """The ticket as the agent's. A volunteer's hold or no hold gives way, a colleague's does not."""
    if ticket.assignee_id == responder.id:
        return ticket
    if ticket.assignee_id is not None:
        holder = await voice.work.people.responder(ticket.assignee_id)
        if holder.role.is_staff:
            raise TicketTaken(holder.name)
    return await take_over(voice, ticket, responder)


async def add_note(
    voice: Voice, responder: Responder, ticket_id: TicketId, text: str, *, origin: Origin | None = None
) -> None:
    """Keeps a note that the contact never sees, and shows it in the other staff rooms."""
    staff_only(responder)
    ticket, conversation = await voice.work.tickets.lock(ticket_id)
    noted = await voice.work.messages.add(
        NewMessage(
            conversation_id=conversation.id,
            ticket_id=ticket.id,
            direction=Direction.NOTE,
            author=AuthorKind.AGENT,
            responder_id=responder.id,
            body=text,
            channel=origin.channel if origin else conversation.address.channel,
            external_id=origin.external_id if origin else None,
            created_at=voice.now,
        )
    )
    if noted is not None:
        said = voice.say(voice.desk.locale, _("📝 {name}: {text}"), name=responder.name, text=text)
        await voice.to_staff(ticket, said, message_id=noted, except_channel=origin.channel if origin else None)
