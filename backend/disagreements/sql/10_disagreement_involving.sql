-- Its two sides stand to the disagreement for good, and to the status of the record it is about while it is open; ten working days
-- after that, as FORMER. Whoever answered at an earlier stage sees it by its columns and answers no more.
CREATE OR REPLACE FUNCTION app.disagreement_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'UPDATE' AND NEW.child_id IS DISTINCT FROM OLD.child_id THEN
    UPDATE access_involvement SET child_id = NEW.child_id WHERE source_id = NEW.id;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.owner_agency_id <> OLD.owner_agency_id THEN
    PERFORM app.uninvolve(NEW.id, 'ANSWERING', app.ten_working_days());
  END IF;
  PERFORM app.involve(NEW.id, NEW.id, NEW.child_id, 'DISAGREEING', NEW.raising_agency_id, NULL, NULL);
  PERFORM app.involve(NEW.id, NEW.id, NEW.child_id, 'ANSWERING', NEW.owner_agency_id, NULL, NULL);
  IF NEW.ended_at IS NULL THEN
    PERFORM app.involve(NEW.id, NEW.about_id, NEW.child_id, 'DISAGREEING', NEW.raising_agency_id, NULL, NULL);
    PERFORM app.involve(NEW.id, NEW.about_id, NEW.child_id, 'ANSWERING', NEW.owner_agency_id, NULL, NULL);
  ELSE
    WITH ended AS (
      UPDATE access_involvement SET ends_at = app.moment()
       WHERE source_id = NEW.id AND root_id = NEW.about_id AND relation IN ('DISAGREEING', 'ANSWERING') AND ends_at IS NULL
      RETURNING *)
    INSERT INTO access_involvement (source_id, root_id, child_id, relation, former_kind, agency_id, starts_at, ends_at)
    SELECT source_id, root_id, child_id, 'FORMER', relation, agency_id, app.moment(), app.moment() + app.ten_working_days() FROM ended;
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON disagreements_disagreement;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF child_id, owner_agency_id, ended_at
  ON disagreements_disagreement FOR EACH ROW EXECUTE FUNCTION app.disagreement_involved();
