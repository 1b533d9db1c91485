"""Every page of the form fits every platform, however large the policy: five rows of five buttons, short labels."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.catalogues import load_phrases
from desk.entrance_test import EntranceTest
from desk.people import Locale, Responder, ResponderId, Role
from desk.volunteering import Availability, Wishes
from routing.policy import Policy
from routing.topics import peer_topics
from workflows.buttons import read_action
from workflows.sit_test import Standing
from workflows.volunteer_choice_pages import Card, Filled
from workflows.volunteer_form import FormPages

PHRASES = load_phrases(Locale.GERMAN)
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def larger(policy: Policy) -> Policy:
    """The same, with 24 more units for volunteers."""
    route = policy.intents["how_to"]
    units = {f"unit_{n}": dict.fromkeys(Locale, f"Abteilung für besondere Fragen {n}") for n in range(24)}
    intents = {f"intent_{n}": route.model_copy(update={"unit": f"unit_{n}"}) for n in range(24)}
    return policy.model_copy(update={"units": {**policy.units, **units}, "intents": {**policy.intents, **intents}})


def drawn(policy: Policy, locale: Locale, number: int, *, joined: bool) -> Card:
    desk = SimpleNamespace(policy=lambda: policy, locale=Locale.GERMAN, zone="Europe/Vienna")
    voice = SimpleNamespace(desk=desk, say=PHRASES.say)
    wishes = Wishes(Availability("Pacific/Auckland"), tuple(peer_topics(policy)))
    responder = Responder(ResponderId(1), Role.VOLUNTEER, "Vera", (locale,)) if joined else None
    ahead = {
        unit: Standing(EntranceTest(unit, 1, (), 80, timedelta(), ResponderId(2), NOW), None, None)
        for unit in peer_topics(policy)
    }
    return FormPages(cast("Any", voice), locale).page(number, Filled(wishes, None, responder, frozenset(), ahead))


@pytest.mark.parametrize("joined", [True, False])
@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("number", range(9))
def test_every_page_fits_every_platform(number: int, locale: Locale, joined: bool, policy: Policy) -> None:
    for one in (policy, larger(policy)):
        card = drawn(one, locale, number, joined=joined)
        assert 0 < len(card.buttons) <= 5
        for row in card.buttons:
            assert 0 < len(row) <= 5
            for button in row:
                assert 0 < len(button.label) <= 80
                assert len(button.action.encode()) <= 64
                read_action(button.action)


def test_no_topic_of_the_shipped_policy_is_left_out(policy: Policy) -> None:
    card = drawn(policy, Locale.GERMAN, 1, joined=False)
    assert sum(len(row) for row in card.buttons) == len(peer_topics(policy)) + 1
