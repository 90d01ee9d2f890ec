-- The day so many months later; where that month has no such day, the first of the next, as backend/worklists/rules.py counts.
CREATE OR REPLACE FUNCTION app.months_later(day date, months integer) RETURNS date LANGUAGE sql IMMUTABLE AS
$$ SELECT later + CASE WHEN extract(day FROM later) < extract(day FROM day) THEN 1 ELSE 0 END
     FROM (SELECT (day + make_interval(months => months))::date AS later) moved $$;

-- What is due next in each of these open cases, as far as the actor reads them: its own next step and clocks, what its plan, its reviews
-- and its sessions name a day for, the day by which the warnings for visitors are looked at again, and turning points within so many days.
-- The parts of a case have policies that ask, row by row, who reads the case: here it is asked once a case, so that a whole agency's
-- caseload is sorted in one statement. Tests compare the turning points with backend/worklists/rules.py, and what is read with the policies.
CREATE OR REPLACE FUNCTION app.coming_in(cases uuid[], today date, turning integer, never text[])
RETURNS TABLE (case_id uuid, due_at timestamptz, has_hour boolean, kind text, label text, record_id uuid) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ WITH mine AS MATERIALIZED (
     SELECT c.id, c.child_id, c.next_action, c.next_action_on FROM cases_case c
      WHERE c.id = ANY (cases) AND c.state <> 'closed' AND c.child_id <> ALL ((SELECT app.barred_children())::uuid[])
        AND CASE WHEN c.lead_agency_id = (SELECT app.agency_as('LEAD')) THEN true ELSE app.reads_root(c.id) END),
   dated (case_id, rank, on_day, at_hour, kind, label, record_id) AS (
     SELECT m.id, 1, m.next_action_on, NULL::timestamptz, 'next_step', m.next_action, NULL::uuid FROM mine m
     UNION ALL
     SELECT m.id, 2, NULL, d.due_at, 'clock', d.label, NULL FROM mine m JOIN deadlines_deadline d ON d.root_id = m.id
      WHERE d.met_at IS NULL AND d.stopped_at IS NULL AND d.paused_at IS NULL AND d.kind <> ALL (never)
     UNION ALL
     SELECT m.id, 3, NULL, s.planned_at, 'session', i.service_name, i.id FROM mine m JOIN access_link l ON l.parent_id = m.id
       JOIN interventions_intervention i ON i.id = l.root_id JOIN interventions_session s ON s.root_id = i.id
      WHERE i.ended_at IS NULL AND s.state = 'planned'
     UNION ALL
     SELECT m.id, 4, a.due_on, NULL, 'action', a.text, a.id FROM mine m JOIN cases_action a ON a.root_id = m.id WHERE a.state = 'open'
     UNION ALL
     SELECT m.id, 5, r.next_on, NULL, 'review', '', NULL FROM mine m CROSS JOIN LATERAL (
       SELECT next_on FROM cases_meeting WHERE root_id = m.id AND state = 'recorded' ORDER BY held_on DESC, id DESC LIMIT 1) r WHERE r.next_on IS NOT NULL
     UNION ALL
     SELECT m.id, 6, s.review_on, NULL, 'alert', '', NULL FROM mine m JOIN children_safetyalert s ON s.ended_at IS NULL AND s.child_id IN (
       SELECT m.child_id UNION ALL SELECT one.record_id FROM access_samechild one
         JOIN access_samechild child ON child.stands_for_id = one.stands_for_id WHERE child.record_id = m.child_id)
     UNION ALL
     SELECT m.id, 7, t.on_day, NULL, 'turning_point', t.label, NULL FROM mine m JOIN children_child c ON c.id = m.child_id AND c.died_on IS NULL
       CROSS JOIN LATERAL (VALUES ('Baby expected', CASE WHEN c.pregnancy_ended_on IS NULL THEN c.expected_date END, today - turning),
         ('Changes school: look at the plan', c.school_changes_on, today - 28), ('Turns 17½', app.months_later(c.date_of_birth, 210), today),
         ('Turns 18', app.months_later(c.date_of_birth, 216), today)) t (label, on_day, since)
      WHERE t.on_day BETWEEN t.since AND today + turning
     UNION ALL
     SELECT m.id, 9, g.agreed_until, NULL, 'turning_point', 'Agreement to be helped ends', NULL FROM mine m CROSS JOIN LATERAL (
       SELECT agreed_until FROM sharing_agreement WHERE root_id = m.id ORDER BY recorded_at DESC, id DESC LIMIT 1) g
      WHERE g.agreed_until BETWEEN today AND today + turning
     UNION ALL
     SELECT m.id, 8, d.expires_on, NULL, 'turning_point', 'Agreement to share ends', NULL FROM mine m JOIN sharing_disclosure d ON d.root_id = m.id
      WHERE d.expires_on BETWEEN today AND today + turning AND NOT EXISTS (SELECT 1 FROM sharing_withdrawal w WHERE w.disclosure_id = d.id)
        AND NOT EXISTS (SELECT 1 FROM sharing_disclosure again WHERE again.root_id = d.root_id AND again.renews_id = d.id)),
   -- A day without an hour is over when it ends in London, and comes after what has an hour that day.
   timed AS (SELECT dated.*, coalesce(at_hour, (on_day + 1)::timestamp AT TIME ZONE 'Europe/London' - interval '1 microsecond') AS due FROM dated)
   SELECT DISTINCT ON (timed.case_id) timed.case_id, due, at_hour IS NOT NULL, timed.kind, timed.label, timed.record_id
     FROM timed ORDER BY timed.case_id, due, rank, timed.record_id $$;
