"""Everything the desk can show has words, and small Markdown never becomes more than bold, italic and code."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import wording
from console.doorway import LOOKERS
from console.files import shown_type
from console.rendering import small_markdown
from desk.conversation import AttachmentKind
from desk.delivery import DeliveryState
from desk.intents import INTENT, intent_name
from desk.people import Locale, Reachability, Role
from desk.ticket import Lane, Priority, Status
from routing.policy import parse_policy

ROOT = Path(__file__).parents[3]
BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("table", "things"),
    [
        (wording.STATUS, Status), (wording.LANE, Lane), (wording.PRIORITY, Priority), (wording.ROLE, Role),
        (wording.REACHABILITY, Reachability), (wording.DELIVERY, DeliveryState), (wording.FILE, AttachmentKind),
        (wording.LANGUAGE, Locale),
    ],
)  # fmt: skip
def test_every_state_has_words(table: dict[StrEnum, str], things: type[StrEnum]) -> None:
    assert set(table) == set(things)


def test_every_event_that_is_written_has_words() -> None:
    written = set()
    for path in (ROOT / "workflows").glob("*.py"):
        source = path.read_text("utf-8")
        written |= set(re.findall(r'events\.add\(\s*"(\w+)"', source))
        written |= set(re.findall(r'kind = "(\w+)" if .+ else "\w+"', source))
        written |= set(re.findall(r'kind = "\w+" if .+ else "(\w+)"', source))
        written |= set(re.findall(r'_note\(desk, "(\w+)"', source))
    assert {"Claimed", "Held", "Paused", "ReplyEdited"} <= written
    assert written <= set(wording.EVENT)


def test_every_intent_of_the_policy_has_words() -> None:
    policy = parse_policy((ROOT / "routing" / "policy.yml").read_text("utf-8"), "policy.yml")
    assert set(policy.intents) <= set(INTENT)
    assert intent_name("made_up") == "made up"


def test_times_are_said_in_the_desks_zone_and_the_readers_language() -> None:
    assert wording.moment(NOON, NOON, Locale.GERMAN, BERLIN) == "12:00"
    assert wording.moment(NOON, NOON + timedelta(days=1), Locale.GERMAN, BERLIN) == "02.03.26, 12:00"
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert wording.moment(late, late + timedelta(hours=1), Locale.GERMAN, BERLIN) == "00:30"
    assert wording.moment(late, late - timedelta(hours=1), Locale.GERMAN, BERLIN) == "03.03.26, 00:30"
    assert wording.span(timedelta(seconds=3), Locale.GERMAN) == "1 Min."
    assert wording.span(timedelta(hours=3), Locale.ENGLISH) == "3 hr"


@given(st.text(alphabet=st.sampled_from("*`<>&\"'ab \n/"), max_size=60))
def test_nothing_but_our_three_tags_comes_out(text: str) -> None:
    said = str(small_markdown(text))
    bare = re.sub(r"</?(?:strong|em|code)>", "", said)
    assert "<" not in bare
    assert ">" not in bare
    assert said.count("<strong>") == said.count("</strong>")


def test_marks_that_mean_nothing_stay() -> None:
    assert str(small_markdown("2 * 3 * 4 ** 5")) == "2 * 3 * 4 ** 5"
    assert str(small_markdown("**a** *b* `c`")) == "<strong>a</strong> <em>b</em> <code>c</code>"


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Mozilla/5.0 (Linux; Android 15; Cubot P80) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Telegram-Android/11.0 Chrome/142.0 Mobile",
        "curl/8.5.0",
        "",
    ],
)
def test_people_are_not_taken_for_programs_that_look_at_links(agent: str) -> None:
    assert not LOOKERS.search(agent)


def test_a_files_type_is_believed_only_with_its_first_bytes() -> None:
    assert shown_type("image/jpeg", b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert shown_type("image/jpeg", b"<html>") is None
    assert shown_type("text/plain", b"hello") is None
