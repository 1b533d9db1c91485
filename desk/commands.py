"""The commands of every chat, in one table: adapters offer them, workflows/ obey them, /help lists them.

A description is a gettext message id (English); adapters translate it into the languages their platform knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desk.phrases import marked as _


class Audience(StrEnum):
    """Who a command is for."""

    EVERYONE = "everyone"
    CONTACT = "contact"
    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Command:
    """A command. `argument`: the name of its one free-text argument, None when it takes none."""

    name: str
    audience: Audience
    description: str
    argument: str | None = None
    required: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("start", Audience.EVERYONE, _("Begin, or join with an invitation code"), "code"),
    Command("join", Audience.EVERYONE, _("Join with an invitation code"), "code", required=True),
    Command("help", Audience.EVERYONE, _("What I can do for you")),
    Command("language", Audience.EVERYONE, _("Change the language: de or en"), "language"),
    Command("ask", Audience.CONTACT, _("Ask a question"), "question", required=True),
    Command("human", Audience.CONTACT, _("Talk to a person")),
    Command("solved", Audience.CONTACT, _("My question is solved")),
    Command("wait", Audience.CONTACT, _("My place in the queue, and how long it takes")),
    Command("unsolved", Audience.CONTACT, _("My question is not solved")),
    Command("volunteer", Audience.EVERYONE, _("Answer questions of others; my topics and hours"), "hours"),
    Command("leave", Audience.VOLUNTEER, _("Stop volunteering; I get my data and it is erased")),
    Command("thanks", Audience.CONTACT, _("Thank the volunteer who helped me"), "words"),
    Command("report", Audience.CONTACT, _("Report what a volunteer wrote to me"), "words"),
    Command("avoid", Audience.EVERYONE, _("Not with this person again; nobody is told")),
    Command("offers", Audience.VOLUNTEER, _("Questions waiting for me")),
    Command("pause", Audience.VOLUNTEER, _("No offers for a while: hours, or 0 to resume"), "hours"),
    Command("handback", Audience.VOLUNTEER, _("Hand my question back to the community")),
    Command("staff", Audience.VOLUNTEER, _("Hand my question to staff"), "reason"),
    Command("ping", Audience.VOLUNTEER, _("Ping me in public places: on or off"), "answer"),
    Command("briefing", Audience.VOLUNTEER, _("What volunteers should know in a storm")),
    Command("me", Audience.VOLUNTEER, _("My level and why, people I helped, thanks")),
    Command("recall", Audience.VOLUNTEER, _("Recall my last answer because it was wrong"), "reason", required=True),
    Command("reviews", Audience.VOLUNTEER, _("Answers I may look over or endorse")),
    Command("undo", Audience.EVERYONE, _("Take back my last message"), None),
    Command("console", Audience.EVERYONE, _("A one-time link to my console page")),
    Command("storm", Audience.COORDINATOR, _("What is going on: alerts and incidents")),
    Command("claim", Audience.STAFF, _("Take this ticket")),
    Command("release", Audience.STAFF, _("Put this ticket back into the queue")),
    Command("note", Audience.STAFF, _("A note for colleagues, not seen by the contact"), "text", required=True),
    Command("hold", Audience.STAFF, _("Wait for a third party")),
    Command("resume", Audience.STAFF, _("Take it up again")),
    Command("block", Audience.STAFF, _("Keep what this contact writes, but bother nobody with it")),
    Command("unblock", Audience.STAFF, _("Take this contact off the block list")),
    Command("solve", Audience.STAFF, _("Mark as solved")),
)

BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}
