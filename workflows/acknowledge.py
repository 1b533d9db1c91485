"""The acknowledgement: what a contact hears first, in their language and in both while nobody knows theirs."""

from __future__ import annotations

from desk.conversation import Conversation, Surface
from desk.people import Locale
from desk.phrases import marked as _
from desk.reading import Reading
from desk.ticket import Lane, Priority, Ticket
from workflows.voice import Voice

PERSONAL_IN_PUBLIC = _("🔒 Everybody can read along here. Please delete personal data and write to me in private.")


async def acknowledge(voice: Voice, ticket: Ticket, conversation: Conversation, reading: Reading) -> None:
    """Within a second the contact knows that it arrived, its number, who will answer, and how to reach a person."""
    if not reading.was_read or reading.language == "other":
        text = voice.say(None, _("Thank you, your message is with our team as {number}."), number=ticket.number)
        other = Locale.ENGLISH if voice.desk.locale is Locale.GERMAN else Locale.GERMAN
        text += "\n" + voice.say(
            other, _("Thank you, your message is with our team as {number}."), number=ticket.number
        )
    elif ticket.lane is Lane.PEER:
        text = voice.say(
            conversation.locale,
            _("Thank you! I have your question ({number}) and am asking our community. You will get the answer here."),
            number=ticket.number,
        )
    elif ticket.priority is Priority.URGENT:
        text = voice.say(
            conversation.locale,
            _("Thank you, I have passed this on as urgent ({number}). A person will answer you as soon as possible."),
            number=ticket.number,
        )
    else:
        text = voice.say(
            conversation.locale,
            _("Thank you! I have your question ({number}). A person from our team will answer you here."),
            number=ticket.number,
        )
    if conversation.surface is Surface.PUBLIC and reading.personal_data:
        text += "\n" + voice.say(conversation.locale, PERSONAL_IN_PUBLIC)
    buttons = voice.buttons(conversation.locale).human(ticket.id) if ticket.lane is Lane.PEER else ()
    await voice.to_contact(conversation, text, ticket=ticket, buttons=buttons)
