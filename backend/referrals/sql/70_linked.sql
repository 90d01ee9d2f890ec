-- A referral that was linked to another agency's open referral: whoever holds that one reads this one too, until it ends without a case.
-- What becomes a case takes what was linked to it along (commands.linking), and is read from there by access_link.
CREATE OR REPLACE FUNCTION app.follow_linked(asked uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  l referrals_referral;
  reader uuid;
BEGIN
  SELECT * INTO l FROM referrals_referral WHERE id = asked;
  SELECT t.holder_id INTO reader FROM referrals_referral t
   WHERE t.id = l.linked_to_id AND l.state = 'linked' AND (t.ended_at IS NULL OR t.case_id IS NOT NULL);
  IF NOT EXISTS (SELECT 1 FROM access_involvement i WHERE i.source_id = asked AND i.relation = 'LINKED' AND i.agency_id = reader AND i.ends_at IS NULL) THEN
    PERFORM app.uninvolve(asked, 'LINKED');
    PERFORM app.involve(asked, asked, l.child_id, 'LINKED', reader, NULL, NULL);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION app.referral_linked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  -- What follows writes the rows of 'LINKED'.
  IF (NEW.linked_to_id, NEW.state = 'linked') IS DISTINCT FROM (OLD.linked_to_id, OLD.state = 'linked') THEN
    PERFORM app.follow_linked(NEW.id);
  END IF;
  IF (NEW.holder_id, NEW.ended_at, NEW.case_id) IS DISTINCT FROM (OLD.holder_id, OLD.ended_at, OLD.case_id) THEN
    PERFORM app.follow_linked(l.id) FROM referrals_referral l WHERE l.linked_to_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS linked ON referrals_referral;
CREATE TRIGGER linked AFTER UPDATE OF linked_to_id, state, holder_id, ended_at, case_id
  ON referrals_referral FOR EACH ROW EXECUTE FUNCTION app.referral_linked();

-- Links from before there was this relation.
DO $$ BEGIN
  PERFORM app.follow_linked(l.id) FROM referrals_referral l WHERE l.linked_to_id IS NOT NULL AND l.state = 'linked'
     AND NOT EXISTS (SELECT 1 FROM access_involvement i WHERE i.source_id = l.id AND i.relation = 'LINKED');
END $$;
