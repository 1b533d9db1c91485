"""The storm level of a topic: how rough it is, from calm through watch and storm to recovery and back.

A topic is `calm` while what comes in is what this hour of the week brings. `watch` means that more comes than usual,
but less than the alarm's threshold: nobody is called. `storm` means that the threshold was passed: one alert is raised,
and it lasts until what comes in has been usual again for some time. `recovery` follows: the wave is over, its questions
are not; a new wave within it is the same storm, not another. routing/storm_detector.py decides when.

The table is the whole truth: (state, trigger) -> state; the rest raises IllegalTransition.

    rise       more comes than usual
    break      the threshold is passed
    ease       what comes in has been usual for some time
    settle     nothing new came of it
    dismiss    a coordinator says that it is none
"""

from __future__ import annotations

from enum import StrEnum

from desk.errors import IllegalTransition


class StormLevel(StrEnum):
    """How rough it is on a topic."""

    CALM = "calm"
    WATCH = "watch"
    STORM = "storm"
    RECOVERY = "recovery"


class StormTrigger(StrEnum):
    """What happens to a level. See the module's docstring."""

    RISE = "rise"
    BREAK = "break"
    EASE = "ease"
    SETTLE = "settle"
    DISMISS = "dismiss"


_S, _T = StormLevel, StormTrigger

TRANSITIONS: dict[tuple[StormLevel, StormTrigger], StormLevel] = {
    (_S.CALM, _T.RISE): _S.WATCH,
    (_S.CALM, _T.BREAK): _S.STORM,
    (_S.WATCH, _T.BREAK): _S.STORM,
    (_S.WATCH, _T.SETTLE): _S.CALM,
    (_S.WATCH, _T.DISMISS): _S.CALM,
    (_S.STORM, _T.EASE): _S.RECOVERY,
    (_S.STORM, _T.DISMISS): _S.CALM,
    (_S.RECOVERY, _T.BREAK): _S.STORM,
    (_S.RECOVERY, _T.SETTLE): _S.CALM,
    (_S.RECOVERY, _T.DISMISS): _S.CALM,
}


def after(level: StormLevel, trigger: StormTrigger) -> StormLevel:
    """The level after `trigger`. Raises IllegalTransition when the table has no such arrow."""
    try:
        return TRANSITIONS[level, trigger]
    except KeyError:
        raise IllegalTransition("storm", level, trigger) from None
