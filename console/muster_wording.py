"""What pages call the things of a muster. One English text a thing, translated by gettext."""

from __future__ import annotations

from desk.muster import MusterState
from desk.muster_call import Reply
from desk.phrases import marked as _

REPLY: dict[Reply, str] = {
    Reply.WAITING: _("not called yet"),
    Reply.TOLD: _("no reply yet"),
    Reply.IN: _("in"),
    Reply.NOT_NOW: _("not now"),
    Reply.OUT: _("had to go"),
    Reply.SPARED: _("not called"),
}

MUSTER_STATE: dict[MusterState, str] = {
    MusterState.CALLED: _("called"),
    MusterState.ENDED: _("ended"),
    MusterState.CALLED_OFF: _("undone"),
}

PROBLEMS: dict[str, str] = {
    "lasts": _("Please choose how long, at most 24 hours."),
    "rest": _("Please give hours of rest from 0 to 168."),
    "caps": _("Please give 1 to 10 at once and 1 to 100 a day."),
    "at_once": _("Please give 1 to 10 at once and 1 to 100 a day."),
    "a_day": _("Please give 1 to 10 at once and 1 to 100 a day."),
    "languages": _("Please choose at least one language."),
    "happened": _("Please say in each chosen language what happened."),
    "briefing": _("Please keep each text of the briefing under 1,200 characters."),
    "muster": _("Volunteers are called already, or all have been told: then end it instead."),
}

INVITATION = _(
    "📣 Would you help when it storms?\n\nSometimes very many people ask the same at once. Then we call those who said "
    "yes beforehand, and only them. Not now is fine every time, and afterwards you rest.\n\n"
    "Write /volunteer to the bot and tap Storms. You say when we may call you and how much you take on. Thank you!"
)
"""To post where volunteers are, before the first storm."""
