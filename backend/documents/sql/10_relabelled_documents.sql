-- Who may read a document can be said anew. The label of what happened to it follows the one that it bears now (cases/sql/75_relabelled_notes.sql
-- says why).
CREATE OR REPLACE FUNCTION app.label_document_anew() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.mark = OLD.mark THEN
    RETURN NEW;
  END IF;
  IF NOT app.relabels(NEW.root_id, OLD.mark, NEW.mark, NEW.agency_id) THEN
    RAISE EXCEPTION 'this label is not theirs to change' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE audit_event SET mark = NEW.mark WHERE id IN (SELECT h.event_id FROM documents_historicaldocument h WHERE h.id = NEW.id);
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS label_anew ON documents_document;
CREATE TRIGGER label_anew BEFORE UPDATE OF mark ON documents_document FOR EACH ROW EXECUTE FUNCTION app.label_document_anew();
