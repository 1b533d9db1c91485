-- Suspicions for coordinators: cases with their evidence, reports by contacts, suspensions.
-- Why: what looks like abuse is shown to a person with the evidence, and only a person decides. `abuse_watch` has one row:
--   when the deeds were looked through last, so that one process does it.
-- Locks: none that matter, all tables are new.
-- Undo: drop table abuse_case, abuse_report, suspension, abuse_watch.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table abuse_case (
    id bigint generated always as identity primary key,
    key text not null,
    rule text not null check (
        rule in ('self_answering', 'praise_ring', 'sniping', 'copying', 'posing', 'luring', 'reported')
    ),
    responders bigint[] not null,
    contact_id bigint references contact (id) on delete set null,
    tickets bigint[] not null,
    figures jsonb not null,
    raised_at timestamptz not null,
    decision text check (decision in ('dismissed', 'warned', 'suspended', 'excluded')),
    decided_at timestamptz,
    decided_by bigint references responder (id),
    reason text,
    check ((decision is null) = (decided_at is null))
);
create unique index abuse_case_open on abuse_case (key) where decision is null;
create index abuse_case_decided on abuse_case (key) where decision is not null;

create table abuse_report (
    ticket_id bigint not null references ticket (id),
    responder_id bigint not null references responder (id),
    contact_id bigint not null references contact (id) on delete cascade,
    words text not null,
    at timestamptz not null,
    primary key (ticket_id, responder_id)
);
create index abuse_report_at on abuse_report (at);

create table suspension (
    responder_id bigint primary key references responder (id),
    until timestamptz not null,
    by bigint not null references responder (id)
);

create table abuse_watch (
    one boolean primary key default true check (one),
    looked_at timestamptz not null
);

-- migrate:down
-- Forward only: see the header for how to undo by hand.
