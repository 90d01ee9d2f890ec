-- How triggers write the projection. Nobody but a trigger function of the owner's may call these.

-- A relation begins. One row per source and relation; the same one again does nothing.
CREATE OR REPLACE FUNCTION app.involve(source uuid, root uuid, child uuid, what text, agency uuid, team uuid, person uuid, until timestamptz DEFAULT NULL)
RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS
$$ INSERT INTO access_involvement (source_id, root_id, child_id, relation, former_kind, agency_id, team_id, user_id, starts_at, ends_at)
   SELECT source, root, child, what, '', agency, team, person, app.moment(), until
    WHERE coalesce(agency, team, person) IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM access_involvement i
       WHERE i.source_id = source AND i.relation = what AND i.root_id = root AND i.agency_id IS NOT DISTINCT FROM agency
         AND i.team_id IS NOT DISTINCT FROM team AND i.user_id IS NOT DISTINCT FROM person AND i.ends_at IS NOT DISTINCT FROM until) $$;

-- A relation ends, and whoever had it becomes FORMER (a worker FORMER_WORKER) for `former` (nothing when null).
CREATE OR REPLACE FUNCTION app.uninvolve(source uuid, what text, former interval DEFAULT NULL)
RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS
$$ WITH ended AS (
     UPDATE access_involvement i SET ends_at = app.moment()
      WHERE i.source_id = source AND i.relation = what AND (i.ends_at IS NULL OR i.ends_at > app.moment())
      RETURNING i.*)
   INSERT INTO access_involvement (source_id, root_id, child_id, relation, former_kind, agency_id, team_id, user_id, starts_at, ends_at)
   SELECT source_id, root_id, child_id, CASE what WHEN 'WORKER' THEN 'FORMER_WORKER' ELSE 'FORMER' END, what, agency_id, team_id, user_id, app.moment(), app.moment() + former
     FROM ended WHERE former IS NOT NULL $$;

REVOKE ALL ON FUNCTION app.involve(uuid, uuid, uuid, text, uuid, uuid, uuid, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION app.uninvolve(uuid, text, interval) FROM PUBLIC;
