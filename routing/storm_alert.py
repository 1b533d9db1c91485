"""What the detector says: an alert, one a storm, and why in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.phrases import marked as _
from routing.reasons import Reason
from routing.storm import StormLevel
from routing.storm_scores import Standing

NEGATIVES_UP = _(
    "{count} people wrote something negative on “{topic}” within {minutes} minutes; {expected} would be usual now."
)
ALL_NEGATIVES_UP = _("{count} people wrote something negative within {minutes} minutes; {expected} would be usual now.")
MESSAGES_UP = _("{count} people wrote on “{topic}” within {minutes} minutes; {expected} would be usual now.")
NEGATIVES = _("{count} people wrote something negative on “{topic}” within {minutes} minutes.")
BEYOND_CHANCE = _("Score {score}, and the alarm is raised from {threshold}: by chance at most {budget} times a week.")
MORE_THAN_OTHERS = _("Already allowed for: other messages are at {control} times their usual number.")
STILL_LEARNING = _("Still learning what is usual ({days} of {of} days): a plain rule raised this.")
PLAIN_RULE = _(
    "That is over {times} times its busiest hour so far ({busiest}), and over half of all negative messages."
)


_WORTH_SAYING = 1.15


@dataclass(frozen=True, slots=True)
class StormAlert:
    """An alert as it stands now; the same `number` comes again when its level or topics change.

    `topic` began it; `topics` are all that stand out with it. `raised_at`: when it was known. `began_at`: the start of
    the window that gave it away. `peak`: the highest score so far over the threshold (1 is just enough). `eased_at`:
    when the wave was over (level recovery), `ended_at`: when it was calm again. `learning`: the plain rule raised it.
    """

    number: int
    topic: str
    topics: tuple[str, ...]
    level: StormLevel
    learning: bool
    began_at: datetime
    raised_at: datetime
    eased_at: datetime | None
    ended_at: datetime | None
    peak: float
    reasons: tuple[Reason, ...]


def reasons_of(topic: str, standing: Standing, threshold: float, budget: float) -> tuple[Reason, ...]:
    """Why an alarm was raised, in words and numbers. `topic` is empty for all together."""
    text = (NEGATIVES_UP if topic else ALL_NEGATIVES_UP) if standing.negatives else MESSAGES_UP
    first = Reason(text, _counted(topic, standing) | {"expected": _rounded(standing.expected)})
    chance = {"score": _rounded(standing.score), "threshold": _rounded(threshold), "budget": f"{budget:g}"}
    reasons = (first, Reason(BEYOND_CHANCE, chance))
    if standing.control <= _WORTH_SAYING:
        return reasons
    return (*reasons, Reason(MORE_THAN_OTHERS, {"control": _rounded(standing.control)}))


def plain_reasons(topic: str, standing: Standing, days: float, of: int, times: int) -> tuple[Reason, ...]:
    """Why the plain rule raised an alarm."""
    return (
        Reason(NEGATIVES, _counted(topic, standing)),
        Reason(PLAIN_RULE, {"times": times, "busiest": round(standing.expected)}),
        Reason(STILL_LEARNING, {"days": int(days), "of": of}),
    )


def _counted(topic: str, standing: Standing) -> dict[str, object]:
    named = {"topic": topic} if topic else {}
    return named | {"count": standing.count, "minutes": standing.minutes}


def _rounded(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"
