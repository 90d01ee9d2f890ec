-- An open referral of the actor's own agency about the same child (same name, same date of birth or due date): the same one sent twice
-- is answered with the first. It looks past row-level security at that agency's referrals only, and never at a child the actor is barred from:
-- the sender sees an ordinary receipt then. The lock makes two colleagues who send at the same moment wait for one another.
CREATE OR REPLACE FUNCTION app.sent_before(wanted_name text, born date, expected date, open_states text[])
RETURNS TABLE (referral_id uuid, referral_reference text, sent_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  mine uuid := app.actor_agency();
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws('|', 'sent_before', mine, wanted_name, born, expected), 0));
  RETURN QUERY
    SELECT r.id, r.reference::text, r.submitted_at
      FROM agencies_agency a
      JOIN children_child c ON c.partnership_id = a.partnership_id AND c.name_key = wanted_name
       AND c.date_of_birth IS NOT DISTINCT FROM born AND c.expected_date IS NOT DISTINCT FROM expected
      JOIN referrals_referral r ON r.child_id = c.id AND r.referrer_agency_id = a.id AND r.state = ANY (open_states)
     WHERE a.id = mine AND NOT app.is_barred(c.id)
     ORDER BY r.submitted_at LIMIT 1;
END $$;
