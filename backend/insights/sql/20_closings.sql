-- The cases of a partnership that closed in some whole months, exact, by what reports may ask for. With the rights of whoever asks: the
-- worker, who publishes them (backend/insights/commands.py), reads every case; to an analyst row security shows none. Not those that were
-- joined to another case: that one goes on. A child whose record is sealed is in no count.
DROP FUNCTION IF EXISTS app.closings_counted(timestamptz);
CREATE OR REPLACE FUNCTION app.closings_counted(partnership uuid, since timestamptz, until timestamptz)
RETURNS TABLE (month text, theme text, agency text, reason text, number integer)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$ WITH sealed AS MATERIALIZED (SELECT s.child_id FROM app.in_no_count() AS s (child_id))
   SELECT to_char(c.closed_at AT TIME ZONE 'Europe/London', 'YYYY-MM'), c.theme::text, c.lead_agency_id::text, c.closing_reason::text, count(*)::integer
     FROM cases_case c
    WHERE c.partnership_id = partnership AND c.state = 'closed' AND c.joined_into_id IS NULL AND c.closed_at >= since AND c.closed_at < until
      AND NOT EXISTS (SELECT 1 FROM sealed s WHERE s.child_id = c.child_id)
    GROUP BY 1, 2, 3, 4 $$;
