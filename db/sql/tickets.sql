-- Tickets, decisions and staff threads.

-- part: ticket
t.id, t.number, t.conversation_id, t.contact_id, t.status, t.lane, t.unit, t.priority, t.intent, t.locale,
    t.assignee_id, t.lease_expires_at, t.rejections, t.follow_up_of, t.opened_at, t.waiting_since, t.answered_at,
    t.solved_at, t.wave, t.csat

-- part: urgency
array_position(array['urgent', 'high', 'normal', 'low'], t.priority), coalesce(t.waiting_since, 'infinity'), -t.id

-- name: live
-- The ticket of a conversation that is not closed.
select {ticket} from ticket t where t.conversation_id = $1 and t.status <> 'closed';

-- name: latest_closed
-- The newest closed ticket of a conversation.
select {ticket} from ticket t where t.conversation_id = $1 and t.status = 'closed' order by t.id desc limit 1;

-- name: open
-- A new ticket.
insert into ticket as t (conversation_id, contact_id, status, locale, follow_up_of, opened_at, waiting_since)
values ($1, $2, 'new', $3, $4, $5, $5)
returning {ticket};

-- name: by_id
-- One ticket.
select {ticket} from ticket t where t.id = $1;

-- name: by_number
-- One ticket by its public number.
select {ticket} from ticket t where t.number = $1;

-- name: continue_in
-- The ticket goes on in another conversation of its contact.
update ticket set conversation_id = $2 where id = $1;

-- name: save
-- Every column of a ticket that can change.
update ticket
set status = $2, lane = $3, unit = $4, priority = $5, intent = $6, locale = $7, assignee_id = $8,
    lease_expires_at = $9, rejections = $10, follow_up_of = $11, waiting_since = $12, answered_at = $13,
    solved_at = $14, wave = $15, csat = $16,
    assignment = case
        when $8::bigint is null then null
        when assignee_id = $8 then assignment
        else nextval('assignment_order')
    end
where id = $1;

-- name: add_decision
-- A decision and its reasons.
insert into decision (ticket_id, message_id, lane, unit, priority, reasons, made_at)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: reasons
-- The reasons of the newest decision.
select reasons from decision where ticket_id = $1 order by id desc limit 1;

-- name: held_by
-- What a responder works on, newest assignment last.
select {ticket} from ticket t
where t.assignee_id = $1 and t.status not in ('solved', 'closed')
order by t.assignment, t.id;

-- name: place_in_queue
-- How many questions wait for staff of the same unit before one, and how many of that unit's staff took up lately.
select
    (
        select count(*) from ticket t
        where t.lane = 'staff' and t.assignee_id is null and t.status in ('new', 'open') and t.id <> $1
            and (t.unit = $5 or t.unit is null and $5::text is null)
            and ({urgency}) < (
                array_position(array['urgent', 'high', 'normal', 'low'], $2::text), $3::timestamptz, -$1::bigint
            )
    )::integer as before,
    (
        select count(distinct e.ticket_id)
        from event e join ticket t on t.id = e.ticket_id
        where e.at >= $4 and e.kind = 'Claimed' and t.unit is not distinct from $5::text
    )::integer as taken_up;

-- name: list
-- Tickets for a list: most urgent first, then longest waiting.
with wanted as (
    select {ticket}
    from ticket t
    where ($1::text[] is null or t.status = any ($1))
        and ($2::text[] is null or t.unit = any ($2))
        and ($3::text is null or t.lane = $3)
        and ($4::bigint is null or t.assignee_id = $4)
        and (not $5 or t.assignee_id is null)
        and (
            $6::text is null
            or t.number = $7
            or t.status <> 'closed' and (
                exists (select from contact p where p.id = t.contact_id and p.name ilike $6)
                or exists (select from message m where m.ticket_id = t.id and m.body ilike $6)
            )
        )
        and ($8::bigint is null or ({urgency}) > (select {urgency} from ticket t where t.id = $8))
    order by {urgency}
    limit $9
)
select
    {ticket},
    p.name as contact_name,
    c.channel,
    r.name as assignee_name,
    coalesce((
        select m.body from message m
        where m.ticket_id = t.id and m.direction = 'inbound'
        order by m.id
        limit 1
    ), '') as excerpt,
    coalesce((
        select i.reachability from identity i
        where i.contact_id = t.contact_id and i.channel = c.channel
        order by i.id desc
        limit 1
    ), 'reachable') as reachability,
    (select count(*) from message m where m.ticket_id = t.id and m.direction <> 'note') as message_count,
    exists (select from asking a where a.ticket_id = t.id and a.state = 'open') as asked
from wanted t
join contact p on p.id = t.contact_id
join conversation c on c.id = t.conversation_id
left join responder r on r.id = t.assignee_id
order by {urgency};

-- name: staff_threads
-- Where staff talk about a ticket.
select channel, chat, thread from staff_thread where ticket_id = $1 order by opened_at, channel, chat;

-- name: ticket_of_thread
-- The ticket a staff thread is about.
select ticket_id from staff_thread where channel = $1 and chat = $2 and thread = $3;

-- name: add_staff_thread
-- A staff thread of a ticket; it replaces the one in the same room.
insert into staff_thread (ticket_id, channel, chat, thread, opened_at)
values ($1, $2, $3, $4, $5)
on conflict (ticket_id, channel, chat) do update set thread = excluded.thread, opened_at = excluded.opened_at;

-- name: drop_staff_thread
-- Forgets a staff thread.
delete from staff_thread where channel = $1 and chat = $2 and thread = $3;
