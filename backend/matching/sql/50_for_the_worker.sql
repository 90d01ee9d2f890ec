-- The records of a partnership that share one of these keys, at most 200, those that share the most first: by which the worker passes a
-- report on. GIN indexes are not used under a row policy, so the function looks past it; it answers a job, which sees every child, and nobody else.
CREATE OR REPLACE FUNCTION app.job_candidates(asked_keys text[], of_partnership uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE ROWS 50 SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS
$$ SELECT f.id FROM unnest(asked_keys) AS k (key)
     CROSS JOIN LATERAL (
       SELECT c.id FROM children_child c
        WHERE c.match_keys @> ARRAY[k.key::varchar] AND c.partnership_id IS NOT DISTINCT FROM of_partnership LIMIT 300) f
    WHERE app.job() IS NOT NULL
    GROUP BY f.id ORDER BY count(*) DESC, f.id LIMIT 200 $$;
