-- The agency a referral is offered to reads it while the offer is open, and its status for ten working days after.
CREATE OR REPLACE FUNCTION app.offer_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF NEW.state = 'open' THEN
    PERFORM app.involve(NEW.id, NEW.root_id, NEW.child_id, 'OFFERED', NEW.to_agency_id, NULL, NULL);
  ELSE
    PERFORM app.uninvolve(NEW.id, 'OFFERED', app.ten_working_days());
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON referrals_offer;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF state ON referrals_offer FOR EACH ROW EXECUTE FUNCTION app.offer_involved();

-- The agency that is asked sees the question and the child's identity until `access_until`, never the referral (access_scope).
CREATE OR REPLACE FUNCTION app.question_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  PERFORM app.involve(NEW.id, NEW.root_id, r.child_id, 'ASKED', NEW.asked_agency_id, NULL, NULL)
     FROM referrals_referral r WHERE r.id = NEW.root_id AND TG_OP = 'INSERT';
  IF NEW.access_until IS NOT NULL THEN
    UPDATE access_involvement SET ends_at = NEW.access_until WHERE source_id = NEW.id AND relation = 'ASKED';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON referrals_informationrequest;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF access_until
  ON referrals_informationrequest FOR EACH ROW EXECUTE FUNCTION app.question_involved();

-- The actor's agency if the actor's role may answer for it, else nothing.
CREATE OR REPLACE FUNCTION app.asked_agency() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT m.agency_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
   JOIN access_scope s ON s.role = m.role AND s.relation = 'ASKED' AND s.sees_child
   WHERE m.id = app.membership() AND m.ended_at IS NULL $$;

-- Does the actor's agency hold this referral, and is the actor one of those who decide there?
CREATE OR REPLACE FUNCTION app.decides_root(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_membership m
       JOIN agencies_user u ON u.id = m.user_id AND u.is_active
       JOIN access_involvement i ON i.root_id = root AND i.relation = 'HOLDER' AND i.agency_id = m.agency_id
       JOIN access_scope s ON s.role = m.role AND s.relation = i.relation AND s.reads_text
      WHERE m.id = app.membership() AND m.ended_at IS NULL
        AND i.starts_at <= app.moment() AND (i.ends_at IS NULL OR i.ends_at > app.moment())) $$;
