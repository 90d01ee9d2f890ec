-- Must nobody find the child of a case, whoever said so? A home kept apart at this case or at another open one of the same child; and, as long as
-- its record says no home, one at a case that is closed, or a referral whose sender says now that the address is protected. Only yes or no, and
-- only for who reads the case: a school is kept apart by it, and where the child is nobody learns.
CREATE OR REPLACE FUNCTION app.hides_whereabouts(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH about AS MATERIALIZED (
     SELECT c.child_id, k.address = '' AS says_no_home FROM cases_case c JOIN children_child k ON k.id = c.child_id
      WHERE c.id = root AND app.reads_root(c.id)),
   records AS MATERIALIZED (SELECT r.id FROM about CROSS JOIN LATERAL app.child_records(about.child_id) AS r (id))
   SELECT EXISTS (
     SELECT 1 FROM about, records JOIN children_address a ON a.child_id = records.id JOIN cases_case c ON c.id = a.root_id
      WHERE a.mark = 'location' AND a.until_on IS NULL AND (c.id = root OR c.state <> 'closed' OR about.says_no_home))
   OR EXISTS (
     SELECT 1 FROM about, records JOIN referrals_referral f ON f.child_id = records.id JOIN referrals_sentanswers s ON s.root_id = f.id
      WHERE about.says_no_home AND f.submitted_at IS NOT NULL AND f.state <> 'entered_in_error' AND s.mark = ''
        AND coalesce((SELECT m.after FROM referrals_amendment m WHERE m.root_id = f.id AND m.field = 'address_protected' ORDER BY m.at DESC, m.id DESC LIMIT 1),
                     s.answers -> 'address_protected') = 'true'::jsonb) $$;
