-- Incidents with the tickets and clusters that follow them, and alerts.
-- Why: in a storm many tickets are one problem. A ticket follows at most one incident at a time; one that left (the contact
--   said "mine is different", or a coordinator took it out) keeps its row, so that it is not taken in again by itself.
-- Locks: none that matter, all tables are new.
-- Undo: drop table alert, incident_cluster, incident_ticket, incident.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table incident (
    id bigint generated always as identity primary key,
    state text not null default 'proposed' check (
        state in ('proposed', 'confirmed', 'resolved', 'dismissed', 'joined')
    ),
    title text not null,
    topic text,
    reasons text[] not null default '{}',
    drill boolean not null default false,
    began_at timestamptz not null,
    proposed_at timestamptz not null,
    proposed_by bigint references responder (id),
    decided_at timestamptz,
    decided_by bigint references responder (id),
    resolved_at timestamptz,
    resolved_by bigint references responder (id),
    joined_into bigint references incident (id),
    check ((state = 'joined') = (joined_into is not null))
);
create index incident_live on incident (topic) where state in ('proposed', 'confirmed');

create table incident_ticket (
    incident_id bigint not null references incident (id),
    ticket_id bigint not null references ticket (id),
    how text not null check (how in ('cluster', 'topic', 'by_hand')),
    joined_at timestamptz not null,
    left_at timestamptz,
    left_why text check (left_why in ('different', 'by_hand', 'split')),
    primary key (incident_id, ticket_id),
    check ((left_at is null) = (left_why is null))
);
create unique index incident_ticket_follows on incident_ticket (ticket_id) where left_at is null;

create table incident_cluster (
    cluster_id bigint primary key,
    incident_id bigint not null references incident (id)
);
create index incident_cluster_incident on incident_cluster (incident_id);

create table alert (
    id bigint generated always as identity primary key,
    key text not null,
    level text not null check (level in ('watch', 'storm', 'recovery', 'calm')),
    incident_id bigint references incident (id),
    peak double precision not null,
    reasons text[] not null,
    began_at timestamptz not null,
    raised_at timestamptz not null,
    ended_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by bigint references responder (id),
    calls integer not null default 0,
    call_at timestamptz,
    check ((acknowledged_at is null) = (acknowledged_by is null))
);
create unique index alert_open on alert (key) where ended_at is null;
create index alert_to_call on alert (call_at) where call_at is not null;
create index alert_incident on alert (incident_id) where incident_id is not null;

-- migrate:down
-- Forward only: see the header for how to undo by hand.
