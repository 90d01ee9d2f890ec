-- What is given, for the child that a referral stands with now, by somebody who has a conflict of interest about any record of that child: as
-- happens when a manager says that two records are one child. From here to app.close_passage() it can be given to somebody else, by whoever
-- holds the referral and manages the agency that does; nothing where nobody has to step back. Returns which services.
CREATE OR REPLACE FUNCTION app.begin_stepping_back(referral uuid) RETURNS uuid[] LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  about uuid;
  given uuid[];
  providers uuid[];
BEGIN
  SELECT r.child_id INTO about FROM referrals_referral r
    JOIN agencies_membership m ON m.id = app.membership() AND m.ended_at IS NULL AND m.role = 'manager' AND m.agency_id = r.holder_id
    JOIN agencies_user u ON u.id = m.user_id AND u.is_active
   WHERE r.id = referral AND NOT app.is_barred(r.child_id);
  IF about IS NULL THEN
    RETURN '{}';
  END IF;
  WITH records AS (
    SELECT about AS id
    UNION SELECT other.record_id FROM access_samechild one JOIN access_samechild other ON other.stands_for_id = one.stands_for_id
           WHERE one.record_id = about)
  SELECT coalesce(array_agg(i.id), '{}'), coalesce(array_agg(DISTINCT i.provider_agency_id), '{}') INTO given, providers
    FROM interventions_intervention i
   WHERE i.child_id IN (SELECT id FROM records) AND i.worker_id IS NOT NULL AND i.ended_at IS NULL AND i.provider_until IS NULL
     AND EXISTS (SELECT 1 FROM access_conflict c WHERE c.user_id = i.worker_id AND c.ended_at IS NULL AND c.child_id IN (SELECT id FROM records));
  IF cardinality(given) > 0 THEN
    PERFORM app.open_passage(providers, about);
  END IF;
  RETURN given;
END $$;
