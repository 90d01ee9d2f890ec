-- A root that somebody of the actor's agency works on, holds, leads, began or has a task about, up to this instant.
CREATE OR REPLACE FUNCTION app.is_agencys(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM access_involvement i
      WHERE i.root_id = root AND i.agency_id = app.actor_agency() AND i.relation IN ('CREATOR', 'HOLDER', 'LEAD', 'WORKER', 'OWNER')
        AND (i.ends_at IS NULL OR i.ends_at >= app.moment())) $$;
