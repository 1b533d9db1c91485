"""Small rules of the desk's nouns: who is staff, who talks where, which commands there are, who read a message."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.commands import BY_NAME, COMMANDS
from desk.conversation import Address, Surface, conversation_key
from desk.people import Locale, Responder, ResponderId, Role
from desk.reading import Reading

PLACES = st.builds(
    Address, st.just("telegram"), st.from_regex(r"-?[0-9]{1,6}", fullmatch=True), st.none() | st.just("7")
)
PEOPLE = st.from_regex(r"[0-9]{1,6}", fullmatch=True)


def test_all_but_volunteers_are_staff() -> None:
    assert [role for role in Role if not role.is_staff] == [Role.VOLUNTEER]


@pytest.mark.parametrize(
    ("languages", "first"),
    [
        ((Locale.ENGLISH, Locale.GERMAN), Locale.ENGLISH),
        ((Locale.GERMAN,), Locale.GERMAN),
        ((), Locale.GERMAN),
    ],
)
def test_a_responder_is_spoken_to_in_their_first_language(languages: tuple[Locale, ...], first: Locale) -> None:
    assert Responder(ResponderId(1), Role.AGENT, "Anna", languages).locale is first


@given(PLACES, PEOPLE, PEOPLE)
def test_in_private_a_chat_is_one_conversation(place: Address, one: str, other: str) -> None:
    assert conversation_key(place, Surface.PRIVATE, one) == conversation_key(place, Surface.PRIVATE, other) == place.key


@given(PLACES, PLACES, PEOPLE, PEOPLE)
def test_in_public_everybody_has_a_conversation_of_their_own_in_every_thread(
    here: Address, there: Address, one: str, other: str
) -> None:
    same = conversation_key(here, Surface.PUBLIC, one) == conversation_key(there, Surface.PUBLIC, other)
    assert same == (here == there and one == other)
    assert conversation_key(here, Surface.PUBLIC, one) != conversation_key(there, Surface.PRIVATE, one)


def test_a_message_is_unread_until_an_engine_names_itself() -> None:
    assert not Reading(language="de", intent="out_of_scope", confidence=0.0).was_read
    assert Reading(language="de", intent="how_to", confidence=0.9, engine="embedded").was_read


def test_commands_have_names_that_every_platform_takes() -> None:
    assert len(BY_NAME) == len(COMMANDS)
    for command in COMMANDS:
        assert re.fullmatch(r"[a-z]{2,32}", command.name)
        assert command.argument is None or re.fullmatch(r"[a-z]{2,32}", command.argument)
        assert not (command.required and command.argument is None)


@pytest.mark.parametrize(
    "name", ["help", "human", "language", "solved", "offers", "pause", "handback", "join", "start"]
)
def test_the_commands_that_were_promised_are_there(name: str) -> None:
    assert name in BY_NAME
