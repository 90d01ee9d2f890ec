-- Who else works with a child whose details somebody has just put right at a case, and the record of theirs that a message may lead to:
-- asked only by who did it, to tell them. Of a sealed child only those who are named hear of it. Nothing is shown of this to anybody.
CREATE OR REPLACE FUNCTION app.others_with_child(asked uuid)
RETURNS TABLE (root_id uuid, reference text, path text, agency_id uuid, person_id uuid, reads_it boolean)
LANGUAGE sql STABLE ROWS 5 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH told AS MATERIALIZED (
     SELECT c.id, c.child_id, c.reference FROM audit_event e JOIN cases_case c ON c.id = e.root_id
      WHERE e.id = asked AND e.actor_user_id = app.actor_user() AND e.child_id = c.child_id AND app.reads_root(c.id)
        AND e.verb IN ('case.amend_child', 'case.record_birth', 'case.record_loss', 'case.take_back_loss', 'case.move_school')),
   records AS MATERIALIZED (SELECT r.id FROM told CROSS JOIN LATERAL app.child_records(told.child_id) AS r (id)),
   found AS (
     SELECT c.id, c.reference::text AS reference, '/cases/' || c.id AS path, c.lead_agency_id AS agency_id,
            c.lead_practitioner_id AS person_id, c.id = told.id AS reads_it
       FROM told, records JOIN cases_case c ON c.child_id = records.id AND c.state <> 'closed'
     UNION
     SELECT told.id, told.reference::text, CASE WHEN m.is_partner THEN '/team-members/' || m.id ELSE '/cases/' || told.id END,
            m.person_agency_id, m.person_id, true
       FROM told JOIN cases_teammember m ON m.root_id = told.id AND m.state = 'on'
     UNION
     SELECT i.id, i.case_reference::text, '/interventions/' || i.id, i.provider_agency_id, i.worker_id, i.case_id = told.id
       FROM told, records JOIN interventions_intervention i ON i.child_id = records.id
      WHERE i.provider_agency_id IS NOT NULL AND i.offered_at IS NOT NULL AND i.ended_at IS NULL
        AND (i.provider_until IS NULL OR i.provider_until > app.moment())
     UNION
     SELECT q.id, q.reference::text, '/referrals/' || q.id, q.holder_id, q.triage_officer_id, false
       FROM records JOIN referrals_referral q ON q.child_id = records.id
      WHERE q.submitted_at IS NOT NULL AND q.ended_at IS NULL),
   named AS MATERIALIZED (SELECT n.user_id FROM access_named n JOIN records ON records.id = n.child_id WHERE n.ended_at IS NULL)
   SELECT DISTINCT ON (f.person_id, f.agency_id, f.reads_it) f.* FROM found f
    WHERE f.person_id IS DISTINCT FROM app.actor_user()
      AND (NOT EXISTS (SELECT 1 FROM named) OR f.person_id IN (SELECT user_id FROM named))
    ORDER BY f.person_id, f.agency_id, f.reads_it, f.path $$;
