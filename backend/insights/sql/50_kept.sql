-- The kept figures of the agency that the actor manages, or triages for where it is how long things take, of some whole days: whole months from
-- the cells of months, the days around them from those of days. What the children add whom the actor may not see is taken off as the figures
-- are read, not when they are next counted: a record that is sealed, or a conflict that is declared, counts from that moment on (access.md).
-- Nobody who serves reads a cell or a share in any other way.
CREATE OR REPLACE FUNCTION app.figures_kept(wanted text[], since date, until date)
RETURNS TABLE (figure text, "group" text, part text, number bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
#variable_conflict use_column
DECLARE
  mine uuid;
  figures text[];
  first_month date := date_trunc('month', since + interval '1 month' - interval '1 day');
  after_months date := greatest(date_trunc('month', until + interval '1 day')::date, first_month);
BEGIN
  SELECT m.agency_id, ARRAY(SELECT w FROM unnest(wanted) AS w WHERE m.role = 'manager' OR w LIKE 'flow.%' OR w LIKE 'cut.%') INTO mine, figures
    FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
   WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role IN ('manager', 'triage_officer');
  RETURN QUERY
  SELECT c.figure::text, c."group"::text, c.part::text, sum(c.number)::bigint FROM (
    SELECT c.figure, c."group", c.part, c.number FROM insights_cell c
     WHERE c.agency_id = mine AND c.figure = ANY (figures) AND c.span = 'month' AND c.first_day >= first_month AND c.first_day < after_months
    UNION ALL
    SELECT c.figure, c."group", c.part, c.number FROM insights_cell c
     WHERE c.agency_id = mine AND c.figure = ANY (figures) AND c.span = 'day' AND c.first_day >= since AND c.first_day < least(first_month, until + 1)
    UNION ALL
    SELECT c.figure, c."group", c.part, c.number FROM insights_cell c
     WHERE c.agency_id = mine AND c.figure = ANY (figures) AND c.span = 'day' AND c.first_day >= greatest(after_months, since) AND c.first_day <= until
    UNION ALL
    SELECT line ->> 0, line ->> 1, part.key, -part.value::bigint
      FROM insights_share s CROSS JOIN LATERAL jsonb_array_elements(s.numbers) AS line CROSS JOIN LATERAL jsonb_each_text(line -> 3) AS part
     WHERE s.child_id = ANY ((SELECT app.barred_children())::uuid[]) AND s.agency_id = mine
       AND line ->> 0 = ANY (figures) AND (line ->> 2)::date BETWEEN since AND until) c
   GROUP BY 1, 2, 3 HAVING sum(c.number) <> 0;
END $$;

-- How many children, whom the actor may see, the worker could not count for their agency when it last tried: their latest changes are missing.
CREATE OR REPLACE FUNCTION app.figures_aside() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT count(DISTINCT c.child_id)::integer FROM insights_changed c
     JOIN agencies_membership m ON m.id = app.membership() AND m.ended_at IS NULL AND m.role IN ('manager', 'triage_officer')
    WHERE c.failed_at IS NOT NULL AND c.child_id <> ALL ((SELECT app.barred_children())::uuid[])
      AND (EXISTS (SELECT 1 FROM access_involvement i WHERE i.child_id = c.child_id AND i.agency_id = m.agency_id)
        OR EXISTS (SELECT 1 FROM insights_share s WHERE s.child_id = c.child_id AND s.agency_id = m.agency_id)) $$;
