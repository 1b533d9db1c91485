"""Storage ports: one transaction (`Work`), and the three queues that workers claim from (`Store`).

Lock order, the same everywhere, so that nobody deadlocks: the conversation's row first, and everything about its
ticket under that lock. All methods of Work belong to its one transaction. Every instant is passed in.
Raises StorageUnavailable when the database cannot be reached; then nothing was committed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from desk.conversation import (
    Address,
    Attachment,
    AttachmentId,
    AuthorKind,
    ButtonRows,
    Conversation,
    Direction,
    Message,
    MessageId,
    OutboxId,
    Surface,
)
from desk.inbound import InboundFile
from desk.offer import Offer, OfferId, OfferState
from desk.outbound import OutboxEntry, OutboxRow
from desk.people import (
    Account,
    Author,
    Contact,
    ContactId,
    Identity,
    Invitation,
    Locale,
    Reachability,
    Responder,
    ResponderId,
)
from desk.reading import Reading
from desk.ticket import ConversationId, Priority, Status, Ticket, TicketId


class ClockKind(StrEnum):
    """What a stored due time means. A ticket has at most one clock of each kind."""

    WAVE_END = "wave_end"
    LEASE_REMINDER = "lease_reminder"
    LEASE_END = "lease_end"
    SILENCE = "silence"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class DueClock:
    """A clock whose time has come."""

    id: int
    kind: ClockKind
    ticket_id: TicketId
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Who writes where, in one look: the author as responder (while active), the ticket of the staff thread, the
    conversation (its row now locked). Each None when there is none."""

    responder: Responder | None
    staff_ticket_id: TicketId | None
    conversation: Conversation | None


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to store. `to_read`: it shall be read by the NLU (the row is the job)."""

    conversation_id: ConversationId
    ticket_id: TicketId | None
    direction: Direction
    author: AuthorKind
    body: str
    channel: str
    created_at: datetime
    responder_id: ResponderId | None = None
    external_id: str | None = None
    masked: str | None = None
    buttons: ButtonRows = ()
    to_read: bool = False


@dataclass(frozen=True, slots=True)
class UnreadMessage:
    """A message claimed for reading. `attempts` counts this one too."""

    id: MessageId
    conversation_id: ConversationId
    ticket_id: TicketId
    body: str
    spoken: Locale | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A volunteer who may be asked. `load`: tickets they hold that wait for them; `offers_today`: offers of the last
    24 hours."""

    responder: Responder
    load: int
    offers_today: int
    open_offers: int
    last_offer_at: datetime | None


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A line of a ticket list. `excerpt` is the first inbound text, unmasked: staff only."""

    ticket: Ticket
    contact_name: str
    channel: str
    excerpt: str
    assignee_name: str | None
    reachability: Reachability
    message_count: int


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets a list shows. None: no condition. `unassigned`: nobody has it."""

    statuses: tuple[Status, ...] | None = None
    units: tuple[str, ...] | None = None
    lane: str | None = None
    assignee_id: ResponderId | None = None
    unassigned: bool = False
    search: str | None = None
    before_id: TicketId | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class DeskEvent:
    """An entry of the audit log. `data` holds no personal data."""

    id: int
    at: datetime
    kind: str
    ticket_id: TicketId | None
    responder_id: ResponderId | None
    responder_name: str | None
    data: Mapping[str, object]


class PeopleStore(Protocol):
    """Contacts, responders, accounts, invitations, sign-in."""

    async def contact(self, contact_id: ContactId) -> Contact: ...
    async def identities(self, contact_id: ContactId) -> Sequence[Identity]:
        """The accounts of a contact, oldest first."""

    async def set_locale(self, conversation_id: ConversationId, locale: Locale) -> None:
        """Of the conversation and its contact."""

    async def set_reachability(self, channel: str, external_id: str, state: Reachability) -> None:
        """Of the identity and the account that have this id."""

    async def reachability(self, conversation_id: ConversationId) -> Reachability: ...
    async def set_conversation_reachability(self, conversation_id: ConversationId, state: Reachability) -> None:
        """Of the contact's identities on the conversation's channel."""

    async def set_account_reachability(self, responder_id: ResponderId, channel: str, state: Reachability) -> None: ...
    async def responder(self, responder_id: ResponderId) -> Responder: ...
    async def responders_by_id(self, ids: Sequence[ResponderId]) -> Mapping[ResponderId, Responder]: ...
    async def responder_named(self, name: str) -> Responder | None: ...
    async def responder_of_account(self, channel: str, external_id: str) -> Responder | None: ...
    async def responders(self) -> Sequence[Responder]: ...
    async def accounts(self, responder_ids: Sequence[ResponderId]) -> Sequence[Account]:
        """Of all of them, oldest first."""

    async def candidates(self, ticket: Ticket, *, now: datetime, limit: int) -> Sequence[Candidate]:
        """Active, unpaused volunteers who speak its language, cover its unit or intent, were not yet asked about it and
        are not its contact (no account of theirs is an identity of the contact). Least recently asked first."""

    async def add_responder(self, invitation: Invitation, *, name: str, now: datetime) -> Responder:
        """The name is made unique by a number when it is taken."""

    async def update_responder(self, responder: Responder) -> None: ...
    async def add_account(self, account: Account, *, now: datetime) -> None:
        """Moves the account when another responder had it."""

    async def add_invitation(
        self, code_hash: bytes, invitation: Invitation, *, now: datetime, expires_at: datetime
    ) -> None: ...
    async def take_invitation(self, code_hash: bytes, *, now: datetime) -> Invitation | None:
        """The invitation, locked; None when unknown, used or expired."""

    async def use_invitation(self, code_hash: bytes, responder_id: ResponderId, *, now: datetime) -> None: ...
    async def add_sign_in_link(self, token_hash: bytes, responder_id: ResponderId, *, expires_at: datetime) -> None: ...
    async def use_sign_in_link(self, token_hash: bytes, *, now: datetime) -> Responder | None:
        """The responder, once; None when unknown, used or expired."""

    async def add_session(
        self, token_hash: bytes, responder_id: ResponderId, *, now: datetime, expires_at: datetime
    ) -> None: ...
    async def session(self, token_hash: bytes, *, now: datetime) -> Responder | None: ...
    async def end_session(self, token_hash: bytes) -> None: ...


class ConversationStore(Protocol):
    """Conversations, and who writes where."""

    async def whereabouts(self, author: Author, address: Address, key: str) -> Whereabouts: ...
    async def open(
        self, author: Author, address: Address, key: str, surface: Surface, *, now: datetime
    ) -> tuple[Conversation, bool]:
        """Creates conversation, identity and contact where they are missing; locks the conversation. Safe in a race.
        True: nobody had spoken here before. The author's locale is a first hint of the contact's."""

    async def by_id(self, conversation_id: ConversationId) -> Conversation: ...
    async def by_key(self, channel: str, key: str) -> Conversation | None:
        """The conversation, not locked: for reading only."""

    async def lock(self, conversation_id: ConversationId) -> Conversation: ...
    async def block(self, contact_id: ContactId, blocked: bool) -> None:
        """Puts all conversations of a contact on the block list, or takes them off."""

    async def set_last_external_id(self, conversation_id: ConversationId, external_id: str) -> None: ...
    async def move_chat(self, channel: str, old: str, new: str) -> None:
        """Rewrites a chat id everywhere it is kept (conversations, keys, accounts, staff threads, outbox)."""


class MessageStore(Protocol):
    """Messages, their versions, files and readings."""

    async def add(self, message: NewMessage) -> MessageId | None:
        """Its id, or None when (channel, external_id) is there already."""

    async def add_inbound(self, message: NewMessage, *, most: int, since: datetime) -> tuple[MessageId, bool] | None:
        """Like `add`, for a contact's message. It is not to be read when the conversation had `most` inbound ones
        since then: the second value tells."""

    async def add_files(
        self, message_id: MessageId, channel: str, files: Sequence[InboundFile]
    ) -> Sequence[AttachmentId]: ...
    async def add_stored_file(
        self, message_id: MessageId, channel: str, file: InboundFile, *, storage_key: str
    ) -> AttachmentId:
        """A file that came with its bytes (web uploads)."""

    async def attachment(self, attachment_id: AttachmentId) -> Attachment | None: ...
    async def by_id(self, message_id: MessageId) -> Message: ...
    async def by_external_id(self, channel: str, external_id: str) -> Message | None: ...
    async def edit(self, message_id: MessageId, *, body: str, masked: str | None, at: datetime) -> int:
        """Keeps the old body as a version. Returns the new version's number."""

    async def delete(self, message_id: MessageId, *, at: datetime) -> None:
        """Empties body and versions, keeps the row."""

    async def of_ticket(self, ticket_id: TicketId) -> Sequence[Message]:
        """All, oldest first, with attachments."""

    async def of_conversation(
        self, conversation_id: ConversationId, *, after: MessageId | None = None, limit: int = 200
    ) -> Sequence[Message]:
        """Inbound and outbound, no notes, oldest first, with attachments."""

    async def last_inbound(self, ticket_id: TicketId) -> Message | None: ...
    async def save_reading(self, message_id: MessageId, reading: Reading, *, now: datetime) -> bool:
        """Stores it, fills `masked`, ends the claim. False when it had been read already."""


class TicketStore(Protocol):
    """Tickets, decisions, staff threads. Callers hold the conversation's lock before they save."""

    async def live(self, conversation_id: ConversationId) -> Ticket | None: ...
    async def latest_closed(self, conversation_id: ConversationId) -> Ticket | None: ...
    async def open(
        self, conversation: Conversation, *, locale: Locale, follow_up_of: TicketId | None, now: datetime
    ) -> Ticket: ...
    async def by_id(self, ticket_id: TicketId) -> Ticket:
        """Raises NotFound."""

    async def by_number(self, number: str) -> Ticket:
        """`Z-1042`, `z1042` or `1042`. Raises NotFound."""

    async def lock(self, ticket_id: TicketId) -> tuple[Ticket, Conversation]:
        """Locks its conversation, then reads it. Raises NotFound."""

    async def save(self, ticket: Ticket) -> None:
        """Writes every column that can change."""

    async def add_decision(
        self,
        ticket_id: TicketId,
        message_id: MessageId | None,
        *,
        lane: str,
        unit: str,
        priority: Priority,
        reasons: Sequence[str],
        now: datetime,
    ) -> None: ...
    async def reasons(self, ticket_id: TicketId) -> Sequence[str]:
        """Of the newest decision."""

    async def held_by(self, responder_id: ResponderId) -> Sequence[Ticket]:
        """Assigned to them and not solved or closed, newest assignment last."""

    async def list(self, wanted: TicketFilter) -> Sequence[TicketRow]:
        """Most urgent first, then longest waiting."""

    async def staff_threads(self, ticket_id: TicketId) -> Sequence[Address]: ...
    async def ticket_of_thread(self, address: Address) -> TicketId | None: ...
    async def add_staff_thread(self, ticket_id: TicketId, address: Address, *, now: datetime) -> None: ...
    async def drop_staff_thread(self, address: Address) -> None: ...


class OfferStore(Protocol):
    """Offers."""

    async def add(
        self,
        ticket_id: TicketId,
        responder_ids: Sequence[ResponderId],
        *,
        wave: int,
        reasons: Sequence[Sequence[str]],
        now: datetime,
        expires_at: datetime,
    ) -> Sequence[Offer]:
        """One statement for the whole wave. Somebody asked before about this ticket is left out."""

    async def by_id(self, offer_id: OfferId) -> Offer | None: ...
    async def open_of_ticket(self, ticket_id: TicketId) -> Sequence[Offer]: ...
    async def open_of_responder(self, responder_id: ResponderId) -> Sequence[Offer]: ...
    async def save_state(self, offer_ids: Sequence[OfferId], state: OfferState, *, now: datetime) -> None: ...
    async def ignored_in_a_row(self, responder_id: ResponderId) -> int:
        """How many of their newest offers expired unanswered, back to the last answered one."""


class OutboxStore(Protocol):
    """What is decided and not yet delivered."""

    async def put(self, entries: Sequence[OutboxEntry], *, now: datetime) -> Sequence[OutboxId]: ...
    async def deliveries(self, message_id: MessageId) -> Sequence[OutboxRow]:
        """The `send` rows of a message, oldest first."""

    async def withdraw(self, message_id: MessageId) -> None:
        """Whatever of a message was not claimed for sending yet is never sent."""

    async def by_external_id(self, channel: str, external_id: str) -> OutboxRow | None: ...
    async def to_responders(self, responder_ids: Sequence[ResponderId], ticket_id: TicketId) -> Sequence[OutboxRow]:
        """The `send` rows to some responders about a ticket, oldest first."""

    async def of_ticket(self, ticket_id: TicketId) -> Sequence[OutboxRow]:
        """The `send` rows of the messages of a ticket, oldest first."""

    async def dead(self, *, limit: int = 100) -> Sequence[OutboxRow]: ...
    async def retry(self, outbox_id: OutboxId) -> bool:
        """Queues a dead letter again. False when it is not dead."""


class ClockStore(Protocol):
    """Stored due times."""

    async def set(self, ticket_id: TicketId, kind: ClockKind, due_at: datetime) -> None:
        """Replaces the one of that kind."""

    async def stop(self, ticket_id: TicketId, *kinds: ClockKind) -> None: ...
    async def take(self, clock: DueClock) -> bool:
        """Removes it if it still stands as it was seen. False: somebody else took or moved it."""


class EventStore(Protocol):
    """The audit log, and which updates were handled."""

    async def add(
        self,
        kind: str,
        *,
        now: datetime,
        ticket_id: TicketId | None = None,
        responder_id: ResponderId | None = None,
        **data: object,
    ) -> None: ...
    async def of_ticket(self, ticket_id: TicketId) -> Sequence[DeskEvent]: ...
    async def recent(self, *, limit: int = 200) -> Sequence[DeskEvent]: ...
    async def first_time(self, channel: str, external_id: str, *, now: datetime) -> bool:
        """Notes an update that is no message. False: it was handled before."""


class ApiTokenStore(Protocol):
    """Bearer tokens of the JSON API, by hash."""

    async def add(self, token_hash: bytes, responder_id: ResponderId, *, label: str, now: datetime) -> None: ...
    async def holder(self, token_hash: bytes, *, now: datetime) -> Responder | None:
        """Whose it is; None when unknown, ended, or they are no longer active."""

    async def end_all(self, responder_id: ResponderId, *, label: str | None, now: datetime) -> int:
        """Ends theirs, or those with this label. Returns how many."""


class Work(Protocol):
    """One transaction."""

    @property
    def people(self) -> PeopleStore: ...
    @property
    def conversations(self) -> ConversationStore: ...
    @property
    def messages(self) -> MessageStore: ...
    @property
    def tickets(self) -> TicketStore: ...
    @property
    def offers(self) -> OfferStore: ...
    @property
    def outbox(self) -> OutboxStore: ...
    @property
    def clocks(self) -> ClockStore: ...
    @property
    def events(self) -> EventStore: ...
    @property
    def api_tokens(self) -> ApiTokenStore: ...


class Queues(Protocol):
    """The three queues and their answers; each call is a statement of its own. Claims skip what others hold."""

    async def claim_unread(self, *, limit: int, now: datetime, lease: timedelta) -> Sequence[UnreadMessage]:
        """Oldest first; of a conversation nothing that follows a message somebody else is reading."""

    async def claim_outbox(self, channel: str, *, limit: int, now: datetime, lease: timedelta) -> Sequence[OutboxRow]:
        """The first undelivered row of each stream that is due and not paused; rows whose lease ended come again.
        A row whose attachment is still pending is not due."""

    async def take_over(self, channel: str, *, at: datetime) -> None:
        """What another process, dead or stopping now, was sending may be claimed from then on."""

    async def confirm(self, outbox_id: OutboxId, external_id: str | None, *, now: datetime) -> None: ...
    async def postpone(self, outbox_id: OutboxId, *, until: datetime, error: str) -> None: ...
    async def give_up(self, outbox_id: OutboxId, *, error: str) -> None: ...
    async def pause(self, channel: str, chat: str | None, *, until: datetime) -> None:
        """Holds back a chat, or with None the whole channel. Never shortens a pause."""

    async def claim_attachments(
        self, channel: str, *, limit: int, now: datetime, lease: timedelta
    ) -> Sequence[Attachment]: ...
    async def attachment_stored(self, attachment_id: AttachmentId, *, storage_key: str, size: int) -> None: ...
    async def attachment_refused(self, attachment_id: AttachmentId) -> None: ...
    async def attachment_postponed(self, attachment_id: AttachmentId, *, until: datetime) -> int:
        """Returns how often it was tried."""

    async def due_clocks(self, *, limit: int, now: datetime) -> Sequence[DueClock]: ...
    async def next_due(self, *, now: datetime) -> datetime | None:
        """When the next clock or postponed delivery comes due."""

    async def depth(self) -> Mapping[str, int]:
        """How much waits: unread, outbox, outbox_dead, clocks_due, attachments (for metrics)."""

    async def purge(self, *, before: datetime) -> None:
        """Forgets handled updates, used links and sessions that ended before then."""


class Store(Protocol):
    """The desk's memory."""

    def begin(self) -> AbstractAsyncContextManager[Work]:
        """One transaction: committed at the end of the block, undone when it raises."""

    @property
    def queues(self) -> Queues: ...
