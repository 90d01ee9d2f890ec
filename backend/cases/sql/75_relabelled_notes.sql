-- Who may read a note can be said anew. The label of what happened to it follows the one that it bears now, so that nobody learns from a chronology
-- what they may no longer read, and its readers find all of it: of an event nothing but that is ever changed.
CREATE OR REPLACE FUNCTION app.label_note_anew() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.mark = OLD.mark THEN
    RETURN NEW;
  END IF;
  IF NOT app.relabels(NEW.root_id, OLD.mark, NEW.mark, NEW.agency_id) THEN
    RAISE EXCEPTION 'this label is not theirs to change' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE audit_event SET mark = NEW.mark WHERE id IN (SELECT h.event_id FROM cases_historicalnote h WHERE h.id = NEW.id);
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS label_anew ON cases_note;
CREATE TRIGGER label_anew BEFORE UPDATE OF mark ON cases_note FOR EACH ROW EXECUTE FUNCTION app.label_note_anew();
