-- Who may say what about an unusual reading: another one who manages the agency, what they know of it; another one who governs the information,
-- what it was, once. The worker makes it and adds to it; nobody changes what happened, and nobody speaks about themselves.
CREATE OR REPLACE FUNCTION app.unusual_is_fair() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  me uuid := app.actor_user();
BEGIN
  IF app.membership() IS NULL THEN
    RETURN NEW;  -- the worker, which adds what was read since, or the owner
  END IF;
  IF (NEW.user_id, NEW.user_name, NEW.agency_id, NEW.partnership_id, NEW.role, NEW.kind, NEW.subject_ids, NEW.usual, NEW.first_at, NEW.last_at,
      NEW.found_at, NEW.review_due_at)
     IS DISTINCT FROM (OLD.user_id, OLD.user_name, OLD.agency_id, OLD.partnership_id, OLD.role, OLD.kind, OLD.subject_ids, OLD.usual, OLD.first_at,
      OLD.last_at, OLD.found_at, OLD.review_due_at)
     OR ((NEW.looked_by_id, NEW.looked_by_name, NEW.looked_at, NEW.look) IS DISTINCT FROM (OLD.looked_by_id, OLD.looked_by_name, OLD.looked_at, OLD.look)
         AND (me = OLD.user_id OR OLD.looked_at IS NOT NULL OR NEW.looked_by_id <> me OR app.managing() IS DISTINCT FROM OLD.agency_id))
     OR ((NEW.decided_by_id, NEW.decided_by_name, NEW.decided_at, NEW.outcome, NEW.decision)
           IS DISTINCT FROM (OLD.decided_by_id, OLD.decided_by_name, OLD.decided_at, OLD.outcome, OLD.decision)
         AND (me = OLD.user_id OR OLD.decided_at IS NOT NULL OR NEW.decided_by_id <> me OR NOT app.governs())) THEN
    RAISE EXCEPTION 'another person looks at an unusual reading and decides about it, once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS unusual_is_fair ON oversight_unusualreading;
CREATE TRIGGER unusual_is_fair BEFORE UPDATE ON oversight_unusualreading FOR EACH ROW EXECUTE FUNCTION app.unusual_is_fair();

-- What was read, for whoever looks at it afterwards.
CREATE OR REPLACE FUNCTION app.unusual_looks(reading uuid, most integer)
RETURNS TABLE (id uuid, at timestamptz, user_id uuid, agency_id uuid, role text, kind text, label text, status integer, records text[], in_emergency boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH asked AS (
     SELECT a.*, a.subject_ids || ARRAY(SELECT DISTINCT c FROM unnest(a.subject_ids) s CROSS JOIN LATERAL app.child_records(s) c) AS children
       FROM oversight_unusualreading a
      WHERE a.id = reading AND a.user_id <> app.actor_user() AND NOT a.subject_ids && app.barred_children()
        AND (a.agency_id = app.managing() OR (app.governs() AND a.partnership_id = app.actor_partnership()))),
   about AS (SELECT asked.*, asked.children || app.roots_about(asked.children) AS roots FROM asked)
   SELECT l.id, l.recorded_at, l.user_id, l.agency_id, l.role::text, l.kind::text, l.label::text, l.status::integer,
          app.references_of(ARRAY(SELECT unnest(l.root_ids) INTERSECT SELECT unnest(a.roots))), false
     FROM about a
     JOIN audit_accesslog l ON l.user_id = a.user_id AND l.recorded_at BETWEEN a.first_at AND a.last_at
      AND (l.root_ids && a.roots OR l.child_ids && a.children OR (l.id = ANY (a.subject_ids)))
      AND NOT l.child_ids && app.barred_children()
    ORDER BY l.recorded_at DESC, l.id DESC LIMIT most $$;

-- How many of the children that it is about were deleted since. What was refused, or searched for and not found, may be no child: there, only what
-- the log knows as one.
CREATE OR REPLACE FUNCTION app.unusual_gone(reading uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT count(*)::integer FROM oversight_unusualreading a CROSS JOIN LATERAL unnest(a.subject_ids) s
    WHERE a.id = reading AND a.user_id <> app.actor_user()
      AND (a.agency_id = app.managing() OR (app.governs() AND a.partnership_id = app.actor_partnership()))
      AND NOT EXISTS (SELECT 1 FROM children_child k WHERE k.id = s)
      AND (a.kind NOT IN ('no_relation', 'searches')
        OR EXISTS (SELECT 1 FROM audit_accesslog l
                    WHERE l.user_id = a.user_id AND l.recorded_at BETWEEN a.first_at AND a.last_at AND s = ANY (l.child_ids))) $$;
