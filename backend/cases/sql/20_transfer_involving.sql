-- The agency that is asked to lead reads the case until it has answered, and the outcome for ten working days.
CREATE OR REPLACE FUNCTION app.transfer_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF NEW.state = 'proposed' THEN
    PERFORM app.involve(NEW.id, NEW.root_id, NEW.child_id, 'OFFERED_LEAD', NEW.to_agency_id, NULL, NULL);
  ELSE
    PERFORM app.uninvolve(NEW.id, 'OFFERED_LEAD', interval '14 days');
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON cases_transfer;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF state ON cases_transfer FOR EACH ROW EXECUTE FUNCTION app.transfer_involved();
