-- A status link is used by nobody who is signed in: this function is all that its token opens. It takes the link's one use and returns how
-- the referral stands, in states, agencies, hours and the outcome's own words for the referrer: no child, nothing that was said, no person.
-- A token that nobody has is no row. One that was used, has run out or was taken back, or whose referral was struck out, is about a sealed
-- child or about one whom the maker of the link must not see, is a row without a status, for the access log: who asks is told the same.
CREATE OR REPLACE FUNCTION app.use_status_link(hashed text) RETURNS TABLE (link_id uuid, referral_id uuid, child_id uuid, status jsonb)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  link referrals_statuslink;
  referral referrals_referral;
  is_dead boolean;
BEGIN
  SELECT * INTO link FROM referrals_statuslink l WHERE l.token_hash = hashed AND hashed <> '' FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT * INTO referral FROM referrals_referral r WHERE r.id = link.root_id;
  link_id := link.id;
  referral_id := referral.id;
  child_id := referral.child_id;
  is_dead := link.used_at IS NOT NULL OR link.ended_at IS NOT NULL OR link.expires_at <= app.moment() OR referral.state = 'entered_in_error'
    OR EXISTS (SELECT 1 FROM app.child_records(referral.child_id) AS record (id) JOIN access_named n ON n.child_id = record.id
                WHERE n.ended_at IS NULL)
    OR EXISTS (SELECT 1 FROM app.child_records(referral.child_id) AS record (id) JOIN access_conflict c ON c.child_id = record.id
                WHERE c.ended_at IS NULL AND c.user_id = link.made_by_id);
  IF NOT is_dead THEN
    UPDATE referrals_statuslink l SET used_at = app.moment() WHERE l.id = link.id;
    SELECT jsonb_build_object(
      'reference', referral.reference, 'state', referral.state, 'submitted_at', referral.submitted_at, 'ended_at', referral.ended_at,
      'next_due_at', referral.next_due_at, 'holder', h.name, 'phone', h.phone, 'out_of_hours_phone', h.out_of_hours_phone,
      'clocks', (SELECT coalesce(jsonb_object_agg(d.kind, d.due_at), '{}') FROM deadlines_deadline d
                  WHERE d.root_id = referral.id AND d.met_at IS NULL AND d.stopped_at IS NULL),
      'outcome', CASE WHEN referral.ended_at IS NULL THEN '' ELSE coalesce((
         SELECT d.outcome_text FROM referrals_decision d
          WHERE d.root_id = referral.id AND d.kind NOT IN ('redirect', 'step_up')
            AND NOT EXISTS (SELECT 1 FROM referrals_decision c WHERE c.corrects_id = d.id)
          ORDER BY d.at DESC, d.id DESC LIMIT 1), '') END)
      INTO status FROM agencies_agency h WHERE h.id = referral.holder_id;
  END IF;
  RETURN NEXT;
END $$;
