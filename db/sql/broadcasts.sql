-- Broadcasts: one text on its way to many.

-- part: broadcast
b.id, b.incident_id, b.kind, b.state, b.statement_id, b.text_de, b.text_en, b.started_by, b.started_at,
b.running_since, b.ended_at, (select i.drill from incident i where i.id = b.incident_id) as drill

-- name: start
-- A new one, without anybody yet.
insert into broadcast (incident_id, kind, statement_id, text_de, text_en, started_by, started_at, running_since)
values ($1, $2, $3, $4, $5, $6, $7, $7)
returning id;

-- name: add_waiting
-- Every open question that follows the incident and has not got the text.
insert into broadcast_row (broadcast_id, ticket_id, channel)
select b.id, t.id, c.channel
from broadcast b
join incident_ticket f on f.incident_id = b.incident_id and f.left_at is null
join ticket t on t.id = f.ticket_id and t.status not in ('solved', 'closed')
join conversation c on c.id = t.conversation_id
where b.id = $1
    and not exists (
        select from statement_told d where d.ticket_id = t.id and d.statement_id = b.statement_id
    )
on conflict do nothing
returning 1;

-- name: add_told
-- Every question that got another text of the incident, or of one that was joined with it, and not this one.
with recursive family as (
    select b.incident_id as id from broadcast b where b.id = $1
    union
    select i.id from incident i join family on i.joined_into = family.id
)

insert into broadcast_row (broadcast_id, ticket_id, channel)
select distinct b.id, t.id, c.channel
from broadcast b
join statement s on s.incident_id in (select family.id from family) and s.id <> b.statement_id
join statement_told o on o.statement_id = s.id
join ticket t on t.id = o.ticket_id
join conversation c on c.id = t.conversation_id
where b.id = $1
    and not exists (
        select from statement_told d where d.ticket_id = t.id and d.statement_id = b.statement_id
    )
on conflict do nothing
returning 1;

-- name: add_left_over
-- Whoever still waits for another one.
insert into broadcast_row (broadcast_id, ticket_id, channel)
select $1, r.ticket_id, r.channel from broadcast_row r where r.broadcast_id = $2 and r.state = 'waiting'
on conflict do nothing
returning 1;

-- name: forget
-- One that tells nobody.
delete from broadcast where id = $1;

-- name: would_tell_waiting
-- By channel, how many open questions follow an incident and did not get a statement.
select c.channel, count(*)::integer as many
from incident_ticket f
join ticket t on t.id = f.ticket_id and t.status not in ('solved', 'closed')
join conversation c on c.id = t.conversation_id
where f.incident_id = $1 and f.left_at is null
    and not exists (select from statement_told d where d.ticket_id = t.id and d.statement_id = $2)
group by c.channel;

-- name: would_tell_corrected
-- By channel, how many questions got another statement of an incident, or of one joined with it, and not this one.
with recursive family as (
    select $1::bigint as id
    union
    select i.id from incident i join family on i.joined_into = family.id
)

select c.channel, count(distinct t.id)::integer as many
from statement s
join statement_told o on o.statement_id = s.id
join ticket t on t.id = o.ticket_id
join conversation c on c.id = t.conversation_id
where s.incident_id in (select family.id from family) and s.id is distinct from $2
    and not exists (select from statement_told d where d.ticket_id = t.id and d.statement_id = $2)
group by c.channel;

-- name: broadcast
-- One, locked.
select {broadcast} from broadcast b where b.id = $1 for update;

-- name: of_incident
-- Newest first.
select {broadcast} from broadcast b where b.incident_id = $1 order by b.id desc;

-- name: save_state
-- It is paused, goes on, or is over.
update broadcast
set state = $2,
    running_since = case when $2 = 'running' then $3 else running_since end,
    ended_at = case when $2 in ('stopped', 'finished') then $3 end
where id = $1;

-- name: finish_told
-- Running ones for which nobody waits.
update broadcast b set state = 'finished', ended_at = $1
where b.state = 'running'
    and not exists (select from broadcast_row r where r.broadcast_id = b.id and r.state = 'waiting')
returning b.id;

-- name: waited_for
-- Channels on which somebody waits for a running one.
select distinct r.channel
from broadcast b join broadcast_row r on r.broadcast_id = b.id and r.state = 'waiting'
where b.state = 'running'
order by r.channel;

-- name: know_pace
-- A channel's pace, not used yet.
insert into broadcast_pace (channel, used_until) values ($1, $2) on conflict do nothing;

-- name: take_pace
-- Until when a channel's pace is used up, locked; other processes skip it.
select used_until from broadcast_pace where channel = $1 for update skip locked;

-- name: use_pace
-- It is used up until then.
update broadcast_pace set used_until = $2 where channel = $1;

-- name: backlog
-- How many messages could go out on a channel at once, counted up to a number; as many when all of it is paused.
select case
    when exists (select from channel_pause p where p.channel = $1 and p.chat = '' and p.until > $2) then $3::integer
    else (
        select count(*)::integer
        from (
            select from outbox q
            where q.channel = $1 and q.state in ('queued', 'sending')
                and (q.not_before is null or q.not_before <= $2)
                and not exists (select from channel_pause p where p.channel = $1 and p.chat = q.chat and p.until > $2)
                and not exists (select from attachment a where a.id = q.attachment_id and a.state = 'pending')
            limit $3
        ) ready
    )
end;

-- name: next_on
-- The running one whose turn it is on a channel: corrections first, then the oldest. It is not paused meanwhile.
select {broadcast}
from broadcast b
where b.state = 'running'
    and exists (
        select from broadcast_row r where r.broadcast_id = b.id and r.channel = $1 and r.state = 'waiting'
    )
order by b.kind <> 'correction', b.id
limit 1
for share skip locked;

-- name: take_rows
-- Whoever waits longest, with their conversations, locked; busy ones are passed over.
select r.ticket_id
from broadcast_row r
join ticket t on t.id = r.ticket_id
join conversation c on c.id = t.conversation_id
where r.broadcast_id = $1 and r.channel = $2 and r.state = 'waiting'
order by r.ticket_id
limit $3
for update of r, c skip locked;

-- name: facts
-- How some questions stand now that they are locked, towards an incident and its statement.
with recursive family as (
    select $2::bigint as id
    union
    select i.id from incident i join family on i.joined_into = family.id
)

select
    t.id as ticket_id, c.blocked, t.status in ('solved', 'closed') as is_over,
    coalesce((
        select i.reachability = 'reachable' from identity i
        where i.contact_id = c.contact_id and i.channel = c.channel
        order by i.id desc
        limit 1
    ), true) as reachable,
    exists (
        select from incident_ticket f where f.ticket_id = t.id and f.incident_id = $2 and f.left_at is null
    ) as follows,
    exists (select from statement_told d where d.ticket_id = t.id and d.statement_id = $3) as told,
    exists (
        select from statement_told d join statement s on s.id = d.statement_id
        where d.ticket_id = t.id and s.incident_id in (select family.id from family) and s.id <> $3
    ) as corrects
from ticket t
join conversation c on c.id = t.conversation_id
where t.id = any($1::bigint[])
order by t.id;

-- name: rows_done
-- What became of some rows.
update broadcast_row r
set state = case when d.why is null then 'put' else 'skipped' end, why = d.why, message_id = d.message_id, done_at = $5
from unnest($2::bigint[], $3::bigint[], $4::text[]) as d (ticket_id, message_id, why)
where r.broadcast_id = $1 and r.ticket_id = d.ticket_id;

-- name: progress
-- By channel and outcome, how many; of those put also how many lately.
select r.channel, k.outcome, count(*)::integer as many, (count(*) filter (where r.done_at > $2))::integer as newly
from broadcast_row r
cross join lateral (
    select case
        when r.state = 'waiting' then 'waiting'
        when r.state = 'skipped' then r.why
        when r.message_id is null then 'sent'
        when exists (
            select from outbox o where o.message_id = r.message_id and o.state in ('dead', 'withdrawn')
        ) then 'failed'
        when exists (
            select from outbox o where o.message_id = r.message_id and o.state in ('queued', 'sending')
        ) then 'under_way'
        else 'sent'
    end as outcome
) k
where r.broadcast_id = $1
group by r.channel, k.outcome;

-- name: under_way
-- Of broadcasts that run or are paused: how many there are, and how many of their questions wait or were told.
select
    b.state, count(distinct b.id)::integer as broadcasts,
    (count(r.ticket_id) filter (where r.state = 'waiting'))::integer as waiting,
    (count(r.ticket_id) filter (where r.state = 'put'))::integer as told
from broadcast b
left join broadcast_row r on r.broadcast_id = b.id
where b.state in ('running', 'paused')
group by b.state;
