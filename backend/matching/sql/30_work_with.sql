-- The open referrals and cases of two records that are being joined or taken apart, and who answers for each: so that they can be told,
-- each with its own reference and nothing of the other record. Only for whoever may match the first; `asked` and `other` share a key.
CREATE OR REPLACE FUNCTION app.work_with(asked uuid, other uuid)
RETURNS TABLE (noun text, root_id uuid, reference text, agency_id uuid, person_id uuid)
LANGUAGE sql STABLE ROWS 5 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH records AS MATERIALIZED (
     SELECT DISTINCT r.id FROM app.children_to_weigh(asked, ARRAY[asked, other]) AS w (id) CROSS JOIN LATERAL app.child_records(w.id) AS r (id))
   SELECT 'referral', f.id, f.reference, f.holder_id, f.triage_officer_id FROM records JOIN referrals_referral f ON f.child_id = records.id
    WHERE f.submitted_at IS NOT NULL AND f.ended_at IS NULL
   UNION ALL
   SELECT 'case', c.id, c.reference, c.lead_agency_id, c.lead_practitioner_id FROM records JOIN cases_case c ON c.child_id = records.id
    WHERE c.state <> 'closed' $$;
