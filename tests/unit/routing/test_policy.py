"""The policy file: what is shipped is good, and every mistake is answered with its line and key."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.errors import SettingsInvalid
from desk.people import Locale
from desk.ticket import Lane
from routing.policy import STAFF_ONLY_INTENTS, Policy, parse_policy

SHIPPED = (Path(__file__).parents[3] / "routing" / "policy.yml").read_text(encoding="utf-8")
CONTRACT = frozenset(
    """delivery_status delivery_problem order_change order_cancel returns refund invoice payment_problem
    contract_cancel contract_change account_login account_data_change technical_fault outage how_to product_advice
    availability warranty complaint praise product_idea privacy_request job_application press_enquiry partnership
    phishing_report safety_hazard legal_threat human_please greeting thanks goodbye out_of_scope""".split()  # noqa: SIM905
)


ADDED_LATER = {"staff_doubt", "asking", "storm"}
ADDED_TO_PEER = {"trust", "leaderboard", "review", "review_minutes", "links", "approval"}
"""Older files do not say them; then it is as in the shipped one."""


def refusal(text: str) -> str:
    """What the person who wrote `text` is told."""
    with pytest.raises(SettingsInvalid) as refused:
        parse_policy(text, "policy.yml")
    said = str(refused.value)
    assert len(said.splitlines()) == 1
    assert len(said) < 400
    return said


def changed(old: str, new: str) -> str:
    """The shipped file with one mistake in it."""
    assert SHIPPED.count(old) == 1, old
    return SHIPPED.replace(old, new)


def line_of(text: str, part: str) -> int:
    """The line of `text` in which `part` stands."""
    return text[: text.index(part)].count("\n") + 1


def keys(data: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of all keys in `data`."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*path, key)
            yield from keys(value, (*path, key))


def test_the_shipped_policy_knows_every_intent(policy: Policy) -> None:
    assert set(policy.intents) >= CONTRACT
    assert policy.peer.waves[0].timeout == timedelta(minutes=3)
    assert policy.peer.lease == timedelta(minutes=30)
    assert policy.silence.follow_up_window == timedelta(days=30)
    assert policy.silence.solve_after < policy.silence.close_after


def test_the_shipped_policy_names_every_unit_in_both_languages(policy: Policy) -> None:
    for unit in policy.units:
        for locale in Locale:
            assert policy.unit_name(unit, locale) not in {unit, "-"}


def test_an_intent_nobody_listed_goes_where_out_of_scope_goes(policy: Policy) -> None:
    assert policy.route("brand_new") == policy.route("out_of_scope")


def test_a_unit_nobody_named_is_shown_as_it_is(policy: Policy) -> None:
    assert policy.unit_name("brand_new", Locale.GERMAN) == "brand_new"
    assert policy.unit_name(None, Locale.GERMAN) == "-"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("confidence_floor: 0.45", "confidence_floor: 1.45", "confidence_floor: Input should be less than or equal"),
        ("confidence_floor: 0.45", "confidence_floor: .nan", "confidence_floor: Input should be"),
        ("confidence_floor: 0.45", "confidence_floor: high", "confidence_floor: Input should be a valid number"),
        ("staff_doubt: 0.2", "staff_doubt: 20", "staff_doubt: Input should be less than or equal"),
        ("asking: {minutes: 3,", "asking: {minutes: 0,", "asking.minutes: Input should be greater than 0"),
        ("asking: {minutes: 3,", "asking: {minute: 3,", "asking.minute: Extra inputs are not permitted"),
        ("unanswered: staff}", "unanswered: knowledge}", "asking.unanswered: Input should be"),
        ("confidence_floor: 0.45", "confidence_flor: 0.45", "confidence_flor: Extra inputs are not permitted"),
        ("{size: 5, minutes: 4}", "{size: 0, minutes: 4}", "peer.waves.1.size: Input should be greater"),
        ("{size: 5, minutes: 4}", "{size: 5, minutes: -1}", "peer.waves.1.minutes: Input should be greater"),
        ("lease_minutes: 30", "lease_minutes: soon", "peer.lease_minutes: Input should be a valid number"),
        ("links: []", "links: [https://brand.example]", "peer.links.0: String should match pattern"),
        ("review_minutes: 10", "review_minutes: 0", "peer.review_minutes: Input should be greater than 0"),
        ("most_at_once: 3", "most_at_once: 2.5", "peer.most_at_once: Input should be a valid integer"),
        ("follow_up_days: 30", "follow_up_days: 30\n  more: 1", "silence.more: Extra inputs are not permitted"),
        ("refund: {unit: finance, lane: staff", "refund: {unit: money, lane: staff", "intents.refund.unit: 'money'"),
        ("returns: {unit: logistics, lane: peer", "returns: {unit: logistics, lane: pear", "intents.returns.lane: In"),
        ("press: {de: Presse", "press: {fr: Presse", "units.press.fr: Input should be 'de' or 'en'"),
        ("service: {de: Kundenservice", "service: {no: Kundenservice", "units.service.no: Input should be 'de'"),
        ("staff_only_data: [iban", "staff_only_data: [[iban]", "staff_only_data.0: Input should be a valid string"),
        ("  refund: {unit", "  invoice: {unit", "invoice: this key stands twice"),
        ("version: 1", "version: 2", "version: Input should be"),
    ],
)  # fmt: skip
def test_a_mistake_is_answered_with_its_line_and_key(old: str, new: str, says: str) -> None:
    text = changed(old, new)
    said = refusal(text)
    assert says in said
    start = line_of(text, new.split("\n")[0])
    assert said.startswith(("policy.yml:" + str(start), "policy.yml:" + str(start + 1)))


@pytest.mark.parametrize(
    ("key", "least", "most"),
    [("most_at_once", 1, 10_000), ("most_offers_a_day", 1, 10_000), ("lease_minutes", 0.1, 100_000)],
)
def test_numbers_have_sensible_ends(key: str, least: float, most: float) -> None:
    for good in (least, most):
        assert getattr(parse_policy(re.sub(rf"{key}: \d+", f"{key}: {good}", SHIPPED), "policy.yml").peer, key) == good
    for bad in (least - 1, most + 1):
        assert key in refusal(re.sub(rf"{key}: \d+", f"{key}: {bad}", SHIPPED))


def test_there_is_at_least_one_wave_and_there_are_at_most_twenty() -> None:
    waves = re.compile(r"  waves:\n(    - .*\n)+")
    twenty = "  waves:\n" + "    - {size: 1, minutes: 1}\n" * 20
    assert len(parse_policy(waves.sub(twenty, SHIPPED), "policy.yml").peer.waves) == 20
    assert "peer.waves" in refusal(waves.sub(twenty + "    - {size: 1, minutes: 1}\n", SHIPPED))
    assert "peer.waves" in refusal(waves.sub("  waves: []\n", SHIPPED))


@pytest.mark.parametrize("intent", sorted(STAFF_ONLY_INTENTS))
def test_what_only_staff_may_handle_cannot_be_sent_to_volunteers(intent: str, policy: Policy) -> None:
    text = re.sub(rf"(  {intent}: .*lane: )staff", r"\1peer", SHIPPED)
    line = line_of(text, f"  {intent}:")
    assert refusal(text) == (
        f"policy.yml:{line}: intents.{intent}.lane: only staff may handle this: the lane must be staff"
    )
    assert policy.route(intent).lane is Lane.STAFF


DATA = yaml.safe_load(SHIPPED)
SAMPLE = [path for path in keys(DATA) if path[0] not in {"units", "intents"} or len(path) == 1]
SAMPLE += [
    (*start, *rest)
    for start, rest in product(
        [("intents", "how_to"), ("intents", "out_of_scope")], [(), ("unit",), ("lane",), ("priority",)]
    )
]
SAMPLE += [("units", "press"), ("units", "press", "de")]


@pytest.mark.parametrize("path", SAMPLE, ids=".".join)
def test_every_key_that_must_be_there_is_missed_and_every_other_may_go(path: tuple[str, ...], policy: Policy) -> None:
    data = deepcopy(DATA)
    place = data
    for part in path[:-1]:
        place = place[part]
    del place[path[-1]]
    text = yaml.safe_dump(data, sort_keys=False)
    free = (len(path) == 2 and path[0] == "intents" and path[1] != "out_of_scope") or path[0] == "units"
    may_go = path[0] in ADDED_LATER or (path[0] == "peer" and path[1:2] and path[1] in ADDED_TO_PEER and len(path) < 4)
    if may_go:
        assert parse_policy(text, "policy.yml") == policy
    elif not free:
        assert path[-1] in refusal(text)
    elif path[0] == "intents" or len(path) == 3:
        assert parse_policy(text, "policy.yml")
    elif len(path) == 2:
        assert f"'{path[1]}' is not one of units" in refusal(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "policy.yml:1: expected keys"),
        ("# nothing\n", "policy.yml:1: expected keys"),
        ("- a\n- b\n", "policy.yml:1: expected keys"),
        ("just words", "policy.yml:1: expected keys"),
        ("units:\n\tservice: {}", "policy.yml:2: found character"),
        ("units: {\n", "policy.yml:2: "),
        ("version: 1\n\0", "policy.yml:2: a character that no text file holds"),
        ("version: 1\n\x1b[2J", "policy.yml:2: a character that no text file holds"),
        ("version: \ud800", "policy.yml:1: a character that no text file holds"),
        ("version: " + "9" * 5000, "policy.yml:1: not a value that can be read"),
        ("a: 1\nversion: 2024-99-99", "policy.yml:2: not a value that can be read"),
        ("a: 1\nversion: !!bool maybe", "policy.yml:2: tags"),
        ("a: !!python/object/apply:os.system [true]", "policy.yml:1: tags"),
        ("a: &x 1\nb: *x", "policy.yml:1: anchors and aliases"),
        ("a: 1\n<<: {b: 2}", "policy.yml:2: expected a plain word"),
        ("? [a, b]\n: 1", "policy.yml:1: expected a plain word"),
        ("a: 1\n---\na: 2", "policy.yml:2: but found another document"),
        ("[" * 100_000, "policy.yml:1: longer than"),
        ("[" * 20_000, "policy.yml:1: nested too deeply"),
        ("{a: " * 5_000, "policy.yml:1: nested too deeply"),
        ("x" * 1_000_000, "policy.yml:1: longer than"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_hostile_files_are_refused_with_one_line_and_soon(text: str, says: str) -> None:
    started = time.process_time()
    assert refusal(text).startswith(says)
    assert time.process_time() - started < 2


def test_an_alias_bomb_is_refused_before_it_goes_off() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 30))
    assert "anchors and aliases" in refusal(bomb)


def test_a_key_that_tries_to_forge_a_line_stays_one_line() -> None:
    assert "a?policy.yml:1: good: Extra inputs" in refusal(SHIPPED + '\n"a\\npolicy.yml:1: good": 1\n')
    assert len(refusal(SHIPPED + f"\n{'k' * 900}: 1\n")) < 300


def test_a_byte_order_mark_and_windows_line_ends_are_read(policy: Policy) -> None:
    assert parse_policy("\ufeff" + SHIPPED.replace("\n", "\r\n"), "policy.yml") == policy


@given(st.text(max_size=80) | st.text(alphabet="{}[]:,-?!&*|>'\"%@`#\n\t ab1", max_size=80))
def test_whatever_somebody_writes_there_is_an_answer_and_no_traceback(text: str) -> None:
    assert refusal(text).startswith("policy.yml:")


@given(st.integers(0, len(SHIPPED)), st.text(alphabet="{}[]:,-&*'\"\n\t a1", min_size=1, max_size=5))
@settings(max_examples=25)
def test_a_slip_of_the_finger_is_refused_with_a_line_or_harmless(at: int, slip: str) -> None:
    text = SHIPPED[:at] + slip + SHIPPED[at:]
    try:
        assert parse_policy(text, "policy.yml").intents
    except SettingsInvalid:
        assert re.match(r"policy\.yml:\d+: .", refusal(text))
