-- Cases of children whom the actor may match: open ones, and those closed in the last twelve months. What a triage officer
-- must know to join or open one, and no more; the case itself stays invisible to them.
CREATE OR REPLACE FUNCTION app.cases_known(asked uuid, wanted uuid[])
RETURNS TABLE (child_id uuid, id uuid, reference text, state text, lead_agency_id uuid, lead_practitioner_id uuid, closed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT w.child, c.id, c.reference, c.state, c.lead_agency_id, c.lead_practitioner_id, c.closed_at
     FROM app.children_to_weigh(asked, wanted) AS w (child) CROSS JOIN LATERAL app.child_records(w.child) AS record (id)
     JOIN cases_case c ON c.child_id = record.id
    WHERE NOT app.is_barred(c.child_id)
      -- What was joined to another case goes on there and is never opened for itself.
      AND (c.state <> 'closed' OR (c.joined_into_id IS NULL AND c.closed_at > app.moment() - interval '12 months'))
    ORDER BY w.child, (c.state = 'closed'), c.closed_at DESC $$;

-- What a referral's page says of the case it led to, for whoever may see the referral: its reference, state and lead agency with
-- how to reach it, and which step of the work is promised next and by when; nothing of what the work is about.
DROP FUNCTION IF EXISTS app.case_headlines(uuid[]);
CREATE FUNCTION app.case_headlines(wanted uuid[])
RETURNS TABLE (id uuid, reference text, state text, lead_agency_id uuid, lead_name text, lead_phone text,
               lead_out_of_hours_phone text, next_kind text, next_due_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT c.id, c.reference, c.state, c.lead_agency_id, l.name, l.phone, l.out_of_hours_phone, coalesce(d.kind, ''), d.due_at
     FROM cases_case c JOIN agencies_agency l ON l.id = c.lead_agency_id
     LEFT JOIN LATERAL (
          SELECT p.kind, p.due_at FROM deadlines_deadline p
           WHERE p.root_id = c.id AND c.state <> 'closed' AND p.kind IN ('allocate', 'first_contact', 'assessment', 'review')
             AND p.met_at IS NULL AND p.stopped_at IS NULL AND p.paused_at IS NULL
           ORDER BY p.due_at, p.id LIMIT 1) d ON true
    WHERE c.id = ANY (wanted) AND NOT app.is_barred(c.child_id)
      AND (app.job() IS NOT NULL OR EXISTS (SELECT 1 FROM access_link k WHERE k.parent_id = c.id AND app.sees_root(k.root_id))) $$;

-- How the transfer before this one ended, for whoever answers this one: nothing else of it. Nothing when it was the first.
CREATE OR REPLACE FUNCTION app.transfer_before(answered uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT b.state FROM cases_transfer t JOIN cases_transfer b ON b.case_id = t.case_id AND b.id <> t.id
    WHERE t.id = answered AND b.state NOT IN ('proposed', 'withdrawn')
      AND (app.job() IS NOT NULL OR app.sees_transfer(t.case_id, app.actor_agency() IN (t.from_agency_id, t.to_agency_id, coalesce(t.escalated_to_id, t.to_agency_id))))
    ORDER BY b.answered_at DESC, b.id DESC LIMIT 1 $$;
