"""Hot statements stay cheap however much history there is: each uses its index and reads no big table whole.

The planner chooses by itself (enable_seqscan stays on) over 20,000 old rows, both for the first calls of a prepared
statement (custom plans) and for later ones (generic plans).
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from db.embedded import EmbeddedServer
from db.queries import load
from tests.integration.db.desk_life import LEASE, NOW, SOON

HISTORY = """
insert into contact (name, created_at) select 'c' || n, $1 from generate_series(1, 20000) n;
insert into identity (contact_id, channel, external_id, name, created_at)
    select id, 'telegram', 'c' || id, name, $1 from contact;
insert into responder (role, name, languages, topics, created_at)
    select 'volunteer', 'v' || n, '{de}', case when n % 10 = 0 then '{logistics}' else '{billing}' end::text[], $1
    from generate_series(1, 20000) n;
insert into account (responder_id, channel, external_id, chat, created_at)
    select id, 'telegram', name, name, $1 from responder;
insert into conversation (contact_id, channel, key, chat, surface, opened_at)
    select id, 'telegram', id, id, 'private', $1 from contact;
insert into ticket (conversation_id, contact_id, status, locale, opened_at, assignee_id)
    select id, contact_id, 'closed', 'de', $1, id from conversation;
insert into staff_thread (ticket_id, channel, chat, thread, opened_at) select id, 'telegram', '-1', id, $1 from ticket;
insert into message (conversation_id, ticket_id, direction, author, channel, external_id, body, created_at)
    select conversation_id, id, 'inbound', 'contact', 'telegram', 'm' || id, 'old', $1 from ticket;
insert into reading (
    message_id, engine, model, language, intent, confidence, sentiment, urgency, wants_human, out_of_scope, details,
    made_at
)
    select id, 'e', 'm', 'de', 'refund', 0.5, 'neutral', 'normal', false, false, '{"also": []}', $1 from message;
insert into asking (ticket_id, message_id, intents, state, asked_at, ended_at)
    select ticket_id, id, '{}', 'silent', $1, $1 from message;
insert into attachment (message_id, kind, name, media_type, channel, source, state)
    select id, 'photo', 'p', 'image/png', 'telegram', 's', 'stored' from message;
insert into outbox (
    stream, channel, chat, operation, state, external_id, message_id, responder_id, ticket_id, created_at
)
    select 'conversation:' || conversation_id, 'telegram', conversation_id, 'send', 'sent', id, id, ticket_id,
        ticket_id, $1
    from message;
insert into offer (ticket_id, responder_id, wave, state, reasons, created_at, expires_at)
    select id, id, 1, 'expired', '{}', $1, $1 from ticket;
insert into clock (kind, ticket_id, due_at) select 'close', id, $2 + id * interval '1 minute' from ticket;
insert into handled_update (channel, external_id, at) select 'telegram', 'u' || n, $1 from generate_series(1, 20000) n;
insert into event (kind, ticket_id, at) select 'TicketClosed', id, $1 from ticket;
insert into message (conversation_id, ticket_id, direction, author, channel, external_id, body, created_at, to_read)
    select conversation_id, id, 'inbound', 'contact', 'telegram', 'new' || id, 'new', $1, true from ticket limit 20;
insert into outbox (stream, channel, chat, operation, created_at)
    select 'conversation:' || id, 'telegram', id, 'send', $1 from ticket limit 20;
insert into attachment (message_id, kind, name, media_type, channel, source, state)
    select id, 'photo', 'p', 'image/png', 'telegram', 's', 'pending' from message limit 20;
insert into offer (ticket_id, responder_id, wave, state, reasons, created_at, expires_at)
    select id, id + 1, 1, 'open', '{}', $1, $1 from ticket limit 2000;
insert into answer_outcome (ticket_id, responder_id, topic, locale, verdict, at)
    select id, id, case when id % 10 = 0 then 'logistics' else 'billing' end, 'de', 'solved', $1 from ticket;
insert into habit (responder_id, day_part, asked, claimed, passed, log_seconds, counted_at)
    select id, 2, 1, 1, 0, 4, $1 from responder;
insert into volunteer (responder_id, zone, hours, quiet, most_a_day, most_at_once, topics, languages, changed_at)
    select id, 'Europe/Berlin', '{[0,10080)}', '{}', 20, 3, topics, languages, $1 from responder;
insert into offer (ticket_id, responder_id, wave, state, reasons, created_at, expires_at, answered_at)
    select id, id + 5000, 1, 'accepted', '{}', $1, $1, timestamptz $1 - interval '1 year' from ticket where id <= 15000;
insert into watched_reading (message_id, cluster_id, topic, negative, at, epoch)
    select message_id, message_id % 500, 'refund', false, $1, message_id / 20 from reading;
insert into incident (state, title, began_at, proposed_at)
    select 'resolved', 'i' || n, $1, $1 from generate_series(1, 2000) n;
insert into statement (
    incident_id, version, state, text_de, text_en, author_id, written_at, approved_by, approved_at
)
    select i.id, v, case v when 5 then 'approved' else 'replaced' end, 'de', 'en', 1, $1, 1, $1
    from incident i cross join generate_series(1, 5) v;
insert into statement_told (ticket_id, statement_id, told_at) select id, 1 + id % 2000, $1 from ticket;
insert into broadcast (incident_id, kind, text_de, text_en, state, started_by, started_at, running_since, ended_at)
    select id, 'outcome', 'de', 'en', case when id <= 3 then 'running' else 'finished' end, 1, $1, $1, $1 from incident;
insert into broadcast_row (broadcast_id, ticket_id, channel, state, done_at)
    select 1 + id % 2000, id, 'telegram', 'put', $1 from ticket where id > 20;
insert into broadcast_row (broadcast_id, ticket_id, channel) select 2, id, 'telegram' from ticket where id <= 20;
update ticket set status = 'open', assignee_id = id where id <= 20
"""

BIG = {
    "contact", "identity", "responder", "account", "conversation", "ticket", "staff_thread", "message", "attachment",
    "outbox", "offer", "clock", "handled_update", "event", "reading", "asking", "askable", "habit", "expertise",
    "volunteer", "answer_outcome", "watched_reading", "statement", "statement_told", "broadcast", "broadcast_row",
}  # fmt: skip

UNTIL = NOW + LEASE

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
    ("statements", "in_force", (7,), {"statement_in_force"}),
    ("statements", "versions_told", (7, 7), {"statement_told_pkey"}),
    ("broadcasts", "waited_for", (), {"broadcast_running"}),
    ("broadcasts", "next_on", ("telegram",), {"broadcast_r"}),
    ("broadcasts", "backlog", ("telegram", NOW, 200), {"outbox_due"}),
    ("broadcasts", "take_rows", (7, "telegram", 50), {"broadcast_row_waiting"}),
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
