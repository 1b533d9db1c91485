-- Corrections of readings, the models made with them, and which model was in service when.
-- Why: what people say a message really was is reviewed before a model learns it; every machine can make the model in
--   service again from its files and these rows; baselines must know when another model began to read.
-- Locks: `reading` against writes while its index is built: block ranges only, seconds for millions of rows.
-- Undo: drop table model_service, nlu_model, correction; drop index reading_made.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '600s';

create table correction (
    id bigint generated always as identity primary key,
    message_id bigint not null references message (id),
    source text not null check (source in ('staff', 'contact', 'volunteer')),
    text text not null,
    language text not null check (language in ('de', 'en', 'other')),
    intent_read text not null,
    confidence real not null,
    engine text not null,
    model text not null,
    intent text not null,
    responder_id bigint references responder (id),
    at timestamptz not null,
    state text not null default 'pending' check (state in ('pending', 'accepted', 'rejected')),
    reviewed_by bigint references responder (id),
    reviewed_at timestamptz
);
create unique index correction_pending on correction (message_id) where state = 'pending';
create index correction_message on correction (message_id);
create index correction_accepted on correction (id) where state = 'accepted';

create table nlu_model (
    version text primary key,
    base text not null,
    corrections bigint[] not null,
    made_at timestamptz not null,
    figures jsonb not null default '{}',
    rolled_back_at timestamptz
);

create table model_service (
    id bigint generated always as identity primary key,
    version text not null references nlu_model (version),
    began_at timestamptz not null,
    why text not null check (why in ('files', 'training', 'rollback'))
);

-- Not built concurrently: each migration is one transaction, and block ranges take one pass.
-- squawk-ignore require-concurrent-index-creation
create index reading_made on reading using brin (made_at) with (pages_per_range = 32);

-- migrate:down
-- Forward only: see the header for how to undo by hand.
