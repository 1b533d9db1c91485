-- Offers: who was asked about which ticket.

-- part: offer
o.id, o.ticket_id, o.responder_id, o.wave, o.state, o.reasons, o.expires_at

-- name: add
-- A whole wave, without those who were asked about the ticket before. When somebody was asked last is noted on their
-- row too, unless another wave holds it and so notes the same.
with asked as (
    insert into offer as o (ticket_id, responder_id, wave, state, reasons, created_at, expires_at)
    select
        $1, w.responder_id, $3, 'open',
        array(select jsonb_array_elements_text(w.reasons::jsonb)), $5, $6
    from unnest($2::bigint[], $4::text[]) with ordinality as w (responder_id, reasons, place)
    order by w.place
    on conflict (ticket_id, responder_id) do nothing
    returning {offer}
),
noted as (
    update responder set last_offer_at = $5
    where id in (select r.id from responder r where r.id = any ($2) for no key update skip locked)
        and id in (select responder_id from asked)
)
select * from asked order by id;

-- name: hold
-- Of some volunteers, those to whom no other wave is being offered at this moment; nobody else offers to them until the
-- end of the transaction.
select r.id from responder r where r.id = any ($1::bigint[]) order by r.id for no key update skip locked;

-- name: carried
-- What they carry now. A statement of its own: it sees what was committed before they were held.
select
    r.id,
    (
        select count(*) from ticket t
        where t.assignee_id = r.id and t.status not in ('pending', 'solved', 'closed')
    ) as load,
    (select count(*) from offer o where o.responder_id = r.id and o.state = 'open') as open_offers,
    (
        select count(*) from offer o
        where o.responder_id = r.id and o.created_at > $2::timestamptz - interval '24 hours'
    ) as offers_today
from unnest($1::bigint[]) r (id);

-- name: claim_terms
-- What limits a claim of a responder, who claims nothing else until the transaction ends.
select
    v.most_at_once, s.until is not null as is_suspended,
    (
        select max(c.most_at_once) from muster_call c where c.responder_id = r.id and c.duty_until > $2
    ) as in_storm
from responder r
left join volunteer v on v.responder_id = r.id
left join suspension s on s.responder_id = r.id and s.until > $2
where r.id = $1
for no key update of r;

-- name: by_id
-- One offer.
select {offer} from offer o where o.id = $1;

-- name: open_of_ticket
-- The unanswered offers of a ticket.
select {offer} from offer o where o.ticket_id = $1 and o.state = 'open' order by o.id;

-- name: open_of_responder
-- What a responder has not answered yet.
select {offer} from offer o where o.responder_id = $1 and o.state = 'open' order by o.id;

-- name: save_state
-- How offers ended, and what it says of whoever had them: a claim, a pass or silence becomes part of their habit at this
-- part of the day ($4), what was there before fades by half in a week. What somebody else took says nothing.
with ended as (
    update offer set state = $2, answered_at = case when $2 in ('accepted', 'passed') then $3::timestamptz end
    where id = any ($1)
    returning responder_id, created_at
)
insert into habit as h (responder_id, day_part, asked, claimed, passed, log_seconds, counted_at)
select
    responder_id, $4::integer, count(*), count(*) filter (where $2 = 'accepted'), count(*) filter (where $2 = 'passed'),
    coalesce(
        sum(ln(1 + greatest(date_part('epoch', $3::timestamptz - created_at), 0))) filter (where $2 = 'accepted'), 0
    ),
    $3
from ended
where $2 in ('accepted', 'passed', 'expired')
group by responder_id
order by responder_id
on conflict (responder_id, day_part) do update
set (asked, claimed, passed, log_seconds, counted_at) = (
    select
        h.asked * f.kept + excluded.asked, h.claimed * f.kept + excluded.claimed, h.passed * f.kept + excluded.passed,
        h.log_seconds * f.kept + excluded.log_seconds, greatest(h.counted_at, excluded.counted_at)
    from (
        select power(
            0.5::double precision, greatest(date_part('epoch', excluded.counted_at - h.counted_at), 0) / 604800
        ) as kept
    ) f
)
returning responder_id;

-- name: seen
-- A sign of life of volunteers: they are looked at first for the next questions. Once a minute is enough.
update askable set active_at = $2
where responder_id = any ($1::bigint[]) and active_at < $2::timestamptz - interval '1 minute';

-- name: ignored_in_a_row
-- How many of a responder's newest offers expired, back to the last answered one.
select count(*) from offer o
where o.responder_id = $1 and o.state = 'expired'
    and o.id > coalesce((
        select max(a.id) from offer a where a.responder_id = $1 and a.state in ('accepted', 'passed')
    ), 0);
