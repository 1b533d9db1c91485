"""What pages call the things of the desk, and how they say times. One English text a thing, translated by gettext."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from babel.dates import format_datetime, format_time, format_timedelta

from console import statement_wording, storm_wording
from desk.brand_texts import BrandTextName
from desk.conversation import AttachmentKind
from desk.delivery import DeliveryState
from desk.learning import CorrectionSource, Doubt
from desk.people import Locale, Reachability, Role
from desk.phrases import marked as _
from desk.record import AnswerVerdict
from desk.store import ChangeKind
from desk.ticket import Lane, Priority, Status
from workflows import trust_words

STATUS: dict[Status, str] = {
    Status.NEW: _("New"),
    Status.OPEN: _("Open"),
    Status.PENDING: _("Waiting for the contact"),
    Status.ON_HOLD: _("On hold"),
    Status.SOLVED: _("Solved"),
    Status.CLOSED: _("Closed"),
}

LANE: dict[Lane, str] = {
    Lane.KNOWLEDGE: _("Knowledge base"),
    Lane.PEER: _("Community"),
    Lane.STAFF: _("Staff"),
}

PRIORITY: dict[Priority, str] = {
    Priority.LOW: _("Low"),
    Priority.NORMAL: _("Normal"),
    Priority.HIGH: _("High"),
    Priority.URGENT: _("Urgent"),
}

ROLE: dict[Role, str] = {
    Role.VOLUNTEER: _("Volunteer"),
    Role.AGENT: _("Agent"),
    Role.COORDINATOR: _("Coordinator"),
    Role.ADMIN: _("Admin"),
}

REACHABILITY: dict[Reachability, str] = {
    Reachability.REACHABLE: _("Reachable"),
    Reachability.BLOCKED: _("Has blocked us"),
    Reachability.LEFT: _("Has left"),
    Reachability.CLOSED: _("Takes no direct messages"),
}

DELIVERY: dict[DeliveryState, str] = {
    DeliveryState.QUEUED: _("Waiting to be sent"),
    DeliveryState.SENDING: _("Being sent"),
    DeliveryState.SENT: _("Sent"),
    DeliveryState.DEAD: _("Not delivered"),
    DeliveryState.WITHDRAWN: _("Taken back before it was sent"),
}

FILE: dict[AttachmentKind, str] = {
    AttachmentKind.PHOTO: _("photo"),
    AttachmentKind.DOCUMENT: _("document"),
    AttachmentKind.VOICE: _("voice message"),
    AttachmentKind.AUDIO: _("audio"),
    AttachmentKind.VIDEO: _("video"),
    AttachmentKind.STICKER: _("sticker"),
}

DOUBT: dict[Doubt, str] = {
    Doubt.LIKE_ANOTHER: _("Nearly an example of something else"),
    Doubt.SHORT: _("Very short"),
    Doubt.PERSONAL_DATA: _("May hold personal data"),
    Doubt.DISAGREEMENT: _("Corrected differently elsewhere"),
}

SOURCE: dict[CorrectionSource, str] = {
    CorrectionSource.STAFF: _("Staff"),
    CorrectionSource.CONTACT: _("The contact chose"),
    CorrectionSource.VOLUNTEER: _("A volunteer"),
}

LEVEL, POWERS, LEFT_OUT = trust_words.LEVEL, trust_words.POWERS, trust_words.LEFT_OUT

VERDICT: dict[AnswerVerdict, str] = {
    AnswerVerdict.SOLVED: _("solved"),
    AnswerVerdict.UNSOLVED: _("not solved"),
    AnswerVerdict.SILENT: _("no word from the contact"),
    AnswerVerdict.RECALLED: _("recalled"),
}

TRUST_CHANGE: dict[ChangeKind, str] = {
    ChangeKind.ROSE: _("Rose to this level"),
    ChangeKind.WARNED: _("Warned of a fall"),
    ChangeKind.REASSURED: _("Good enough again"),
    ChangeKind.FELL: _("Fell to this level"),
    ChangeKind.SET: _("Set by hand"),
}

LANGUAGE: dict[Locale, str] = {Locale.GERMAN: _("German"), Locale.ENGLISH: _("English")}

CHANNEL: dict[str, str] = {
    "telegram": "Telegram",
    "discord": "Discord",
    "web": _("Web chat"),
    "console": _("Console"),
}

BRAND_TEXT: dict[BrandTextName, str] = {
    BrandTextName.HELPLINE: _("Helpline"),
    BrandTextName.SAFETY: _("Safety"),
}

BRAND_TEXT_WHEN: dict[BrandTextName, str] = {
    BrandTextName.HELPLINE: _("For somebody who may want to harm themselves."),
    BrandTextName.SAFETY: _("After words of fire, smoke, electric shock and the like."),
}

EVENT: dict[str, str] = {
    "TicketOpened": _("Ticket opened"),
    "TicketReopened": _("Ticket reopened by the contact"),
    "TicketClosed": _("Ticket closed"),
    "Claimed": _("Claimed"),
    "Released": _("Released"),
    "Answered": _("Answered"),
    "AskedBack": _("A volunteer asked the contact back"),
    "Referred": _("Referred to another volunteer"),
    "AnswerRefused": _("The check refused a volunteer's words"),
    "ReviewAsked": _("A second pair of eyes was asked for"),
    "AnswerApproved": _("Answer looked over and sent"),
    "AnswerApprovedChanged": _("Answer looked over and sent with a change"),
    "AnswerReturned": _("Answer returned to its author"),
    "ReviewHandedUp": _("Answer handed to staff for a look"),
    "AnswerEndorsed": _("Answer endorsed"),
    "AnswerRecalled": _("Answer recalled"),
    "Held": _("Put on hold"),
    "Resumed": _("Taken up again"),
    "SolvedByStaff": _("Marked as solved by staff"),
    "SolvedByContact": _("Solved, says the contact"),
    "Rejected": _("Not solved, says the contact"),
    "Rated": _("Rated by the contact"),
    "FellSilent": _("The contact fell silent"),
    "HumanWanted": _("The contact asked for a person"),
    "HandedToStaff": _("Handed to staff"),
    "HandedBack": _("Handed back to the community"),
    "Escalated": _("Handed to staff by a volunteer"),
    "CalledToStaff": _("Taken to staff by an agent"),
    "AskedContact": _("The contact was asked what it is about"),
    "ContactChose": _("The contact said what it is about"),
    "NoneOfThese": _("The contact said it is something else"),
    "HelplineGiven": _("The contact was told of the helpline"),
    "SafetyTextGiven": _("The contact was told how to be safe"),
    "BrandTextChanged": _("Text of the brand changed"),
    "WaveOpened": _("Volunteers were asked"),
    "OfferAccepted": _("A volunteer took it"),
    "AnsweredInPublic": _("A volunteer answered where it was asked"),
    "SolvedInPublic": _("An answer in public solved it"),
    "PublicMarkTakenBack": _("The contact took that back"),
    "HiddenInPublic": _("A message with personal data was hidden"),
    "WarnedInPublic": _("The contact was warned of personal data in public"),
    "ContinuedInPrivate": _("It goes on in private"),
    "OfferPassed": _("A volunteer passed"),
    "LeaseEnded": _("The volunteer's time ran out"),
    "ContactUnreachable": _("The contact cannot be reached"),
    "MessageDeleted": _("Message deleted"),
    "ReplyEdited": _("Own message edited"),
    "ReplyDeleted": _("Own message taken back"),
    "Refiled": _("Filed anew"),
    "ReadingCorrected": _("Reading corrected"),
    "CorrectionsReviewed": _("Corrections reviewed"),
    "ModelChanged": _("Another model reads"),
    "DeliveryRetried": _("Delivery tried again"),
    "Invited": _("Invitation made"),
    "Joined": _("Joined the team"),
    "SignedIn": _("Signed in"),
    "Paused": _("Pause began"),
    "Blocked": _("Contact blocked"),
    "Unblocked": _("Contact no longer blocked"),
    "Activated": _("Let back into the team"),
    "Deactivated": _("Taken out of the team"),
    "TrustChanged": _("Trust level changed, or warned of"),
    "Thanked": _("The contact said thanks"),
    "PerkGranted": _("A perk was granted"),
    "MonthTold": _("A picture of the month was sent"),
    "PerkEnded": _("A perk ended"),
    "AnswerReported": _("A contact reported an answer"),
    "CaseRaised": _("A case was raised"),
    "CaseDecided": _("A case was decided"),
    "Applied": _("Somebody applied as a volunteer"),
    "ApplicationApproved": _("An application was approved"),
    "ApplicationDeclined": _("An application was declined"),
    "TestWritten": _("An entrance test was changed"),
    "TestPassed": _("An entrance test was passed"),
    "TestFailed": _("An entrance test was not passed"),
    "WishesChanged": _("A volunteer changed their settings"),
    "Left": _("A volunteer left"),
    "OutcomeLeftOut": _("An outcome was left out of a record"),
    "OutcomeCounted": _("An outcome counts in a record again"),
    "ApiTokenMade": _("API token made"),
    "ApiTokensEnded": _("API tokens ended"),
    **storm_wording.EVENT,
    **statement_wording.EVENT,
}

MINUTE = timedelta(minutes=1)


def exact(at: datetime, locale: Locale, zone: tzinfo) -> str:
    """Date and time of day in the desk's zone."""
    return format_datetime(at, "short", tzinfo=zone, locale=locale.value)


def moment(at: datetime, now: datetime, locale: Locale, zone: tzinfo) -> str:
    """The time of day when it is today in the desk's zone, else with the date."""
    if at.astimezone(zone).date() == now.astimezone(zone).date():
        return format_time(at, "short", tzinfo=zone, locale=locale.value)
    return exact(at, locale, zone)


def span(length: timedelta, locale: Locale) -> str:
    """A length of time in one short unit: "5 min", "3 Std."; below a minute it counts as one."""
    return format_timedelta(max(length, MINUTE), granularity="minute", format="short", locale=locale.value)
