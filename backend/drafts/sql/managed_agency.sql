-- The agency whose drafts the actor may see because they manage it; nothing for any other role.
CREATE OR REPLACE FUNCTION app.managed_agency() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT m.agency_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
   WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role = 'manager' $$;
