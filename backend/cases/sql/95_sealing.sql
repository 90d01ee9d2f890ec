-- Who is named on the seal of a child. The names are rows of the owner's: these functions judge who may write them, as the rules of the app do.

-- May the actor seal, name and take off here? A manager of the agency that leads the case, who may know of the child.
CREATE OR REPLACE FUNCTION app.keeps_seal(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
       JOIN cases_case c ON c.id = root AND c.lead_agency_id = m.agency_id AND NOT app.is_barred(c.child_id)
      WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role = 'manager') $$;

-- The managers of the agency that leads who are named, besides one person.
CREATE OR REPLACE FUNCTION app.named_managers(root uuid, besides uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT count(DISTINCT m.user_id) FROM cases_case c
     JOIN agencies_membership m ON m.agency_id = c.lead_agency_id AND m.role = 'manager' AND m.ended_at IS NULL AND m.user_id IS DISTINCT FROM besides
     JOIN agencies_user u ON u.id = m.user_id AND u.is_active
     JOIN access_named n ON n.user_id = m.user_id AND n.ended_at IS NULL AND n.child_id IN (SELECT app.child_records(c.child_id))
    WHERE c.id = root $$;

-- Name people: the first of them seal it. Another manager has agreed, where there is one who could. Where no manager is named any more, whoever
-- works on the case and is named names one.
CREATE OR REPLACE FUNCTION app.name_on_seal(root uuid, people uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  child uuid;
  records uuid[];
  sealed uuid[];
  is_orphan boolean;
BEGIN
  SELECT c.child_id INTO child FROM cases_case c WHERE c.id = root;
  SELECT array_agg(r) INTO records FROM app.child_records(child) r;
  SELECT array_agg(DISTINCT n.child_id) INTO sealed FROM access_named n WHERE n.child_id = ANY (records) AND n.ended_at IS NULL;
  is_orphan := sealed IS NOT NULL AND app.named_managers(root, NULL) = 0 AND app.reads_root(root);
  IF NOT (app.keeps_seal(root) OR is_orphan) THEN
    RAISE insufficient_privilege USING MESSAGE = 'only a manager of the agency that leads names people on a seal';
  END IF;
  IF sealed IS NULL AND NOT app.is_second_manager(root, 'put') THEN
    RAISE insufficient_privilege USING MESSAGE = 'a case is sealed by two managers';
  END IF;
  IF sealed IS NOT NULL AND app.named_managers(root, app.actor_user()) > 0 AND NOT app.is_second_manager(root, 'name') THEN
    RAISE insufficient_privilege USING MESSAGE = 'two managers name somebody on a seal';
  END IF;
  INSERT INTO access_named (id, user_id, child_id)
    SELECT DISTINCT ON (person, record) gen_random_uuid(), person, record FROM unnest(people) AS p (person), unnest(coalesce(sealed, ARRAY[child])) AS s (record)
     WHERE EXISTS (SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active WHERE m.user_id = person AND m.ended_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM access_conflict c WHERE c.user_id = person AND c.child_id = ANY (records) AND c.ended_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM access_named n WHERE n.user_id = person AND n.child_id = record AND n.ended_at IS NULL);
END $$;

-- Take people off: two stay at least, among them whoever does it, a manager, and who leads the case.
CREATE OR REPLACE FUNCTION app.take_off_seal(root uuid, people uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  led_by uuid;
  records uuid[];
BEGIN
  IF NOT app.keeps_seal(root) OR app.actor_user() = ANY (people) THEN
    RAISE insufficient_privilege USING MESSAGE = 'only another manager of the agency that leads takes somebody off a seal';
  END IF;
  SELECT c.lead_practitioner_id, (SELECT array_agg(r) FROM app.child_records(c.child_id) r) INTO led_by, records FROM cases_case c WHERE c.id = root;
  UPDATE access_named SET ended_at = app.moment() WHERE child_id = ANY (records) AND user_id = ANY (people) AND ended_at IS NULL;
  IF led_by = ANY (people)
     OR (SELECT count(DISTINCT n.user_id) FROM access_named n WHERE n.child_id = ANY (records) AND n.ended_at IS NULL) < 2 THEN
    RAISE insufficient_privilege USING MESSAGE = 'two people stay named on a seal, and whoever leads the case';
  END IF;
END $$;

-- Two managers lift it: everybody sees again what they would without it. After a death it stays until the death is taken back.
CREATE OR REPLACE FUNCTION app.lift_seal(root uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  records uuid[];
BEGIN
  SELECT (SELECT array_agg(r) FROM app.child_records(c.child_id) r) INTO records FROM cases_case c WHERE c.id = root;
  IF NOT app.keeps_seal(root) OR NOT app.is_second_manager(root, 'lift')
     OR EXISTS (SELECT 1 FROM children_death d WHERE d.child_id = ANY (records) AND d.taken_back_at IS NULL) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a seal is lifted by two managers, and not after a death';
  END IF;
  UPDATE access_named SET ended_at = app.moment() WHERE child_id = ANY (records) AND ended_at IS NULL;
END $$;
