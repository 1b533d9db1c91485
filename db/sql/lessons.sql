-- Lessons of incidents.

-- name: add
-- A new one, open.
insert into storm_lesson (incident_id, text, owner_id, due, added_by, added_at)
values ($1, $2, $3, $4, $5, $6)
returning id;

-- name: of_incident
-- An incident's, oldest first.
select
    l.id, l.incident_id, l.text, l.owner_id, r.name as owner, l.due, l.added_by, l.added_at, l.done_by, l.done_at
from storm_lesson l join responder r on r.id = l.owner_id
where l.incident_id = $1
order by l.id;

-- name: set_done
-- It is done, or open again; no row when it was so already.
update storm_lesson set done_by = $3, done_at = $4
where incident_id = $1 and id = $2 and (done_at is null) = ($4::timestamptz is not null)
returning true;
