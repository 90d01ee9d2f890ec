-- What follows at once when two people record that a child has died, and when two people take it back.

-- Has another person asked for this edge of this record, which a manager of the agency that leads or holds it now agrees to?
CREATE OR REPLACE FUNCTION app.is_second_manager(root uuid, wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_membership m
       JOIN agencies_user u ON u.id = m.user_id AND u.is_active
       JOIN access_involvement i ON i.root_id = root AND i.relation IN ('LEAD', 'HOLDER') AND i.agency_id = m.agency_id
        AND (i.ends_at IS NULL OR i.ends_at > app.moment())
       JOIN workflow_confirmation c ON c.target_id = root AND c.edge = wanted AND c.state = 'asked' AND c.asked_by_id <> m.user_id
      WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role = 'manager') $$;

-- The people who may see what was written about a child who has died: who recorded it, who worked with the child, and the managers who
-- answer for the agencies that lead or hold something about it. Nobody with a conflict of interest.
CREATE OR REPLACE FUNCTION app.name_after_death(child uuid, first uuid, second uuid) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH records AS MATERIALIZED (SELECT array_agg(r) AS ids FROM app.child_records(child) r),
   involved AS (
     SELECT i.relation, i.user_id, i.agency_id FROM records JOIN access_involvement i ON i.child_id = ANY (records.ids)
      WHERE i.relation IN ('WORKER', 'LEAD', 'HOLDER') AND (i.ends_at IS NULL OR i.ends_at > app.moment())),
   people AS (
     SELECT unnest(ARRAY[first, second]) AS id
     UNION SELECT user_id FROM involved WHERE relation = 'WORKER' AND user_id IS NOT NULL
     UNION SELECT m.user_id FROM involved JOIN agencies_membership m ON m.agency_id = involved.agency_id
        AND m.role = 'manager' AND m.ended_at IS NULL WHERE involved.relation IN ('LEAD', 'HOLDER'))
   INSERT INTO access_named (id, user_id, child_id)
     SELECT gen_random_uuid(), people.id, child FROM people CROSS JOIN records
      WHERE NOT EXISTS (SELECT 1 FROM access_conflict c WHERE c.user_id = people.id AND c.child_id = ANY (records.ids) AND c.ended_at IS NULL) $$;

CREATE OR REPLACE FUNCTION app.death_recorded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  records uuid[];
BEGIN
  IF NOT app.is_second_manager(NEW.root_id, 'record_death') OR NEW.recorded_by_id IS DISTINCT FROM app.actor_user() THEN
    RAISE insufficient_privilege USING MESSAGE = 'a death is recorded by two managers';
  END IF;
  SELECT array_agg(r) INTO records FROM app.child_records(NEW.child_id) r;
  UPDATE deadlines_deadline SET stopped_at = NEW.recorded_at
   WHERE child_id = ANY (records) AND met_at IS NULL AND stopped_at IS NULL AND kind <> 'confirmation';
  NEW.has_sealed := NOT EXISTS (SELECT 1 FROM access_named n WHERE n.child_id = ANY (records) AND n.ended_at IS NULL);
  IF NEW.has_sealed THEN
    PERFORM app.name_after_death(NEW.child_id, NEW.asked_by_id, NEW.recorded_by_id);
  END IF;
  RETURN NEW;
END $$;

-- The clocks run on as they stood; whoever was named because of it is named no longer.
CREATE OR REPLACE FUNCTION app.death_taken_back() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  records uuid[];
BEGIN
  IF OLD.taken_back_at IS NOT NULL OR NEW.taken_back_at IS NULL OR NEW.has_sealed <> OLD.has_sealed OR NEW.recorded_at <> OLD.recorded_at
     OR NEW.child_id <> OLD.child_id OR NEW.root_id <> OLD.root_id OR NOT app.is_second_manager(NEW.root_id, 'take_back_death') THEN
    RAISE insufficient_privilege USING MESSAGE = 'the record of a death is taken back by two managers, and once';
  END IF;
  SELECT array_agg(r) INTO records FROM app.child_records(NEW.child_id) r;
  UPDATE deadlines_deadline d SET stopped_at = NULL
   WHERE d.child_id = ANY (records) AND d.stopped_at = NEW.recorded_at AND d.met_at IS NULL
     AND NOT EXISTS (SELECT 1 FROM deadlines_deadline o WHERE o.root_id = d.root_id AND o.kind = d.kind AND o.met_at IS NULL AND o.stopped_at IS NULL);
  IF OLD.has_sealed THEN
    UPDATE access_named SET ended_at = NEW.taken_back_at WHERE child_id = NEW.child_id AND ended_at IS NULL;
  END IF;
  RETURN NEW;
END $$;

-- What is open about brothers and sisters who were referred together with the child of a record, and who answers for each: asked by the
-- second person while they agree, so that whoever works with the family is told. Each gets its own reference and nothing of the other child.
CREATE OR REPLACE FUNCTION app.siblings_at_work(root uuid)
RETURNS TABLE (root_id uuid, reference text, path text, agency_id uuid, person_id uuid)
LANGUAGE plpgsql STABLE ROWS 3 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF NOT (app.is_second_manager(root, 'record_death') OR app.is_second_manager(root, 'take_back_death')) THEN
    RETURN;
  END IF;
  RETURN QUERY
    WITH child AS (SELECT c.child_id AS id FROM cases_case c WHERE c.id = root UNION SELECT r.child_id FROM referrals_referral r WHERE r.id = root),
    records AS MATERIALIZED (SELECT array_agg(r) AS ids FROM child, app.child_records(child.id) r),
    family AS MATERIALIZED (SELECT DISTINCT r.family_id AS id FROM records JOIN referrals_referral r ON r.child_id = ANY (records.ids) WHERE r.family_id IS NOT NULL),
    siblings AS MATERIALIZED (
      SELECT r.* FROM records, family JOIN referrals_referral r ON r.family_id = family.id
       WHERE r.submitted_at IS NOT NULL AND r.child_id <> ALL (records.ids))
    SELECT s.id, s.reference::text, '/referrals/' || s.id, s.holder_id, s.triage_officer_id FROM siblings s WHERE s.ended_at IS NULL
    UNION
    SELECT c.id, c.reference::text, '/cases/' || c.id, c.lead_agency_id, c.lead_practitioner_id
      FROM siblings s JOIN cases_case c ON c.id = s.case_id WHERE c.state <> 'closed';
END $$;

DROP TRIGGER IF EXISTS recorded ON children_death;
CREATE TRIGGER recorded BEFORE INSERT ON children_death FOR EACH ROW EXECUTE FUNCTION app.death_recorded();
DROP TRIGGER IF EXISTS taken_back ON children_death;
CREATE TRIGGER taken_back BEFORE UPDATE ON children_death FOR EACH ROW EXECUTE FUNCTION app.death_taken_back();

-- Kept for review: what is written about a child who has died is not deleted, by whoever and for whatever reason.
CREATE OR REPLACE FUNCTION app.kept_for_review() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM app.child_records(CASE TG_TABLE_NAME WHEN 'children_child' THEN OLD.id ELSE (to_jsonb(OLD) ->> 'child_id')::uuid END) AS record (id)
               JOIN children_death d ON d.child_id = record.id AND d.taken_back_at IS NULL) THEN
    RAISE integrity_constraint_violation USING MESSAGE = 'this is kept for review';
  END IF;
  RETURN OLD;
END $$;

DROP TRIGGER IF EXISTS kept ON children_child;
CREATE TRIGGER kept BEFORE DELETE ON children_child FOR EACH ROW EXECUTE FUNCTION app.kept_for_review();
