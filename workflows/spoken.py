"""A command as it was given, with what is needed to obey it."""

from __future__ import annotations

from dataclasses import dataclass

from desk.conversation import AuthorKind, Conversation, Direction, MessageId, Surface
from desk.inbound import CommandGiven
from desk.people import Locale
from desk.phrases import marked as _
from desk.store import NewMessage, Whereabouts
from workflows.care_desk import CareDesk
from workflows.voice import Voice


def hearers_locale(desk: CareDesk, where: Whereabouts, hint: Locale | None) -> Locale | None:
    """The language of an answer: the desk's own in a staff thread, else the responder's, else the conversation's."""
    if where.staff_ticket_id is not None:
        return desk.locale
    if where.responder is not None:
        return where.responder.locale
    return (where.conversation.locale if where.conversation else None) or hint


@dataclass
class Spoken:
    """Who gave which command where. `message_id` is set when the command was stored as a contact's message."""

    voice: Voice
    event: CommandGiven
    where: Whereabouts
    key: str
    locale: Locale | None
    message_id: MessageId | None = None

    async def conversation(self) -> Conversation:
        """The contact's conversation here, opened when there is none; the command stands in it."""
        if self.where.conversation is not None:
            return self.where.conversation
        event = self.event
        conversation, _new = await self.voice.work.conversations.open(
            event.author, event.address, self.key, event.surface, now=self.voice.now
        )
        return conversation

    async def keep_in(self, conversation: Conversation) -> None:
        """Stores the command in the conversation, so that the talk reads as it was."""
        self.message_id = await self.voice.work.messages.add(
            NewMessage(
                conversation_id=conversation.id,
                ticket_id=None,
                direction=Direction.INBOUND,
                author=AuthorKind.CONTACT,
                body=f"/{self.event.name} {self.event.argument}".strip(),
                channel=self.event.channel,
                external_id=self.event.external_id,
                created_at=self.voice.now,
            )
        )

    async def reply(self, text: str) -> None:
        """Answers: in the contact's conversation when they are one, else just there."""
        if self.where.responder is None and self.event.surface is Surface.PRIVATE:
            conversation = await self.conversation()
            if self.message_id is None:
                await self.keep_in(conversation)
            ticket = await self.voice.work.tickets.live(conversation.id)
            await self.voice.to_contact(conversation, text, ticket=ticket)
        else:
            await self.voice.to_address(self.event.address, text)

    def say(self, text: str, /, **values: object) -> str:
        """A phrase in the giver's language."""
        return self.voice.say(self.locale, text, **values)

    def thanks_for_asking(self) -> str:
        """The notice of a slash command that asked a question."""
        return self.say(_("✔ Received."))
