"""What pages call the things of a storm. One English text a thing, translated by gettext."""

from __future__ import annotations

from desk.incident import IncidentState, JoinedHow, LeftWhy
from desk.phrases import marked as _
from routing.storm import StormLevel

STORM_LEVEL: dict[StormLevel, str] = {
    StormLevel.CALM: _("Calm"),
    StormLevel.WATCH: _("Watch"),
    StormLevel.STORM: _("Storm"),
    StormLevel.RECOVERY: _("Recovery"),
}

INCIDENT_STATE: dict[IncidentState, str] = {
    IncidentState.PROPOSED: _("Proposed"),
    IncidentState.CONFIRMED: _("Confirmed"),
    IncidentState.RESOLVED: _("Resolved"),
    IncidentState.DISMISSED: _("Dismissed"),
    IncidentState.JOINED: _("Goes on in another"),
}

JOINED_HOW: dict[JoinedHow, str] = {
    JoinedHow.CLUSTER: _("says the same"),
    JoinedHow.TOPIC: _("is on the topic"),
    JoinedHow.BY_HAND: _("put here by hand"),
}

LEFT_WHY: dict[LeftWhy, str] = {
    LeftWhy.DIFFERENT: _("the contact says it is different"),
    LeftWhy.BY_HAND: _("taken out by hand"),
    LeftWhy.SPLIT: _("split off"),
}

EVENT: dict[str, str] = {
    "MusterCalled": _("Volunteers were called"),
    "MusterExtended": _("The call for volunteers lasts longer"),
    "MusterEnded": _("The call for volunteers ended"),
    "MusterCalledOff": _("The call for volunteers was undone"),
    "MusterJoined": _("A volunteer came"),
    "MusterDeclined": _("A volunteer cannot come now"),
    "MusterLeft": _("A volunteer had to go"),
    "StormWishesChanged": _("Wishes for storms changed"),
    "AlertRaised": _("An alert was raised"),
    "AlertCalled": _("People were called about an alert"),
    "AlertAcknowledged": _("Somebody looks at an alert"),
    "AlertEnded": _("An alert ended"),
    "StormLevelChanged": _("The level of a topic changed"),
    "TopicFrozen": _("Automatic answers on a topic were frozen"),
    "TopicUnfrozen": _("Automatic answers on a topic go on"),
    "PlaybookSaved": _("The playbook was changed"),
    "StormsRelearned": _("What is usual was learned anew"),
    "IncidentProposed": _("An incident was proposed"),
    "IncidentOpened": _("An incident was opened by hand"),
    "IncidentConfirmed": _("An incident was confirmed"),
    "IncidentDismissed": _("An incident was dismissed"),
    "IncidentEdited": _("An incident was renamed or got another topic"),
    "IncidentJoined": _("Two incidents were joined"),
    "IncidentSplit": _("An incident was split"),
    "IncidentResolved": _("An incident was resolved"),
    "IncidentReopened": _("An incident was opened again"),
    "AddedToIncident": _("Put into an incident by hand"),
    "FollowsIncident": _("Follows an incident"),
    "LeftIncident": _("Left an incident"),
    "AskedIfSameIncident": _("The contact was asked if it is a known incident"),
    "OverButNotHere": _("The incident is over, but not for this contact"),
    "BroadcastStarted": _("A text goes out to everybody"),
    "BroadcastPaused": _("A text to everybody was paused"),
    "BroadcastWentOn": _("A text to everybody went on"),
    "LessonAdded": _("A lesson was added"),
    "LessonDone": _("A lesson was seen to"),
    "LessonOpenAgain": _("A lesson is open again"),
    "BroadcastStopped": _("A text to everybody was stopped"),
}
