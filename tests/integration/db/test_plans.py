"""Hot statements stay cheap however much history there is: each uses its index and reads no big table whole.

The planner chooses by itself (enable_seqscan stays on) over 20,000 old rows, both for the first calls of a prepared
statement (custom plans) and for later ones (generic plans).
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from db.embedded import EmbeddedServer
from db.queries import load
from tests.integration.db.desk_life import LEASE, NOW, SOON
from tests.integration.db.old_desk import BIG, HISTORY

UNTIL, HOUR = NOW + LEASE, timedelta(hours=1)

HOT: Sequence[tuple[str, str, tuple[object, ...], set[str]]] = [
    (
        "conversations", "whereabouts", ("telegram", "v7", "telegram", "-1", "7", "7"),
        {"conversation_channel_key_key", "account_channel_external_id_key", "staff_thread_pkey", "responder_pkey"},
    ),
    ("conversations", "lock_of_ticket", (7,), {"conversation_pkey", "ticket_pkey"}),
    ("conversations", "move_conversations", ("telegram", "7", "-7"), {"conversation_chat"}),
    ("tickets", "live", (7,), {"ticket_live"}),
    ("tickets", "latest_closed", (700,), {"ticket_conversation"}),
    ("tickets", "held_by", (7,), {"ticket_assignee"}),
    ("tickets", "place_in_queue", (7, "normal", NOW, NOW, "sales"), {"ticket_queue", "event_at"}),
    ("tickets", "by_number", (1007,), {"ticket_number_key"}),
    ("messages", "by_external_id", ("telegram", "m7"), {"message_external", "attachment_message"}),
    ("messages", "of_ticket", (7,), {"message_ticket"}),
    ("messages", "of_conversation", (7, 0, 50), {"message_conversation"}),
    ("messages", "reading", (7,), {"reading_pkey", "message_pkey"}),
    ("messages", "also_asked", (7,), {"message_ticket", "reading_pkey"}),
    ("conversations", "private_of", (7, "telegram"), {"conversation_contact", "identity_contact"}),
    ("queues", "claim_unread", (10, NOW, UNTIL), {"message_unread", "asking_pkey"}),
    ("queues", "claim_attachments", ("telegram", 10, NOW, UNTIL), {"attachment_pending"}),
    ("queues", "next_due", (NOW,), {"clock_due", "outbox_postponed"}),
    ("outbox", "claim", ("telegram", 10, NOW, UNTIL), {"outbox_due", "outbox_stream"}),
    ("outbox", "deliveries", (7,), {"outbox_message"}),
    ("outbox", "by_external_id", ("telegram", "7"), {"outbox_external"}),
    ("outbox", "to_responders", ([7], 7), {"outbox_responder"}),
    ("outbox", "of_ticket", (7,), {"message_ticket", "outbox_message"}),
    ("outbox", "dead", (100,), {"outbox_dead"}),
    ("clocks", "due", (NOW, 10), {"clock_due"}),
    ("clocks", "set", (7, "close", SOON), set()),
    ("offers", "open_of_ticket", (7,), {"offer_open_ticket"}),
    ("offers", "open_of_responder", (7,), {"offer_open_responder"}),
    ("offers", "ignored_in_a_row", (7,), {"offer_recent"}),
    (
        "candidates", "promising",
        (7, 7, ["logistics", "delivery_status"], "de", 72, NOW, ["logistics"], 3, 20, 0.5, 2, "delivery_status"),
        {"askable_active", "askable_place", "expertise_strength", "account_responder", "offer_open_responder",
         "offer_ticket_id_responder_id_key", "offer_recent", "ticket_assignee", "expertise_pkey", "habit_pkey",
         "volunteer_pkey"},
    ),
    (
        "abuse", "deeds", (NOW, 100_000),
        {"offer_accepted", "ticket_pkey", "answer_outcome", "identity_contact", "account_channel_external_id_key",
         "event_ticket"},
    ),
    ("abuse", "refusals", (NOW,), {"event_refused"}),
    ("offers", "claim_terms", (7, NOW), {"responder_pkey"}),
    ("offers", "save_state", ([7], "expired", NOW, 2), {"offer_pkey"}),
    ("offers", "seen", ([7], NOW), {"askable_pkey"}),
    ("people", "responder_of_account", ("telegram", "v7"), {"account_channel_external_id_key"}),
    ("events", "of_ticket", (7,), {"event_ticket"}),
    ("public_answers", "ticket_about", ("telegram", "m7"), {"message_external", "outbox_external", "ticket_live"}),
    ("public_answers", "newest_question", ("telegram", "7", None, NOW), {"conversation_chat", "ticket_live"}),
    ("public_answers", "is_asker", (7, "telegram", "c7"), {"identity_c"}),
    ("storms", "unwatched", (20_000, 500), {"reading_pkey", "message_pkey", "conversation_pkey"}),
    ("storms", "oldest_unread", (), {"message_unread"}),
    ("storms", "newest_message", (), {"message_pkey"}),
    ("storms", "watched_in", (7,), {"watched_reading_epoch", "reading_pkey", "message_pkey"}),
    ("storms", "tickets_of_cluster", (7, NOW), {"watched_reading_", "message_pkey"}),
    ("storms", "tickets_on", ("refund", NOW), {"watched_reading_", "message_pkey"}),
    ("storms", "clusters_on", ("refund", NOW), {"watched_reading_"}),
    ("storms", "examples", ("refund", None, NOW, 3), {"watched_reading_", "reading_pkey", "message_pkey"}),
    ("storms", "counted", ("refund", None, NOW, HOUR), {"watched_reading_"}),
    ("incidents", "followed_by", (7,), {"incident_ticket_follows"}),
    ("incidents", "follow", (7, [7], "by_hand", NOW), {"ticket_pkey", "incident_ticket_follows"}),
    ("incidents", "seen", (7,), {"incident_pkey", "incident_ticket_"}),
    ("incidents", "live_on", ("refund",), {"incident_live"}),
    ("followers", "to_take_in", (50,), {"incident_ticket_"}),
    ("followers", "examples", (7, 30), {"incident_ticket_", "ticket_pkey", "message_ticket"}),
    ("followers", "lines", (7, 50), {"incident_ticket_", "ticket_pkey", "message_ticket"}),
    ("followers", "counts", (7,), {"incident_ticket_", "ticket_pkey"}),
    ("followers", "known", (), set()),
    ("musters", "take_due", (NOW, 50), {"muster_call_due"}),
    ("musters", "replies_of", (7,), {"muster_call_"}),
    ("musters", "call_of", (7, 7), {"muster_call_pkey"}),
    ("musters", "take_unthanked", (50,), {"muster_call_to_thank"}),
    ("musters", "figures", (7,), {"muster_call_", "offer_accepted", "ticket_pkey"}),
    ("musters", "first_answer", (7,), {"offer_accepted", "ticket_pkey"}),
    ("statements", "in_force", (7,), {"statement_in_force"}),
    ("statements", "versions_told", (7, 7), {"statement_told_pkey"}),
    ("broadcasts", "waited_for", (), {"broadcast_running"}),
    ("broadcasts", "next_on", ("telegram",), {"broadcast_r"}),
    ("broadcasts", "backlog", ("telegram", NOW, 200), {"outbox_due"}),
    ("broadcasts", "take_rows", (7, "telegram", 50), {"broadcast_row_waiting"}),
    ("broadcasts", "add_waiting", (7,), {"incident_ticket_", "ticket_pkey"}),
    ("broadcasts", "add_told", (7,), {"statement_told_", "ticket_pkey"}),
    ("broadcasts", "would_tell_corrected", (7, 7), {"statement_told_", "ticket_pkey"}),
    ("broadcasts", "under_way", (), {"broadcast_live"}),
    ("broadcasts", "progress", (7, NOW), {"broadcast_row_"}),
    ("broadcasts", "finish_told", (NOW,), {"broadcast_r"}),
    ("broadcasts", "facts", ([7], 7, 7), {"ticket_pkey"}),
    ("events", "recent", (50,), {"event_pkey"}),
    ("events", "first_time", ("telegram", "u7", NOW), set()),
]  # fmt: skip


@pytest_asyncio.fixture(scope="module")
async def old_desk(server: EmbeddedServer, template: str) -> AsyncIterator[Any]:
    """A connection to a database with 20,000 of everything that ended."""
    admin = await asyncpg.connect(server.url_of("postgres"))
    await admin.execute(f"create database old_desk template {template}")
    connection = await asyncpg.connect(server.url_of("old_desk"))
    for statement in HISTORY.split(";"):
        await connection.execute(statement.replace("$1", "'2026-03-02'").replace("$2", "timestamptz '2026-03-03'"))
    await connection.execute("analyze")
    yield connection
    await connection.close()
    await admin.execute("drop database old_desk with (force)")
    await admin.close()


def _nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)


@pytest.mark.parametrize("mode", ["force_custom_plan", "force_generic_plan"])
@pytest.mark.parametrize(("noun", "name", "values", "indexes"), HOT, ids=[f"{hot[0]}.{hot[1]}" for hot in HOT])
async def test_a_hot_statement_uses_its_indexes(
    old_desk: Any, mode: str, noun: str, name: str, values: tuple[object, ...], indexes: set[str]
) -> None:
    await old_desk.execute(f"set plan_cache_mode = {mode}")
    explained = await old_desk.fetchval(f"explain (format json) {load(noun)[name]}", *values)
    nodes = list(_nodes(json.loads(explained)[0]["Plan"]))
    whole = {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"} & BIG
    assert not whole, f"reads all of {whole}"
    used = {node["Index Name"] for node in nodes if "Index Name" in node}
    assert all(any(name.startswith(index) for name in used) for index in indexes), used


def test_there_is_a_guard_for_every_claim() -> None:
    guarded = {(noun, name) for noun, name, *_ in HOT}
    for noun in ("queues", "outbox", "clocks"):
        for name, query in load(noun).items():
            if "skip locked" in query:
                assert (noun, name) in guarded
