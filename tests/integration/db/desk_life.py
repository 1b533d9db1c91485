"""Short words for what the tests of the store do again and again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from db.store import PostgresStore
from desk.conversation import Address, AuthorKind, Conversation, Direction, MessageId, OutboxId, Surface
from desk.outbound import OutboxEntry
from desk.people import Account, Author, Invitation, Locale, Responder, Role
from desk.store import NewMessage, Work
from desk.ticket import Ticket, TicketId

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)
LEASE = timedelta(minutes=1)
ADA = Author("telegram", "ada", "Ada L.")
PLACE = Address("telegram", "100")


async def conversation(work: Work, author: Author = ADA, chat: str = "100") -> Conversation:
    """A private conversation."""
    conversation, _new = await work.conversations.open(
        author, Address("telegram", chat), chat, Surface.PRIVATE, now=NOW
    )
    return conversation


async def ticket(
    work: Work, *, author: Author = ADA, chat: str = "100", locale: Locale = Locale.GERMAN, now: datetime = NOW
) -> Ticket:
    """A live ticket in a private conversation."""
    place = await conversation(work, author, chat)
    return await work.tickets.open(place, locale=locale, follow_up_of=None, now=now)


async def message(
    work: Work, about: Ticket, body: str, *, external_id: str | None = None, to_read: bool = False
) -> MessageId:
    """An inbound message of a ticket."""
    added = await work.messages.add(inbound(about, body, external_id=external_id, to_read=to_read))
    assert added is not None
    return added


def inbound(about: Ticket, body: str, *, external_id: str | None = None, to_read: bool = False) -> NewMessage:
    """An inbound message to store."""
    return NewMessage(
        conversation_id=about.conversation_id,
        ticket_id=about.id,
        direction=Direction.INBOUND,
        author=AuthorKind.CONTACT,
        body=body,
        channel="telegram",
        created_at=NOW,
        external_id=external_id,
        to_read=to_read,
    )


async def volunteer(
    work: Work, name: str, *, topics: tuple[str, ...] = (), languages: tuple[Locale, ...] = (Locale.GERMAN,)
) -> Responder:
    """A volunteer with one reachable account, named like them."""
    invited = Invitation(Role.VOLUNTEER, None, topics=topics, languages=languages)
    added = await work.people.add_responder(invited, name=name, now=NOW)
    await work.people.add_account(Account(added.id, "telegram", name.lower(), name.lower()), now=NOW)
    return added


async def many_tickets(store: PostgresStore, count: int) -> list[Ticket]:
    """Tickets of as many contacts, each in a conversation of its own."""
    async with store.begin() as work:
        return [
            await ticket(work, author=Author("telegram", f"contact{n}", f"Contact {n}"), chat=str(1000 + n))
            for n in range(count)
        ]


def ids(tickets: list[Ticket]) -> list[TicketId]:
    """Theirs."""
    return [each.id for each in tickets]


async def put(store: PostgresStore, *entries: OutboxEntry) -> list[OutboxId]:
    """Puts entries on the outbox."""
    async with store.begin() as work:
        return list(await work.outbox.put(entries, now=NOW))


async def claimed(store: PostgresStore, limit: int = 10, *, later: timedelta = timedelta(0)) -> list[OutboxId]:
    """Ids of outbox rows claimed some time after NOW."""
    rows = await store.queues.claim_outbox("telegram", limit=limit, now=NOW + later, lease=LEASE)
    return [row.id for row in rows]


def entry(stream: str, text: str = "", chat: str = "100") -> OutboxEntry:
    """Something for a chat."""
    return OutboxEntry(stream, Address("telegram", chat), text=text)
