-- Holds. The record that somebody means by its reference, for who may place a hold there.
CREATE OR REPLACE FUNCTION app.record_to_hold(wanted text)
RETURNS TABLE (id uuid, child_id uuid, agency_id uuid, partnership_id uuid, path text) LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT * FROM (
     SELECT c.id, c.child_id, c.lead_agency_id, c.partnership_id, '/cases/' || c.id FROM cases_case c WHERE c.reference = wanted
     UNION ALL
     SELECT r.id, r.child_id, r.holder_id, r.partnership_id, '/referrals/' || r.id FROM referrals_referral r
      WHERE r.reference = wanted AND r.submitted_at IS NOT NULL AND r.child_id IS NOT NULL) found (id, child_id, agency_id, partnership_id, path)
    WHERE app.answers_for_keeping(found.agency_id, found.partnership_id) AND NOT app.is_barred(found.child_id) $$;

-- Is a death recorded of this child? Asked by who may see its hold.
CREATE OR REPLACE FUNCTION app.death_stands(child uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT 1 FROM children_death d WHERE d.child_id = ANY (app.same_records(child)) AND d.taken_back_at IS NULL) $$;

-- A hold is about the child of the record at which it is placed, by somebody who answers for that record; the worker places one for a death
-- only. Two people release it, the second in their own name and not the one who asked; nothing else of it ever changes.
CREATE OR REPLACE FUNCTION app.hold_is_fair() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'INSERT' THEN
    IF app.membership() IS NOT NULL AND (NEW.reason_code = 'died' OR NOT EXISTS (
         SELECT 1 FROM app.record_to_hold(NEW.reference) r WHERE (r.id, r.child_id, r.partnership_id, r.path) = (NEW.record_id, NEW.child_id, NEW.partnership_id, NEW.path))) THEN
      RAISE EXCEPTION 'a hold is placed at a record that one answers for' USING ERRCODE = 'insufficient_privilege';
    ELSIF app.job() IS NOT NULL AND app.membership() IS NULL AND NOT (NEW.reason_code = 'died' AND app.death_stands(NEW.child_id)) THEN
      RAISE EXCEPTION 'nobody placed this hold' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - ARRAY['state', 'version', 'release_reason', 'release_asked_by_id', 'release_asked_by_name', 'released_by_id', 'released_by_name', 'released_at']
     IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'version', 'release_reason', 'release_asked_by_id', 'release_asked_by_name', 'released_by_id', 'released_by_name', 'released_at']
     OR (NEW.state, OLD.state) NOT IN (('held', 'held'), ('released', 'held'))
     OR (NEW.state = 'held' AND (NEW.released_at, NEW.released_by_id, NEW.release_asked_by_id) IS DISTINCT FROM (NULL::timestamptz, NULL::uuid, NULL::uuid))
     OR (NEW.state = 'released' AND NOT (NEW.released_by_id IS NOT DISTINCT FROM app.actor_user() AND EXISTS (
           SELECT 1 FROM workflow_confirmation q WHERE q.target_id = NEW.id AND q.edge = 'release' AND q.state = 'asked'
              AND q.asked_by_id = NEW.release_asked_by_id AND q.asked_by_id <> NEW.released_by_id))) THEN
    RAISE EXCEPTION 'a hold is released by two people, and nothing else of it changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS fair ON retention_hold;
CREATE TRIGGER fair BEFORE INSERT OR UPDATE ON retention_hold FOR EACH ROW EXECUTE FUNCTION app.hold_is_fair();

-- So that a hold that was released is deleted with the child, as everything is that is about it. It opens nothing.
CREATE OR REPLACE FUNCTION app.hold_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  PERFORM app.involve(NEW.id, NEW.id, NEW.child_id, 'KEEPER', NEW.agency_id, NULL, NULL);
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON retention_hold;
CREATE TRIGGER involve AFTER INSERT ON retention_hold FOR EACH ROW EXECUTE FUNCTION app.hold_involved();

-- What keeps a record, for whoever reads it.
CREATE OR REPLACE FUNCTION app.kept_at(root uuid) RETURNS TABLE (reason_code text, placed_at timestamptz) LANGUAGE sql STABLE ROWS 2 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT h.reason_code::text, h.placed_at FROM retention_hold h
    WHERE h.state = 'held' AND app.reads_root(root)
      AND h.child_id = ANY (app.same_records((SELECT coalesce((SELECT c.child_id FROM cases_case c WHERE c.id = root),
                                                              (SELECT r.child_id FROM referrals_referral r WHERE r.id = root)))))
    ORDER BY h.placed_at $$;
