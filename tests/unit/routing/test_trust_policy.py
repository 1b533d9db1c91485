"""What a policy file may say about trust and the leaderboard."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desk.errors import SettingsInvalid
from desk.people import TrustLevel
from desk.trust import Requirement, TrustRules
from routing.policy import Policy, parse_policy

SHIPPED = (Path(__file__).parents[3] / "routing" / "policy.yml").read_text(encoding="utf-8")
TRUST = SHIPPED[SHIPPED.index("  trust:\n") : SHIPPED.index("  # Volunteers by quality")]


def with_trust(text: str) -> Policy:
    return parse_policy(SHIPPED.replace(TRUST, text), "policy.yml")


def test_what_is_shipped_are_the_defaults() -> None:
    shipped = parse_policy(SHIPPED, "policy.yml").peer
    assert shipped.trust.rules == TrustRules()
    assert not shipped.leaderboard.shown


def test_an_older_file_without_it_is_fine() -> None:
    assert with_trust("").peer.trust.rules == TrustRules()


def test_a_brand_may_ask_more_and_warn_longer() -> None:
    levels = "helper: {answers: 9, quality: 0.6}\n    expert: {answers: 20, quality: 0.7}"
    rules = with_trust(f"  trust:\n    {levels}\n    notice_days: 14\n").peer.trust.rules
    assert rules.requirements[TrustLevel.HELPER] == Requirement(9, 0.6)
    assert rules.requirements[TrustLevel.CHAMPION] == Requirement(40, 0.8)
    assert rules.notice == timedelta(days=14)


@pytest.mark.parametrize(
    "said",
    [
        "helper: {answers: 0, quality: 0.5}",
        "helper: {answers: 51, quality: 0.5}",
        "helper: {answers: 5, quality: 0.99}",
        "helper: {answers: 5, quality: 0.9}",
        "helper: {answers: 5}",
        "helper: {answers: 5, quality: 0.5, volume: 3}",
        "newcomer: {answers: 5, quality: 0.5}",
        "notice_days: 0",
        "notice_days: soon",
    ],
)
def test_nonsense_is_refused_where_it_stands(said: str) -> None:
    with pytest.raises(SettingsInvalid, match=r"policy\.yml:\d+: peer\.trust"):
        with_trust(f"  trust:\n    {said}\n")
