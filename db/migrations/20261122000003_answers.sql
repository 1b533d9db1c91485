-- Answers of volunteers.
-- Why: what a volunteer writes is a draft first, is checked, perhaps looked over by somebody with standing, and may be
--   recalled when it was wrong; each of these must survive a restart. A button may ask somebody for words: which ones are
--   waited for is kept too.
-- Locks: none that matter, every table is new.
-- Undo: drop table awaited_words, review, answer_part, answer;

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table answer (
    id bigint generated always as identity primary key,
    ticket_id bigint not null references ticket (id),
    author_id bigint not null references responder (id),
    kind text not null default 'answer' check (kind in ('answer', 'question')),
    state text not null check (
        state in ('draft', 'refused', 'in_review', 'returned', 'sent', 'recalled', 'dropped')
    ),
    body text not null,
    rules text[] not null default '{}',
    to_replace boolean not null default false,
    message_id bigint references message (id),
    written_at timestamptz not null,
    changed_at timestamptz not null,
    submitted_at timestamptz,
    reviewed_by bigint references responder (id),
    note text,
    endorsed_by bigint references responder (id),
    recalled_by bigint references responder (id),
    recall_reason text,
    check ((state in ('sent', 'recalled')) <= (message_id is not null)),
    check ((state = 'recalled') <= (recalled_by is not null))
);

create unique index answer_under_way on answer (ticket_id)
where state in ('draft', 'refused', 'in_review', 'returned');

create index answer_of_ticket on answer (ticket_id);
create unique index answer_of_message on answer (message_id);
create index answer_of_author on answer (author_id, id);
create index answer_to_endorse on answer (changed_at)
where state = 'sent' and kind = 'answer' and endorsed_by is null;

create table answer_part (
    id bigint generated always as identity primary key,
    answer_id bigint not null references answer (id),
    channel text not null,
    external_id text not null,
    body text not null,
    files jsonb not null default '[]',
    unique (channel, external_id)
);

create index answer_part_of_answer on answer_part (answer_id);

create table review (
    answer_id bigint not null references answer (id),
    responder_id bigint not null references responder (id),
    asked_at timestamptz not null,
    primary key (answer_id, responder_id)
);

create index review_of_responder on review (responder_id, asked_at);

create table awaited_words (
    responder_id bigint primary key references responder (id),
    purpose text not null,
    about bigint not null,
    since timestamptz not null
);

-- migrate:down
-- Forward only: see the header for how to undo by hand.
