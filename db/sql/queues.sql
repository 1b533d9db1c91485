-- What waits: messages to read, files to fetch, and what the workers ask about it all.

-- name: claim_unread
-- The first unread message of each conversation, for one reader until its lease ends, oldest first. Only the first:
-- of two readers with different snapshots, neither can get what follows the other's.
with free as (
    select m.id from message m
    where m.to_read
        and (m.claimed_until is null or m.claimed_until <= $2)
        and not exists (
            select from message e where e.conversation_id = m.conversation_id and e.id < m.id and e.to_read
        )
    order by m.id
    limit $1
    for update of m skip locked
),
claimed as (
    update message set claimed_until = $3, read_attempts = read_attempts + 1
    where id in (select id from free)
    returning id, conversation_id, ticket_id, body, read_attempts
)
select k.id, k.conversation_id, k.ticket_id, k.body, k.read_attempts, c.locale, b.body as before
from claimed k
join conversation c on c.id = k.conversation_id
left join asking a on a.ticket_id = k.ticket_id and a.state = 'open'
left join message b on b.id = a.message_id
order by k.id;

-- name: claim_attachments
-- Files to fetch from a channel, for one worker until its lease ends.
with free as (
    select a.id from attachment a
    where a.channel = $1
        and a.state = 'pending'
        and (a.claimed_until is null or a.claimed_until <= $3)
        and (a.not_before is null or a.not_before <= $3)
    order by a.id
    limit $2
    for update of a skip locked
),
claimed as (
    update attachment set claimed_until = $4, attempts = attempts + 1 where id in (select id from free) returning *
)
select to_jsonb(k) as file from claimed k order by k.id;

-- name: attachment_stored
-- A file is in our own storage.
update attachment set state = 'stored', storage_key = $2, size = $3, claimed_until = null
where id = $1 and state = 'pending';

-- name: attachment_refused
-- A file will never be fetched.
update attachment set state = 'refused', claimed_until = null where id = $1 and state = 'pending';

-- name: attachment_postponed
-- A file is fetched later; how often it was tried.
update attachment set not_before = $2, claimed_until = null where id = $1 and state = 'pending' returning attempts;

-- name: next_due
-- When the next clock, postponed delivery or end of a pause comes.
select least(
    (select min(due_at) from clock),
    (select min(not_before) from outbox where state = 'queued' and not_before is not null and not_before > $1),
    (select min(until) from channel_pause where until > $1)
);

-- name: depth
-- How much waits.
select
    (select count(*) from message where to_read) as unread,
    (select count(*) from outbox where state in ('queued', 'sending')) as outbox,
    (select count(*) from outbox where state = 'dead') as outbox_dead,
    (select count(*) from clock where due_at <= now()) as clocks_due,
    (select count(*) from attachment where state = 'pending') as attachments;

-- name: take_over
-- What another process was sending on this channel may be claimed from then on.
update outbox set lease_until = least(lease_until, $2) where channel = $1 and state = 'sending';

-- name: purge
-- Forgets updates handled, links used or run out, sessions and pauses ended before then.
with updates as (
    delete from handled_update where at < $1
),
links as (
    delete from sign_in_link where expires_at < $1 or used_at < $1
),
sessions as (
    delete from console_session where expires_at < $1
)
delete from channel_pause where until < $1;
