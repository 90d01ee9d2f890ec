-- Whoever gives a service works for the agency that provides it, and has no conflict of interest about the child in any record of it.
CREATE OR REPLACE FUNCTION app.worker_can_give() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.worker_id, NEW.provider_agency_id) IS NOT DISTINCT FROM (OLD.worker_id, OLD.provider_agency_id) THEN
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
                  WHERE m.user_id = NEW.worker_id AND m.agency_id = NEW.provider_agency_id AND m.ended_at IS NULL) THEN
    RAISE EXCEPTION 'whoever gives a service works for the agency that provides it';
  END IF;
  IF EXISTS (SELECT 1 FROM access_conflict c WHERE c.user_id = NEW.worker_id AND c.ended_at IS NULL AND (c.child_id = NEW.child_id OR EXISTS (
       SELECT 1 FROM access_samechild one JOIN access_samechild other ON other.stands_for_id = one.stands_for_id
        WHERE one.record_id = c.child_id AND other.record_id = NEW.child_id))) THEN
    RAISE EXCEPTION 'whoever gives a service has no conflict of interest about the child';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS worker_can_give ON interventions_intervention;
CREATE TRIGGER worker_can_give AFTER INSERT OR UPDATE OF worker_id, provider_agency_id ON interventions_intervention
  FOR EACH ROW WHEN (NEW.worker_id IS NOT NULL AND NEW.ended_at IS NULL) EXECUTE FUNCTION app.worker_can_give();

-- Nobody leaves an agency while they are named as who gives something there: by the end of the transaction it is somebody else's.
CREATE OR REPLACE FUNCTION app.leaver_gives_nothing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM interventions_intervention i
              WHERE i.worker_id = NEW.user_id AND i.provider_agency_id = NEW.agency_id AND i.ended_at IS NULL AND i.provider_until IS NULL)
     AND NOT EXISTS (SELECT 1 FROM agencies_membership m WHERE m.user_id = NEW.user_id AND m.agency_id = NEW.agency_id AND m.ended_at IS NULL) THEN
    RAISE EXCEPTION 'somebody who leaves still gives a service';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS leaver_gives_nothing ON agencies_membership;
CREATE CONSTRAINT TRIGGER leaver_gives_nothing AFTER UPDATE OF ended_at ON agencies_membership DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL) EXECUTE FUNCTION app.leaver_gives_nothing();
