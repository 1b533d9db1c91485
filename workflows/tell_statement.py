"""A contact is told the approved wording on the incident that their question follows, once a version.

In public it stands at most once in a thread and language: whoever asks there later reads where it is. Whoever got an
earlier version is told that this one corrects it; what they have is not edited, since nobody notices an edit.
"""

from __future__ import annotations

from desk.broadcast import BroadcastId
from desk.conversation import Conversation, MessageId, Surface
from desk.incident import Incident
from desk.people import Locale
from desk.statement import Statement, StatementId
from desk.ticket import Ticket
from workflows.statement_words import stands_above, words_of
from workflows.voice import Voice


async def tell_statement(voice: Voice, ticket: Ticket, conversation: Conversation, incident: Incident) -> bool:
    """False: none is approved. True: the contact has the current text. The conversation is locked."""
    statement = await voice.work.statements.in_force(incident.id)
    if statement is None:
        return False
    told = await voice.work.statements.versions_told(ticket.id, incident.id)
    if statement.id in told:
        return True
    message_id = await say_statement(
        voice, ticket, conversation, statement, corrects=bool(told), drill=incident.drill, answers=True
    )
    await voice.work.statements.tell(ticket.id, statement.id, message_id, now=voice.now)
    return True


async def say_statement(
    voice: Voice,
    ticket: Ticket,
    conversation: Conversation,
    statement: Statement,
    *,
    corrects: bool,
    drill: bool,
    answers: bool = False,
) -> MessageId | None:
    """Puts it on the outbox. None: it stands in their thread already, and nobody has just asked (`answers`)."""
    locale = conversation.locale
    text = words_of(voice.desk, locale, statement, corrects=corrects, drill=drill)
    if not await is_first_there(voice, conversation, post=statement.id):
        if not answers:
            return None
        text = stands_above(voice.desk, locale)
    buttons = voice.buttons(locale).statement(ticket.id)
    return await voice.to_contact(conversation, text, ticket=ticket, buttons=buttons)


async def is_first_there(
    voice: Voice,
    conversation: Conversation,
    *,
    post: StatementId | None = None,
    broadcast: BroadcastId | None = None,
) -> bool:
    """Whether the text does not stand yet where they asked. In private it is always for them alone."""
    if conversation.surface is Surface.PRIVATE:
        return True
    locale: Locale = conversation.locale or voice.desk.locale
    return await voice.work.statements.first_in_place(post, broadcast, conversation.address, locale)
