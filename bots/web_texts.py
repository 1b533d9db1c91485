"""The page's texts that its script says, and those of the bubble that other sites embed."""

from __future__ import annotations

from desk.people import Locale
from desk.phrases import marked as _
from desk.ports import Phrases

SCRIPT_TEXTS = {
    "you": _("You"),
    "bot": _("Assistant"),
    "community": _("Community"),
    "staff": _("Our team"),
    "sending": _("Sending …"),
    "sent": _("Sent"),
    "waiting": _("Waits for the connection"),
    "failed": _("Not sent"),
    "retry": _("Try again"),
    "discard": _("Discard"),
    "edited": _("edited"),
    "deleted": _("This message was deleted."),
    "edit": _("Edit"),
    "delete": _("Delete"),
    "deleteAsk": _("Delete this message for everybody?"),
    "offline": _("No connection. What you write is sent as soon as it is back."),
    "answeringStaff": _("Somebody from our team is answering"),
    "answeringCommunity": _("Somebody from our community is answering"),
    "askingCommunity": _("Your question is with our community"),
    "withStaff": _("Your question is with our team"),
    "reading": _("Your question has arrived"),
    "solved": _("Solved"),
    "answered": _("We have answered you"),
    "change": _("Edit or delete"),
    "ready": _("Ask us anything"),
    "askedHuman": _("You asked for a person."),
    "command": _("You used {command}"),
    "uploading": _("Uploading {name}: {percent} %"),
    "tooLarge": _("{name} is too large: a file may have up to {most} MB."),
    "tooMany": _("At most {most} files at once."),
    "wrongType": _("{name} is of a type that we do not take."),
    "remove": _("Remove {name}"),
    "download": _("Download {name}"),
    "picture": _("Picture {name}"),
    "pending": _("{name} is being fetched …"),
    "gone": _("{name} cannot be loaded."),
    "stars": _("{count} of 5 stars"),
    "rated": _("Thank you! You gave {count} of 5 stars."),
    "rateAsk": _("How was it?"),
    "trouble": _("That did not work. Please try again."),
    "tooLong": _("Your text is too long: {count} of {most} characters."),
    "today": _("Today"),
    "yesterday": _("Yesterday"),
}

EMBED_TEXTS = {
    "open": _("Open chat"),
    "close": _("Close chat"),
    "title": _("Chat with {brand}"),
    "unread": _("New messages: {count}"),
}


def said(phrases: Phrases, locale: Locale, texts: dict[str, str]) -> dict[str, str]:
    """The texts in `locale`, their {places} left for the script to fill."""
    return {name: phrases.say(locale, text) for name, text in texts.items()}
