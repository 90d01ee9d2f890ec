-- Who is named on the seal of a child. The names are rows of the owner's: these functions judge who may write them, as the rules of the app do.

-- Where a child can be sealed: at a case, by the agency that leads it; at a referral that is no case, by the agency that holds it, whose triage
-- officers may do it too.
CREATE OR REPLACE FUNCTION app.sealed_at(root uuid) RETURNS TABLE (child_id uuid, agency_id uuid, person_id uuid, roles text[])
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT c.child_id, c.lead_agency_id, c.lead_practitioner_id, ARRAY['manager'] FROM cases_case c WHERE c.id = root
   UNION ALL
   SELECT r.child_id, r.holder_id, r.triage_officer_id, ARRAY['manager', 'triage_officer'] FROM referrals_referral r
    WHERE r.id = root AND r.child_id IS NOT NULL AND r.submitted_at IS NOT NULL AND r.case_id IS NULL $$;

-- May the actor seal, name and take off here? Of those who keep the seal, whoever may know of the child.
CREATE OR REPLACE FUNCTION app.keeps_seal(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
       JOIN app.sealed_at(root) s ON s.agency_id = m.agency_id AND m.role = ANY (s.roles) AND NOT app.is_barred(s.child_id)
      WHERE m.id = app.membership() AND m.ended_at IS NULL) $$;

-- May the actor ask for the seal without reading the record: for the information of the agency that leads the case or holds the referral?
CREATE OR REPLACE FUNCTION app.proposes_seal(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
       JOIN app.sealed_at(root) s ON s.agency_id = m.agency_id AND NOT app.is_barred(s.child_id)
      WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role = 'information_governance') $$;

-- What a seal is judged by, for who asks so: how the record is called, who has it in hand, and where it stands. No word of it.
CREATE OR REPLACE FUNCTION app.record_to_seal(root uuid)
RETURNS TABLE (id uuid, noun text, child_id uuid, reference text, partnership_id uuid, agency_id uuid, person_id uuid, state text, version integer,
               died_from text, referrer_agency_id uuid)
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT * FROM (
     SELECT c.id, 'case', c.child_id, c.reference::text, c.partnership_id, c.lead_agency_id, c.lead_practitioner_id, c.state::text, c.version,
            c.died_from::text, NULL::uuid FROM cases_case c WHERE c.id = root
     UNION ALL
     SELECT r.id, 'referral', r.child_id, r.reference::text, r.partnership_id, r.holder_id, r.triage_officer_id, r.state::text, r.version,
            r.died_from::text, r.referrer_agency_id FROM referrals_referral r WHERE r.id = root) found
    WHERE app.proposes_seal(root) $$;

-- Which record is meant by its reference; of a referral that has become a case, the case.
CREATE OR REPLACE FUNCTION app.record_to_seal_called(wanted text) RETURNS TABLE (id uuid, noun text, child_id uuid, reference text)
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT f.id, f.noun, f.child_id, f.reference FROM (
     SELECT c.id AS meant FROM cases_case c WHERE c.reference = wanted
     UNION SELECT coalesce(r.case_id, r.id) FROM referrals_referral r WHERE r.reference = wanted) m, app.record_to_seal(m.meant) f $$;

-- What whoever asks so still waits for.
CREATE OR REPLACE FUNCTION app.seals_proposed() RETURNS TABLE (id uuid, root_id uuid, child_id uuid, noun text, reference text, edge text, asked_at timestamptz)
LANGUAGE sql STABLE ROWS 5 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT q.id, q.root_id, q.child_id, f.noun, f.reference, q.edge::text, q.asked_at
     FROM workflow_confirmation q, app.record_to_seal(q.root_id) f
    WHERE q.agency_id = app.actor_agency() AND q.state = 'asked' AND q.asked_by_id = app.actor_user() AND q.noun IN ('seal', 'referral_seal')
    ORDER BY q.asked_at, q.id LIMIT 100 $$;

-- Of those who are named on these records, how many work anywhere with children: who governs the information stands in for nobody.
CREATE OR REPLACE FUNCTION app.named_readers(records uuid[]) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT count(DISTINCT n.user_id) FROM access_named n
     JOIN agencies_membership m ON m.user_id = n.user_id AND m.ended_at IS NULL AND m.role IN ('practitioner', 'triage_officer', 'case_worker', 'manager')
     JOIN agencies_user u ON u.id = m.user_id AND u.is_active
    WHERE n.child_id = ANY (records) AND n.ended_at IS NULL $$;

-- The managers of the agency that keeps the record who are named, besides one person.
CREATE OR REPLACE FUNCTION app.named_managers(root uuid, besides uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT count(DISTINCT m.user_id) FROM app.sealed_at(root) s
     JOIN agencies_membership m ON m.agency_id = s.agency_id AND m.role = 'manager' AND m.ended_at IS NULL AND m.user_id IS DISTINCT FROM besides
     JOIN agencies_user u ON u.id = m.user_id AND u.is_active
     JOIN access_named n ON n.user_id = m.user_id AND n.ended_at IS NULL AND n.child_id IN (SELECT app.child_records(s.child_id)) $$;

-- Has another person who keeps the seal asked for this, of whom or of the actor one is a manager?
CREATE OR REPLACE FUNCTION app.is_second_on_seal(root uuid, wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT app.keeps_seal(root) AND EXISTS (
     SELECT 1 FROM app.sealed_at(root) s
       JOIN workflow_confirmation c ON c.target_id = root AND c.edge = wanted AND c.state = 'asked' AND c.asked_by_id <> app.actor_user()
        AND c.noun IN ('seal', 'referral_seal')
      WHERE EXISTS (SELECT 1 FROM agencies_membership m WHERE m.agency_id = s.agency_id AND m.role = 'manager' AND m.ended_at IS NULL
                       AND (m.id = app.membership() OR m.user_id = c.asked_by_id))) $$;

-- Name people: the first of them seal it. Another person has agreed, where there is one who could. Where no manager is named any more, whoever
-- works on the case and is named names one.
CREATE OR REPLACE FUNCTION app.name_on_seal(root uuid, people uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  child uuid;
  records uuid[];
  sealed uuid[];
  is_orphan boolean;
BEGIN
  SELECT s.child_id INTO child FROM app.sealed_at(root) s;
  SELECT array_agg(r) INTO records FROM app.child_records(child) r;
  SELECT array_agg(DISTINCT n.child_id) INTO sealed FROM access_named n WHERE n.child_id = ANY (records) AND n.ended_at IS NULL;
  is_orphan := sealed IS NOT NULL AND app.named_managers(root, NULL) = 0 AND app.reads_root(root);
  IF child IS NULL OR NOT (app.keeps_seal(root) OR is_orphan) THEN
    RAISE insufficient_privilege USING MESSAGE = 'only whoever keeps the seal names people on it';
  END IF;
  IF sealed IS NULL AND NOT app.is_second_on_seal(root, 'put') THEN
    RAISE insufficient_privilege USING MESSAGE = 'a record is sealed by two people';
  END IF;
  IF sealed IS NOT NULL AND app.named_managers(root, app.actor_user()) > 0 AND NOT app.is_second_on_seal(root, 'name') THEN
    RAISE insufficient_privilege USING MESSAGE = 'two people name somebody on a seal';
  END IF;
  INSERT INTO access_named (id, user_id, child_id)
    SELECT DISTINCT ON (person, record) gen_random_uuid(), person, record FROM unnest(people) AS p (person), unnest(coalesce(sealed, ARRAY[child])) AS s (record)
     WHERE EXISTS (SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active WHERE m.user_id = person AND m.ended_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM access_conflict c WHERE c.user_id = person AND c.child_id = ANY (records) AND c.ended_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM access_named n WHERE n.user_id = person AND n.child_id = record AND n.ended_at IS NULL);
  IF sealed IS NULL AND app.named_readers(ARRAY[child]) < 3 THEN
    RAISE insufficient_privilege USING MESSAGE = 'three people are named when a record is sealed';
  END IF;
END $$;

-- Take people off: two stay at least, among them whoever does it, a manager, and who has the record in hand.
CREATE OR REPLACE FUNCTION app.take_off_seal(root uuid, people uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  kept_by uuid;
  records uuid[];
BEGIN
  IF NOT app.keeps_seal(root) OR app.actor_user() = ANY (people) THEN
    RAISE insufficient_privilege USING MESSAGE = 'only somebody else who keeps the seal takes somebody off it';
  END IF;
  SELECT s.person_id, (SELECT array_agg(r) FROM app.child_records(s.child_id) r) INTO kept_by, records FROM app.sealed_at(root) s;
  UPDATE access_named SET ended_at = app.moment() WHERE child_id = ANY (records) AND user_id = ANY (people) AND ended_at IS NULL;
  IF kept_by = ANY (people) OR app.named_managers(root, NULL) = 0 OR app.named_readers(records) < 2 THEN
    RAISE insufficient_privilege USING MESSAGE = 'two people stay named on a seal, one of them a manager, and whoever has the record in hand';
  END IF;
END $$;

-- Two people lift it: everybody sees again what they would without it. After a death it stays until the death is taken back.
CREATE OR REPLACE FUNCTION app.lift_seal(root uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  records uuid[];
BEGIN
  SELECT (SELECT array_agg(r) FROM app.child_records(s.child_id) r) INTO records FROM app.sealed_at(root) s;
  IF NOT app.is_second_on_seal(root, 'lift')
     OR EXISTS (SELECT 1 FROM children_death d WHERE d.child_id = ANY (records) AND d.taken_back_at IS NULL) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a seal is lifted by two people, and not after a death';
  END IF;
  UPDATE access_named SET ended_at = app.moment() WHERE child_id = ANY (records) AND ended_at IS NULL;
END $$;
