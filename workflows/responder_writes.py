"""A responder writes to the bot in private: an answer to the ticket they hold, or a question of their own.

Which ticket: the one whose message they reply to, else the only one that waits for them. With several and no
reply the bot asks which. Agents answer from private chat only by replying; their places are the staff rooms and
the console.
"""

from __future__ import annotations

from collections.abc import Sequence

from desk.conversation import AttachmentId, AuthorKind, Conversation, MessageId, Surface, conversation_key
from desk.errors import NotAllowed, NothingToSend
from desk.inbound import InboundMessage
from desk.people import Responder, Role
from desk.phrases import marked as _
from desk.ticket import Ticket, TicketId
from workflows.accept_offer import held_by, owing
from workflows.answer_label import answer_label
from workflows.awaited_words import take_awaited
from workflows.care_desk import Topic
from workflows.draft_answer import draft_answer, show_draft
from workflows.ticket_moves import answered, ticket_name
from workflows.voice import Origin, Voice


async def responder_writes(voice: Voice, event: InboundMessage, responder: Responder) -> bool:
    """True when the message was theirs as a responder; False when they write as a contact. Raises NotAllowed."""
    if event.surface is not Surface.PRIVATE:
        return False
    if await take_awaited(voice, responder, event):
        return True
    held = await voice.work.tickets.held_by(responder.id)
    meant = owing(held) or held
    replied = await _replied_ticket(voice, event, responder)
    if replied is not None:
        await answer_as_responder(voice, event, responder, replied)
    elif responder.role is Role.VOLUNTEER and len(meant) == 1:
        await answer_as_responder(voice, event, responder, meant[0].id)
    elif await _asks_as_contact(voice, event):
        return False
    elif responder.role is Role.VOLUNTEER and held:
        await _ask_which(voice, event, responder, held)
    else:
        await _explain(voice, event, responder)
    return True


async def answer_as_responder(
    voice: Voice, event: InboundMessage, responder: Responder, ticket_id: TicketId
) -> MessageId | None:
    """A volunteer's private message is a draft, an agent's goes to the contact. Raises NotAllowed, NothingToSend."""
    if event.is_empty:
        raise NothingToSend(event.unsupported or "empty")
    ticket, conversation = await held_by(voice, responder, ticket_id)
    origin = Origin(event.channel, event.external_id)
    if responder.role is Role.VOLUNTEER:
        answer = await draft_answer(voice, responder, ticket, event.text, origin=origin, files=event.files)
        if answer is not None:
            await show_draft(voice, responder, ticket, answer)
        return None
    message_id = await send_answer(voice, responder, ticket, conversation, event.text, origin=origin)
    if message_id is None:
        return None
    if event.files:
        files = await voice.work.messages.add_files(message_id, event.channel, event.files)
        await _send_files(voice, ticket, message_id, files)
        voice.wake(Topic.ATTACHMENTS, event.channel)
    sent = voice.say(responder.locale, _("✔ Sent. I will tell you what the contact says."))
    await voice.to_responder(responder, sent, ticket_id=ticket.id)
    return message_id


async def send_answer(
    voice: Voice, responder: Responder, ticket: Ticket, conversation: Conversation, text: str, *, origin: Origin
) -> MessageId | None:
    """The answer of the agent who holds the (locked) ticket. None: it was sent before."""
    message_id = await voice.to_contact(
        conversation,
        text,
        ticket=ticket,
        author=AuthorKind.AGENT,
        responder=responder,
        label=answer_label(voice, responder, ticket),
        buttons=voice.buttons(conversation.locale).verdict(ticket.id),
        origin=origin,
    )
    if message_id is not None:
        await answered(voice, ticket)
        await voice.work.events.add("Answered", now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    return message_id


async def _send_files(voice: Voice, ticket: Ticket, message_id: MessageId, files: Sequence[AttachmentId]) -> None:
    conversation = await voice.work.conversations.by_id(ticket.conversation_id)
    await voice.deliver_to_contact(conversation, message_id, "", ticket=ticket, attachments=files)


async def _replied_ticket(voice: Voice, event: InboundMessage, responder: Responder) -> TicketId | None:
    if event.reply_to is None:
        return None
    row = await voice.work.outbox.by_external_id(event.channel, event.reply_to)
    if row is None or row.entry.responder_id != responder.id or row.entry.ticket_id is None:
        return None
    ticket = await voice.work.tickets.by_id(row.entry.ticket_id)
    if ticket.assignee_id != responder.id:
        raise NotAllowed("the ticket is not theirs any more")
    return ticket.id


async def _asks_as_contact(voice: Voice, event: InboundMessage) -> bool:
    """They have a question of their own under way here."""
    key = conversation_key(event.address, event.surface, event.author.external_id)
    where = await voice.work.conversations.whereabouts(event.author, event.address, key)
    return where.conversation is not None and await voice.work.tickets.live(where.conversation.id) is not None


async def _ask_which(voice: Voice, event: InboundMessage, responder: Responder, held: Sequence[Ticket]) -> None:
    names = ", ".join(ticket_name(ticket.id) for ticket in held)
    text = voice.say(
        responder.locale,
        _("You have several questions ({names}). Please reply to a message of the one you mean."),
        names=names,
    )
    await voice.to_address(event.address, text)


async def _explain(voice: Voice, event: InboundMessage, responder: Responder) -> None:
    text = voice.say(
        responder.locale,
        _("You have no question at the moment. /offers shows what is waiting; with /ask you can ask one of your own."),
    )
    await voice.to_address(event.address, text)
