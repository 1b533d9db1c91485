-- Askings, and texts of the brand.
-- Why: when a reading is not certain the contact is asked once which of a few things they mean, and the question must
--   survive a restart. A coordinator puts what contacts in danger hear in the brand's own words; old words are kept.
-- Locks: none that matter, both tables are new.
-- Undo: drop table asking; drop table brand_text.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table asking (
    ticket_id bigint primary key references ticket (id),
    message_id bigint not null references message (id),
    intents text[] not null,
    state text not null check (state in ('open', 'chosen', 'something_else', 'written', 'silent', 'overtaken')),
    chosen text,
    asked_at timestamptz not null,
    ended_at timestamptz,
    check ((state = 'open') = (ended_at is null)),
    check ((state = 'chosen') = (chosen is not null))
);

create table brand_text (
    name text not null,
    locale text not null check (locale in ('de', 'en')),
    version integer not null check (version > 0),
    text text,
    changed_by bigint not null references responder (id),
    changed_at timestamptz not null,
    primary key (name, locale, version)
);

-- migrate:down
-- Forward only: see the header for how to undo by hand.
