-- Which version of the threshold text stood beside the levels at a moment: the last one agreed by then whose day had come in England.
CREATE OR REPLACE FUNCTION app.threshold_text_at(partnership uuid, moment timestamptz) RETURNS smallint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT number FROM configuration_version
    WHERE partnership_id = partnership AND kind = 'threshold_text' AND state IN ('published', 'superseded')
      AND effective_on <= (moment AT TIME ZONE 'Europe/London')::date AND published_at <= moment
    ORDER BY number DESC LIMIT 1 $$;

-- A decision about a level keeps what whoever decided had before them; of two people the first, when they asked the other.
CREATE OR REPLACE FUNCTION app.decision_shown() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF NEW.level_of_need <> '' AND NEW.level_text IS NULL THEN
    NEW.level_text := (
      SELECT app.threshold_text_at(r.partnership_id, coalesce(
               (SELECT c.asked_at FROM workflow_confirmation c
                 WHERE NEW.confirmed_by_id IS NOT NULL AND c.target_id = NEW.root_id AND c.state = 'asked'), NEW.at))
        FROM referrals_referral r WHERE r.id = NEW.root_id);
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS shown ON referrals_decision;
CREATE TRIGGER shown BEFORE INSERT ON referrals_decision FOR EACH ROW EXECUTE FUNCTION app.decision_shown();
