-- How long a clock was held: the sum of its pauses, kept as pairs of instants.
CREATE OR REPLACE FUNCTION app.held_for(pauses timestamptz[]) RETURNS interval LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS
$$ SELECT coalesce(sum(pauses[n + 1] - pauses[n]), interval '0') FROM generate_series(1, coalesce(array_length(pauses, 1), 0), 2) AS n $$;
