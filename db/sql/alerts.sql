-- Alerts: the early warning to people.

-- part: alert
a.id, a.key, a.level, a.incident_id, a.peak, a.reasons, a.began_at, a.raised_at, a.ended_at, a.acknowledged_at,
a.acknowledged_by, a.calls, a.call_at

-- name: raise_or_change
-- A new alert, or the open one of its key goes on.
insert into alert as a (key, level, peak, reasons, began_at, call_at, raised_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (key) where ended_at is null do update
set level = excluded.level, reasons = excluded.reasons, peak = greatest(a.peak, excluded.peak)
returning a.id, (xmax = 0) as new;

-- name: end
-- The series is calm again, and nobody is called any more.
update alert a set ended_at = $2, level = 'calm', call_at = null
where a.key = $1 and a.ended_at is null
returning {alert};

-- name: alert
-- One alert, locked.
select {alert} from alert a where a.id = $1 for update;

-- name: open
-- Those that last, oldest first.
select {alert} from alert a where a.ended_at is null order by a.id;

-- name: alerts
-- Those raised since a time, newest first.
select {alert} from alert a where a.raised_at >= $1 order by a.id desc limit $2;

-- name: of_incident
-- An incident's, oldest first.
select {alert} from alert a where a.incident_id = $1 order by a.id;

-- name: belongs_to
-- It is about this incident.
update alert set incident_id = $2 where id = $1;

-- name: acknowledge
-- Somebody looks at it; no row when somebody did before.
update alert set acknowledged_by = $2, acknowledged_at = $3, call_at = null
where id = $1 and acknowledged_at is null
returning true;

-- name: due_call
-- One whose time to call people has come, locked; other processes skip it.
select {alert}
from alert a
where a.call_at <= $1 and a.acknowledged_at is null
order by a.call_at
limit 1
for update skip locked;

-- name: rekey
-- The open alert of one series goes on as another's, which has none.
update alert a set key = $2
where a.key = $1 and a.ended_at is null and not exists (select from alert o where o.key = $2 and o.ended_at is null)
returning {alert};

-- name: call_at
-- When people are called next, unless somebody looks at it.
update alert set call_at = $2 where id = $1 and acknowledged_at is null and ended_at is null;

-- name: called
-- People were called once more.
update alert set calls = calls + 1, call_at = $2 where id = $1;
