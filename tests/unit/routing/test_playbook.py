"""The playbook: what is shipped is good, mistakes are answered with line and key, and somebody is always called."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.errors import SettingsInvalid
from desk.people import Locale, Responder, ResponderId, Role
from desk.ticket import Priority
from routing.playbook import Playbook, parse_playbook
from routing.playbook_calls import call_number
from routing.playbook_words import AND_SO_ON, NOBODY_CALLED, NOBODY_THERE, WITHOUT_CHAT, dry_run
from routing.storm import StormLevel

SHIPPED = (Path(__file__).parents[3] / "routing" / "playbook.yml").read_text(encoding="utf-8")
MONDAY_NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 3, 1, 23, tzinfo=UTC)
BARE = "version: 1\nlevels: {}\n"
SHIFTS = """
version: 1
shifts:
  on_call:
    zone: Europe/Berlin
    turns:
      - {hours: Mo-Fr 8-18, names: [Anna, Nobody Here]}
levels:
  storm:
    call:
      - {whom: [on_call], again_after_minutes: 5, times: 2}
      - {whom: ["unit:tech"], by: telegram, again_after_minutes: 7}
      - {whom: [topic_unit, staff_rooms], again_after_minutes: 10}
topics:
  refund:
    storm: {priority: urgent, call: []}
"""


def person(number: int, name: str, role: Role = Role.AGENT, *units: str, active: bool = True) -> Responder:
    return Responder(ResponderId(number), role, name, (Locale.GERMAN,), units=units, active=active)


ANNA, BEN = person(1, "Anna", Role.COORDINATOR), person(2, "Ben", Role.AGENT, "tech")
CEM, VERA = person(3, "Cem", Role.AGENT, "billing"), person(4, "Vera", Role.VOLUNTEER)
TEAM = [ANNA, BEN, CEM, VERA, person(5, "Gone", Role.ADMIN, "tech", active=False)]


@pytest.fixture(scope="module")
def shifts() -> Playbook:
    return parse_playbook(SHIFTS, "p")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "p:1: expected keys"),
        ("version: 1\nlevels:\n  storm:\n    prio: high\n", "p:4: levels.storm.prio:"),
        ("version: 1\nlevels:\n  storm:\n    call:\n      - {whom: [boss]}\n", "p:5: levels.storm.call.0.whom: 'boss'"),
        ("version: 1\nlevels:\n  storm: {call: [{whom: [admin], again_after_minutes: 0}]}\n", "p:3: levels.storm.call"),
        ("version: 1\nlevels: {}\ntopics:\n  a:\n    storm: {statement: b}\n", "p:5: topics.a.storm.statement: 'b'"),
        (f"{BARE}shifts:\n  admin: {{zone: UTC, turns: [{{hours: Mo, names: [A]}}]}}\n", "p:4: shifts.admin"),
        (f"{BARE}shifts:\n  a:\n    zone: Mars\n    turns: []\n", "p:5: shifts.a.zone: expected a time zone"),
        (f"{BARE}shifts:\n  a:\n    zone: UTC\n    turns:\n    - {{hours: x, names: [A]}}\n", "p:7: shifts.a"),
        ("version: 1\nlevels: {}\nlevels: {}\n", "p:3: levels: this key stands twice"),
        ("version: 1\nlevels: &a {}\n", "p:2: anchors"),
    ],
)  # fmt: skip
def test_a_mistake_is_answered_with_line_and_key(text: str, told: str) -> None:
    with pytest.raises(SettingsInvalid) as refused:
        parse_playbook(text, "p")
    assert str(refused.value).startswith(told)


def test_what_is_shipped_calls_people_in_a_storm_and_nobody_before(policy: object) -> None:
    shipped = parse_playbook(SHIPPED, "routing/playbook.yml")
    for topic in (None, "outage", "refund"):
        assert shipped.play(StormLevel.STORM, topic).call
        assert set(shipped.play(StormLevel.STORM, topic).waiting) == set(Locale)
        assert not shipped.play(StormLevel.WATCH, topic).call
        assert shipped.play(StormLevel.CALM, topic) == Playbook(version=1, levels=shipped.levels).play(
            StormLevel.CALM, topic
        )
    assert shipped.statement_for("outage") == shipped.statement_for("account_login") == "outage"
    assert shipped.statement_for("praise") is None


def test_a_topic_changes_only_what_it_names(shifts: Playbook) -> None:
    assert shifts.play(StormLevel.STORM, "refund").priority is Priority.URGENT
    assert shifts.play(StormLevel.STORM, "refund").call == ()
    assert shifts.play(StormLevel.STORM, "outage").priority is None


def test_calls_go_from_the_shift_to_the_units_and_stay_with_the_last(shifts: Playbook) -> None:
    play = shifts.play(StormLevel.STORM, "outage")
    calls = [call_number(number, play, shifts, TEAM, "billing", MONDAY_NOON) for number in range(6)]
    assert [(call.people, call.rooms, call.by) for call in calls if call] == [
        ((ANNA,), False, "chat"),
        ((ANNA,), False, "chat"),
        ((BEN,), False, "telegram"),
        *[((CEM,), True, "chat")] * 3,
    ]
    assert [call.again_after for call in calls if call][:3] == [timedelta(minutes=minutes) for minutes in (5, 5, 7)]


def test_a_shift_without_anybody_is_passed_over(shifts: Playbook) -> None:
    call = call_number(0, shifts.play(StormLevel.STORM, "outage"), shifts, TEAM, "billing", SUNDAY_NIGHT)
    assert call is not None
    assert call.people == (BEN,)


@settings(max_examples=30)
@given(
    calls=st.integers(0, 300),
    at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    team=st.lists(st.sampled_from(TEAM), unique=True),
    whom=st.lists(st.sampled_from(["admin", "unit:tech", "topic_unit", "on_call"]), min_size=1, unique=True),
)
def test_whoever_is_there_somebody_of_staff_is_called(
    shifts: Playbook, calls: int, at: datetime, team: list[Responder], whom: list[str]
) -> None:
    steps = "".join(f"      - {{whom: ['{one}'], times: 2}}\n" for one in whom)
    head = SHIFTS[: SHIFTS.index("levels:")]
    book = parse_playbook(f"{head}levels:\n  storm:\n    call:\n{steps}", "p")
    call = call_number(calls, book.play(StormLevel.STORM, None), book, team, "billing", at)
    assert call is not None
    assert all(one.active and one.role.is_staff for one in call.people)
    assert bool(call.people) is any(one.active and one.role.is_staff for one in team)


def test_the_dry_run_says_who_would_be_called_when(shifts: Playbook) -> None:
    told = dry_run(shifts, StormLevel.STORM, "outage", TEAM, {BEN.id}, "billing", MONDAY_NOON)
    assert [str(one) for one in told] == [
        "At once: Anna would be called.",
        "After 5 minutes, if nobody acknowledges it: Anna would be called.",
        "After 10 minutes, if nobody acknowledges it: Ben would be called.",
        "After 17 minutes, if nobody acknowledges it: Cem would be called, and it would be told in the staff rooms.",
        AND_SO_ON.format(minutes="10"),
        WITHOUT_CHAT.format(names="Anna, Cem"),
    ]


def test_the_dry_run_says_when_nobody_is_called(shifts: Playbook) -> None:
    shipped = parse_playbook(SHIPPED, "p")
    quiet = dry_run(shipped, StormLevel.WATCH, "outage", TEAM, (), "tech", MONDAY_NOON)
    assert [one.text for one in quiet] == [NOBODY_CALLED]
    empty = dry_run(shifts, StormLevel.STORM, "outage", [VERA], (), "none", SUNDAY_NIGHT)
    assert [one.text for one in empty][:1] != [NOBODY_THERE]  # the last step reaches the staff rooms
    lonely = dry_run(
        parse_playbook("version: 1\nlevels: {storm: {call: [{whom: [admin]}]}}", "p"),
        StormLevel.STORM, "outage", [VERA], (), "none", SUNDAY_NIGHT,
    )  # fmt: skip
    assert [one.text for one in lonely] == [NOBODY_THERE]


def test_the_dry_run_names_every_step(policy: object) -> None:
    shipped = parse_playbook(SHIPPED.replace("freeze: ask", "freeze: at_once"), "p")
    told = " ".join(str(one) for one in dry_run(shipped, StormLevel.STORM, "outage", TEAM, (), "tech", MONDAY_NOON))
    for words in (
        "frozen at once, for 4 hours",
        "call the volunteers",
        "high priority",
        "in German",
        "template “outage”",
    ):
        assert words in told
