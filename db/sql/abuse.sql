-- Abuse: what coordinators look at, and what they decided.

-- part: case
c.id, c.rule, c.responders, c.contact_id, c.tickets, c.figures, c.raised_at, c.decision, c.decided_at, c.decided_by,
c.reason

-- name: begins_watch
-- Whether the deeds were looked through last before a time; then they are now.
insert into abuse_watch as w (looked_at) values ($2)
on conflict (one) do update set looked_at = excluded.looked_at where w.looked_at <= $1
returning true;

-- name: deeds
-- What volunteers took since a time and do not hold any more, newest first. One row at a time (limit 1), so that no plan
-- reads the tickets of all years.
select
    o.responder_id, o.ticket_id, t.contact_id, coalesce(t.intent, t.unit) as topic,
    o.created_at as offered_at, o.answered_at as accepted_at,
    (
        select a.responder_id
        from identity i
        join account a on a.channel = i.channel and a.external_id = i.external_id
        where i.contact_id = t.contact_id and a.responder_id <> o.responder_id
        order by a.id
        limit 1
    ) as asker_id,
    sent.at as sent_at,
    exists (
        select from event e
        where e.ticket_id = o.ticket_id
            and e.responder_id = o.responder_id
            and e.kind in ('HandedBack', 'Escalated', 'Referred')
            and e.at >= o.answered_at
    ) as handed_back,
    u.verdict, u.at as said_at
from offer o
cross join lateral (
    select k.contact_id, k.intent, k.unit, k.assignee_id from ticket k where k.id = o.ticket_id limit 1
) t
left join lateral (
    select min(a.written_at) as at
    from answer a
    where a.ticket_id = o.ticket_id
        and a.author_id = o.responder_id
        and a.kind = 'answer'
        and a.state in ('sent', 'recalled')
) sent on true
left join lateral (
    select w.verdict, w.at from answer_outcome w where w.ticket_id = o.ticket_id and w.responder_id = o.responder_id limit 1
) u on true
where o.state = 'accepted'
    and o.answered_at >= $1
    and (sent.at is not null or t.assignee_id is distinct from o.responder_id)
order by o.answered_at desc
limit $2;

-- name: answers
-- A volunteer's first answer to each ticket since a time.
select distinct on (a.ticket_id) a.ticket_id, a.body
from answer a
where a.author_id = $1 and a.kind = 'answer' and a.state in ('sent', 'recalled') and a.written_at >= $2
order by a.ticket_id, a.id;

-- name: offered
-- How many offers each volunteer got since a time and could have taken.
select o.responder_id, count(*) as amount
from offer o
where o.created_at >= $1 and o.state in ('accepted', 'passed', 'expired')
group by o.responder_id;

-- name: refusals
-- What the check refused since a time, one row a rule.
select e.responder_id, e.ticket_id, r.rule, e.at
from event e
cross join lateral jsonb_array_elements_text(e.data -> 'rules') as r (rule)
where e.kind = 'AnswerRefused' and e.at >= $1 and e.responder_id is not null and e.ticket_id is not null
order by e.at;

-- name: reports
-- What contacts reported since a time.
select responder_id, ticket_id, contact_id, words, at from abuse_report where at >= $1 order by at;

-- name: add_report
-- A report; no row when there is one.
insert into abuse_report (ticket_id, responder_id, contact_id, words, at) values ($1, $2, $3, $4, $5)
on conflict (ticket_id, responder_id) do nothing
returning true;

-- name: looked_at
-- The tickets in decided cases of a key.
select distinct unnest(tickets) as ticket_id from abuse_case where key = $1 and decision is not null;

-- name: raise_case
-- A new case, or more evidence for the open one.
insert into abuse_case as c (key, rule, responders, contact_id, tickets, figures, raised_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (key) where decision is null do update set tickets = excluded.tickets, figures = excluded.figures
returning (c.xmax = 0) as is_new;

-- name: cases
-- Open cases first, oldest first; then decided ones, newest first.
select {case} from abuse_case c
order by c.decision is not null, c.decided_at desc, c.id
limit $1;

-- name: case
-- One case, locked.
select {case} from abuse_case c where c.id = $1 for update;

-- name: decide
-- What a coordinator decided.
update abuse_case set decision = $2, decided_by = $3, reason = $4, decided_at = $5 where id = $1;

-- name: suspend
-- No offers and no claims until then.
insert into suspension (responder_id, until, by) values ($1, $2, $3)
on conflict (responder_id) do update set until = excluded.until, by = excluded.by;

-- name: keep_apart
-- Two people who do not meet again; no row when the same side said so before.
insert into blocked_pair (contact_id, responder_id, blocked_by, blocked_at) values ($1, $2, $3, $4)
on conflict do nothing
returning true;

-- name: often_avoided
-- Contacts whom several volunteers avoid, and volunteers who are still there and whom several contacts avoid.
select
    b.contact_id, null::bigint as responder_id, count(*) as by_others,
    (
        select 'Z-' || t.number
        from conversation c join ticket t on t.conversation_id = c.id
        where c.contact_id = b.contact_id
        order by t.id desc
        limit 1
    ) as ticket_number
from blocked_pair b
where b.blocked_by = 'responder'
group by b.contact_id
having count(*) >= $1
union all
select null, b.responder_id, count(*), null
from blocked_pair b
join responder r on r.id = b.responder_id and r.active
where b.blocked_by = 'contact'
group by b.responder_id
having count(*) >= $1
order by by_others desc, contact_id, responder_id
limit $2;

-- name: last_met
-- Whose question a volunteer took last.
select t.contact_id
from offer o join ticket t on t.id = o.ticket_id
where o.responder_id = $1 and o.state = 'accepted'
order by o.id desc
limit 1;

-- name: numbers_of
-- The public numbers of some tickets.
select id, 'Z-' || number as number from ticket where id = any($1::bigint[]);
