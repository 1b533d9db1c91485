"""Problems: what went wrong with a request, once, for pages and for programs (RFC 9457) alike."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from aiohttp import web

from desk.errors import (
    AlreadyDecided,
    AnotherMustApprove,
    ApplicationWaits,
    DeskError,
    HandsFull,
    IllegalTransition,
    InputRejected,
    InvitationInvalid,
    NotAllowed,
    NotFound,
    OfferGone,
    ReviewOver,
    Suspended,
    TextChanged,
    TicketClosed,
    TicketTaken,
    WordsRefused,
)
from desk.people import Locale
from desk.phrases import marked as _
from desk.ports import Phrases

TEXTS: dict[type[DeskError], tuple[int, str, str]] = {
    AlreadyDecided: (409, "already-decided", _("A colleague has decided this case already.")),
    AnotherMustApprove: (
        409, "another-must-approve", _("Another coordinator must approve this: whoever wrote it does not."),
    ),
    ApplicationWaits: (
        409, "application-waits", _("Your application is being looked at. Please try this link again later."),
    ),
    IllegalTransition: (409, "moved-on", _("That is not possible any more: the question has moved on.")),
    InputRejected: (400, "input-rejected", _("The input cannot be taken as it is.")),
    InvitationInvalid: (
        410, "link-invalid", _("This link is unknown, was used before or is too old. Please ask for a new one."),
    ),
    NotAllowed: (403, "not-allowed", _("You may not do this, or it is not yours (any more).")),
    NotFound: (404, "not-found", _("This cannot be found.")),
    OfferGone: (409, "offer-gone", _("Thank you! Somebody else already has it, or the offer has ended.")),
    HandsFull: (409, "hands-full", _("You have as many questions as one can carry. Answer or hand back one first.")),
    ReviewOver: (
        409, "review-over", _("Thank you! This answer has been looked over already, or its author took it back."),
    ),
    Suspended: (
        403, "suspended", _("You can take no questions at the moment; a coordinator has told you why and until when."),
    ),
    TextChanged: (
        409, "text-changed", _("Somebody else changed this text just now. Read theirs first, then change it."),
    ),
    TicketClosed: (409, "ticket-closed", _("This ticket is closed for good.")),
    TicketTaken: (409, "ticket-taken", _("{name} has this ticket.")),
    WordsRefused: (
        400, "words-refused", _("It must stand in both languages and hold nothing that the check refuses."),
    ),
}  # fmt: skip


class Problem(Exception):
    """A request that is refused. `kind` names it for programs; `title` is an English gettext message id."""

    def __init__(
        self,
        status: int,
        kind: str,
        title: str,
        *,
        detail: str | None = None,
        values: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Mapping[str, str]] = (),
    ) -> None:
        super().__init__(title)
        self.status, self.kind, self.title, self.detail = status, kind, title, detail
        self.values = dict(values or {})
        self.headers = dict(headers or {})
        self.errors = [dict(error) for error in errors]

    def said(self, phrases: Phrases, locale: Locale | None) -> str:
        """In words, for people."""
        return phrases.say(locale, self.title, **self.values)

    def response(self, phrases: Phrases, locale: Locale | None = Locale.ENGLISH) -> web.Response:
        """As application/problem+json."""
        body: dict[str, object] = {
            "type": f"urn:zuruf:problem:{self.kind}",
            "title": self.said(phrases, locale),
            "status": self.status,
        }
        if self.detail is not None:
            body["detail"] = self.detail
        if self.errors:
            body["errors"] = self.errors
        return web.Response(
            body=json.dumps(body, ensure_ascii=False).encode(),
            status=self.status,
            content_type="application/problem+json",
            headers=self.headers,
        )


def problem_of(error: DeskError) -> Problem:
    """The problem that a refused command is."""
    status, kind, title = TEXTS.get(type(error), (409, "refused", _("That did not work.")))
    if isinstance(error, InputRejected):
        return Problem(status, kind, title, detail=error.reason)
    if isinstance(error, TicketTaken):
        return Problem(status, kind, title, values={"name": str(error)})
    return Problem(status, kind, title)


def out_of_order() -> Problem:
    """The database cannot be reached."""
    text = _("The desk cannot reach its database right now. Nothing was lost; please try again in a moment.")
    return Problem(503, "unavailable", text, headers={"Retry-After": "5"})


def our_fault() -> Problem:
    """A fault of ours; the log says which."""
    return Problem(500, "our-fault", _("Something went wrong on our side. It is in our log; please try again."))


def too_many(seconds: float) -> Problem:
    """A rate limit."""
    headers = {"Retry-After": str(int(seconds) + 1)}
    return Problem(429, "too-many-requests", _("That was too fast. Please wait a moment."), headers=headers)


def too_large(limit: int) -> Problem:
    """A body over the limit, in bytes."""
    return Problem(413, "too-large", _("That is too long."), detail=f"at most {limit} bytes")
