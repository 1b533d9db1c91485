-- What the storm watch remembers: where it stands, levels, which message is in which cluster, freezes, playbooks, calls.
-- Why: one process watches every reading; a restart in mid-storm must neither repeat nor lose an alert, so its memory is
--   kept in the same transaction as what it raised. `watched_reading` is bounded: rows of the last days only.
-- Locks: none that matter, all tables are new; `message` is locked in share mode for a moment (foreign key).
-- Undo: drop table alert_call, alert_picture, alert_words, alert_usual, playbook, storm_freeze, watched_reading, storm_level, storm_watch.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table storm_watch (
    one boolean primary key default true check (one),
    holder text,
    held_until timestamptz,
    epoch bigint not null default 0,
    watermark bigint,
    detector bytea,
    kept_at timestamptz
);
insert into storm_watch default values;

create table storm_level (
    topic text primary key,
    level text not null check (level in ('watch', 'storm', 'recovery')),
    since timestamptz not null
);

create table watched_reading (
    message_id bigint primary key references message (id) on delete cascade,
    place bigint generated always as identity,
    cluster_id bigint,
    topic text not null,
    negative boolean not null,
    at timestamptz not null,
    epoch bigint not null
);
create index watched_reading_at on watched_reading (at);
create index watched_reading_place on watched_reading (place);
create index watched_reading_epoch on watched_reading (epoch, place);
create index watched_reading_cluster on watched_reading (cluster_id, place) where cluster_id is not null;

create table storm_freeze (
    topic text primary key,
    frozen_by bigint references responder (id),
    frozen_at timestamptz not null,
    until timestamptz not null
);

create table playbook (
    id bigint generated always as identity primary key,
    text text not null,
    saved_by bigint not null references responder (id),
    saved_at timestamptz not null
);

create table alert_call (
    alert_id bigint not null references alert (id),
    responder_id bigint not null references responder (id),
    called_at timestamptz not null,
    primary key (alert_id, responder_id)
);

create table alert_words (
    alert_id bigint not null references alert (id),
    locale text not null check (locale in ('de', 'en')),
    reasons text[] not null,
    primary key (alert_id, locale)
);

create table alert_usual (
    alert_id bigint primary key references alert (id),
    an_hour double precision not null
);

create table alert_picture (
    alert_id bigint not null references alert (id),
    locale text not null check (locale in ('de', 'en')),
    attachment_id bigint not null references attachment (id),
    drawn_at timestamptz not null,
    primary key (alert_id, locale)
);

-- migrate:down
-- Forward only: see the header for how to undo by hand.
