-- Outcomes of volunteers' answers, their standing, and how it changed.

-- part: outcome
o.responder_id, o.ticket_id, 'Z-' || t.number as number, o.topic, o.locale, o.verdict, o.csat, o.excluded, o.at

-- part: standing
r.trust as level, coalesce(s.since, r.created_at) as since, coalesce(s.by_hand, false) as by_hand, s.warned_at

-- part: responder
r.id, r.role, r.name, r.units, r.topics, r.languages, r.trust, r.paused_until, r.active

-- part: newest
cross join lateral (
    select
        count(*) filter (where w.verdict = 'solved' and coalesce(w.csat, 5) >= $2) as good,
        count(*) as counted
    from (
        select o.verdict, o.csat from answer_outcome o
        where o.responder_id = r.id and o.excluded is null and o.verdict <> 'silent'
        order by o.at desc, o.ticket_id desc
        limit $1
    ) w
) q

-- name: note
-- What became of an answer; what a person left out stays left out.
insert into answer_outcome as o (ticket_id, responder_id, topic, locale, verdict, csat, excluded, at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (ticket_id, responder_id) do update
set topic = excluded.topic, locale = excluded.locale, verdict = excluded.verdict, csat = excluded.csat, at = excluded.at,
    excluded = case when o.excluded_by is null then excluded.excluded else o.excluded end;

-- name: take_back
-- There is no outcome yet.
delete from answer_outcome where ticket_id = $1 and responder_id = $2 returning true;

-- name: rate
-- A rating of a solved ticket; whose outcome it is.
update answer_outcome set csat = $2
where ticket_id = $1 and verdict = 'solved' and csat is distinct from $2
returning responder_id;

-- name: exclude_by_rule
-- Leaves an outcome out or in, unless a person decided.
update answer_outcome set excluded = $3
where ticket_id = $1 and responder_id = $2 and excluded_by is null and excluded is distinct from $3
returning true;

-- name: exclude_by_hand
-- A person leaves an outcome out or in.
update answer_outcome set excluded = $3, excluded_by = $4
where ticket_id = $1 and responder_id = $2 and (excluded is distinct from $3 or excluded_by is null)
returning true;

-- name: of_ticket
-- What became of the answers to one ticket, oldest first.
select {outcome} from answer_outcome o join ticket t on t.id = o.ticket_id
where o.ticket_id = $1
order by o.at, o.responder_id;

-- name: newest
-- The newest outcomes of a volunteer, those left out too.
select {outcome} from answer_outcome o join ticket t on t.id = o.ticket_id
where o.responder_id = $1
order by o.at desc, o.ticket_id desc
limit $2;

-- name: judged
-- The newest outcomes of a volunteer that count.
select {outcome} from answer_outcome o join ticket t on t.id = o.ticket_id
where o.responder_id = $1
    and o.excluded is null
    and o.verdict <> 'silent'
    and ($2::timestamptz is null or o.at > $2)
order by o.at desc, o.ticket_id desc
limit $3;

-- name: begin_standing
-- A row to lock.
insert into standing (responder_id, since) select r.id, r.created_at from responder r where r.id = $1
on conflict do nothing;

-- name: lock_standing
-- Where a volunteer stands, locked until the end of the transaction.
select {standing} from standing s join responder r on r.id = s.responder_id where s.responder_id = $1 for update of s;

-- name: standing
-- Where a volunteer stands.
select {standing} from responder r left join standing s on s.responder_id = r.id where r.id = $1;

-- name: save_standing
-- Where they stand from now on.
with level as (
    update responder set trust = $2 where id = $1 and trust is distinct from $2
)
update standing set since = $3, by_hand = $4, warned_at = $5 where responder_id = $1;

-- name: add_change
-- A change of standing, or a warning.
insert into trust_change (responder_id, kind, level, good, counted, set_by, reason, at)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: changes
-- How a volunteer's standing changed, newest first.
select c.responder_id, c.kind, c.level, c.good, c.counted, c.set_by, b.name as set_by_name, c.reason, c.at
from trust_change c left join responder b on b.id = c.set_by
where c.responder_id = $1
order by c.id desc
limit $2;

-- name: warned_before
-- Active volunteers who were warned then or before.
select s.responder_id from standing s join responder r on r.id = s.responder_id
where s.warned_at <= $1 and r.active
order by s.warned_at, s.responder_id;

-- name: qualities
-- How good the newest outcomes are that count, of every active volunteer who has one.
select r.id, q.good, q.counted
from responder r
{newest}
where r.role = 'volunteer' and r.active and q.counted > 0;

-- name: roster
-- Volunteers by name, with their standing, how good they are, what waits for them and when they were asked last.
select {responder}, r.created_at, {standing}, r.last_offer_at, q.good, q.counted,
    (
        select count(*) from ticket t
        where t.assignee_id = r.id and t.status not in ('pending', 'solved', 'closed')
    ) as load
from responder r
left join standing s on s.responder_id = r.id
{newest}
where r.role = 'volunteer' and ($3 = '' or position(lower($3) in lower(r.name)) > 0)
order by not r.active, lower(r.name), r.id
limit $4;
