-- The first desk: people, conversations, messages, tickets, offers, outbox, clocks, events.
-- Why: everything Zuruf decides is a row before it is an effect. Unique keys make redelivery harmless,
--   partial indexes make the three queues (unread messages, outbox, clocks) cheap at any number of old rows.
-- Locks: none that matter, all tables are new.
-- Undo: drop schema public cascade; create schema public (all data is lost).

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table contact (
    id bigint generated always as identity primary key,
    name text not null,
    locale text check (locale in ('de', 'en')),
    created_at timestamptz not null
);

create table identity (
    id bigint generated always as identity primary key,
    contact_id bigint not null references contact (id),
    channel text not null,
    external_id text not null,
    name text not null,
    reachability text not null default 'reachable'
        check (reachability in ('reachable', 'blocked', 'left', 'closed')),
    created_at timestamptz not null,
    unique (channel, external_id)
);
create index identity_contact on identity (contact_id);

create table responder (
    id bigint generated always as identity primary key,
    role text not null check (role in ('volunteer', 'agent', 'coordinator', 'admin')),
    name text not null,
    units text[] not null default '{}',
    topics text[] not null default '{}',
    languages text[] not null,
    trust text not null default 'newcomer' check (trust in ('newcomer', 'helper', 'expert', 'champion')),
    paused_until timestamptz,
    active boolean not null default true,
    last_offer_at timestamptz,
    created_at timestamptz not null
);
create unique index responder_name on responder (lower(name));
create index responder_asked on responder (last_offer_at nulls first, id) where role = 'volunteer' and active;
create index responder_topics on responder using gin (topics) where role = 'volunteer' and active;

create table account (
    id bigint generated always as identity primary key,
    responder_id bigint not null references responder (id),
    channel text not null,
    external_id text not null,
    chat text,
    reachability text not null default 'reachable'
        check (reachability in ('reachable', 'blocked', 'left', 'closed')),
    created_at timestamptz not null,
    unique (channel, external_id)
);
create index account_responder on account (responder_id);

create table invitation (
    code_hash bytea primary key,
    role text not null,
    name text,
    units text[] not null default '{}',
    topics text[] not null default '{}',
    languages text[] not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    responder_id bigint references responder (id)
);

create table sign_in_link (
    token_hash bytea primary key,
    responder_id bigint not null references responder (id),
    expires_at timestamptz not null,
    used_at timestamptz
);

create table console_session (
    token_hash bytea primary key,
    responder_id bigint not null references responder (id),
    created_at timestamptz not null,
    expires_at timestamptz not null
);

create table conversation (
    id bigint generated always as identity primary key,
    contact_id bigint not null references contact (id),
    channel text not null,
    key text not null,
    chat text not null,
    thread text,
    surface text not null check (surface in ('private', 'public')),
    locale text check (locale in ('de', 'en')),
    last_external_id text,
    opened_at timestamptz not null,
    unique (channel, key)
);
create index conversation_contact on conversation (contact_id);
create index conversation_chat on conversation (channel, chat);

create sequence ticket_number start with 1001;
create sequence assignment_order;

create table ticket (
    id bigint generated always as identity primary key,
    number bigint not null unique default nextval('ticket_number'),
    conversation_id bigint not null references conversation (id),
    contact_id bigint not null references contact (id),
    status text not null check (status in ('new', 'open', 'pending', 'on_hold', 'solved', 'closed')),
    lane text check (lane in ('knowledge', 'peer', 'staff')),
    unit text,
    priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
    intent text,
    locale text not null check (locale in ('de', 'en')),
    assignee_id bigint references responder (id),
    assignment bigint,
    lease_expires_at timestamptz,
    rejections integer not null default 0,
    wave integer not null default 0,
    follow_up_of bigint references ticket (id),
    csat integer check (csat between 1 and 5),
    opened_at timestamptz not null,
    waiting_since timestamptz,
    answered_at timestamptz,
    solved_at timestamptz
);
create unique index ticket_live on ticket (conversation_id) where status <> 'closed';
create index ticket_conversation on ticket (conversation_id, id);
create index ticket_assignee on ticket (assignee_id) where assignee_id is not null and status not in ('solved', 'closed');
create index ticket_queue on ticket (unit, waiting_since) where status not in ('solved', 'closed');

create table message (
    id bigint generated always as identity primary key,
    conversation_id bigint not null references conversation (id),
    ticket_id bigint references ticket (id),
    direction text not null check (direction in ('inbound', 'outbound', 'note')),
    author text not null check (author in ('contact', 'bot', 'volunteer', 'agent')),
    responder_id bigint references responder (id),
    channel text not null,
    external_id text,
    body text not null,
    masked text,
    buttons jsonb,
    version integer not null default 1,
    created_at timestamptz not null,
    edited_at timestamptz,
    deleted_at timestamptz,
    to_read boolean not null default false,
    claimed_until timestamptz,
    read_attempts integer not null default 0
);
create unique index message_external on message (channel, external_id) where external_id is not null;
create index message_conversation on message (conversation_id, id);
create index message_ticket on message (ticket_id, id);
create index message_unread on message (id) where to_read;
create index message_unread_conversation on message (conversation_id, id) where to_read;

create table message_version (
    message_id bigint not null references message (id),
    version integer not null,
    body text not null,
    replaced_at timestamptz not null,
    primary key (message_id, version)
);

create table attachment (
    id bigint generated always as identity primary key,
    message_id bigint not null references message (id),
    kind text not null check (kind in ('photo', 'document', 'voice', 'audio', 'video', 'sticker')),
    name text not null,
    media_type text not null,
    size bigint,
    channel text not null,
    source text not null,
    state text not null check (state in ('pending', 'stored', 'refused')),
    storage_key text,
    claimed_until timestamptz,
    attempts integer not null default 0,
    not_before timestamptz
);
create index attachment_message on attachment (message_id);
create index attachment_pending on attachment (channel, id) where state = 'pending';

create table reading (
    message_id bigint primary key references message (id),
    engine text not null,
    model text not null,
    language text not null,
    intent text not null,
    confidence real not null,
    sentiment text not null,
    urgency text not null,
    wants_human boolean not null,
    out_of_scope boolean not null,
    details jsonb not null,
    made_at timestamptz not null
);

create table decision (
    id bigint generated always as identity primary key,
    ticket_id bigint not null references ticket (id),
    message_id bigint references message (id),
    lane text not null,
    unit text not null,
    priority text not null,
    reasons text[] not null,
    made_at timestamptz not null
);
create index decision_ticket on decision (ticket_id, id);

create table offer (
    id bigint generated always as identity primary key,
    ticket_id bigint not null references ticket (id),
    responder_id bigint not null references responder (id),
    wave integer not null,
    state text not null check (state in ('open', 'accepted', 'passed', 'expired', 'withdrawn')),
    reasons text[] not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    answered_at timestamptz,
    unique (ticket_id, responder_id)
);
create index offer_open_responder on offer (responder_id) where state = 'open';
create index offer_open_ticket on offer (ticket_id) where state = 'open';
create index offer_recent on offer (responder_id, created_at);

create table staff_thread (
    ticket_id bigint not null references ticket (id),
    channel text not null,
    chat text not null,
    thread text not null,
    opened_at timestamptz not null,
    primary key (channel, chat, thread),
    unique (ticket_id, channel, chat)
);

create table outbox (
    id bigint generated always as identity primary key,
    stream text not null,
    channel text not null,
    chat text not null,
    thread text,
    operation text not null check (operation in ('send', 'edit', 'delete', 'close_thread')),
    text text not null default '',
    buttons jsonb,
    attachment_id bigint references attachment (id),
    reply_to text,
    message_id bigint references message (id),
    ticket_id bigint references ticket (id),
    staff_ticket_id bigint references ticket (id),
    responder_id bigint references responder (id),
    target_id bigint references outbox (id),
    state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'dead')),
    attempts integer not null default 0,
    not_before timestamptz,
    lease_until timestamptz,
    external_id text,
    error text,
    created_at timestamptz not null,
    sent_at timestamptz
);
create index outbox_due on outbox (channel, id) where state in ('queued', 'sending');
create index outbox_stream on outbox (stream, id) where state in ('queued', 'sending');
create index outbox_dead on outbox (id) where state = 'dead';
create index outbox_message on outbox (message_id) where message_id is not null;
create index outbox_external on outbox (channel, external_id) where external_id is not null;
create index outbox_responder on outbox (responder_id, ticket_id, id) where responder_id is not null;
create index outbox_postponed on outbox (not_before) where state = 'queued' and not_before is not null;

create table channel_pause (
    channel text not null,
    chat text not null,
    until timestamptz not null,
    primary key (channel, chat)
);

create table clock (
    id bigint generated always as identity primary key,
    kind text not null,
    ticket_id bigint not null references ticket (id),
    due_at timestamptz not null,
    unique (ticket_id, kind)
);
create index clock_due on clock (due_at);

create table event (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    kind text not null,
    ticket_id bigint references ticket (id),
    responder_id bigint references responder (id),
    data jsonb not null default '{}'
);
create index event_ticket on event (ticket_id, id);
create index event_at on event (at);

create table handled_update (
    channel text not null,
    external_id text not null,
    at timestamptz not null,
    primary key (channel, external_id)
);
create index handled_update_at on handled_update (at);

create table cursor_position (
    channel text not null,
    source text not null,
    position text not null,
    primary key (channel, source)
);

-- migrate:down
-- Forward only: see the header for how to undo by hand.
