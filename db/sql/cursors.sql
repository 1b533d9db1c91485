-- How far adapters have read.

-- name: position
-- The position in one source.
select position from cursor_position where channel = $1 and source = $2;

-- name: positions
-- All positions of a channel.
select source, position from cursor_position where channel = $1;

-- name: advance
-- A new position, when it is further than the old one (longer, or as long and greater).
insert into cursor_position as p (channel, source, position) values ($1, $2, $3)
on conflict (channel, source) do update set position = excluded.position
where (length(p.position), p.position collate "C") < (length(excluded.position), excluded.position collate "C");
