-- Break-glass. The agency that the actor manages; nothing for everybody else.
CREATE OR REPLACE FUNCTION app.managing() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT m.agency_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
    WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role = 'manager' $$;

-- Opens what is kept about the child of this exact name and date of birth, and about brothers and sisters who were referred with it, to the
-- actor and for reading only. Returns whether anything was opened: of a child that is sealed or in conflict with them, of one that nobody knows
-- and of one whose records they read anyway, the same. The row that tells of it is written here or nothing is opened.
CREATE OR REPLACE FUNCTION app.break_glass(glass uuid, named text, born date, code text, why text, review timestamptz, day_began timestamptz)
RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  me record;
  children uuid[];
  roots uuid[];
BEGIN
  SELECT m.user_id, m.agency_id, m.role, u.name, a.partnership_id INTO me
    FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active JOIN agencies_agency a ON a.id = m.agency_id
   WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role IN ('triage_officer', 'case_worker', 'manager');
  IF NOT FOUND OR length(btrim(why)) < 20 OR code = '' THEN
    RAISE EXCEPTION 'break-glass is for triage officers, case workers and managers, with a reason'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  children := ARRAY(
    SELECT DISTINCT r FROM children_child k CROSS JOIN LATERAL app.child_records(k.id) r
     WHERE k.partnership_id = me.partnership_id AND k.name_key = named AND k.date_of_birth = born AND NOT app.bars(me.user_id, k.id));
  children := ARRAY(
    SELECT c FROM (
      SELECT unnest(children) AS c
      UNION SELECT other.child_id FROM referrals_referral own JOIN referrals_referral other ON other.family_id = own.family_id
       WHERE own.child_id = ANY (children) AND other.child_id IS NOT NULL) family
     WHERE NOT app.bars(me.user_id, c));
  roots := ARRAY(
    SELECT r FROM unnest(app.roots_about(children)) r
     WHERE NOT app.reads_root(r)
       AND (EXISTS (SELECT 1 FROM cases_case c WHERE c.id = r)
         OR EXISTS (SELECT 1 FROM referrals_referral f WHERE f.id = r AND f.submitted_at IS NOT NULL)
         OR EXISTS (SELECT 1 FROM interventions_intervention i WHERE i.id = r)));
  IF roots = '{}' THEN
    RETURN false;
  END IF;
  INSERT INTO oversight_breakglass (id, user_id, user_name, agency_id, partnership_id, role, reason_code, reason, opened_at, ends_at, child_ids, root_ids,
    records, nth, review_due_at, reminders, looked_by_name, look, decided_by_name, outcome, decision, version)
  VALUES (glass, me.user_id, me.name, me.agency_id, me.partnership_id, me.role, code, why, app.moment(), app.moment() + interval '4 hours', children, roots,
    app.references_of(roots), 1 + (SELECT count(*) FROM oversight_breakglass g WHERE g.user_id = me.user_id AND g.opened_at >= day_began),
    review, 0, '', '', '', '', '', 0);
  RETURN true;
END $$;

-- What it opens, as any other relation: to this person in this agency, at each record with its own child, until its time is over.
CREATE OR REPLACE FUNCTION app.glass_opens() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM app.involve(NEW.id, found.root, found.child, 'BREAK_GLASS', NEW.agency_id, NULL, NEW.user_id, NEW.ends_at)
       FROM (SELECT r AS root, coalesce((SELECT i.child_id FROM access_involvement i WHERE i.root_id = r AND i.child_id IS NOT NULL LIMIT 1),
                                        (SELECT f.child_id FROM referrals_referral f WHERE f.id = r)) AS child
               FROM unnest(NEW.root_ids) r) found;
  ELSIF NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL THEN
    PERFORM app.uninvolve(NEW.id, 'BREAK_GLASS');
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS glass_opens ON oversight_breakglass;
CREATE TRIGGER glass_opens AFTER INSERT OR UPDATE ON oversight_breakglass FOR EACH ROW EXECUTE FUNCTION app.glass_opens();

-- Who may say what afterwards: the person that it is over; another one who manages their agency, what they think of it; another one who governs
-- the information, whether it was justified, once. Nobody changes what happened.
CREATE OR REPLACE FUNCTION app.glass_is_fair() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  me uuid := app.actor_user();
BEGIN
  IF app.membership() IS NULL THEN
    RETURN NEW;  -- the worker, which counts its reminders, or the owner
  END IF;
  IF (NEW.user_id, NEW.user_name, NEW.agency_id, NEW.partnership_id, NEW.role, NEW.reason_code, NEW.reason, NEW.opened_at, NEW.ends_at, NEW.child_ids,
      NEW.root_ids, NEW.records, NEW.nth, NEW.review_due_at)
     IS DISTINCT FROM (OLD.user_id, OLD.user_name, OLD.agency_id, OLD.partnership_id, OLD.role, OLD.reason_code, OLD.reason, OLD.opened_at, OLD.ends_at,
      OLD.child_ids, OLD.root_ids, OLD.records, OLD.nth, OLD.review_due_at)
     OR (NEW.ended_at IS DISTINCT FROM OLD.ended_at AND (me <> OLD.user_id OR OLD.ended_at IS NOT NULL))
     OR ((NEW.looked_by_id, NEW.look) IS DISTINCT FROM (OLD.looked_by_id, OLD.look)
         AND (me = OLD.user_id OR OLD.looked_at IS NOT NULL OR NEW.looked_by_id <> me OR app.managing() IS DISTINCT FROM OLD.agency_id))
     OR ((NEW.decided_by_id, NEW.outcome, NEW.decision) IS DISTINCT FROM (OLD.decided_by_id, OLD.outcome, OLD.decision)
         AND (me = OLD.user_id OR OLD.decided_at IS NOT NULL OR NEW.decided_by_id <> me OR NOT app.governs())) THEN
    RAISE EXCEPTION 'another person looks at a break-glass and decides about it, once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS glass_is_fair ON oversight_breakglass;
CREATE TRIGGER glass_is_fair BEFORE UPDATE ON oversight_breakglass FOR EACH ROW EXECUTE FUNCTION app.glass_is_fair();

-- What was read through it, for whoever looks at it afterwards.
CREATE OR REPLACE FUNCTION app.glass_looks(glass uuid, most integer)
RETURNS TABLE (id uuid, at timestamptz, user_id uuid, agency_id uuid, role text, kind text, label text, status integer, records text[], in_emergency boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT l.id, l.recorded_at, l.user_id, l.agency_id, l.role::text, l.kind::text, l.label::text, l.status::integer,
          app.references_of(ARRAY(SELECT unnest(l.root_ids) INTERSECT SELECT unnest(g.root_ids))), true
     FROM oversight_breakglass g
     JOIN audit_accesslog l ON l.user_id = g.user_id AND l.root_ids && g.root_ids
      AND l.recorded_at >= g.opened_at AND l.recorded_at <= coalesce(g.ended_at, g.ends_at)
    WHERE g.id = glass AND NOT g.child_ids && app.barred_children()
      AND (g.agency_id = app.managing() OR (app.governs() AND g.partnership_id = app.actor_partnership()))
    ORDER BY l.recorded_at DESC, l.id DESC LIMIT most $$;
