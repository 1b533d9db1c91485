-- What volunteers have earned: outcomes of their answers, their standing, thanks, perks, choices about their profile.
-- Why: levels rise and fall with the last 50 answers that say something, and each change explains itself; contacts can
--   say thanks; coordinators grant perks; a picture of the month goes to a volunteer as a file that no message has.
-- Locks: access exclusive on attachment and invitation for an instant each; all other tables are new.
-- Undo: drop table answer_outcome, standing, trust_change, thanks, volunteer_profile, perk, month_told;
--   alter table invitation drop column trust; delete from attachment where message_id is null;
--   alter table attachment alter column message_id set not null;

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table answer_outcome (
    ticket_id bigint not null references ticket (id),
    responder_id bigint not null references responder (id),
    topic text,
    locale text not null check (locale in ('de', 'en')),
    verdict text not null check (verdict in ('solved', 'unsolved', 'silent', 'recalled')),
    csat integer check (csat between 1 and 5),
    excluded text check (excluded in ('never_said', 'outage', 'staff_matter', 'not_the_answer', 'suspicious')),
    excluded_by bigint references responder (id),
    at timestamptz not null,
    primary key (ticket_id, responder_id)
);
create index answer_outcome_responder on answer_outcome (responder_id, at desc);

create table standing (
    responder_id bigint primary key references responder (id),
    since timestamptz not null,
    by_hand boolean not null default false,
    warned_at timestamptz
);
create index standing_warned on standing (warned_at) where warned_at is not null;

create table trust_change (
    id bigint generated always as identity primary key,
    responder_id bigint not null references responder (id),
    kind text not null check (kind in ('rose', 'warned', 'reassured', 'fell', 'set')),
    level text not null check (level in ('newcomer', 'helper', 'expert', 'champion')),
    good integer not null,
    counted integer not null,
    set_by bigint references responder (id),
    reason text,
    at timestamptz not null
);
create index trust_change_responder on trust_change (responder_id, id);

create table thanks (
    ticket_id bigint not null references ticket (id),
    responder_id bigint not null references responder (id),
    words text,
    sent_at timestamptz not null,
    primary key (ticket_id, responder_id)
);
create index thanks_responder on thanks (responder_id, sent_at desc);

create table volunteer_profile (
    responder_id bigint primary key references responder (id),
    named boolean not null default true,
    monthly boolean not null default true
);

create table perk (
    id bigint generated always as identity primary key,
    responder_id bigint references responder (id),
    level text check (level in ('newcomer', 'helper', 'expert', 'champion')),
    text_de text not null,
    text_en text not null,
    until timestamptz,
    granted_by bigint not null references responder (id),
    granted_at timestamptz not null,
    ended_at timestamptz,
    check (num_nonnulls(responder_id, level) = 1)
);
create index perk_responder on perk (responder_id) where ended_at is null;
create index perk_level on perk (level) where ended_at is null;

create table month_told (
    responder_id bigint not null references responder (id),
    month date not null,
    told_at timestamptz not null,
    attachment_id bigint references attachment (id),
    primary key (responder_id, month)
);

alter table invitation add column trust text not null default 'newcomer';
-- squawk-ignore ban-drop-not-null -- an older version never reads it
alter table attachment alter column message_id drop not null;

-- migrate:down
-- Forward only: see the header for how to undo by hand.
