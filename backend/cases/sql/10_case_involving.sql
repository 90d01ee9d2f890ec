-- Nobody is asked to name who leads a case any more: somebody was asked, has taken it, or it has closed.
CREATE OR REPLACE FUNCTION app.nobody_names(of_case uuid) RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS
$$ SELECT app.uninvolve(t.id, 'OFFERED_LEAD', app.ten_working_days()) FROM cases_transfer t
    WHERE t.case_id = of_case AND t.escalated_to_id IS NOT NULL AND t.state <> 'proposed' $$;

-- Who is involved with a case, kept beside the row that says so. FORMER for ten working days.
CREATE OR REPLACE FUNCTION app.case_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'UPDATE' THEN
    -- Moved to the right child: everybody's relation goes with it, past ones included.
    IF NEW.child_id <> OLD.child_id THEN
      UPDATE access_involvement SET child_id = NEW.child_id WHERE root_id = NEW.id;
    END IF;
    IF NEW.lead_agency_id <> OLD.lead_agency_id THEN
      PERFORM app.uninvolve(OLD.id, 'LEAD', app.ten_working_days());
    END IF;
    IF NEW.lead_agency_id <> OLD.lead_agency_id OR (NEW.state = 'closed' AND OLD.state <> 'closed') THEN
      PERFORM app.nobody_names(NEW.id);
    END IF;
    IF (NEW.lead_practitioner_id, NEW.practitioner_agency_id) IS DISTINCT FROM (OLD.lead_practitioner_id, OLD.practitioner_agency_id) THEN
      PERFORM app.uninvolve(OLD.id, 'WORKER', app.ten_working_days());
    END IF;
    IF NEW.team_id IS DISTINCT FROM OLD.team_id THEN
      PERFORM app.uninvolve(OLD.id, 'UNIT');
    END IF;
    -- Whoever leads and works on the case that goes on reads what was planned in the one that was joined to it.
    IF NEW.joined_into_id IS DISTINCT FROM OLD.joined_into_id THEN
      DELETE FROM access_link WHERE root_id = NEW.id;
      INSERT INTO access_link (root_id, parent_id) SELECT NEW.id, NEW.joined_into_id WHERE NEW.joined_into_id IS NOT NULL;
    END IF;
    IF NEW.opened_as_id IS DISTINCT FROM OLD.opened_as_id THEN
      PERFORM app.uninvolve(OLD.id, 'CREATOR');
    END IF;
  END IF;
  PERFORM app.involve(NEW.id, NEW.id, NEW.child_id, 'LEAD', NEW.lead_agency_id, NULL, NULL);
  IF NEW.lead_practitioner_id IS NOT NULL THEN
    PERFORM app.involve(NEW.id, NEW.id, NEW.child_id, 'WORKER', NEW.practitioner_agency_id, NULL, NEW.lead_practitioner_id);
  END IF;
  PERFORM app.involve(NEW.id, NEW.id, NEW.child_id, 'UNIT', NULL, NEW.team_id, NULL);
  PERFORM app.involve(NEW.id, NEW.id, NEW.child_id, 'CREATOR', m.agency_id, NULL, m.user_id)
     FROM agencies_membership m WHERE m.id = NEW.opened_as_id;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON cases_case;
CREATE TRIGGER involve
  AFTER INSERT OR UPDATE OF child_id, state, lead_agency_id, lead_practitioner_id, practitioner_agency_id, team_id, opened_as_id, joined_into_id
  ON cases_case FOR EACH ROW EXECUTE FUNCTION app.case_involved();
