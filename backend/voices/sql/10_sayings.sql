-- Community voice: who keeps a saying, and what of all of them leaves an agency (docs/adr/0060).

-- The agency for which the actor works with children; nothing for whoever sees numbers, logs or settings only.
CREATE OR REPLACE FUNCTION app.voicing_agency() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT m.agency_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
    WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role IN ('practitioner', 'triage_officer', 'case_worker', 'manager') $$;

CREATE OR REPLACE FUNCTION app.saying_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  PERFORM app.involve(NEW.id, NEW.id, NULL, 'KEEPER', NEW.agency_id, NULL, NULL);
  PERFORM app.involve(NEW.id, NEW.id, NULL, 'CREATOR', NEW.agency_id, NULL, NEW.recorded_by_id);
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON voices_saying;
CREATE TRIGGER involve AFTER INSERT ON voices_saying FOR EACH ROW EXECUTE FUNCTION app.saying_involved();

-- Whose it is never changes, and only a manager of that agency lets its words out, in their own name.
CREATE OR REPLACE FUNCTION app.saying_guarded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.agency_id, NEW.partnership_id, NEW.recorded_by_id) IS DISTINCT FROM (OLD.agency_id, OLD.partnership_id, OLD.recorded_by_id) THEN
    RAISE EXCEPTION 'a saying stays with who wrote it down' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF app.membership() IS NOT NULL AND NEW.state = 'released'
     AND (TG_OP = 'INSERT' OR (OLD.state, OLD.released_words, OLD.released_by_id) IS DISTINCT FROM (NEW.state, NEW.released_words, NEW.released_by_id))
     AND (NEW.agency_id, NEW.released_by_id) IS DISTINCT FROM (app.managed_agency(), app.actor_user()) THEN
    RAISE EXCEPTION 'only a manager of its agency releases what was said' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS guard ON voices_saying;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON voices_saying FOR EACH ROW EXECUTE FUNCTION app.saying_guarded();
