-- The agency the actor works with children for, whatever they do there; nothing for the other roles.
CREATE OR REPLACE FUNCTION app.working_agency() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT m.agency_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
   WHERE m.id = app.membership() AND m.ended_at IS NULL
     AND m.role IN ('practitioner', 'triage_officer', 'case_worker', 'manager') $$;

-- Who has to do a task is its owner while it is open; OWNER opens that task and nothing else of the record (access_scope).
CREATE OR REPLACE FUNCTION app.task_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.owner_id, NEW.owner_agency_id) IS DISTINCT FROM (OLD.owner_id, OLD.owner_agency_id) THEN
    PERFORM app.uninvolve(OLD.id, 'OWNER');
  END IF;
  PERFORM app.involve(NEW.id, NEW.root_id, NEW.child_id, 'OWNER', NEW.owner_agency_id, NULL, NEW.owner_id);
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON cases_task;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF owner_id, owner_agency_id
  ON cases_task FOR EACH ROW EXECUTE FUNCTION app.task_involved();
