-- Whoever leads or works on the case reaches its interventions as they reach its referrals (access_link). The agency that provides one
-- stands to it, and to nothing else of the case, from the offer until ten working days after its end, or until the family says no or takes
-- its yes back, or until it is given back or handed to another.
CREATE OR REPLACE FUNCTION app.intervention_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO access_link (root_id, parent_id) VALUES (NEW.id, NEW.case_id) ON CONFLICT (root_id) DO NOTHING;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.provider_agency_id IS DISTINCT FROM OLD.provider_agency_id THEN
    PERFORM app.uninvolve(NEW.id, 'PROVIDER');
  END IF;
  IF NEW.offered_at IS NULL THEN
    RETURN NULL;
  END IF;
  IF NEW.provider_until IS NULL THEN
    PERFORM app.involve(NEW.id, NEW.id, NEW.child_id, 'PROVIDER', NEW.provider_agency_id, NULL, NULL);
  ELSE
    PERFORM app.uninvolve(NEW.id, 'PROVIDER');
    IF NEW.provider_until > greatest(NEW.ended_at, app.moment()) THEN
      PERFORM app.involve(NEW.id, NEW.id, NEW.child_id, 'PROVIDER', NEW.provider_agency_id, NULL, NULL, NEW.provider_until);
    END IF;
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON interventions_intervention;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF offered_at, provider_agency_id, provider_until
  ON interventions_intervention FOR EACH ROW EXECUTE FUNCTION app.intervention_involved();

-- A case that is moved to the right child takes its interventions, their sessions and everybody's relation to them with it.
CREATE OR REPLACE FUNCTION app.interventions_follow_child() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  UPDATE interventions_session s SET child_id = NEW.child_id
    FROM interventions_intervention i WHERE i.case_id = NEW.id AND s.root_id = i.id;
  UPDATE access_involvement a SET child_id = NEW.child_id
    FROM interventions_intervention i WHERE i.case_id = NEW.id AND a.root_id = i.id;
  UPDATE interventions_intervention SET child_id = NEW.child_id WHERE case_id = NEW.id;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS interventions_follow_child ON cases_case;
CREATE TRIGGER interventions_follow_child AFTER UPDATE OF child_id ON cases_case
  FOR EACH ROW WHEN (NEW.child_id IS DISTINCT FROM OLD.child_id) EXECUTE FUNCTION app.interventions_follow_child();

-- The clocks that run for whoever leads the case follow its lead: no promise stays with an agency that has nothing more to do with the child.
CREATE OR REPLACE FUNCTION app.interventions_follow_lead() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  UPDATE deadlines_deadline d SET owner_agency_id = NEW.lead_agency_id
    FROM interventions_intervention i
   WHERE i.case_id = NEW.id AND d.root_id = i.id AND d.owner_agency_id = OLD.lead_agency_id AND d.met_at IS NULL AND d.stopped_at IS NULL
     AND (d.kind NOT IN ('provider_answer', 'service_start') OR i.provider_agency_id IS NULL);
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS interventions_follow_lead ON cases_case;
CREATE TRIGGER interventions_follow_lead AFTER UPDATE OF lead_agency_id ON cases_case
  FOR EACH ROW WHEN (NEW.lead_agency_id IS DISTINCT FROM OLD.lead_agency_id) EXECUTE FUNCTION app.interventions_follow_lead();
