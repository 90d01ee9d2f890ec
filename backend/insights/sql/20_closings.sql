-- The ends of cases of a partnership in their finest cells, exact. The one reader is backend/insights/queries/published.py, which gives them
-- to nobody but through disclosure control (docs/adr/0054); and the database answers only somebody who is a partnership analyst now. From
-- the beginning on and in whole months: another stretch of days would be another set of cells. A child whose record is sealed is in no count.
CREATE OR REPLACE FUNCTION app.closings_counted(until timestamptz)
RETURNS TABLE (month text, theme text, agency text, reason text, number integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH me AS (SELECT a.partnership_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
                 JOIN agencies_agency a ON a.id = m.agency_id
                WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role = 'partnership_analyst'),
   sealed AS MATERIALIZED (SELECT s.child_id FROM app.in_no_count() AS s (child_id))
   SELECT to_char(c.closed_at AT TIME ZONE 'Europe/London', 'YYYY-MM'), c.theme::text, c.lead_agency_id::text, c.closing_reason::text, count(*)::integer
     FROM me JOIN cases_case c ON c.partnership_id = me.partnership_id
    WHERE c.state = 'closed' AND c.joined_into_id IS NULL AND c.closed_at < until
      AND NOT EXISTS (SELECT 1 FROM sealed s WHERE s.child_id = c.child_id)
    GROUP BY 1, 2, 3, 4 $$;
