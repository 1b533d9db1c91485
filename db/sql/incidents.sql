-- Incidents, and the tickets and clusters that follow them.

-- part: incident
i.id, i.state, i.title, i.topic, i.reasons, i.drill, i.began_at, i.proposed_at, i.proposed_by, i.decided_at,
i.decided_by, i.resolved_at, i.resolved_by, i.joined_into, i.name_de, i.name_en,
(select count(*) from incident_ticket f where f.incident_id = i.id and f.left_at is null)::integer as tickets

-- name: propose
-- A new incident; whoever proposed it by hand decides apart.
insert into incident (title, topic, reasons, began_at, proposed_by, drill, proposed_at, name_de, name_en)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
returning id;

-- name: incident
-- One incident, locked; tickets may come to follow it meanwhile.
select {incident} from incident i where i.id = $1 for no key update of i;

-- name: seen
-- One incident.
select {incident} from incident i where i.id = $1;

-- name: incidents
-- Those in some states, newest first.
select {incident} from incident i where i.state = any($1::text[]) order by i.id desc limit $2;

-- name: edit
-- Another title, topic, names.
update incident set title = $2, topic = $3, name_de = $4, name_en = $5 where id = $1;

-- name: decide
-- Confirmed, dismissed, or open again.
update incident
set state = $2, decided_by = $3, decided_at = $4, resolved_at = null, resolved_by = null
where id = $1;

-- name: join
-- It goes on in another.
update incident set state = 'joined', joined_into = $2, decided_by = $3, decided_at = $4 where id = $1;

-- name: move_tickets
-- The tickets of one follow another.
with moved as (
    delete from incident_ticket
    where incident_id = $1 and left_at is null
    returning ticket_id, how, joined_at
)

insert into incident_ticket (incident_id, ticket_id, how, joined_at)
select $2, ticket_id, how, joined_at from moved
on conflict (incident_id, ticket_id) do update set left_at = null, left_why = null;

-- name: move_clusters
-- The clusters of one belong to another.
update incident_cluster set incident_id = $2 where incident_id = $1;

-- name: resolve
-- The problem is over.
update incident set state = 'resolved', resolved_by = $2, resolved_at = $3 where id = $1;

-- name: follow
-- Which tickets follow it now and did not: not those that follow another, nor those that left unless they come by hand.
insert into incident_ticket as f (incident_id, ticket_id, how, joined_at)
select $1, t.id, $3, $4
from ticket t
where t.id = any($2::bigint[])
    and not exists (select from incident_ticket o where o.ticket_id = t.id and o.left_at is null)
order by t.id
on conflict (incident_id, ticket_id) do update
set how = excluded.how, joined_at = excluded.joined_at, left_at = null, left_why = null
where f.left_at is not null and excluded.how = 'by_hand'
returning f.ticket_id;

-- name: leave
-- The incident a ticket followed until now.
update incident_ticket set left_at = $2, left_why = $3
where ticket_id = $1 and left_at is null
returning incident_id;

-- name: followed_by
-- The incident that a ticket follows.
select {incident}
from incident_ticket f join incident i on i.id = f.incident_id
where f.ticket_id = $1 and f.left_at is null;

-- name: followers
-- Every ticket that follows it or did, oldest first.
select incident_id, ticket_id, how, joined_at, left_at, left_why
from incident_ticket
where incident_id = $1
order by joined_at, ticket_id;

-- name: take_cluster
-- What says the same is this incident.
insert into incident_cluster (cluster_id, incident_id) values ($1, $2)
on conflict (cluster_id) do update set incident_id = excluded.incident_id;

-- name: of_cluster
-- The live incident of a cluster.
select {incident}
from incident_cluster c join incident i on i.id = c.incident_id
where c.cluster_id = $1 and i.state in ('proposed', 'confirmed');

-- name: live_on
-- Live incidents on a topic, newest first.
select {incident}
from incident i
where i.topic = $1 and i.state in ('proposed', 'confirmed')
order by i.id desc;
