-- How many messages could not be delivered, at most 51: for the front door's managers and for administrators, a number and nothing else.
CREATE OR REPLACE FUNCTION app.undelivered() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT CASE WHEN app.administered_agency() IS NULL OR NOT EXISTS (
       SELECT 1 FROM agencies_membership m LEFT JOIN agencies_partnership p ON p.front_door_id = m.agency_id
        WHERE m.id = app.membership() AND (m.role = 'system_administrator' OR p.id IS NOT NULL)) THEN 0
     ELSE (SELECT count(*)::integer FROM (
       (SELECT 1 FROM notifications_outbox WHERE state = 'dead' LIMIT 51) UNION ALL (SELECT 1 FROM notifications_email WHERE state = 'dead' LIMIT 51)) dead) END $$;
