"""Errors that carry the caller's next decision.

A DeskError is somebody's mistake or a lost race: the person is told, in their language, and nothing has
changed. A DeliveryError is the platform's answer to a send: `permanent` says whether trying again can help,
`retry_after` (seconds) when.
"""

from __future__ import annotations


class DeskError(Exception):
    """A command was refused. Nothing has changed; the text of the class says why."""


class IllegalTransition(DeskError):
    """The state machine has no such arrow."""

    def __init__(self, noun: str, state: str, trigger: str) -> None:
        super().__init__(f"{noun} in state {state!r} cannot be {trigger!r}")
        self.noun, self.state, self.trigger = noun, state, trigger


class NotFound(DeskError):
    """The thing named does not exist, or not for this person."""


class NotAllowed(DeskError):
    """The person's role does not permit this, or the button belongs to somebody else."""


class TicketTaken(DeskError):
    """Somebody else holds the ticket now."""


class OfferGone(DeskError):
    """The offer was withdrawn, has expired, or was answered before."""


class ReviewOver(DeskError):
    """Somebody else has looked the answer over, or its author took it back."""


class AlreadyDecided(DeskError):
    """A colleague has decided the case."""


class TicketClosed(DeskError):
    """The ticket is closed for good; a new message opens another."""


class TextChanged(DeskError):
    """Somebody else changed the text while it was being edited."""


class WordsRefused(DeskError):
    """A statement holds what must not stand in it, or nothing in one of the languages."""


class AnotherMustApprove(DeskError):
    """The policy asks for two people: whoever wrote a statement does not approve it."""


class HandsFull(DeskError):
    """The volunteer holds as many tickets as one may at once."""


class NothingHeld(DeskError):
    """The volunteer holds no ticket that could be meant."""


class InvitationInvalid(DeskError):
    """The code is unknown, used up or too old."""


class ApplicationWaits(DeskError):
    """The application waits for a coordinator; its code works when they have approved it."""


class NothingToSend(DeskError):
    """The message holds nothing that can be passed on: no words, no file, or only what nobody relays."""


class Suspended(DeskError):
    """A coordinator has suspended the volunteer; they were told why."""


class InputRejected(DeskError):
    """The input is malformed or over a limit; `reason` names what and the mend, in English."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SettingsInvalid(Exception):
    """A setting, a policy file or a training file is wrong. One line: the thing, and the mend."""


class StorageUnavailable(Exception):
    """The database cannot be reached now. Nothing was acknowledged; try again."""


class DeliveryError(Exception):
    """The platform did not take a message."""

    permanent = False

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class RateLimited(DeliveryError):
    """429. `retry_after` seconds; `whole_bot` says whether all chats of the channel must wait."""

    def __init__(self, reason: str, *, retry_after: float, whole_bot: bool = False) -> None:
        super().__init__(reason, retry_after=retry_after)
        self.whole_bot = whole_bot


class ContactUnreachable(DeliveryError):
    """Blocked, left, closed their direct messages. A state of the identity, not a fault of ours."""

    permanent = True


class MessageRefused(DeliveryError):
    """The platform will never take this message as it is."""

    permanent = True


class ThreadGone(DeliveryError):
    """The staff thread was deleted; a new one can be opened and the message sent there."""


class AddressMoved(DeliveryError):
    """The chat has a new id (a Telegram group became a supergroup)."""

    def __init__(self, reason: str, *, new_chat: str) -> None:
        super().__init__(reason)
        self.new_chat = new_chat
