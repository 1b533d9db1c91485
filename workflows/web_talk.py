"""What a contact's own page or app may see of their conversation, and nothing more.

Reads only, without locks: both sides' messages (never notes), who answered (a name for staff alone), and where the
live ticket stands. The key of a web conversation is the chat's id; whoever calls has proved that it is theirs.
Raises NotFound for things of other conversations, as if they did not exist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desk.conversation import Attachment, AttachmentId, AuthorKind, Conversation, Direction, Message, MessageId
from desk.errors import NotFound
from desk.people import Locale, Role
from desk.store import Work
from desk.ticket import Status, Ticket
from workflows.care_desk import CareDesk

WEB = "web"
"""The name of the web chat's channel."""

PAGE_SIZE = 200


@dataclass(frozen=True, slots=True)
class TalkState:
    """Where the live ticket stands. `answering`: who has it and owes the next word."""

    number: str | None = None
    status: Status | None = None
    lane: str | None = None
    csat: int | None = None
    answering: AuthorKind | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A page of a conversation, oldest first. `names`: display names of staff by message. `more`: it goes on."""

    messages: Sequence[Message] = ()
    names: Mapping[MessageId, str] = field(default_factory=dict)
    more: bool = False
    state: TalkState = TalkState()


async def read_talk(desk: CareDesk, key: str, *, after: int = 0, limit: int = PAGE_SIZE) -> Talk:
    """What was said after the message with id `after`; an empty talk before the first word."""
    async with desk.store.begin() as work:
        conversation = await work.conversations.by_key(WEB, key)
        if conversation is None:
            return Talk()
        found = await work.messages.of_conversation(conversation.id, after=MessageId(after), limit=limit + 1)
        page = found[:limit]
        ticket = await work.tickets.live(conversation.id)
        return Talk(page, await _names(work, page), len(found) > limit, await _state(work, ticket))


async def live_ticket(desk: CareDesk, key: str) -> Ticket:
    """The ticket that a verdict is about. Raises NotFound."""
    async with desk.store.begin() as work:
        conversation = await _own(work, key)
        ticket = await work.tickets.live(conversation.id)
        if ticket is None:
            raise NotFound("no open question")
        return ticket


async def own_message(desk: CareDesk, key: str, message_id: int) -> Message:
    """A message that the contact wrote here and that still stands. Raises NotFound."""
    async with desk.store.begin() as work:
        conversation = await _own(work, key)
        message = await work.messages.by_id(MessageId(message_id))
        if message.conversation_id != conversation.id or message.direction is not Direction.INBOUND:
            raise NotFound("not theirs")
        if message.deleted_at is not None:
            raise NotFound("deleted")
        return message


async def message_known_as(desk: CareDesk, external_id: str) -> MessageId | None:
    """The id of what the page sent under this external id."""
    async with desk.store.begin() as work:
        message = await work.messages.by_external_id(WEB, external_id)
        return None if message is None else message.id


async def shared_file(desk: CareDesk, key: str, attachment_id: int) -> Attachment:
    """A file of the conversation, stored and not withdrawn. Raises NotFound."""
    async with desk.store.begin() as work:
        conversation = await _own(work, key)
        file = await work.messages.attachment(AttachmentId(attachment_id))
        if file is None or file.storage_key is None or file.message_id is None:
            raise NotFound("no such file")
        message = await work.messages.by_id(file.message_id)
        is_shared = message.conversation_id == conversation.id and message.direction is not Direction.NOTE
        if not is_shared or message.deleted_at is not None:
            raise NotFound("no such file")
        return file


async def choose_language(desk: CareDesk, key: str, locale: Locale) -> None:
    """From now on the desk speaks `locale` here. Before the first word there is nothing to change."""
    async with desk.store.begin() as work:
        conversation = await work.conversations.by_key(WEB, key)
        if conversation is not None:
            await work.people.set_locale(conversation.id, locale)


async def _own(work: Work, key: str) -> Conversation:
    conversation = await work.conversations.by_key(WEB, key)
    if conversation is None:
        raise NotFound("nothing was said yet")
    return conversation


async def _names(work: Work, messages: Sequence[Message]) -> dict[MessageId, str]:
    """Volunteers stay without a name, staff answer under theirs."""
    by_agents = [message for message in messages if message.author is AuthorKind.AGENT and message.responder_id]
    known = {
        responder_id: (await work.people.responder(responder_id)).name
        for responder_id in {message.responder_id for message in by_agents}
        if responder_id is not None
    }
    return {message.id: known[message.responder_id] for message in by_agents if message.responder_id is not None}


async def _state(work: Work, ticket: Ticket | None) -> TalkState:
    if ticket is None:
        return TalkState()
    answering = None
    if ticket.assignee_id is not None and ticket.status in (Status.NEW, Status.OPEN):
        holder = await work.people.responder(ticket.assignee_id)
        answering = AuthorKind.VOLUNTEER if holder.role is Role.VOLUNTEER else AuthorKind.AGENT
    return TalkState(ticket.number, ticket.status, ticket.lane, ticket.csat, answering)
