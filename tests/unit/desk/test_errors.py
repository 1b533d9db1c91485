"""Errors carry the caller's next decision."""

from __future__ import annotations

import pytest

from desk import errors
from desk.errors import (
    AddressMoved,
    ContactUnreachable,
    DeliveryError,
    DeskError,
    InputRejected,
    MessageRefused,
    RateLimited,
    ThreadGone,
)


def test_only_refusals_and_closed_doors_are_permanent() -> None:
    faults = (
        DeliveryError("500"), RateLimited("429", retry_after=3.5), ContactUnreachable("blocked"),
        MessageRefused("too long"), ThreadGone("deleted"), AddressMoved("now a supergroup", new_chat="-100"),
    )  # fmt: skip
    assert [type(fault) for fault in faults if fault.permanent] == [ContactUnreachable, MessageRefused]


def test_a_429_says_how_long_and_for_whom() -> None:
    chat, bot = RateLimited("slow", retry_after=2.0), RateLimited("slow", retry_after=9.0, whole_bot=True)
    assert (chat.retry_after, chat.whole_bot) == (2.0, False)
    assert (bot.retry_after, bot.whole_bot) == (9.0, True)


def test_a_moved_chat_says_where_it_is_now() -> None:
    assert AddressMoved("moved", new_chat="-1007").new_chat == "-1007"


def test_rejected_input_names_its_reason() -> None:
    assert InputRejected("the text is longer than 20000 characters").reason.startswith("the text")


@pytest.mark.parametrize("kind", [one for one in vars(errors).values() if isinstance(one, type)])
def test_an_error_is_either_a_refusal_or_the_platforms_or_the_operators(kind: type[Exception]) -> None:
    families = [DeskError, DeliveryError, errors.SettingsInvalid, errors.StorageUnavailable]
    assert sum(issubclass(kind, family) for family in families) == 1
