-- What a report of an incident is made of.

-- name: questions
-- Every question that follows it or did: who answered it when, and how it stands, oldest first.
select
    f.ticket_id, f.left_at is not null as has_left, t.status, t.opened_at, told.at as told_at, sent.outcome_at,
    coalesce(sent.unreachable, false) as unreachable, said.volunteer_at, said.staff_at, back.times as reopened
from incident_ticket f
join ticket t on t.id = f.ticket_id
cross join lateral (
    select min(x.told_at) as at
    from statement_told x join statement s on s.id = x.statement_id
    where x.ticket_id = t.id and s.incident_id = f.incident_id
) told
cross join lateral (
    select
        min(r.done_at) filter (where b.kind = 'outcome' and r.state = 'put') as outcome_at,
        bool_or(r.why in ('unreachable', 'blocked')) as unreachable
    from broadcast b join broadcast_row r on r.broadcast_id = b.id
    where b.incident_id = f.incident_id and r.ticket_id = t.id
) sent
cross join lateral (
    select
        min(m.created_at) filter (where m.author = 'volunteer') as volunteer_at,
        min(m.created_at) filter (where m.author = 'agent') as staff_at
    from message m
    where m.ticket_id = t.id and m.direction = 'outbound'
) said
cross join lateral (
    select count(*)::integer as times
    from event e
    where e.ticket_id = t.id and e.kind in ('TicketReopened', 'Rejected', 'OverButNotHere')
) back
where f.incident_id = $1
order by t.opened_at, t.id;

-- name: spans
-- What was read in each step ($5) from $3 to $4, in all and of the storm: on its topic ($2), or in its questions.
with counted as (
    select
        date_bin($5::interval, m.created_at, $3::timestamptz) as at,
        count(*)::integer as messages,
        (count(*) filter (where r.sentiment = 'negative'))::integer as negatives,
        (count(*) filter (where s.of_storm))::integer as storm_messages,
        (count(*) filter (where s.of_storm and r.sentiment = 'negative'))::integer as storm_negatives
    from reading r
    join message m on m.id = r.message_id
    cross join lateral (
        select
            case when $2::text is not null then r.intent = $2
                else exists (select from incident_ticket f where f.ticket_id = m.ticket_id and f.incident_id = $1)
            end as of_storm
    ) s
    where r.made_at >= $3
        and r.made_at < $4::timestamptz + interval '1 day'
        and m.created_at >= $3
        and m.created_at < $4
        and m.direction = 'inbound'
    group by 1
)

select
    g.at, coalesce(c.messages, 0) as messages, coalesce(c.negatives, 0) as negatives,
    coalesce(c.storm_messages, 0) as storm_messages, coalesce(c.storm_negatives, 0) as storm_negatives
from generate_series($3::timestamptz, $4::timestamptz - interval '1 microsecond', $5::interval) as g (at)
left join counted c on c.at = g.at
order by g.at;

-- name: deeds
-- What the machine and staff did about an incident since it showed first, oldest first; staff by name.
select e.at, e.kind, r.name
from event e
left join responder r on r.id = e.responder_id
where e.at >= $2
    and e.ticket_id is null
    and r.role is distinct from 'volunteer'
    and (
        e.data ->> 'incident' = ($1::bigint)::text
        or coalesce(e.data ->> 'alert', e.data ->> 'alert_id') in (
            select a.id::text from alert a where a.incident_id = $1::bigint
        )
    )
order by e.id;
