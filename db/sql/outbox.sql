-- The outbox: what is decided and not yet delivered.

-- part: row
o.id, o.stream, o.channel, o.chat, o.thread, o.operation, o.text, o.buttons, o.attachment_id, o.reply_to,
    o.message_id, o.ticket_id, o.staff_ticket_id, o.responder_id, o.target_id, o.state, o.attempts, o.external_id,
    o.error, o.created_at, o.pings,
    (select to_jsonb(a) from attachment a where a.id = o.attachment_id) as file,
    target.external_id as target_external_id, target.channel as target_channel, target.chat as target_chat,
    coalesce(target.thread, place.thread) as target_thread

-- part: joined
left join outbox target on target.id = o.target_id
left join staff_thread place
    on place.ticket_id = target.staff_ticket_id and place.channel = target.channel and place.chat = target.chat

-- name: put
-- Entries, in the order given.
insert into outbox (
    stream, channel, chat, thread, operation, text, buttons, attachment_id, reply_to, message_id, ticket_id,
    staff_ticket_id, responder_id, target_id, created_at, pings
)
select
    e.stream, e.channel, e.chat, e.thread, e.operation, e.text, e.buttons::jsonb, e.attachment_id,
    e.reply_to, e.message_id, e.ticket_id, e.staff_ticket_id, e.responder_id, e.target_id, $15,
    coalesce((select array_agg(p.value) from jsonb_array_elements_text(e.pings::jsonb) p), '{}')
from unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[],
    $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $16::text[]
) with ordinality as e (
    stream, channel, chat, thread, operation, text, buttons, attachment_id, reply_to, message_id, ticket_id,
    staff_ticket_id, responder_id, target_id, pings, place
)
order by e.place
returning id;

-- name: deliveries
-- The platform messages of a message, oldest first.
select {row} from outbox o {joined} where o.message_id = $1 and o.operation = 'send' order by o.id;

-- name: withdraw
-- What of a message did not go out yet never will, and its words are forgotten.
update outbox set state = 'withdrawn', text = '', not_before = null
where message_id = $1 and state in ('queued', 'dead');

-- name: by_external_id
-- The row that became this platform message.
select {row} from outbox o {joined}
where o.channel = $1 and o.external_id = $2 and o.operation = 'send'
order by o.id desc
limit 1;

-- name: to_responders
-- The platform messages to some responders about a ticket, oldest first.
select {row} from outbox o {joined}
where o.responder_id = any($1::bigint[]) and o.ticket_id = $2 and o.operation = 'send'
order by o.id;

-- name: about_no_ticket
-- The platform messages to some responders that are about no ticket, oldest first.
select {row} from outbox o {joined}
where o.responder_id = any($1::bigint[]) and o.ticket_id is null and o.operation = 'send' and o.created_at >= $2
order by o.id;

-- name: of_ticket
-- The platform messages of a ticket's messages, oldest first.
select {row} from outbox o {joined}
where o.message_id in (select m.id from message m where m.ticket_id = $1) and o.operation = 'send'
order by o.id;

-- name: dead
-- Dead letters, newest first.
select {row} from outbox o {joined} where o.state = 'dead' order by o.id desc limit $1;

-- name: retry
-- Queues a dead letter again.
update outbox set state = 'queued', attempts = 0, not_before = null, error = null
where id = $1 and state = 'dead'
returning true;

-- name: claim
-- The first undelivered row of each stream that is due, for one worker until its lease ends.
with due as (
    select q.id from outbox q
    where q.channel = $1
        and q.state in ('queued', 'sending')
        and (q.state = 'sending' or q.not_before is null or q.not_before <= $3)
        and (q.state = 'queued' or q.lease_until <= $3)
        and not exists (
            select from outbox e where e.stream = q.stream and e.id < q.id and e.state in ('queued', 'sending')
        )
        and not exists (select from attachment a where a.id = q.attachment_id and a.state = 'pending')
        and not exists (select from channel_pause p where p.channel = $1 and p.chat = q.chat and p.until > $3)
        and not exists (select from channel_pause p where p.channel = $1 and p.chat = '' and p.until > $3)
    order by q.id
    limit $2
    for update of q skip locked
),
o as (
    update outbox set state = 'sending', attempts = attempts + 1, lease_until = $4
    where id in (select id from due)
    returning *
)
select {row} from o {joined} order by o.id;

-- name: confirm
-- The platform took it; true also for a worker whose lease ended while it sent. Whom it pinged, and whose account it named
-- only to write to them, need not be kept.
update outbox
set state = 'sent', external_id = $2, sent_at = $3, lease_until = null, error = null, pings = '{}',
    text = case when operation = 'go_private' then '' else text end
where id = $1 and state in ('sending', 'queued');

-- name: postpone
-- Not now: later. What the platform never saw does not count as tried.
update outbox
set state = 'queued', not_before = $2, error = $3, lease_until = null,
    attempts = attempts - case when $4 then 0 else 1 end
where id = $1 and state = 'sending';

-- name: give_up
-- Never: a dead letter.
update outbox set state = 'dead', error = $2, lease_until = null where id = $1 and state = 'sending';

-- name: pause
-- Holds back a chat, or the whole channel (''). Never shortens a pause.
insert into channel_pause as p (channel, chat, until) values ($1, $2, $3)
on conflict (channel, chat) do update set until = greatest(p.until, excluded.until);
