-- Bearer tokens of the JSON API, each acting as one responder. Only hashes are kept.
-- Why: programs need a key of their own that can be ended without touching anybody's console session.
-- Locks: none that matter, the table is new (its foreign key locks `responder` against writes for an instant).
-- Undo: drop table api_token.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table api_token (
    token_hash bytea primary key,
    responder_id bigint not null references responder (id),
    label text not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    ended_at timestamptz
);
create index api_token_responder on api_token (responder_id);

-- migrate:down
-- Forward only: see the header for how to undo by hand.
