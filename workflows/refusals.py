"""What a person is told when a command is refused. One text an error, in their language."""

from __future__ import annotations

from desk.errors import (
    AnotherMustApprove,
    ApplicationWaits,
    DeskError,
    HandsFull,
    IllegalTransition,
    InputRejected,
    InvitationInvalid,
    NotAllowed,
    NotFound,
    NothingHeld,
    NothingToSend,
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

TEXTS: dict[type[DeskError], str] = {
    AnotherMustApprove: _("Another coordinator must approve this: whoever wrote it does not."),
    ApplicationWaits: _("Your application is being looked at. I will tell you here as soon as it is decided."),
    HandsFull: _("You have as many questions as one can carry. Answer or hand back one first."),
    IllegalTransition: _("That is not possible any more: the question has moved on."),
    InputRejected: _("I do not understand that button. It may be too old; /help shows what I can do."),
    InvitationInvalid: _("This invitation code is unknown, used or too old. Please ask for a new one."),
    NotAllowed: _("You cannot do this here, or it is no longer yours."),
    NotFound: _("I cannot find that any more."),
    NothingHeld: _("You have no question at the moment. /offers shows what is waiting."),
    NothingToSend: _("I cannot pass this on; nothing was sent. Please say it in words or send a photo."),
    OfferGone: _("Thank you! Somebody else already has it, or the offer has ended."),
    ReviewOver: _("Thank you! This answer has been looked over already, or its author took it back."),
    Suspended: _("You can take no questions at the moment; a coordinator has told you why and until when."),
    TextChanged: _("Somebody else changed this text just now. Read theirs first, then change it."),
    TicketClosed: _("This question is closed. Just write, and we open a new one."),
    TicketTaken: _("A colleague has this question right now. /claim takes it over."),
    WordsRefused: _("It must stand in both languages and hold nothing that the check refuses."),
}


def refusal(phrases: Phrases, locale: Locale | None, error: DeskError) -> str:
    """The text for `error`."""
    return phrases.say(locale, TEXTS.get(type(error), _("That did not work. /help shows what I can do.")))
