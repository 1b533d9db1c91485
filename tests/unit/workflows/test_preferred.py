"""Where a responder is told things."""

from __future__ import annotations

from desk.people import Account, Reachability, ResponderId
from workflows.voice import CONSOLE, preferred


def account(channel: str, reachability: Reachability = Reachability.REACHABLE) -> Account:
    return Account(ResponderId(1), channel, "x", None if channel == CONSOLE else "x", reachability)


TELEGRAM, DISCORD = account("telegram"), account("discord")


def test_the_newest_chat_is_taken_unless_one_channel_is_asked_for() -> None:
    both = [TELEGRAM, DISCORD]
    assert preferred(both) == DISCORD
    assert preferred(both, "telegram") == TELEGRAM
    assert preferred([TELEGRAM], "discord") == TELEGRAM
    assert preferred([account("telegram", Reachability.BLOCKED), DISCORD], "telegram") == DISCORD
    assert preferred([account(CONSOLE)], "telegram") is None
