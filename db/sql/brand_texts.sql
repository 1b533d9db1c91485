-- Texts of the brand, in versions.

-- part: version
b.name, b.locale, b.version, b.text, r.name as by, b.changed_at

-- name: newest
-- The version of a text that is in force.
select {version} from brand_text b left join responder r on r.id = b.changed_by
where b.name = $1 and b.locale = $2
order by b.version desc
limit 1;

-- name: versions
-- All versions of all texts, newest first.
select {version} from brand_text b left join responder r on r.id = b.changed_by
order by b.changed_at desc, b.name, b.locale, b.version desc;

-- name: add
-- A new version; no row when there is one of that number.
insert into brand_text (name, locale, version, text, changed_by, changed_at) values ($1, $2, $3, $4, $5, $6)
on conflict do nothing
returning true;
