-- Every stay in a state, of the referrals that the asking manager's agency holds and the cases that it leads, that ended within these instants:
-- from the last event before it that brought the record into that state to the one that took it out of it (docs/adr/0057). It gives
-- ids, states and instants of records whose events that manager may read one by one, without judging each event again: over the events of a
-- partnership, row security would ask a question for each. Who is no manager now gets nothing; a barred child is in no count. What was entered
-- in error never stood anywhere, and a draft is its writer's. The version says which of two events of one instant came first.
CREATE OR REPLACE FUNCTION app.stays_ended(since timestamptz, until timestamptz)
RETURNS TABLE (id uuid, root_id uuid, noun text, state text, began_at timestamptz, ended_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH me AS MATERIALIZED (SELECT m.agency_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
                WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role = 'manager'),
   barred AS MATERIALIZED (SELECT unnest(app.barred_children()) AS child_id),
   gone AS (SELECT e.id, e.root_id, e.verb, e.from_state, e.at, e.version FROM audit_event e
             WHERE e.at >= since AND e.at < until AND e.from_state <> '' AND e.from_state <> e.to_state),
   own AS (
     SELECT g.id, g.root_id, 'referral' AS noun, g.from_state, g.at, g.version
       FROM me JOIN referrals_referral r ON r.holder_id = me.agency_id JOIN gone g ON g.root_id = r.id
      WHERE g.verb LIKE 'referral.%' AND r.state <> 'entered_in_error' AND NOT EXISTS (SELECT 1 FROM barred b WHERE b.child_id = r.child_id)
        AND g.from_state IN ('submitted', 'triage', 'information_requested', 'redirected', 'stepped_up')
     UNION ALL
     SELECT g.id, g.root_id, 'case', g.from_state, g.at, g.version
       FROM me JOIN cases_case c ON c.lead_agency_id = me.agency_id JOIN gone g ON g.root_id = c.id
      WHERE g.verb LIKE 'case.%' AND NOT EXISTS (SELECT 1 FROM barred b WHERE b.child_id = c.child_id)
        AND g.from_state IN ('unallocated', 'engaging', 'assessing', 'active', 'paused'))
   SELECT own.id, own.root_id, own.noun, own.from_state, came.at, own.at
     FROM own CROSS JOIN LATERAL (
       SELECT e.at FROM audit_event e
        WHERE e.root_id = own.root_id AND e.version < own.version AND e.verb LIKE own.noun || '.%'
          AND e.to_state = own.from_state AND e.from_state <> e.to_state
        ORDER BY e.version DESC LIMIT 1) came $$;
