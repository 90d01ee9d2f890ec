-- What the actor's agency began and ceased to lead, from the first case on, and the referrals it received since an instant: each with the event
-- that did it. Of managers only; a child they may not see is in no count. What a case was, also while the agency led it and does no more, stands
-- in its history, which row security shows to whoever reads the case now: hence by the owner, and nothing of it but that it came or went.
-- A case is counted when an event makes it open and the agency's, and again when one makes it either no more: opened, opened again or taken over;
-- closed, joined to another or handed over. A referral is received when it is sent to the agency, or the agency takes it from another.
CREATE OR REPLACE FUNCTION app.agency_moves(since timestamptz, until timestamptz)
RETURNS TABLE (event_id uuid, root_id uuid, child_id uuid, version integer, at timestamptz, what text, verb text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH me AS MATERIALIZED (SELECT app.managed_agency() AS id, app.barred_children() AS barred),
   stood AS (
     SELECT h.event_id, h.id, h.child_id, h.version, h.state <> 'closed' AND h.lead_agency_id = me.id AS is_ours,
            lag(h.state <> 'closed' AND h.lead_agency_id = me.id, 1, false) OVER (PARTITION BY h.id ORDER BY h.version) AS was_ours
       FROM me JOIN cases_historicalcase h ON h.id IN (SELECT own.id FROM cases_historicalcase own WHERE own.lead_agency_id = (SELECT id FROM me))
      WHERE h.child_id <> ALL (me.barred))
   SELECT e.id, s.id, s.child_id, s.version, e.at, CASE WHEN s.is_ours THEN 'opened' ELSE 'closed' END, e.verb::text
     FROM stood s JOIN audit_event e ON e.id = s.event_id
    WHERE s.is_ours <> s.was_ours AND e.at < until
   UNION ALL
   SELECT e.id, h.id, h.child_id, h.version, e.at, 'received', e.verb::text
     FROM me JOIN audit_event e ON e.verb IN ('referral.submit', 'referral.take') AND e.at >= since AND e.at < until
     JOIN referrals_historicalreferral h ON h.id = e.root_id AND h.event_id = e.id AND h.holder_id = me.id
    WHERE h.child_id <> ALL (me.barred) $$;
