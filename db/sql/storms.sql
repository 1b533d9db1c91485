-- The memory of the storm watch.

-- part: reading
r.message_id, m.ticket_id, c.contact_id, m.created_at as at, r.language,
case when r.engine = 'unread' or r.out_of_scope then 'out_of_scope' else r.intent end as topic,
r.sentiment = 'negative' as negative

-- name: hold
-- Whether this one watches now: it did before, or nobody does.
update storm_watch set holder = $1, held_until = $3
where holder is null or holder = $1 or held_until <= $2
returning epoch;

-- name: memory
-- Where the watch stands.
select epoch, watermark, detector from storm_watch;

-- name: keep
-- Where it stands now, if it was this one that watched until now.
update storm_watch set epoch = $2, watermark = $3, detector = $4, kept_at = $5
where holder = $1 and epoch = $2 - 1
returning true;

-- name: put_in_place
-- Another memory; whoever watches finds it at its next step.
update storm_watch
set epoch = epoch + 1, watermark = $1, detector = $2, kept_at = $3, holder = null, held_until = null
returning epoch;

-- name: watch_again
-- Later readings that were watched are watched again from this epoch on.
update watched_reading set epoch = $2 where message_id > $1;

-- name: newest_message
-- The newest message of all.
select coalesce(max(id), 0) from message;

-- name: oldest_unread
-- The oldest message that is still to be read.
select min(id) from message where to_read;

-- name: unwatched
-- Readings of later messages that were not watched.
select {reading}, coalesce(m.masked, '') as words, null::bigint as cluster_id
from reading r
join message m on m.id = r.message_id
join conversation c on c.id = m.conversation_id
where r.message_id > $1 and not exists (select from watched_reading w where w.message_id = r.message_id)
order by r.message_id
limit $2;

-- name: watched_in
-- Readings watched in an epoch, in that order.
select {reading}, coalesce(m.masked, '') as words, w.cluster_id
from watched_reading w
join reading r on r.message_id = w.message_id
join message m on m.id = r.message_id
join conversation c on c.id = m.conversation_id
where w.epoch = $1
order by w.place;

-- name: newest_watched
-- The newest readings that were watched, in that order.
select * from (
    select {reading}, coalesce(m.masked, '') as words, w.cluster_id, w.place
    from watched_reading w
    join reading r on r.message_id = w.message_id
    join message m on m.id = r.message_id
    join conversation c on c.id = m.conversation_id
    where w.at >= $1
    order by w.place desc
    limit $2
) newest
order by place;

-- name: put_in_clusters
-- These watched messages are in these clusters now.
update watched_reading w set cluster_id = u.cluster_id
from unnest($1::bigint[], $2::bigint[]) as u (message_id, cluster_id)
where w.message_id = u.message_id;

-- name: merge_cluster
-- All messages of a cluster are another's.
update watched_reading set cluster_id = $2 where cluster_id = $1;

-- name: merge_incident
-- The incident of a cluster is another's, unless that one has one.
update incident_cluster c set cluster_id = $2
where c.cluster_id = $1 and not exists (select from incident_cluster o where o.cluster_id = $2);

-- name: incident_clusters
-- Clusters that are or were an incident.
select cluster_id from incident_cluster;

-- name: watched
-- These readings were watched.
insert into watched_reading (message_id, cluster_id, topic, negative, at, epoch)
select u.message_id, u.cluster_id, u.topic, u.negative, u.at, $6
from unnest($1::bigint[], $2::bigint[], $3::text[], $4::boolean[], $5::timestamptz[]) with ordinality
    as u (message_id, cluster_id, topic, negative, at, place)
order by u.place;

-- name: forget
-- Which old readings were watched.
delete from watched_reading where at < $1 and message_id <= (select watermark from storm_watch);

-- name: history
-- Readings of a stretch of messages.
select {reading}, '' as words, null::bigint as cluster_id
from reading r
join message m on m.id = r.message_id
join conversation c on c.id = m.conversation_id
where r.message_id > $1 and r.message_id <= $2
order by r.message_id
limit $3;

-- name: history_begins
-- The last message before those that were read since a time.
select coalesce(min(message_id), 1) - 1 from reading where made_at >= $1;

-- name: levels
-- Topics that are not calm.
select topic, level, since from storm_level order by since, topic;

-- name: set_level
-- A topic's level; since then, if it is another one.
insert into storm_level as l (topic, level, since) values ($1, $2, $3)
on conflict (topic) do update set level = excluded.level, since = excluded.since where l.level <> excluded.level;

-- name: calm
-- A topic is calm.
delete from storm_level where topic = $1;

-- name: tickets_of_cluster
-- Tickets with a message in a cluster.
select distinct m.ticket_id
from watched_reading w
join message m on m.id = w.message_id
where w.cluster_id = $1 and w.at >= $2 and m.ticket_id is not null
order by m.ticket_id;

-- name: tickets_on
-- Tickets whose contacts wrote something negative on a topic.
select distinct m.ticket_id
from watched_reading w
join message m on m.id = w.message_id
where w.at >= $2 and w.negative and ($1::text is null or w.topic = $1) and m.ticket_id is not null
order by m.ticket_id;

-- name: clusters_on
-- Clusters by how much of a topic they hold.
select w.cluster_id, count(*)::integer as messages
from watched_reading w
where w.at >= $2 and w.cluster_id is not null and ($1::text is null or w.topic = $1)
group by w.cluster_id
order by messages desc, w.cluster_id
limit 10;

-- name: counted
-- Messages and negative ones of each span of time.
select
    date_bin($4, w.at, timestamptz '2000-01-01 00:00:00+00') as at,
    count(*)::integer as messages,
    count(*) filter (where w.negative)::integer as negatives
from watched_reading w
where w.at >= $3 and ($1::text is null or w.topic = $1) and ($2::bigint is null or w.cluster_id = $2)
group by 1
order by 1;

-- name: examples
-- Newest negative words of each contact, newest first.
with newest as (
    select w.message_id, w.cluster_id, w.negative
    from watched_reading w
    where w.at >= $3 and ($1::text is null or w.topic = $1) and ($2::bigint is null or w.cluster_id = $2)
    order by w.negative desc, w.at desc
    limit 200
),
each as (
    select distinct on (c.contact_id) {reading}, m.masked as words, n.cluster_id
    from newest n
    join reading r on r.message_id = n.message_id
    join message m on m.id = r.message_id
    join conversation c on c.id = m.conversation_id
    where m.masked <> '' and m.deleted_at is null
    order by c.contact_id, n.negative desc, m.created_at desc
)
select * from each order by negative desc, at desc limit $4;

-- name: freeze
-- On this topic the bot answers nothing by itself.
insert into storm_freeze (topic, frozen_by, frozen_at, until) values ($1, $2, $3, $4)
on conflict (topic) do update
set frozen_by = excluded.frozen_by, frozen_at = excluded.frozen_at, until = excluded.until;

-- name: unfreeze
-- It does again.
delete from storm_freeze where topic = $1 returning true;

-- name: freezes
-- Topics that are frozen now.
select topic, frozen_by, frozen_at, until from storm_freeze where until > $1 order by frozen_at, topic;

-- name: save_playbook
-- A new version.
insert into playbook (text, saved_by, saved_at) values ($1, $2, $3) returning id;

-- name: playbooks
-- Versions, newest first.
select id, text, saved_by, saved_at from playbook order by id desc limit $1;

-- name: newest_playbook
-- The newest version's number.
select max(id) from playbook;

-- name: say_why
-- Why an alert was raised, in a language.
insert into alert_words (alert_id, locale, reasons) values ($1, $2, $3)
on conflict (alert_id, locale) do update set reasons = excluded.reasons;

-- name: say_usual
-- How many negative messages an hour are usual where an alert was raised.
insert into alert_usual (alert_id, an_hour) values ($1, $2)
on conflict (alert_id) do update set an_hour = excluded.an_hour;

-- name: reasons_of
-- Why an alert was raised, in a language.
select reasons from alert_words where alert_id = $1 and locale = $2;

-- name: usual_of
-- How many negative messages an hour are usual where an alert was raised.
select an_hour from alert_usual where alert_id = $1;

-- name: was_called
-- These people were called about an alert.
insert into alert_call (alert_id, responder_id, called_at)
select $1, u, $3 from unnest($2::bigint[]) u
on conflict do nothing;

-- name: called_about
-- Who was called about an alert.
select responder_id from alert_call where alert_id = $1 order by called_at, responder_id;

-- name: add_picture
-- A picture of ours, kept as a file that no message has.
insert into attachment (kind, name, media_type, size, channel, source, state, storage_key)
values ('photo', $1, 'image/png', $2, 'console', '', 'stored', $3)
returning id;

-- name: keep_picture
-- The picture of an alert in a language.
insert into alert_picture (alert_id, locale, attachment_id, drawn_at) values ($1, $2, $3, $4)
on conflict (alert_id, locale) do update set attachment_id = excluded.attachment_id, drawn_at = excluded.drawn_at;

-- name: picture_of
-- The picture of an alert in a language.
select attachment_id from alert_picture where alert_id = $1 and locale = $2;
