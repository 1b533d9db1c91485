-- Candidates: who could be asked about a ticket now. Looked at are the first of each shelf of `askable` (a shelf: a topic
-- and a language; '' is every topic) in two orders, and the strongest of the topic; only when too few of them are free
-- (`everybody`) is everybody looked at. So the cost of a choice does not grow with the roster, and nobody is at hand only
-- if nobody is. `offset 0` has each row looked up by its key, and counted once, whatever the planner believes.
--
-- $1 ticket, $2 contact, $3 its unit and intent, $4 language, $5 the most, $6 now, $7 all topics of the unit, $8 most at
-- once, $9 most a day, $10 where to begin in the random order, $11 part of the day, $12 intent.

-- part: responder
r.id, r.role, r.name, r.units, r.topics, r.languages, r.trust, r.paused_until, r.active

-- part: never
select o.responder_id from offer o where o.ticket_id = $1
union all
select b.responder_id from blocked_pair b where b.contact_id = $2
union all
select s.responder_id from suspension s where s.until > $6
union all
select a.responder_id
from identity i
join account a on a.channel = i.channel and a.external_id = i.external_id
where i.contact_id = $2

-- part: on_duty
-- Those who are in for a storm that the ticket is about: nobody, but in a storm.
select
    c.responder_id, max(c.most_at_once) as at_once, max(c.most_a_day) as a_day, bool_or(c.any_hour) as any_hour,
    min(case when c.place < $10 then c.place + 1 else c.place end) as turn
from muster_call c
join muster m on m.id = c.muster_id
where c.duty_until is not null
    and c.duty_until > $6
    and (
        m.topics = '{}' or m.topics && $3::text[]
        or exists (
            select from incident_ticket f
            where f.ticket_id = $1 and f.incident_id = m.incident_id and f.left_at is null
        )
    )
group by c.responder_id

-- part: first
-- Those who are in, before anybody else.
select d.responder_id, d.turn - 2 as turn
from (select responder_id, turn from on_duty order by turn limit 40) d

-- part: free
select
    r.id, n.turn, busy.load, busy.open_offers, busy.offers_today, v.most_at_once, v.most_a_day,
    d.at_once as duty_at_once, d.a_day as duty_a_day
from looked_at n
left join on_duty d on d.responder_id = n.responder_id
cross join lateral (select * from responder r where r.id = n.responder_id offset 0) r
left join lateral (select * from volunteer v where v.responder_id = r.id offset 0) v on true
cross join lateral (
    select
        (
            select count(*) from ticket t
            where t.assignee_id = r.id and t.status not in ('pending', 'solved', 'closed')
        ) as load,
        (select count(*) from offer o where o.responder_id = r.id and o.state = 'open') as open_offers,
        (
            select count(*) from offer o
            where o.responder_id = r.id and o.created_at > $6::timestamptz - interval '24 hours'
        ) as offers_today
    offset 0
) busy
where r.role = 'volunteer'
    and r.active
    and (r.paused_until is null or r.paused_until <= $6)
    and (r.topics = '{}' or r.topics && $3::text[])
    and $4 = any (r.languages)
    and (
        v.responder_id is null
        or (
            d.any_hour
            or v.hours @> (
                date_part('isodow', $6::timestamptz at time zone v.zone)::integer * 1440 - 1440
                + date_part('hour', $6::timestamptz at time zone v.zone)::integer * 60
                + date_part('minute', $6::timestamptz at time zone v.zone)::integer
            )
        )
        and not v.quiet @> (
            date_part('hour', $6::timestamptz at time zone v.zone)::integer * 60
            + date_part('minute', $6::timestamptz at time zone v.zone)::integer
        )
    )
    and exists (select from account a where a.responder_id = r.id and a.reachability = 'reachable' offset 0)
    and r.id not in (select responder_id from never)
    and busy.load + busy.open_offers < coalesce(d.at_once, least($8::integer, coalesce(v.most_at_once, $8::integer)))
    and busy.offers_today < coalesce(d.a_day, least($9::integer, coalesce(v.most_a_day, $9::integer)))
order by n.turn, r.id
limit $5

-- part: known
select
    {responder}, r.last_offer_at, c.load, c.open_offers, c.offers_today, c.most_at_once, c.most_a_day, c.duty_at_once,
    c.duty_a_day,
    verdicts.*, habits.*, (select max(a.active_at) from askable a where a.responder_id = r.id) as active_at
from chosen c
cross join lateral (select * from responder r where r.id = c.id offset 0) r
cross join lateral (
    select
        coalesce(sum(e.rated) filter (where e.topic = $12 and e.language = $4), 0) as intent_rated,
        coalesce(sum(e.solved) filter (where e.topic = $12 and e.language = $4), 0) as intent_solved,
        coalesce(sum(e.worth) filter (where e.topic = $12 and e.language = $4), 0) as intent_worth,
        coalesce(sum(e.rated) filter (where e.topic = any ($7::text[]) and e.language = $4), 0) as unit_rated,
        coalesce(sum(e.solved) filter (where e.topic = any ($7::text[]) and e.language = $4), 0) as unit_solved,
        coalesce(sum(e.worth) filter (where e.topic = any ($7::text[]) and e.language = $4), 0) as unit_worth,
        coalesce(sum(e.rated), 0) as rated,
        coalesce(sum(e.solved), 0) as solved,
        coalesce(sum(e.worth), 0) as worth
    from expertise e
    where e.responder_id = r.id
) verdicts
cross join lateral (
    select
        coalesce(sum(h.asked * f.kept), 0) as asked,
        coalesce(sum(h.claimed * f.kept), 0) as claimed,
        coalesce(sum(h.passed * f.kept), 0) as passed,
        coalesce(sum(h.log_seconds * f.kept), 0) as log_seconds,
        coalesce(sum(h.asked * f.kept) filter (where h.day_part = $11), 0) as asked_now,
        coalesce(sum(h.claimed * f.kept) filter (where h.day_part = $11), 0) as claimed_now,
        coalesce(sum(h.passed * f.kept) filter (where h.day_part = $11), 0) as passed_now,
        coalesce(sum(h.log_seconds * f.kept) filter (where h.day_part = $11), 0) as log_seconds_now
    from habit h
    cross join lateral (
        select power(0.5::double precision, greatest(date_part('epoch', $6::timestamptz - h.counted_at), 0) / 604800)
            as kept
    ) f
    where h.responder_id = r.id
) habits
order by c.turn, r.id

-- name: promising
-- Volunteers who may be asked about a ticket, the most promising first, with what is known of them.
with shelf as (
    select unnest((select $3::text[]) || array['']) as topic
),
on_duty as materialized ({on_duty}),
looked_at as materialized (
    select one.responder_id, min(one.turn) as turn
    from (
        {first}
        union all
        select a.responder_id, a.turn
        from shelf s
        cross join lateral (
            select a.responder_id, row_number() over () as turn
            from (
                select responder_id from askable
                where topic = s.topic and language = $4
                order by active_at desc, responder_id
                limit 28
            ) a
        ) a
        union all
        select a.responder_id, 2 * a.turn
        from shelf s
        cross join lateral (
            select a.responder_id, row_number() over () as turn
            from (
                select responder_id from askable
                where topic = s.topic and language = $4 and place >= $10
                order by place, responder_id
                limit 12
            ) a
        ) a
        union all
        select e.responder_id, 2 * e.turn
        from unnest((select $3::text[])) s (topic)
        cross join lateral (
            select e.responder_id, row_number() over () as turn
            from (
                select responder_id from expertise
                where topic = s.topic and language = $4
                order by strength desc, responder_id
                limit 12
            ) e
        ) e
    ) one
    group by one.responder_id
),
never as materialized ({never}),
chosen as materialized ({free})
{known};

-- name: everybody
-- The same, from all who have the topic and the language, in the random order. Those who are asked as much as anybody may
-- be are left out first: when nearly everybody is, most of the roster need not be looked up.
with on_duty as materialized ({on_duty}),
full_up as materialized (
    select o.responder_id from offer o where o.state = 'open' group by o.responder_id having count(*) >= $8::integer
    except
    select d.responder_id from on_duty d
),
looked_at as materialized (
    select one.responder_id, min(one.turn) as turn
    from (
        {first}
        union all
        select a.responder_id, case when a.place < $10 then a.place + 1 else a.place end
        from askable a
        where a.topic = any ($3::text[] || array['']) and a.language = $4
            and a.responder_id not in (select responder_id from full_up)
    ) one
    group by one.responder_id
),
never as materialized ({never}),
chosen as materialized ({free})
{known};
