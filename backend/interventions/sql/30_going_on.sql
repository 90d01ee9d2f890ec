-- The services of a case that is joined to another go on there: whoever leads and works on that one stands to them and keeps their promises, and
-- whoever did before reads what they read. Taken apart, everything is as it was. No row of an intervention changes: what it was recommended in stays.
CREATE OR REPLACE FUNCTION app.interventions_go_on() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  former uuid := coalesce((SELECT c.lead_agency_id FROM cases_case c WHERE c.id = OLD.joined_into_id), OLD.lead_agency_id);
  next_lead uuid := coalesce((SELECT c.lead_agency_id FROM cases_case c WHERE c.id = NEW.joined_into_id), NEW.lead_agency_id);
BEGIN
  UPDATE access_link l SET parent_id = coalesce(NEW.joined_into_id, NEW.id)
    FROM interventions_intervention i WHERE i.case_id = NEW.id AND l.root_id = i.id;
  UPDATE deadlines_deadline d SET owner_agency_id = next_lead
    FROM interventions_intervention i
   WHERE i.case_id = NEW.id AND d.root_id = i.id AND d.owner_agency_id = former AND d.met_at IS NULL AND d.stopped_at IS NULL
     AND (d.kind NOT IN ('provider_answer', 'service_start') OR i.provider_agency_id IS NULL);
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS interventions_go_on ON cases_case;
CREATE TRIGGER interventions_go_on AFTER UPDATE OF joined_into_id ON cases_case
  FOR EACH ROW WHEN (NEW.joined_into_id IS DISTINCT FROM OLD.joined_into_id) EXECUTE FUNCTION app.interventions_go_on();
