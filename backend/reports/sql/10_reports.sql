-- Reports of published figures are read and made by the analysts of the partnership; nobody who serves changes one or takes one away.
CREATE OR REPLACE FUNCTION app.reports_on(partnership uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active JOIN agencies_agency a ON a.id = m.agency_id
      WHERE m.id = app.membership() AND m.ended_at IS NULL AND a.partnership_id = partnership AND m.role = 'partnership_analyst') $$;
