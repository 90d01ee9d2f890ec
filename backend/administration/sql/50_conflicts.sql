-- Who may say what about a conflict of interest: the person declares it themself, about a child they see or in words; another one, who
-- manages the agency that answers, confirms, refuses or ends it; the worker finds the child. Nobody changes what it is about.
CREATE OR REPLACE FUNCTION app.declaration_is_fair() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  me uuid := app.actor_user();
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.made_in := txid_current();
  END IF;
  IF app.membership() IS NULL THEN
    RETURN NEW;  -- the worker, or the owner: a person is always bound
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.person_id IS DISTINCT FROM me OR NEW.confirmed_at IS NOT NULL
       OR NOT ((NEW.state = 'waiting' AND NEW.child_ids = '{}')
            OR (NEW.state = 'in_force' AND cardinality(NEW.child_ids) = 1 AND app.sees_child(NEW.child_ids[1]))) THEN
      RAISE EXCEPTION 'a conflict of interest is declared by the person whom it bars, about a child they know';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.person_id, NEW.child_ids, NEW.given_name, NEW.family_name, NEW.date_of_birth, NEW.reference, NEW.answering_agency_id)
     IS DISTINCT FROM (OLD.person_id, OLD.child_ids, OLD.given_name, OLD.family_name, OLD.date_of_birth, OLD.reference, OLD.answering_agency_id)
     OR NOT (CASE WHEN NEW.state = 'withdrawn' THEN OLD.state = 'waiting' AND me = OLD.person_id
                  ELSE me <> OLD.person_id AND app.managed_agency() = OLD.answering_agency_id END) THEN
    RAISE EXCEPTION 'another person, who manages the agency, answers a declared conflict';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS declaration_is_fair ON administration_declaration;
CREATE TRIGGER declaration_is_fair BEFORE INSERT OR UPDATE ON administration_declaration FOR EACH ROW EXECUTE FUNCTION app.declaration_is_fair();

-- While a conflict is in force the person is barred from every record it names; when it ends, from those that no other one names.
CREATE OR REPLACE FUNCTION app.declared_conflict() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF NEW.state = 'in_force' THEN
    INSERT INTO access_conflict (id, user_id, child_id)
    SELECT gen_random_uuid(), NEW.person_id, c.id FROM unnest(NEW.child_ids) AS c (id)
    ON CONFLICT (user_id, child_id) WHERE ended_at IS NULL DO NOTHING;
  ELSE
    UPDATE access_conflict c SET ended_at = app.moment()
     WHERE c.user_id = NEW.person_id AND c.child_id = ANY (NEW.child_ids) AND c.ended_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM administration_declaration d WHERE d.person_id = NEW.person_id AND d.state = 'in_force' AND c.child_id = ANY (d.child_ids));
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS declared_conflict ON administration_declaration;
CREATE TRIGGER declared_conflict AFTER INSERT OR UPDATE OF state, child_ids ON administration_declaration
  FOR EACH ROW EXECUTE FUNCTION app.declared_conflict();

-- From here to app.close_passage() what the person has in hand about the child can be given to others, in every agency they work for: once,
-- in the very transaction in which they declare it.
CREATE OR REPLACE FUNCTION app.begin_conflict(declaration uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  declared administration_declaration;
BEGIN
  SELECT * INTO declared FROM administration_declaration d
   WHERE d.id = declaration AND d.person_id = app.actor_user() AND d.state = 'in_force' AND d.made_in = txid_current();
  IF NOT FOUND OR cardinality(declared.child_ids) <> 1 THEN
    RETURN false;
  END IF;
  PERFORM app.open_passage(ARRAY(SELECT m.agency_id FROM agencies_membership m WHERE m.user_id = declared.person_id AND m.ended_at IS NULL),
                           declared.child_ids[1]);
  RETURN true;
END $$;

-- Whose managers answer for what this person declares: those of the agency they act for, or the front door's where nobody else manages it.
CREATE OR REPLACE FUNCTION app.answers_for_me() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT CASE WHEN EXISTS (
       SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
        WHERE m.agency_id = a.id AND m.role = 'manager' AND m.ended_at IS NULL AND m.user_id <> app.actor_user()) THEN a.id ELSE coalesce(p.front_door_id, a.id) END
     FROM agencies_agency a JOIN agencies_partnership p ON p.id = a.partnership_id WHERE a.id = app.actor_agency() $$;
