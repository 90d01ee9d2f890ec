-- Opening a closed case again. Both look past row-level security by one fact each, and only for somebody who has a reason to ask.

-- Has this child another open case, by any of its records? Asked by whoever sees the case that is to be opened again.
CREATE OR REPLACE FUNCTION app.another_case_is_open(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM cases_case mine CROSS JOIN LATERAL app.child_records(mine.child_id) AS record (id)
       JOIN cases_case c ON c.child_id = record.id AND c.id <> mine.id AND c.state <> 'closed'
      WHERE mine.id = asked AND (app.sees_root(asked) OR mine.opened_as_id = app.membership())) $$;

-- The officer who decides about the child opens its closed case again: from here on the row passes its policy, as a case does that they
-- open, until it is allocated (backend/cases/models.py). Nothing happens for anybody else, or when it closed more than twelve months ago.
CREATE OR REPLACE FUNCTION app.take_closed_case(asked uuid) RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH taken AS (
     UPDATE cases_case c SET opened_as_id = app.membership()
      WHERE c.id = asked AND c.state = 'closed' AND c.closed_at > app.moment() - interval '12 months'
        AND NOT app.is_barred(c.child_id)
        AND EXISTS (SELECT 1 FROM app.child_records(c.child_id) AS record (id) WHERE app.may_match(record.id))
      RETURNING c.id)
   SELECT EXISTS (SELECT 1 FROM taken) $$;
