-- The kept figures of the agency that the actor manages, or triages for where it is how long things take, of some whole days: whole months from
-- the cells of months, the days around them from those of days. What the children add whom the actor may not see is taken off as the figures
-- are read, not when they are next counted: a record that is sealed, or a conflict that is declared, counts from that moment on (access.md).
-- Nobody who serves reads a cell or a share in any other way.
CREATE OR REPLACE FUNCTION app.figures_kept(wanted text[], since date, until date)
RETURNS TABLE (figure text, "group" text, part text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH me AS MATERIALIZED (
     SELECT m.agency_id, ARRAY(SELECT w FROM unnest(wanted) AS w WHERE m.role = 'manager' OR w LIKE 'flow.%') AS figures
       FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
      WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role IN ('manager', 'triage_officer')),
   days AS MATERIALIZED (
     SELECT date_trunc('month', since + interval '1 month' - interval '1 day')::date AS first_month,
            greatest(date_trunc('month', until + interval '1 day')::date, date_trunc('month', since + interval '1 month' - interval '1 day')::date) AS after_months),
   counted AS (
     SELECT c.figure, c."group", c.part, c.number FROM me, days, insights_cell c
      WHERE c.agency_id = me.agency_id AND c.figure = ANY (me.figures) AND c.span = 'month'
        AND c.first_day >= days.first_month AND c.first_day < days.after_months
     UNION ALL
     SELECT c.figure, c."group", c.part, c.number FROM me, days, insights_cell c
      WHERE c.agency_id = me.agency_id AND c.figure = ANY (me.figures) AND c.span = 'day'
        AND c.first_day >= since AND c.first_day < least(days.first_month, until + 1)
     UNION ALL
     SELECT c.figure, c."group", c.part, c.number FROM me, days, insights_cell c
      WHERE c.agency_id = me.agency_id AND c.figure = ANY (me.figures) AND c.span = 'day'
        AND c.first_day >= greatest(days.after_months, since) AND c.first_day <= until
     UNION ALL
     SELECT one ->> 0, one ->> 1, part.key, -part.value::bigint
       FROM me JOIN insights_share s ON s.child_id = ANY ((SELECT app.barred_children())::uuid[]) AND s.agency_id = me.agency_id
       CROSS JOIN LATERAL jsonb_array_elements(s.numbers) AS one CROSS JOIN LATERAL jsonb_each_text(one -> 3) AS part
      WHERE one ->> 0 = ANY (me.figures) AND (one ->> 2)::date BETWEEN since AND until)
   SELECT c.figure::text, c."group"::text, c.part::text, sum(c.number)::bigint FROM counted c GROUP BY 1, 2, 3 HAVING sum(c.number) <> 0 $$;
