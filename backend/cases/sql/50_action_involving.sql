-- Who has to do an action of a plan is its owner; OWNER opens that action and nothing else of the case (access_scope).
CREATE OR REPLACE FUNCTION app.action_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.owner_id, NEW.owner_agency_id) IS DISTINCT FROM (OLD.owner_id, OLD.owner_agency_id) THEN
    PERFORM app.uninvolve(OLD.id, 'OWNER');
  END IF;
  PERFORM app.involve(NEW.id, NEW.root_id, NEW.child_id, 'OWNER', NEW.owner_agency_id, NULL, NEW.owner_id);
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON cases_action;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF owner_id, owner_agency_id
  ON cases_action FOR EACH ROW EXECUTE FUNCTION app.action_involved();
