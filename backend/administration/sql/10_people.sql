-- The agency whose people the actor may change; nothing for any other role.
CREATE OR REPLACE FUNCTION app.administered_agency() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT m.agency_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
   WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role IN ('manager', 'system_administrator') $$;

-- One change to an agency's people at a time, so that two last managers cannot end one another.
CREATE OR REPLACE FUNCTION app.lock_people(agency uuid) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT pg_advisory_xact_lock(hashtextextended('people of ' || agency, 0)) $$;

-- Somebody of the actor's own agency is leaving: from here to the end of this transaction what they had can be passed on. Locks the
-- membership; says whether there was one to end.
CREATE OR REPLACE FUNCTION app.begin_leaving(target uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  UPDATE agencies_membership SET ended_as_id = app.membership(), ended_in = txid_current()
   WHERE id = target AND ended_at IS NULL AND agency_id = app.administered_agency();
  IF FOUND THEN
    PERFORM app.open_passage(ARRAY[app.administered_agency()], NULL);
    RETURN true;
  END IF;
  RETURN false;
END $$;

-- Ends the membership that this transaction has begun to end.
CREATE OR REPLACE FUNCTION app.end_membership(target uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  UPDATE agencies_membership SET ended_at = greatest(app.moment(), started_at)
   WHERE id = target AND ended_at IS NULL AND ended_as_id = app.membership() AND ended_in = txid_current();
  IF FOUND THEN
    PERFORM app.close_passage();
    RETURN true;
  END IF;
  RETURN false;
END $$;

-- Whoever begins to end a membership has ended it when they commit: nobody looks into an agency's work under that pretext.
CREATE OR REPLACE FUNCTION app.leaving_is_done() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM agencies_membership m WHERE m.id = NEW.id AND m.ended_in IS NOT NULL AND m.ended_at IS NULL) THEN
    RAISE EXCEPTION 'a membership was begun to be ended and is not';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS leaving_is_done ON agencies_membership;
CREATE CONSTRAINT TRIGGER leaving_is_done AFTER UPDATE OF ended_in ON agencies_membership DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.ended_in IS NOT NULL) EXECUTE FUNCTION app.leaving_is_done();

-- Gives a person a role in the actor's own agency, making the person if nobody has the address. An administrator cannot give
-- themself a role that works with children. Returns nothing when it may not be.
CREATE OR REPLACE FUNCTION app.add_membership(key uuid, person uuid, address text, person_name text, wanted_role text, wanted_team uuid, title text)
RETURNS uuid LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  own uuid := app.administered_agency();
  found_id uuid := person;
BEGIN
  IF own IS NULL OR (wanted_team IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agencies_team WHERE id = wanted_team AND agency_id = own)) THEN
    RETURN NULL;
  END IF;
  IF found_id IS NULL THEN
    SELECT id INTO found_id FROM agencies_user WHERE email = address;
  END IF;
  IF found_id = app.actor_user() AND wanted_role IN ('practitioner', 'triage_officer', 'case_worker', 'manager')
     AND (SELECT role FROM agencies_membership WHERE id = app.membership()) = 'system_administrator' THEN
    RETURN NULL;
  END IF;
  IF found_id IS NULL THEN
    found_id := gen_random_uuid();
    -- No password is valid: the person chooses one by the link that their agency's sign-in sends, or comes by its directory.
    INSERT INTO agencies_user (id, email, name, password, is_active, wants_email_for_all)
    VALUES (found_id, address, person_name, '!' || encode(sha256(found_id::text::bytea), 'hex'), true, false);
  END IF;
  INSERT INTO agencies_membership (id, user_id, agency_id, team_id, role, job_title, started_at)
  VALUES (key, found_id, own, wanted_team, wanted_role, title, app.moment())
  ON CONFLICT (user_id, agency_id, role) WHERE ended_at IS NULL DO NOTHING;
  RETURN (SELECT id FROM agencies_membership WHERE user_id = found_id AND agency_id = own AND role = wanted_role AND ended_at IS NULL);
END $$;

-- A manager who minds an agency that its last manager leaves: somebody of the front door, by a membership of their own.
CREATE OR REPLACE FUNCTION app.add_caretaker(key uuid, person uuid) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ INSERT INTO agencies_membership (id, user_id, agency_id, role, job_title, started_at)
   SELECT key, person, app.administered_agency(), 'manager', 'Caretaker', app.moment()
    WHERE EXISTS (
      SELECT 1 FROM agencies_agency a JOIN agencies_partnership p ON p.id = a.partnership_id
        JOIN agencies_membership m ON m.agency_id = p.front_door_id AND m.user_id = person AND m.role = 'manager' AND m.ended_at IS NULL
       WHERE a.id = app.administered_agency())
   ON CONFLICT (user_id, agency_id, role) WHERE ended_at IS NULL DO NOTHING $$;

-- Moves a person of the actor's own agency to another of its teams, or to none.
CREATE OR REPLACE FUNCTION app.change_team(target uuid, wanted_team uuid, title text) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  UPDATE agencies_membership m SET team_id = wanted_team, job_title = title
   WHERE m.id = target AND m.ended_at IS NULL AND m.agency_id = app.administered_agency()
     AND (wanted_team IS NULL OR EXISTS (SELECT 1 FROM agencies_team t WHERE t.id = wanted_team AND t.agency_id = m.agency_id));
  RETURN FOUND;
END $$;

-- How much passes to others when a person of the actor's own agency leaves: numbers, and nothing of what they are about. Another shape than
-- it had is another function: it is dropped first.
DROP FUNCTION IF EXISTS app.held_by(uuid);
CREATE FUNCTION app.held_by(person uuid) RETURNS TABLE (cases bigint, tasks bigint, actions bigint, services bigint, referrals bigint, outcomes bigint, questions bigint, drafts bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT
     (SELECT count(*) FROM cases_case c WHERE c.lead_practitioner_id = person AND c.practitioner_agency_id = app.administered_agency() AND c.state <> 'closed'),
     (SELECT count(*) FROM cases_task t WHERE t.owner_id = person AND t.owner_agency_id = app.administered_agency() AND t.state = 'open'),
     (SELECT count(*) FROM cases_action a WHERE a.owner_id = person AND a.owner_agency_id = app.administered_agency() AND a.state = 'open'),
     (SELECT count(*) FROM interventions_intervention i WHERE i.worker_id = person AND i.provider_agency_id = app.administered_agency() AND i.ended_at IS NULL
         AND i.provider_until IS NULL),
     (SELECT count(*) FROM referrals_referral r WHERE r.triage_officer_id = person AND r.holder_id = app.administered_agency() AND r.ended_at IS NULL),
     (SELECT count(*) FROM referrals_referral r WHERE r.triage_officer_id = person AND r.holder_id = app.administered_agency() AND r.ended_at IS NOT NULL
         AND EXISTS (SELECT 1 FROM deadlines_deadline d WHERE d.root_id = r.id AND d.met_at IS NULL AND d.stopped_at IS NULL
                        AND d.kind IN ('feedback', 'tell_school', 'written_follow_up'))),
     (SELECT count(*) FROM workflow_confirmation q WHERE coalesce(q.passed_to_id, q.asked_by_id) = person
         AND q.agency_id = app.administered_agency() AND q.state = 'asked'),
     (SELECT count(*) FROM referrals_referral r WHERE r.created_by_id = person AND r.referrer_agency_id = app.administered_agency() AND r.state = 'draft') $$;
