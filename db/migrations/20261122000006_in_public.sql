-- Answers in public: what others write under a question in a forum or group, which of it solved the question, what was
--   moved to a private chat, and who wants to be pinged.
-- Why: volunteers and bystanders answer where the question was asked; who marked what must survive a restart, and a person who
--   is no contact leaves no more than a fingerprint of their account.
-- Locks: an instant each on `message` and `outbox`; old rows are checked by 20261122000016.
-- Undo: drop table public_answer, public_mark, public_line, hidden_message, public_ping, bystander_invited;
--   alter table outbox drop column pings; then the old checks again (20261121000001).

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public_answer (
    message_id bigint primary key references message (id),
    ticket_id bigint not null references ticket (id),
    author bytea not null,
    responder_id bigint references responder (id),
    is_answer boolean not null,
    said_at timestamptz not null
);
create index public_answer_ticket on public_answer (ticket_id, message_id);
create index public_answer_responder on public_answer (responder_id) where responder_id is not null;

create table public_mark (
    ticket_id bigint primary key references ticket (id),
    message_id bigint not null references message (id),
    how text not null check (how in ('button', 'command', 'reaction')),
    marked_at timestamptz not null
);

create table public_line (
    ticket_id bigint primary key references ticket (id),
    message_id bigint not null references message (id),
    shown bigint[] not null
);

create table hidden_message (
    message_id bigint primary key references message (id),
    hidden_at timestamptz not null
);

create table public_ping (
    responder_id bigint primary key references responder (id),
    since timestamptz not null
);

create table bystander_invited (
    author bytea primary key,
    invited_at timestamptz not null
);

-- Wider checks take the old ones' place; no client assumed less.
-- squawk-ignore ban-drop-constraint
alter table message drop constraint message_author_check;

alter table message add constraint message_author_check
check (author in ('contact', 'bot', 'volunteer', 'agent', 'bystander')) not valid;

-- squawk-ignore ban-drop-constraint
alter table outbox drop constraint outbox_operation_check;

alter table outbox add constraint outbox_operation_check
check (operation in ('send', 'edit', 'delete', 'close_thread', 'go_private', 'hide')) not valid;

alter table outbox add column pings text[] not null default '{}';

-- migrate:down
-- Forward only: see the header for how to undo by hand.
