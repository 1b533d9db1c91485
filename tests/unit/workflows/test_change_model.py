"""Going back: to the newest corrections before the present ones that were not themselves given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desk.learning import CorrectionId, ReadingModel, Service, ServiceId, ServiceReason
from desk.reading import Danger, PersonalDataSpan, Reading, Urgency
from workflows.change_model import set_before
from workflows.correct_reading import as_said

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def history(*sets: str, given_up: str = "") -> list[Service]:
    """Times in service, newest first. A set of corrections is written as its numbers, `given_up` those rolled back."""
    models = {
        each: ReadingModel(
            f"v{each}", "base", tuple(CorrectionId(int(one)) for one in each), NOON,
            rolled_back_at=NOON if each in given_up.split() else None,
        )
        for each in sets
    }  # fmt: skip
    times = [
        Service(ServiceId(n), models[each], NOON + timedelta(hours=n), ServiceReason.TRAINING)
        for n, each in enumerate(sets)
    ]
    return times[::-1]


def before(*sets: str, given_up: str = "") -> str | None:
    found = set_before(history(*sets, given_up=given_up))
    return None if found is None else "".join(map(str, found))


def test_the_one_before_comes_back() -> None:
    assert before("", "12") == ""
    assert before("", "12", "123") == "12"


def test_going_back_twice_goes_further_back() -> None:
    assert before("", "12", "123", "12", given_up="123") == ""
    assert before("", "12", "123", "12", "", given_up="123 12") is None


def test_an_upgrade_is_no_place_to_go_back_to() -> None:
    """The same corrections under other files or code: going back means other corrections."""
    services = history("", "12", "12")
    upgraded = replace(services[0], model=replace(services[0].model, version="v12-new", base="new base"))
    assert set_before([upgraded, *services[1:]]) == ()


def test_where_there_was_nothing_there_is_nothing_to_go_back_to() -> None:
    assert set_before([]) is None
    assert before("") is None
    assert before("", "", "") is None


DANGER = Reading(
    "de", "safety_hazard", 0.9, also=("how_to", "safety_hazard"), urgency=Urgency.URGENT, wants_human=True,
    personal_data=(PersonalDataSpan(0, 3, "iban"),), engine="embedded", danger=Danger.HAZARD,
)  # fmt: skip


def test_a_false_alarm_ends_with_the_correction_and_the_rest_of_the_reading_stays() -> None:
    said = as_said(DANGER, "refund")
    assert (said.intent, said.confidence, said.certain, said.danger) == ("refund", 1.0, True, None)
    assert (said.urgency, said.also) == (Urgency.NORMAL, ("how_to",))
    assert (said.wants_human, said.personal_data) == (True, DANGER.personal_data)


def test_urgency_without_danger_stays() -> None:
    assert as_said(replace(DANGER, danger=None), "refund").urgency is Urgency.URGENT


def test_what_fits_nothing_is_out_of_scope() -> None:
    assert as_said(DANGER, "out_of_scope").out_of_scope
    assert not as_said(replace(DANGER, out_of_scope=True), "refund").out_of_scope
