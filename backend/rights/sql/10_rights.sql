-- Requests for a copy of a child's record. Who sees one: whoever governs the information and may know of the child.
CREATE OR REPLACE FUNCTION app.sees_request(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT 1 FROM rights_subjectrequest r
                   WHERE r.id = root AND r.partnership_id = app.actor_partnership() AND app.governs() AND NOT app.is_barred(r.child_id)) $$;

-- Who reads what was copied of the record: the same, from the second person's yes until the request ends. That is the whole relation.
CREATE OR REPLACE FUNCTION app.reads_request(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT 1 FROM rights_subjectrequest r WHERE r.id = root AND r.state IN ('open', 'checking')) AND app.sees_request(root) $$;

-- Whose it is never changes, each act is in one's own name, and a record is open to nobody whom one person alone let in.
CREATE OR REPLACE FUNCTION app.request_guarded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  me uuid := app.actor_user();
BEGIN
  IF app.membership() IS NULL THEN
    RETURN NEW;  -- the owner
  END IF;
  IF (NEW.child_id, NEW.partnership_id, NEW.recorded_by_id) IS DISTINCT FROM (OLD.child_id, OLD.partnership_id, OLD.recorded_by_id)
     OR (NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id AND (OLD.confirmed_by_id IS NOT NULL OR NEW.confirmed_by_id IS DISTINCT FROM me))
     OR (NEW.released_by_id IS DISTINCT FROM OLD.released_by_id AND (OLD.released_by_id IS NOT NULL OR NEW.released_by_id IS DISTINCT FROM me))
     OR (NEW.sent_by_id IS NOT NULL AND NEW.sent_by_id IS DISTINCT FROM OLD.sent_by_id AND NEW.sent_by_id <> me)
     OR (OLD.state IN ('released', 'refused', 'withdrawn') AND NEW.state <> OLD.state)
     -- A refusal is asked for in one's own name and agreed to by another; while it waits, it remembers where it goes on.
     OR (CASE WHEN NEW.state = 'refusing' AND OLD.state <> 'refusing' THEN (NEW.refusal_by_id, NEW.refused_from) IS DISTINCT FROM (me, OLD.state)
              ELSE (NEW.refusal_by_id, NEW.refused_from) IS DISTINCT FROM (OLD.refusal_by_id, OLD.refused_from) END)
     OR (OLD.state = 'refusing' AND NEW.state NOT IN ('refusing', 'refused', OLD.refused_from))
     OR (NEW.state = 'refused' AND OLD.state <> 'refused' AND (OLD.state <> 'refusing' OR OLD.refusal_by_id = me OR NEW.refused_by_id IS DISTINCT FROM me))
     -- So is a withdrawal.
     OR (CASE WHEN NEW.state = 'withdrawing' AND OLD.state <> 'withdrawing' THEN (NEW.withdrawal_by_id, NEW.withdrawn_from) IS DISTINCT FROM (me, OLD.state)
              ELSE (NEW.withdrawal_by_id, NEW.withdrawn_from) IS DISTINCT FROM (OLD.withdrawal_by_id, OLD.withdrawn_from) END)
     OR (OLD.state = 'withdrawing' AND NEW.state NOT IN ('withdrawing', 'withdrawn', OLD.withdrawn_from))
     OR (NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn' AND (OLD.state <> 'withdrawing' OR OLD.withdrawal_by_id = me OR NEW.withdrawn_by_id IS DISTINCT FROM me)) THEN
    RAISE EXCEPTION 'a request for a copy is opened by two people, released by two, and refused or withdrawn by two' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS guard ON rights_subjectrequest;
CREATE TRIGGER guard BEFORE UPDATE ON rights_subjectrequest FOR EACH ROW EXECUTE FUNCTION app.request_guarded();

-- What is done with a passage is decided while the request is open, in one's own name; what is being checked stays as it is.
CREATE OR REPLACE FUNCTION app.passage_guarded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF app.membership() IS NULL THEN
    RETURN NEW;
  END IF;
  IF NEW.decided_by_id IS DISTINCT FROM app.actor_user()
     OR NOT EXISTS (SELECT 1 FROM rights_subjectrequest r WHERE r.id = OLD.root_id AND r.state = 'open') THEN
    RAISE EXCEPTION 'a passage is decided about in an open request, in one''s own name' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS guard ON rights_copiedpassage;
CREATE TRIGGER guard BEFORE UPDATE ON rights_copiedpassage FOR EACH ROW EXECUTE FUNCTION app.passage_guarded();

-- A file is made by the worker; whoever serves asks for it and takes it away, and never writes one.
CREATE OR REPLACE FUNCTION app.pack_guarded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF app.membership() IS NOT NULL
     AND (NEW.collected_at IS DISTINCT FROM OLD.collected_at
       OR (NEW.pdf IS NOT NULL AND NEW.pdf IS DISTINCT FROM OLD.pdf)
       OR (NEW.data IS NOT NULL AND NEW.data IS DISTINCT FROM OLD.data)
       OR (NEW.task = 'draw' AND NEW.state = 'done' AND (OLD.task, OLD.state) IS DISTINCT FROM ('draw', 'done'))) THEN
    RAISE EXCEPTION 'the file of a request is made by the worker' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS guard ON rights_pack;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON rights_pack FOR EACH ROW EXECUTE FUNCTION app.pack_guarded();

-- What somebody said stays as it was written down; a manager of the agency that wrote the note decides about it, once and in their own name.
CREATE OR REPLACE FUNCTION app.rectification_guarded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF app.membership() IS NOT NULL
     AND (OLD.state <> 'asked' OR NEW.decided_by_id IS DISTINCT FROM app.actor_user() OR OLD.agency_id IS DISTINCT FROM app.managing()
       OR (NEW.root_id, NEW.note_id, NEW.agency_id, NEW.mark, NEW.said_by, NEW.wrong, NEW."right", NEW.recorded_by_id)
          IS DISTINCT FROM (OLD.root_id, OLD.note_id, OLD.agency_id, OLD.mark, OLD.said_by, OLD.wrong, OLD."right", OLD.recorded_by_id)) THEN
    RAISE EXCEPTION 'a manager of the agency that wrote a note decides what is done about it, once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS guard ON rights_rectification;
CREATE TRIGGER guard BEFORE UPDATE ON rights_rectification FOR EACH ROW EXECUTE FUNCTION app.rectification_guarded();
