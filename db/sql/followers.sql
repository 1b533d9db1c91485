-- The tickets of incidents, one by one.

-- part: said
(
    select said.masked
    from (
        select m.masked from message m
        where m.ticket_id = t.id and m.author = 'contact' and m.masked is not null and m.deleted_at is null
        order by m.id
        limit 3
    ) said
    order by length(said.masked) desc
    limit 1
)

-- name: take_in
-- The ticket is taken in; no row when it was before.
insert into incident_taken_in (incident_id, ticket_id, at) values ($1, $2, $3)
on conflict do nothing
returning true;

-- name: to_take_in
-- What follows a confirmed incident and was not taken in.
select f.incident_id, f.ticket_id, f.how
from incident i
join incident_ticket f on f.incident_id = i.id and f.left_at is null
where i.state = 'confirmed'
    and not exists (
        select from incident_taken_in n where n.incident_id = f.incident_id and n.ticket_id = f.ticket_id
    )
order by f.joined_at, f.ticket_id
limit $1;

-- name: to_let_go
-- What still follows a dismissed incident.
select f.ticket_id
from incident i
join incident_ticket f on f.incident_id = i.id and f.left_at is null
where i.state = 'dismissed'
order by f.ticket_id
limit $1;

-- name: ever_followed
-- Whether a ticket follows an incident, or did.
select true from incident_ticket where incident_id = $1 and ticket_id = $2;

-- name: known
-- Confirmed incidents, and what their examples depend on.
select i.id, i.title, i.topic,
    concat_ws(
        '|', i.title, i.topic, i.decided_at,
        (
            select count(*) from (
                select from incident_ticket f
                where f.incident_id = i.id and f.how = 'by_hand' and f.left_at is null
                limit 50
            ) put_in
        )
    ) as version
from incident i
where i.state = 'confirmed'
order by i.id;

-- name: examples
-- What the tickets say that people saw when they confirmed it, or put in by hand.
select {said} as masked, f.how
from incident_ticket f
join incident i on i.id = f.incident_id
join ticket t on t.id = f.ticket_id
where f.incident_id = $1
    and f.left_at is null
    and (f.how = 'by_hand' or f.joined_at <= i.decided_at)
order by array_position(array['by_hand', 'cluster', 'topic'], f.how), f.joined_at, f.ticket_id
limit $2;

-- name: lines
-- An incident's tickets for a list: those that follow it first, newest first.
select f.incident_id, f.ticket_id, f.how, f.joined_at, f.left_at, f.left_why, t.number, t.status, t.lane, t.locale,
    {said} as masked,
    t.assignee_id is not null as held,
    f.left_at is null and t.status = 'on_hold' and t.lane = 'knowledge' as waits
from incident_ticket f
join ticket t on t.id = f.ticket_id
where f.incident_id = $1
order by f.left_at is not null, f.ticket_id desc
limit $2;

-- name: counts
-- How its tickets stand.
select
    count(*) filter (where f.left_at is null)::integer as following,
    count(*) filter (
        where f.left_at is null and t.status = 'on_hold' and t.lane = 'knowledge'
    )::integer as waiting,
    count(*) filter (
        where f.left_at is null and t.status not in ('solved', 'closed') and t.lane in ('peer', 'staff')
    )::integer as with_people,
    count(*) filter (where f.left_at is null and t.status in ('solved', 'closed'))::integer as solved,
    count(*) filter (where f.left_at is not null)::integer as left
from incident_ticket f join ticket t on t.id = f.ticket_id
where f.incident_id = $1;

-- name: opened
-- How many of its tickets were opened in each step of time; steps without any have no row.
select floor(extract(epoch from t.opened_at - $2) / extract(epoch from $3::interval))::integer as step,
    count(*)::integer as opened
from incident_ticket f join ticket t on t.id = f.ticket_id
where f.incident_id = $1 and f.left_at is null and t.opened_at between $2 and $4
group by step
order by step;
