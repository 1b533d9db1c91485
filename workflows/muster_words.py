"""What volunteers read about a muster: the call, the briefing, the thanks. A drill says so first, in every message.

Times are told in the reader's own time zone.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from desk.conversation import Button, ButtonRows
from desk.incident import Incident
from desk.muster import Briefing, Muster, MusterFigures, MusterId
from desk.people import Locale, Responder
from desk.phrases import marked as _
from desk.volunteering import Availability
from workflows.incident_name import public_name
from workflows.voice import Voice

DRILL = _("🧪 **Drill.** Nothing has happened; please answer as if it had.")
CALL = _(
    "📣 **{title}**\n\n{happened}\n\nCan you help until about {until}? Whoever is in is asked first about it. "
    "*Not now* is fine, too."
)
BRIEFING = _("📋 **{title}**: the briefing\n\n**What happened**\n{happened}")
WORDING = _("**Approved wording**\nYou may send it as it is, by a button under your question.\n{wording}")
NO_WORDING = _("**Approved wording**\nThere is none yet. Promise nothing, and say what is known.")
DOS, DONTS = _("**Do**\n{dos}"), _("**Do not**\n{donts}")
YOU_ARE_IN = _("✔ You are in until about {until}. Thank you! Here is the briefing.")
NOT_NOW = _("All right, not now. If you can later, tap the button as long as it lasts.")
YOU_ARE_OUT = _("You are out. Thank you for your help! What you hold you may finish.")
OVER = _("This call for help is over. Thank you for wanting to help!")
CALLED_OFF = _("The call for help was a mistake. Sorry for the noise!")
THANKS = _("💛 **{title}** is over, thank you! {achieved}")
ACHIEVED = _("Answered together: {answers}. People helped: {people}. Solved already: {solved}.")
FIRST_ANSWER = _("The first answer came {minutes} min after the alert.")
NOTHING_TO_ANSWER = _("There was no question to answer this time; it was good to know that you were there.")
CAME = _("Called: {told}, came: {came}.")
REST = _("Now rest: no offers until {until}. `/pause 0` and you are back sooner.")

USUAL_DOS = _(
    "• Take questions that fit you, and use the approved wording.\n"
    "• Say honestly what is not known yet.\n"
    "• Hand to staff whoever is in danger or very angry."
)
USUAL_DONTS = _(
    "• Promise no time and no compensation.\n"
    "• Do not guess at the cause.\n"
    "• Ask for no personal data, and do not argue."
)


def in_their_time(voice: Voice, at: datetime, availability: Availability | None) -> str:
    """An hour of theirs; with the day when that is another one than today."""
    zone = ZoneInfo(availability.zone if availability is not None else voice.desk.zone)
    local, today = at.astimezone(zone), voice.now.astimezone(zone).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%d.%m. %H:%M}"


def call_words(voice: Voice, locale: Locale, incident: Incident, muster: Muster, briefing: Briefing, until: str) -> str:
    """The call itself."""
    text = voice.say(locale, CALL, title=public_name(voice, locale, incident), happened=briefing.happened, until=until)
    return marked_drill(voice, locale, muster, text)


def briefing_words(
    voice: Voice, locale: Locale, incident: Incident, muster: Muster, briefing: Briefing, wording: str | None
) -> str:
    """What happened, the approved wording, what to do and not to do."""
    parts = [voice.say(locale, BRIEFING, title=public_name(voice, locale, incident), happened=briefing.happened)]
    parts.append(voice.say(locale, WORDING, wording=wording) if wording else voice.say(locale, NO_WORDING))
    if briefing.dos:
        parts.append(voice.say(locale, DOS, dos=briefing.dos))
    if briefing.donts:
        parts.append(voice.say(locale, DONTS, donts=briefing.donts))
    return marked_drill(voice, locale, muster, "\n\n".join(parts))


def thanks_words(
    voice: Voice, reader: Responder, incident: Incident, muster: Muster, figures: MusterFigures, rests: str | None
) -> str:
    """What all achieved together, in numbers, and until when they rest. Nobody is told how much somebody did."""

    def say(text: str, **values: object) -> str:
        return voice.say(reader.locale, text, **values)

    achieved = [say(CAME, came=figures.came + figures.out, told=figures.told)]
    if figures.answers:
        values = {"answers": figures.answers, "people": figures.people, "solved": figures.solved}
        achieved.append(say(ACHIEVED, **values))
    elif not muster.drill:
        achieved.append(say(NOTHING_TO_ANSWER))
    if muster.to_first_answer is not None:
        achieved.append(say(FIRST_ANSWER, minutes=max(1, ceil(muster.to_first_answer / timedelta(minutes=1)))))
    text = say(THANKS, title=public_name(voice, reader.locale, incident), achieved=" ".join(achieved))
    return f"{text}\n\n{say(REST, until=rests)}" if rests else text


def marked_drill(voice: Voice, locale: Locale, muster: Muster, text: str) -> str:
    """The text, and that it is a drill if it is one."""
    return f"{voice.say(locale, DRILL)}\n\n{text}" if muster.drill else text


def call_buttons(voice: Voice, locale: Locale, muster_id: MusterId) -> ButtonRows:
    """Under a call."""
    come = Button(voice.say(locale, _("🙋 I am in")), f"muster.in:{muster_id}")
    return ((come, Button(voice.say(locale, _("Not now")), f"muster.not:{muster_id}")),)


def after_all_buttons(voice: Voice, locale: Locale, muster_id: MusterId) -> ButtonRows:
    """For whoever said not now, or had to go."""
    return ((Button(voice.say(locale, _("🙋 I am in after all")), f"muster.in:{muster_id}"),),)


def in_buttons(voice: Voice, locale: Locale, muster_id: MusterId) -> ButtonRows:
    """Under the briefing."""
    return ((Button(voice.say(locale, _("I have to go")), f"muster.not:{muster_id}"),),)
