-- A time as pages tell it (frontend/src/lib/format.ts, durationText): whole minutes under an hour, whole hours under two days, and whole days.
CREATE OR REPLACE FUNCTION app.as_told(took interval) RETURNS interval LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS
$$ SELECT make_interval(secs => CASE WHEN s < 60 THEN 0 WHEN s < 3600 THEN s - s % 60 WHEN s < 172800 THEN s - s % 3600 ELSE s - s % 86400 END)
     FROM (SELECT floor(extract(epoch FROM took))::bigint AS s) AS whole WHERE took IS NOT NULL $$;
