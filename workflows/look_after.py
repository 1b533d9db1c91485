"""Whoever may be in danger hears at once where to find help, whatever becomes of their question.

Thoughts of self-harm: the helpline's text. Fire, smoke, electric shock and the like: the safety text. Both in the
contact's language, in both languages while nobody knows theirs, and not again within a day. In a public place the
helpline's text goes to the contact's private chat where there is one, with no more than a hint in public; else it is
said there, without a word of what they wrote.

The ticket is staff's and urgent by routing/decide.py. It is never called solved because somebody is silent.
"""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

from desk.brand_texts import BrandTextName
from desk.conversation import Conversation, Surface
from desk.people import Locale
from desk.phrases import marked as _
from desk.reading import Danger, Reading
from desk.ticket import Ticket
from workflows.brand_texts import brand_text
from workflows.voice import Voice

NOT_AGAIN_WITHIN = timedelta(hours=24)
HELPLINE_GIVEN, SAFETY_TEXT_GIVEN = "HelplineGiven", "SafetyTextGiven"


async def look_after(voice: Voice, ticket: Ticket, conversation: Conversation, reading: Reading) -> None:
    """Says where help is, when the message sounds of danger. Nothing else changes."""
    match reading.danger:
        case None:
            return
        case Danger.SELF_HARM:
            kind, name = HELPLINE_GIVEN, BrandTextName.HELPLINE
        case Danger.HAZARD:
            kind, name = SAFETY_TEXT_GIVEN, BrandTextName.SAFETY
        case _:
            assert_never(reading.danger)
    if conversation.blocked or await _said_lately(voice, ticket, kind):
        return
    await voice.work.events.add(kind, now=voice.now, ticket_id=ticket.id)
    text = "\n\n".join([await brand_text(voice, name, locale) for locale in _languages(voice, conversation, reading)])
    private = await _in_private(voice, conversation) if reading.danger is Danger.SELF_HARM else None
    if private is None:
        await voice.to_contact(conversation, text, ticket=ticket)
        return
    await voice.to_contact(private, text, ticket=None)
    await voice.to_contact(
        conversation, voice.say(conversation.locale, _("💬 I have written to you in private.")), ticket=ticket
    )


async def watched_over(voice: Voice, ticket: Ticket) -> bool:
    """Whether somebody in danger wrote in this ticket."""
    events = await voice.work.events.of_ticket(ticket.id)
    return any(event.kind in (HELPLINE_GIVEN, SAFETY_TEXT_GIVEN) for event in events)


async def in_distress(voice: Voice, ticket: Ticket) -> bool:
    """Whether the helpline was named in this ticket: nobody asks such a contact to rate the answer."""
    return any(event.kind == HELPLINE_GIVEN for event in await voice.work.events.of_ticket(ticket.id))


async def _said_lately(voice: Voice, ticket: Ticket, kind: str) -> bool:
    events = await voice.work.events.of_ticket(ticket.id)
    return any(event.kind == kind and event.at > voice.now - NOT_AGAIN_WITHIN for event in events)


def _languages(voice: Voice, conversation: Conversation, reading: Reading) -> list[Locale]:
    """The contact's; both, the desk's own first, while it is not known."""
    if conversation.locale is not None and reading.language != "other":
        return [conversation.locale]
    return sorted(Locale, key=lambda locale: locale is not voice.desk.locale)


async def _in_private(voice: Voice, conversation: Conversation) -> Conversation | None:
    """The contact's private chat, locked, when this place is public and there is one."""
    if conversation.surface is not Surface.PUBLIC:
        return None
    private = await voice.work.conversations.private_of(conversation.contact_id, conversation.address.channel)
    return None if private is None else await voice.work.conversations.lock(private.id)
