-- What is being typed into an assessment goes with the case to the agency that leads it now, and to somebody of it: whoever wrote it elsewhere
-- reads on for a while and types no more. Row security hides drafts of other agencies, so the owner does it and judges.
CREATE OR REPLACE FUNCTION app.give_assessment(assessment uuid, person uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ UPDATE drafts_draft d SET author_id = person, agency_id = c.lead_agency_id
     FROM cases_assessment a JOIN cases_case c ON c.id = a.root_id
    WHERE a.id = assessment AND a.state = 'open' AND d.root_id = a.id AND NOT d.is_own
      AND c.lead_agency_id = app.managed_agency() AND NOT app.is_barred(c.child_id)
      AND EXISTS (SELECT 1 FROM agencies_membership m WHERE m.user_id = person AND m.agency_id = c.lead_agency_id AND m.ended_at IS NULL) $$;
