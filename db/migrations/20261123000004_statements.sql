-- Statements on incidents, who was told which, and broadcasts of one text to many.
-- Why: the approved wording goes to everybody who asks, at once or by a broadcast, and never twice to the same question;
--   whoever got a text that was corrected must be found again. `broadcast_row` is made when a broadcast begins, so that a
--   process that is killed neither loses nor doubles anybody. `posted_place`: in public a text stands once in a thread.
--   `broadcast_pace` has one row a channel: until when its share of the pace is used up.
-- Locks: none that matter, all tables are new.
-- Undo: drop table broadcast_pace, posted_place, statement_told, broadcast_row, broadcast, statement.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table statement (
    id bigint generated always as identity primary key,
    incident_id bigint not null references incident (id),
    version integer not null,
    state text not null default 'draft' check (
        state in ('draft', 'submitted', 'approved', 'replaced', 'withdrawn', 'dropped')
    ),
    text_de text not null,
    text_en text not null,
    author_id bigint not null references responder (id),
    written_at timestamptz not null,
    submitted_by bigint references responder (id),
    submitted_at timestamptz,
    approved_by bigint references responder (id),
    approved_at timestamptz,
    ended_by bigint references responder (id),
    ended_at timestamptz,
    note text,
    unique (incident_id, version),
    check (state in ('draft', 'submitted', 'dropped') or (approved_by is not null and text_de <> '' and text_en <> ''))
);
create unique index statement_in_force on statement (incident_id) where state = 'approved';
create unique index statement_under_way on statement (incident_id) where state in ('draft', 'submitted');

create table broadcast (
    id bigint generated always as identity primary key,
    incident_id bigint not null references incident (id),
    kind text not null check (kind in ('statement', 'correction', 'outcome')),
    statement_id bigint references statement (id),
    text_de text not null,
    text_en text not null,
    state text not null default 'running' check (state in ('running', 'paused', 'stopped', 'finished')),
    started_by bigint not null references responder (id),
    started_at timestamptz not null,
    running_since timestamptz not null,
    ended_at timestamptz,
    check ((kind = 'outcome') = (statement_id is null))
);
create index broadcast_incident on broadcast (incident_id);
create index broadcast_running on broadcast (id) where state = 'running';

create table broadcast_row (
    broadcast_id bigint not null references broadcast (id),
    ticket_id bigint not null references ticket (id),
    channel text not null,
    state text not null default 'waiting' check (state in ('waiting', 'put', 'skipped')),
    why text check (why in ('told', 'left', 'solved', 'unreachable', 'blocked')),
    message_id bigint references message (id),
    done_at timestamptz,
    primary key (broadcast_id, ticket_id),
    check ((state = 'skipped') = (why is not null)),
    check ((state = 'waiting') = (done_at is null))
);
create index broadcast_row_waiting on broadcast_row (broadcast_id, channel, ticket_id) where state = 'waiting';

create table statement_told (
    ticket_id bigint not null references ticket (id),
    statement_id bigint not null references statement (id),
    message_id bigint references message (id),
    broadcast_id bigint references broadcast (id),
    told_at timestamptz not null,
    primary key (ticket_id, statement_id)
);
create index statement_told_statement on statement_told (statement_id);

create table posted_place (
    statement_id bigint references statement (id),
    broadcast_id bigint references broadcast (id),
    channel text not null,
    place text not null,
    locale text not null,
    check (num_nonnulls(statement_id, broadcast_id) = 1),
    unique nulls not distinct (statement_id, broadcast_id, channel, place, locale)
);

create table broadcast_pace (
    channel text primary key,
    used_until timestamptz not null
);

-- migrate:down
-- Forward only: see the header for how to undo by hand.
