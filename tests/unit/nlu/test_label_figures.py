"""Figures of mood, urgency, wishes and lanes, counted by hand."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from desk.people import Locale
from desk.reading import Reading, Sentiment, Urgency
from desk.ticket import Lane
from nlu.label_figures import LabelFigures, label_figures
from nlu.training_files import Utterance

URGENT, NORMAL = Urgency.URGENT, Urgency.NORMAL
LANES = {"law": Lane.STAFF, "money": Lane.STAFF, "parcel": Lane.PEER, "hello": Lane.KNOWLEDGE}


def lane(reading: Reading) -> Lane:
    """A small policy: a person, doubt or any request of staff's goes to staff."""
    asked = [LANES.get(intent, Lane.STAFF) for intent in (reading.intent, *reading.also)]
    return Lane.STAFF if reading.wants_human or reading.out_of_scope or Lane.STAFF in asked else asked[0]


def figures(*read: tuple[Utterance, Reading]) -> LabelFigures:
    return label_figures(
        [u for u, _ in read], [r for _, r in read], decides=lane, staffs={"law", "money"}, sensitive={"law"}
    )


def reading(intent: str, **said: object) -> Reading:
    return Reading(**{"language": "en", "intent": intent, "confidence": 0.9, "certain": True, **said})  # type: ignore[arg-type]


def test_without_labels_nothing_is_known_but_where_texts_went() -> None:
    found = asdict(figures((Utterance("x", "parcel"), reading("parcel"))))
    known = {name for name, value in found.items() if value is not None}
    assert known == {"peer_precision", "peer_recall", "certain_share", "certain_precision"}


def test_language_and_mood_are_those_of_the_labels() -> None:
    german = Utterance("x", "parcel", language=Locale.GERMAN, sentiment=Sentiment.NEGATIVE)
    found = figures(
        (german, reading("parcel", language="de", sentiment=Sentiment.NEGATIVE)),
        (german, reading("parcel", language="en", sentiment=Sentiment.NEUTRAL)),
        (Utterance("x", "parcel"), reading("parcel", language="other")),
    )
    assert (found.language_accuracy, found.sentiment_accuracy) == (0.5, 0.5)


def test_urgency_and_the_wish_for_a_person_by_recall_and_precision() -> None:
    def asked(urgency: Urgency, human: bool) -> Utterance:
        return Utterance("x", "parcel", urgency=urgency, human=human)

    found = figures(
        (asked(URGENT, True), reading("parcel", urgency=URGENT, wants_human=True)),
        (asked(URGENT, True), reading("parcel", urgency=NORMAL, wants_human=False)),
        (asked(URGENT, True), reading("parcel", urgency=URGENT, wants_human=True)),
        (asked(NORMAL, False), reading("parcel", urgency=URGENT, wants_human=True)),
    )
    assert (found.urgent_recall, found.urgent_precision) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert (found.human_recall, found.human_precision) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


def test_a_further_request_counts_wherever_it_is_named() -> None:
    both = Utterance("x", "parcel", also=("money",))
    found = figures(
        (both, reading("parcel", also=("money",))), (both, reading("money")), (both, reading("parcel", also=("law",)))
    )
    assert found.also_recall == pytest.approx(2 / 3)


def test_what_is_staffs_and_what_volunteers_get() -> None:
    found = figures(
        (Utterance("x", "law"), reading("parcel")),
        (Utterance("x", "law"), reading("money")),
        (Utterance("x", "money"), reading("money")),
        (Utterance("x", "parcel"), reading("parcel")),
        (Utterance("x", "parcel"), reading("hello")),
        (Utterance("x", "parcel", also=("money",)), reading("parcel")),
        (Utterance("x", "out_of_scope"), reading("parcel")),
    )
    assert found.staff_recall == pytest.approx(2 / 3)
    assert found.sensitive_recall == 0.5
    assert found.peer_precision == 0.25, "of four texts that volunteers would get, one is theirs"
    assert found.peer_recall == 0.5


def test_certainty_is_judged_with_the_texts_out_of_scope() -> None:
    found = figures(
        (Utterance("x", "parcel"), reading("parcel")),
        (Utterance("x", "parcel"), reading("money", certain=False)),
        (Utterance("x", "parcel"), reading("out_of_scope", out_of_scope=True, certain=False)),
        (Utterance("x", "out_of_scope"), reading("parcel")),
    )
    assert found.certain_share == pytest.approx(1 / 3)
    assert found.certain_precision == 0.5
