"""A desk with 20,000 of everything that ended, and little that is under way; $1 is that old, $2 a day later."""

from __future__ import annotations

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
insert into incident_ticket (incident_id, ticket_id, how, joined_at, left_at, left_why)
    select 1 + id % 2000, id, 'cluster', $1, case when id % 3 > 0 then timestamptz $1 end,
        case when id % 3 > 0 then 'by_hand' end
    from ticket;
insert into incident_taken_in (incident_id, ticket_id, at) select incident_id, ticket_id, $1 from incident_ticket;
update incident set state = 'confirmed', topic = 'refund' where id <= 3;
insert into answer (ticket_id, author_id, state, body, message_id, written_at, changed_at)
    select ticket_id, ticket_id + 5000, 'sent', 'old', id, $1, $1 from message where id <= 15000;
insert into muster (
    incident_id, state, drill, topics, languages, most_at_once, most_a_day, rest_seconds, called_by, called_at, until,
    alerted_at, ended_at
)
    select id, case when id <= 3 then 'called' else 'ended' end, false, '{billing}', '{de}', 3, 20, 0, 1, $1, $2,
        $2 + interval '1 day', case when id > 3 then timestamptz $1 end
    from incident;
insert into muster_call (muster_id, responder_id, call_at, reply, told_at, thanked_at)
    select 4 + id % 1990, id, $1, case when id % 2 = 0 then 'in' else 'told' end, $1, $1 from responder;
insert into muster_call (muster_id, responder_id, call_at) select 2, id, $1 from responder where id <= 20;
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
    "incident_ticket", "incident_taken_in", "muster_call", "answer",
}  # fmt: skip
