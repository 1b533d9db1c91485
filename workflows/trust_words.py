"""How trust is told: names of levels, what each may do, and a record in a sentence."""

from __future__ import annotations

from desk.people import TrustLevel
from desk.phrases import marked as _
from desk.record import Exclusion, Quality
from routing.reasons import Reason

LEVEL: dict[TrustLevel, str] = {
    TrustLevel.NEWCOMER: _("Newcomer"),
    TrustLevel.HELPER: _("Helper"),
    TrustLevel.EXPERT: _("Expert"),
    TrustLevel.CHAMPION: _("Champion"),
}

POWERS: dict[TrustLevel, str] = {
    TrustLevel.NEWCOMER: _("Somebody looks over your answers before people see them."),
    TrustLevel.HELPER: _("Your answers reach people at once, and you may look over newcomers' answers."),
    TrustLevel.EXPERT: _("You may also endorse answers of others."),
    TrustLevel.CHAMPION: _(
        "Nobody stands higher: you read the briefing of a storm as soon as volunteers are called (/briefing)."
    ),
}
"""What each level adds to the ones below."""

LEFT_OUT: dict[Exclusion, str] = {
    Exclusion.NEVER_SAID: _("the contact never said whether it helped"),
    Exclusion.OUTAGE: _("it turned out to be an outage"),
    Exclusion.STAFF_MATTER: _("it turned out to be a matter for staff"),
    Exclusion.NOT_THE_ANSWER: _("staff say it was not about your answer"),
    Exclusion.SUSPICIOUS: _("left out by a coordinator"),
}


def record_in_words(quality: Quality) -> Reason:
    """The share that is good, as people say it."""
    if quality.counted == 0:
        return Reason(_("none of your answers counts yet"))
    if quality.counted == 1:
        only = _("the one answer that counts solved it"), _("the one answer that counts did not solve it")
        return Reason(only[0] if quality.good else only[1])
    return Reason(
        _("{good} of your last {counted} answers that count solved it"),
        {"good": quality.good, "counted": quality.counted},
    )
