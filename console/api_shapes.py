"""What the JSON API takes and gives. The OpenAPI document is made from these shapes, and so are the answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from console.visits import LONGEST_TEXT
from desk.conversation import AttachmentKind, AttachmentState, AuthorKind, Direction
from desk.delivery import DeliveryState
from desk.people import Locale, Reachability, TrustLevel
from desk.ticket import Lane, Priority, Status


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("NUL characters cannot be kept")
    return text


Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT), AfterValidator(_storable)
]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
Number = Annotated[str, StringConstraints(pattern=r"^[Zz]?-?[0-9]{1,18}$")]


class Shape(BaseModel):
    """Unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid", use_enum_values=False)


class TicketQuery(Shape):
    """Which tickets a list shows. `after`: the `next` of the answer before."""

    status: Status | None = None
    lane: Lane | None = None
    unit: Annotated[str, Field(max_length=60), AfterValidator(_storable)] | None = None
    assignee: Annotated[str, Field(max_length=100), AfterValidator(_storable)] | None = None
    unassigned: bool = False
    search: Annotated[str, Field(max_length=200), AfterValidator(_storable)] | None = None
    after: Number | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class NoQuery(Shape):
    """Nothing can be asked for."""


class ReplyBody(Shape):
    """An answer to the contact. The same `idempotency_key` again changes nothing.
    `take_over`: also when a colleague has the ticket."""

    text: Words
    idempotency_key: Key | None = None
    take_over: bool = False


class NoteBody(Shape):
    """A note for colleagues."""

    text: Words
    idempotency_key: Key | None = None


class TicketShape(Shape):
    """A ticket. `contact` is the id under /contacts; `excerpt` the beginning of the contact's first message."""

    number: str
    status: Status
    lane: Lane | None
    unit: str | None
    priority: Priority
    intent: str | None
    language: Locale
    channel: str
    contact: int
    contact_name: str
    assignee: str | None
    reachability: Reachability
    opened_at: datetime
    waiting_since: datetime | None
    answered_at: datetime | None
    solved_at: datetime | None
    rejections: int
    csat: int | None
    excerpt: str


class TicketList(Shape):
    """Most urgent first, then longest waiting. `next` is null at the end."""

    tickets: list[TicketShape]
    next: str | None


class FileShape(Shape):
    """A file of a message."""

    id: int
    kind: AttachmentKind
    name: str
    media_type: str
    size: int | None
    state: AttachmentState


class MessageShape(Shape):
    """A message. A deleted one has no text any more. `deliveries`: what became of its parts on their way."""

    id: int
    direction: Direction
    author: AuthorKind
    responder: str | None
    text: str
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    version: int
    files: list[FileShape]
    deliveries: list[DeliveryState]


class TicketDetails(TicketShape):
    """A ticket with its talk, and why it is where it is."""

    reasons: list[str]
    follow_up_of: str | None
    messages: list[MessageShape]


class MessageList(Shape):
    """A ticket's messages, oldest first, notes included."""

    messages: list[MessageShape]


class Written(Shape):
    """The message that was stored."""

    message: int
    ticket: str


class IdentityShape(Shape):
    """An account by which a channel knows the contact."""

    channel: str
    name: str
    reachability: Reachability


class ContactShape(Shape):
    """A person who asks."""

    id: int
    name: str
    language: Locale | None
    identities: list[IdentityShape]


class VolunteerShape(Shape):
    """A power user who answers unpaid."""

    id: int
    name: str
    languages: list[Locale]
    topics: list[str]
    trust: TrustLevel
    active: bool
    paused_until: datetime | None


class VolunteerList(Shape):
    """All volunteers, by name."""

    volunteers: list[VolunteerShape]


class FieldError(Shape):
    """A field that is wrong, and what is expected."""

    field: str
    expected: str


class ProblemShape(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: list[FieldError] = []
