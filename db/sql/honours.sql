-- Thanks, people helped, profiles, perks, and the pictures of the month.

-- part: perk
p.id, p.responder_id, p.level, p.text_de, p.text_en, p.until, p.granted_at

-- name: give_thanks
-- Thanks for an answer; words may follow once. No row when nothing is new.
insert into thanks as t (ticket_id, responder_id, words, sent_at) values ($1, $2, $3, $4)
on conflict (ticket_id, responder_id) do update set words = excluded.words
where t.words is null and excluded.words is not null
returning true;

-- name: thanks_of
-- The thanks for the answers to a ticket.
select ticket_id, responder_id, words, sent_at from thanks where ticket_id = $1 order by responder_id;

-- name: people_helped
-- How many people somebody's answers helped in a span, by topic, and in all (first row, no topic).
select o.topic, grouping(o.topic) as in_all, count(distinct t.contact_id) as people
from answer_outcome o join ticket t on t.id = o.ticket_id
where o.responder_id = $1
    and o.verdict = 'solved'
    and o.excluded is distinct from 'suspicious'
    and ($2::timestamptz is null or o.at >= $2)
    and ($3::timestamptz is null or o.at < $3)
group by grouping sets ((), (o.topic))
order by in_all desc, people desc, o.topic;

-- name: thanks_count
-- How often somebody was thanked in a span.
select count(*) from thanks
where responder_id = $1
    and ($2::timestamptz is null or sent_at >= $2)
    and ($3::timestamptz is null or sent_at < $3);

-- name: thanks_words
-- The newest words of thanks to somebody in a span.
select words from thanks
where responder_id = $1
    and words is not null
    and ($2::timestamptz is null or sent_at >= $2)
    and ($3::timestamptz is null or sent_at < $3)
order by sent_at desc, ticket_id desc
limit $4;

-- name: profile
-- What a volunteer chose that others may see.
select named, monthly from volunteer_profile where responder_id = $1;

-- name: unnamed
-- Who does not want to be named.
select responder_id from volunteer_profile where not named;

-- name: save_profile
-- What they choose from now on.
insert into volunteer_profile (responder_id, named, monthly) values ($1, $2, $3)
on conflict (responder_id) do update set named = excluded.named, monthly = excluded.monthly;

-- name: grant
-- A perk for one volunteer or a level.
insert into perk (responder_id, level, text_de, text_en, until, granted_by, granted_at)
values ($1, $2, $3, $4, $5, $6, $7)
returning id;

-- name: perk
-- A perk in force.
select {perk} from perk p where p.id = $1 and p.ended_at is null;

-- name: end_perk
-- A perk ends.
update perk set ended_at = $2 where id = $1 and ended_at is null returning true;

-- name: perks
-- All perks in force, newest first.
select {perk} from perk p where p.ended_at is null and (p.until is null or p.until > $1) order by p.id desc;

-- name: perks_of
-- The perks of a volunteer and of some levels in force, newest first.
select {perk} from perk p
where p.ended_at is null and (p.until is null or p.until > $3) and (p.responder_id = $1 or p.level = any ($2::text[]))
order by p.id desc;

-- name: untold
-- Active volunteers who helped or were thanked in a span, want the month's picture, and were not told of it.
select r.id from responder r
left join volunteer_profile v on v.responder_id = r.id
where r.role = 'volunteer'
    and r.active
    and coalesce(v.monthly, true)
    and not exists (select from month_told m where m.responder_id = r.id and m.month = $1)
    and (
        exists (
            select from answer_outcome o
            where o.responder_id = r.id and o.verdict = 'solved' and o.at >= $2 and o.at < $3
        )
        or exists (select from thanks t where t.responder_id = r.id and t.sent_at >= $2 and t.sent_at < $3)
    )
    and r.id > $4
order by r.id
limit $5;

-- name: told
-- Somebody is told of a month; no row when they were before.
insert into month_told (responder_id, month, told_at) values ($1, $2, $3) on conflict do nothing returning true;

-- name: add_picture
-- A picture of ours, kept as a file that no message has.
insert into attachment (kind, name, media_type, size, channel, source, state, storage_key)
values ('photo', $1, 'image/png', $2, 'console', '', 'stored', $3)
returning id;

-- name: keep_picture
-- The picture of somebody's month.
update month_told set attachment_id = $3 where responder_id = $1 and month = $2;

-- name: pictures
-- The months of which somebody has a picture, newest first.
select month, attachment_id from month_told where responder_id = $1 and attachment_id is not null order by month desc;

-- name: take_along
-- What is kept of a volunteer's record.
select jsonb_build_object(
    'record', (
        select coalesce(jsonb_agg(jsonb_build_object('question', 'Q' || o.ticket_id, 'topic', o.topic,
            'verdict', o.verdict, 'stars', o.csat, 'left_out', o.excluded, 'at', o.at) order by o.at, o.ticket_id), '[]')
        from answer_outcome o where o.responder_id = $1
    ),
    'level_changes', (
        select coalesce(jsonb_agg(jsonb_build_object('what', c.kind, 'level', c.level, 'good', c.good,
            'counted', c.counted, 'reason', c.reason, 'at', c.at) order by c.id), '[]')
        from trust_change c where c.responder_id = $1
    ),
    'thanks', (
        select coalesce(jsonb_agg(jsonb_build_object('words', t.words, 'at', t.sent_at) order by t.sent_at), '[]')
        from thanks t where t.responder_id = $1
    ),
    'perks', (
        select coalesce(jsonb_agg(jsonb_build_object('de', p.text_de, 'en', p.text_en, 'until', p.until) order by p.id),
            '[]')
        from perk p where p.responder_id = $1
    ),
    'profile', (
        select jsonb_build_object('named', v.named, 'monthly_picture', v.monthly)
        from volunteer_profile v where v.responder_id = $1
    )
);

-- name: forget
-- Erases words, choices and perks of a volunteer; numbers stay. Where their pictures were kept.
with choices as (delete from volunteer_profile where responder_id = $1),
words as (update thanks set words = null where responder_id = $1 and words is not null),
reasons as (update trust_change set reason = null where responder_id = $1 and reason is not null),
gifts as (delete from perk where responder_id = $1),
pictures as (
    select a.id, a.storage_key from month_told m join attachment a on a.id = m.attachment_id
    where m.responder_id = $1 and a.storage_key is not null
),
months as (update month_told set attachment_id = null where responder_id = $1),
gone as (
    update attachment set state = 'refused', storage_key = null, name = '' where id in (select id from pictures)
)
select storage_key from pictures;
