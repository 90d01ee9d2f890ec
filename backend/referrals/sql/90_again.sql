-- A child is referred again after a closed case: only somebody who sees a case can name it, whatever they write.
CREATE OR REPLACE FUNCTION app.referred_again() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF app.job() IS NULL AND app.membership() IS NOT NULL AND NOT app.sees_root(NEW.earlier_case_id) THEN
    RAISE EXCEPTION 'the earlier case of a referral is not seen by who names it' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS again ON referrals_referral;
CREATE TRIGGER again BEFORE INSERT ON referrals_referral FOR EACH ROW
  WHEN (NEW.earlier_case_id IS NOT NULL) EXECUTE FUNCTION app.referred_again();
DROP TRIGGER IF EXISTS again_changed ON referrals_referral;
CREATE TRIGGER again_changed BEFORE UPDATE OF earlier_case_id ON referrals_referral FOR EACH ROW
  WHEN (NEW.earlier_case_id IS NOT NULL AND NEW.earlier_case_id IS DISTINCT FROM OLD.earlier_case_id) EXECUTE FUNCTION app.referred_again();

-- What whoever decides about a referral may know of the case it follows, before anybody has said that it is the same child: that there was
-- help, with whom, until when and why it ended. No words that anybody wrote; nothing of a child they are barred from.
CREATE OR REPLACE FUNCTION app.earlier_case(asked uuid)
RETURNS TABLE (reference text, lead_agency text, opened_at timestamptz, closed_at timestamptz, closing_reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT c.reference::text, a.name::text, c.opened_at, c.closed_at, c.closing_reason::text
     FROM referrals_referral r JOIN cases_case c ON c.id = r.earlier_case_id JOIN agencies_agency a ON a.id = c.lead_agency_id
    WHERE r.id = asked AND NOT app.is_barred(c.child_id)
      AND ((r.holder_id = app.agency_as('HOLDER') AND (r.ended_at IS NULL OR app.after_working_days(r.ended_at, 5) > app.moment())) OR (r.created_by_id = app.actor_user() AND r.referrer_agency_id = app.agency_as('CREATOR'))) $$;
