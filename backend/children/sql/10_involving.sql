-- Who recorded a child has a relation to the record from its first instant, so that its history and its event can be written.
CREATE OR REPLACE FUNCTION app.child_recorded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  PERFORM app.involve(NEW.id, NEW.id, NEW.id, 'CREATOR', m.agency_id, NULL, m.user_id)
     FROM agencies_membership m WHERE m.id = NEW.recorded_as_id;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON children_child;
CREATE TRIGGER involve AFTER INSERT ON children_child FOR EACH ROW EXECUTE FUNCTION app.child_recorded();
