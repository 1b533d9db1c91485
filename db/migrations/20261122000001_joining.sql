-- Joining: what volunteers wish, applications, entrance tests, and what leavers take with them.
-- Why: anybody may apply; hours, quiet times, caps and topics are the volunteer's own; a test opens a topic; whoever leaves
--   gets their data. Half-filled applications and tests under way must survive a restart.
-- Locks: none that matter, all tables are new.
-- Undo: drop table departure, sitting, entrance_test, application, topic_opened, volunteer.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

-- hours: minutes of the local week, Monday 0:00 is 0; quiet: minutes of the local day.
create table volunteer (
    responder_id bigint primary key references responder (id),
    zone text not null,
    hours int4multirange not null,
    quiet int4multirange not null,
    most_a_day integer not null check (most_a_day between 1 and 100),
    most_at_once integer not null check (most_at_once between 1 and 10),
    topics text[] not null,
    languages text[] not null,
    changed_at timestamptz not null
);

create table topic_opened (
    responder_id bigint not null references responder (id),
    unit text not null,
    how text not null check (how in ('vouched', 'no_test', 'passed')),
    at timestamptz not null,
    primary key (responder_id, unit)
);

create table application (
    id bigint generated always as identity primary key,
    state text not null check (state in ('filling', 'waiting', 'approved', 'joined', 'declined')),
    name text not null,
    locale text check (locale in ('de', 'en')),
    channel text,
    external_id text,
    chat text,
    code_hash bytea unique,
    zone text not null,
    hours int4multirange not null,
    quiet int4multirange not null,
    most_a_day integer not null,
    most_at_once integer not null,
    topics text[] not null,
    languages text[] not null,
    conduct_at timestamptz,
    began_at timestamptz not null,
    decided_at timestamptz,
    decided_by bigint references responder (id),
    answer text,
    responder_id bigint references responder (id),
    check ((channel is null) = (external_id is null)),
    check (state = 'filling' or conduct_at is not null),
    check ((state = 'joined') = (responder_id is not null))
);
create unique index application_account on application (channel, external_id)
where state in ('filling', 'waiting', 'approved');
create index application_recent on application (channel, external_id, id);
create index application_waiting on application (id) where state = 'waiting';
create index application_responder on application (responder_id) where responder_id is not null;

create table entrance_test (
    unit text not null,
    version integer not null check (version > 0),
    pass_percent integer not null check (pass_percent between 1 and 100),
    repeat_hours integer not null check (repeat_hours between 0 and 8760),
    questions jsonb not null,
    written_by bigint not null references responder (id),
    written_at timestamptz not null,
    primary key (unit, version)
);

create table sitting (
    id bigint generated always as identity primary key,
    responder_id bigint not null references responder (id),
    unit text not null,
    version integer not null,
    answers integer[] not null default '{}',
    began_at timestamptz not null,
    ended_at timestamptz,
    passed boolean,
    foreign key (unit, version) references entrance_test (unit, version),
    check ((ended_at is null) = (passed is null))
);
create unique index sitting_open on sitting (responder_id, unit) where ended_at is null;
create index sitting_responder on sitting (responder_id, unit, id);

create table departure (
    token_hash bytea primary key,
    content text not null,
    expires_at timestamptz not null
);

-- migrate:down
-- Forward only: see the header for how to undo by hand.
