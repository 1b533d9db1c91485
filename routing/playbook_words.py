"""The dry run: what the playbook would do now, in words, and to whom. Nothing is done.

Pure. Callers pass `now` (aware UTC), the people who are there, and who of them has a chat.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from desk.intents import intent_name
from desk.people import Locale, Responder, ResponderId
from desk.phrases import Term
from desk.phrases import marked as _
from desk.ticket import Priority
from routing.playbook import Play, Playbook
from routing.playbook_calls import Call, call_number
from routing.reasons import Reason
from routing.storm import StormLevel

CALLS_SHOWN = 12

CALLED_NOW = _("At once: {names} would be called.")
CALLED_LATER = _("After {minutes} minutes, if nobody acknowledges it: {names} would be called.")
AND_SO_ON = _("And so on every {minutes} minutes until somebody acknowledges it.")
NOW_ROOMS = _("At once: it would be told in the staff rooms.")
NOW_AND_ROOMS = _("At once: {names} would be called, and it would be told in the staff rooms.")
LATER_ROOMS = _("After {minutes} minutes, if nobody acknowledges it: it would be told in the staff rooms.")
LATER_AND_ROOMS = _(
    "After {minutes} minutes, if nobody acknowledges it: {names} would be called, and it would be told in the staff"
    " rooms."
)
WITHOUT_CHAT = _("{names} would hear of it on the console only: they have joined with no chat.")
NOBODY_CALLED = _("Nobody would be called; it stands in the storm room.")
NOBODY_THERE = _("There is nobody to call: the team has no staff. Invite somebody.")
FROZEN = _("Automatic answers on “{topic}” would be frozen at once, for {hours} hours.")
MAY_BE_FROZEN = _("A button in the storm room would offer to freeze automatic answers on “{topic}” for {hours} hours.")
MUSTERED = _("A button would offer to call the volunteers who opted in.")
TEMPLATE = _("The statement would begin from the template “{name}”.")
SOONER = {
    Priority.LOW: _("New questions on “{topic}” would have at least low priority."),
    Priority.NORMAL: _("New questions on “{topic}” would have at least normal priority."),
    Priority.HIGH: _("New questions on “{topic}” would have at least high priority."),
    Priority.URGENT: _("New questions on “{topic}” would have urgent priority."),
}
WAITING = {
    Locale.GERMAN: _("Whoever asks in German would hear: “{words}”"),
    Locale.ENGLISH: _("Whoever asks in English would hear: “{words}”"),
}


def dry_run(
    playbook: Playbook,
    level: StormLevel,
    topic: str,
    people: Sequence[Responder],
    chatting: Collection[ResponderId],
    unit: str,
    now: datetime,
) -> list[Reason]:
    """What would happen if `topic` came to `level` now. `chatting`: who has a chat; `unit` owns the topic."""
    play = playbook.play(level, topic)
    return [
        *_calls(play, playbook, people, chatting, unit, now),
        *_steps(play, Term(intent_name(topic))),
        *([Reason(TEMPLATE, {"name": name})] if (name := _template(playbook, level, topic)) else []),
    ]


def _template(playbook: Playbook, level: StormLevel, topic: str) -> str | None:
    return playbook.statement_for(topic) if level is StormLevel.STORM else None


def _calls(
    play: Play,
    playbook: Playbook,
    people: Sequence[Responder],
    chatting: Collection[ResponderId],
    unit: str,
    now: datetime,
) -> Iterator[Reason]:
    if not play.call:
        yield Reason(NOBODY_CALLED)
        return
    waited, last, silent = timedelta(), None, dict[ResponderId, str]()
    for number in range(min(CALLS_SHOWN, sum(step.times for step in play.call))):
        call = call_number(number, play, playbook, people, unit, now + waited)
        if call is None or not call.reaches_somebody:
            yield Reason(NOBODY_THERE)
            return
        silent |= {one.id: one.name for one in call.people if one.id not in chatting}
        yield _called(call, waited)
        waited += call.again_after
        last = call
    if last is not None:
        yield Reason(AND_SO_ON, {"minutes": _minutes(last.again_after)})
    if silent:
        yield Reason(WITHOUT_CHAT, {"names": ", ".join(sorted(silent.values()))})


def _called(call: Call, waited: timedelta) -> Reason:
    values: dict[str, object] = {"names": ", ".join(one.name for one in call.people)}
    if call.rooms and call.people:
        text = LATER_AND_ROOMS if waited else NOW_AND_ROOMS
    elif call.rooms:
        text = LATER_ROOMS if waited else NOW_ROOMS
    else:
        text = CALLED_LATER if waited else CALLED_NOW
    return Reason(text, values | {"minutes": _minutes(waited)})


def _steps(play: Play, topic: Term) -> Iterator[Reason]:
    if play.freeze != "never":
        text = FROZEN if play.freeze == "at_once" else MAY_BE_FROZEN
        yield Reason(text, {"topic": topic, "hours": f"{play.freeze_hours:g}"})
    if play.muster == "ask":
        yield Reason(MUSTERED)
    if play.priority is not None:
        yield Reason(SOONER[play.priority], {"topic": topic})
    for locale, words in play.waiting.items():
        yield Reason(WAITING[locale], {"words": words})


def _minutes(length: timedelta) -> str:
    return f"{length.total_seconds() / 60:g}"
