"""Greetings, thanks and goodbyes: the bot answers by itself, in the knowledge lane, and owes nothing more."""

from __future__ import annotations

from dataclasses import replace

from desk.conversation import Conversation
from desk.phrases import marked as _
from desk.reading import Reading
from desk.ticket import Lane, Ticket
from workflows.ticket_moves import answered
from workflows.voice import Voice

SMALL_TALK = {
    "greeting": _("Hello! I am the assistant of {brand}. What can we do for you?"),
    "thanks": _("You are welcome!"),
    "goodbye": _("Goodbye! Write here any time."),
}


async def small_talk(voice: Voice, ticket: Ticket, conversation: Conversation, reading: Reading) -> None:
    """Answers, and asks for the verdict when there was an answer to judge."""
    text = voice.say(conversation.locale, SMALL_TALK[reading.intent], brand=voice.desk.brand)
    asked_before = ticket.answered_at is not None and ticket.lane is not Lane.KNOWLEDGE
    moved = ticket if asked_before else replace(ticket, lane=Lane.KNOWLEDGE, intent=reading.intent)
    moved = await answered(voice, moved)
    if asked_before:
        text += " " + voice.say(conversation.locale, _("Is your question solved?"))
    buttons = voice.buttons(conversation.locale)
    rows = buttons.verdict(ticket.id) if asked_before else buttons.human(ticket.id)
    await voice.to_contact(conversation, text, ticket=moved, buttons=rows)
