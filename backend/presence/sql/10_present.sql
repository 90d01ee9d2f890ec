-- Who else has said since then that they have this record open: told to whoever reads it. It looks past row-level security on purpose,
-- because everybody's row is their own; whoever has left their agency meanwhile is not there any more.
CREATE OR REPLACE FUNCTION app.present_at(root uuid, since timestamptz) RETURNS TABLE (name text, agency text, is_writing boolean)
LANGUAGE sql STABLE ROWS 3 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT u.name, a.name, p.is_writing FROM presence_presence p
     JOIN agencies_user u ON u.id = p.user_id AND u.is_active JOIN agencies_agency a ON a.id = p.agency_id
    WHERE p.root_id = root AND p.seen_at > since AND p.user_id <> app.actor_user() AND app.reads_root(root)
      AND EXISTS (SELECT 1 FROM agencies_membership m WHERE m.user_id = p.user_id AND m.agency_id = p.agency_id AND m.ended_at IS NULL)
    ORDER BY u.name, p.user_id $$;
