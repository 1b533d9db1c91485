"""How well everything but the intent is read, on texts whose labels say it: mood, urgency, wishes, lanes.

A figure is None where no text is labelled for it. Each is a share, 0 to 1:

| figure | of | that |
|---|---|---|
| `language_accuracy` | texts whose file tells the language | are read as that language |
| `sentiment_accuracy` | texts with a mood | are read with that mood |
| `urgent_recall` | texts labelled urgent | are read as urgent |
| `urgent_precision` | texts read as urgent, with an urgency | are labelled urgent |
| `human_recall` | texts that ask for a person | are read so |
| `human_precision` | texts read so, with the label | ask for a person |
| `also_recall` | further requests of the labels | are named, first or further |
| `staff_recall` | texts in scope of intents that the policy gives to staff | go to staff |
| `sensitive_recall` | the same, of intents that no policy may give away | go to staff |
| `peer_precision` | texts that go to volunteers | would go to them by their labels |
| `peer_recall` | texts that would go to them by their labels | go to them |
| `certain_share` | texts in scope | are read with certainty |
| `certain_precision` | texts read with certainty, those out of scope included | have the right intent |

Where a text goes is the desk's own decision, with volunteers at hand; by its labels: the same decision on a reading
that says what the labels say and is sure of it. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from desk.reading import OUT_OF_SCOPE, Reading, Urgency
from desk.ticket import Lane
from nlu.training_files import Utterance

Decides = Callable[[Reading], Lane]


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """The figures of the table above."""

    language_accuracy: float | None
    sentiment_accuracy: float | None
    urgent_recall: float | None
    urgent_precision: float | None
    human_recall: float | None
    human_precision: float | None
    also_recall: float | None
    staff_recall: float | None
    sensitive_recall: float | None
    peer_precision: float | None
    peer_recall: float | None
    certain_share: float | None
    certain_precision: float | None


Read = tuple[Utterance, Reading]


def label_figures(
    utterances: Sequence[Utterance],
    readings: Sequence[Reading],
    *,
    decides: Decides,
    staffs: Collection[str],
    sensitive: Collection[str],
) -> LabelFigures:
    """All of them. `staffs` and `sensitive`: the intents of the table, OUT_OF_SCOPE left out."""
    read = list(zip(utterances, readings, strict=True))
    inside = [(u, r) for u, r in read if u.intent != OUT_OF_SCOPE]
    moods = [(u, r) for u, r in read if u.sentiment is not None]
    paced = [(u, r) for u, r in read if u.urgency is not None]
    wishes = [(u, r) for u, r in read if u.human is not None]
    further = [(one, r) for u, r in read for one in u.also]
    went = [(decides(as_labelled(u, r)), decides(r)) for u, r in read]
    sure = [(u, r) for u, r in read if r.certain and not r.out_of_scope]
    return LabelFigures(
        language_accuracy=_share(r.language == u.language for u, r in read if u.language),
        sentiment_accuracy=_share(r.sentiment is u.sentiment for u, r in moods),
        urgent_recall=_share(r.urgency is Urgency.URGENT for u, r in paced if u.urgency is Urgency.URGENT),
        urgent_precision=_share(u.urgency is Urgency.URGENT for u, r in paced if r.urgency is Urgency.URGENT),
        human_recall=_share(r.wants_human for u, r in wishes if u.human),
        human_precision=_share(bool(u.human) for u, r in wishes if r.wants_human),
        also_recall=_share(one in (r.intent, *r.also) for one, r in further),
        staff_recall=_share(decides(r) is Lane.STAFF for u, r in inside if u.intent in staffs),
        sensitive_recall=_share(decides(r) is Lane.STAFF for u, r in inside if u.intent in sensitive),
        peer_precision=_share(right is Lane.PEER for right, gone in went if gone is Lane.PEER),
        peer_recall=_share(gone is Lane.PEER for right, gone in went if right is Lane.PEER),
        certain_share=_share(r.certain and not r.out_of_scope for _u, r in inside),
        certain_precision=_share(r.intent == u.intent for u, r in sure),
    )


def as_labelled(utterance: Utterance, reading: Reading) -> Reading:
    """What a reader who knows the labels would read; what is not labelled stays as it was read."""
    strange = utterance.intent == OUT_OF_SCOPE
    return replace(
        reading,
        language=utterance.language.value if utterance.language else reading.language,
        intent=utterance.intent,
        confidence=1.0,
        runners_up=(),
        also=utterance.also,
        sentiment=utterance.sentiment or reading.sentiment,
        urgency=utterance.urgency or reading.urgency,
        wants_human=reading.wants_human if utterance.human is None else utterance.human,
        out_of_scope=strange,
        certain=not strange,
    )


def _share(hits: Iterable[bool]) -> float | None:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else None
