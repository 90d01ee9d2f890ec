-- Who is involved with a referral, kept beside the row that says so. FORMER for ten working days.
CREATE OR REPLACE FUNCTION app.referral_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'UPDATE' THEN
    -- A rematch moves everybody's relation to the right child, past ones included.
    IF NEW.child_id IS DISTINCT FROM OLD.child_id THEN
      UPDATE access_involvement SET child_id = NEW.child_id WHERE root_id = NEW.id;
      UPDATE disagreements_disagreement SET child_id = NEW.child_id WHERE about_id = NEW.id;
    END IF;
    IF NEW.holder_id <> OLD.holder_id THEN
      PERFORM app.uninvolve(OLD.id, 'HOLDER', app.ten_working_days());
    END IF;
    IF NEW.created_by_id <> OLD.created_by_id THEN
      PERFORM app.uninvolve(OLD.id, 'CREATOR');
    END IF;
    IF NEW.case_id IS DISTINCT FROM OLD.case_id THEN
      DELETE FROM access_link WHERE root_id = NEW.id;
    END IF;
  END IF;
  PERFORM app.involve(NEW.id, NEW.id, NEW.child_id, 'CREATOR', NEW.referrer_agency_id, NULL, NEW.created_by_id);
  IF NEW.submitted_at IS NOT NULL THEN
    PERFORM app.involve(NEW.id, NEW.id, NEW.child_id, 'REFERRER', NEW.referrer_agency_id, NULL, NULL);
    PERFORM app.involve(NEW.id, NEW.id, NEW.child_id, 'HOLDER', NEW.holder_id, NULL, NULL);
  END IF;
  IF NEW.case_id IS NOT NULL THEN
    INSERT INTO access_link (root_id, parent_id) VALUES (NEW.id, NEW.case_id) ON CONFLICT (root_id) DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON referrals_referral;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF child_id, holder_id, submitted_at, case_id, created_by_id
  ON referrals_referral FOR EACH ROW EXECUTE FUNCTION app.referral_involved();

-- The lead agency of the case stands on the referral too, so that the row policy can compare a column.
CREATE OR REPLACE FUNCTION app.referral_led() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF NEW.case_id IS NULL THEN
    NEW.lead_agency_id := NULL;
  ELSIF TG_OP = 'INSERT' OR NEW.case_id IS DISTINCT FROM OLD.case_id THEN
    -- Locked against a transfer that changes the lead at this very moment.
    SELECT c.lead_agency_id INTO NEW.lead_agency_id FROM cases_case c WHERE c.id = NEW.case_id FOR SHARE;
  ELSE
    SELECT c.lead_agency_id INTO NEW.lead_agency_id FROM cases_case c WHERE c.id = NEW.case_id;
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS led ON referrals_referral;
CREATE TRIGGER led BEFORE INSERT OR UPDATE ON referrals_referral FOR EACH ROW EXECUTE FUNCTION app.referral_led();

CREATE OR REPLACE FUNCTION app.case_lead_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  UPDATE referrals_referral SET lead_agency_id = NEW.lead_agency_id WHERE case_id = NEW.id;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS referrals_follow_lead ON cases_case;
CREATE TRIGGER referrals_follow_lead AFTER UPDATE OF lead_agency_id ON cases_case
  FOR EACH ROW WHEN (NEW.lead_agency_id IS DISTINCT FROM OLD.lead_agency_id) EXECUTE FUNCTION app.case_lead_moved();
