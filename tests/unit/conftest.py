"""Plain things to decide about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desk.people import ContactId, Locale
from desk.ticket import ConversationId, Priority, Status, Ticket, TicketId
from routing.policy import Policy, parse_policy

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
POLICY_FILE = Path(__file__).parents[2] / "routing" / "policy.yml"


@pytest.fixture(scope="session")
def policy() -> Policy:
    """The policy that is shipped."""
    return parse_policy(POLICY_FILE.read_text(encoding="utf-8"), "policy.yml")


@pytest.fixture(scope="session")
def make_ticket() -> Callable[..., Ticket]:
    """Makes a new German ticket on delivery, but for what is named."""

    def make(**changes: Any) -> Ticket:
        facts: dict[str, Any] = {
            "id": TicketId(7), "number": "Z-1007", "conversation_id": ConversationId(3), "contact_id": ContactId(2),
            "status": Status.NEW, "lane": None, "unit": "logistics", "priority": Priority.NORMAL,
            "intent": "delivery_status", "locale": Locale.GERMAN, "assignee_id": None, "lease_expires_at": None,
            "rejections": 0, "follow_up_of": None, "opened_at": NOON, "waiting_since": NOON, "answered_at": None,
            "solved_at": None,
        }  # fmt: skip
        return Ticket(**(facts | changes))

    return make
