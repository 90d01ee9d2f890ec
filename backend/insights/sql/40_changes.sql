-- Of whom something changed since figures were counted (docs/adr/0061). In the transaction that changes it, so that none is missed; one row a
-- child and transaction, so that writers wait neither for one another nor for the worker that counts. No call of these but by a trigger.
CREATE OR REPLACE FUNCTION app.event_changes_figures() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE child uuid := coalesce(NEW.child_id, (SELECT i.child_id FROM access_involvement i WHERE i.root_id = NEW.root_id AND i.child_id IS NOT NULL LIMIT 1));
BEGIN
  INSERT INTO insights_changed (child_id, made_in) SELECT child, txid_current() WHERE child IS NOT NULL ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS changes_figures ON audit_event;
CREATE TRIGGER changes_figures AFTER INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION app.event_changes_figures();

-- A clock is stopped, met or given to another agency also without an event of its own. Reminders change nothing that is counted.
CREATE OR REPLACE FUNCTION app.clock_changes_figures() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' OR (NEW.owner_agency_id, NEW.child_id, NEW.is_urgent, NEW.started_at, NEW.due_at, NEW.met_at, NEW.stopped_at, NEW.paused_at, NEW.paused_spans)
     IS DISTINCT FROM (OLD.owner_agency_id, OLD.child_id, OLD.is_urgent, OLD.started_at, OLD.due_at, OLD.met_at, OLD.stopped_at, OLD.paused_at, OLD.paused_spans) THEN
    INSERT INTO insights_changed (child_id, made_in) VALUES (coalesce(NEW.child_id, NEW.root_id), txid_current()) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS changes_figures ON deadlines_deadline;
CREATE TRIGGER changes_figures AFTER INSERT OR UPDATE ON deadlines_deadline FOR EACH ROW EXECUTE FUNCTION app.clock_changes_figures();

-- Whoever is one child with others by now, or is not any more: a referral of one record is a return of the other.
CREATE OR REPLACE FUNCTION app.same_child_changes_figures() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO insights_changed (child_id, made_in)
  SELECT DISTINCT one, txid_current() FROM unnest(ARRAY[OLD.record_id, OLD.stands_for_id, NEW.record_id, NEW.stands_for_id]) AS one WHERE one IS NOT NULL
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS changes_figures ON access_samechild;
CREATE TRIGGER changes_figures AFTER INSERT OR UPDATE OR DELETE ON access_samechild FOR EACH ROW EXECUTE FUNCTION app.same_child_changes_figures();

-- Whose team is another by now: what they decided is told apart by it. Of those referrals that they have in triage, or had to the end.
CREATE OR REPLACE FUNCTION app.team_changes_figures() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' OR (NEW.team_id, NEW.ended_at) IS DISTINCT FROM (OLD.team_id, OLD.ended_at) THEN
    INSERT INTO insights_changed (child_id, made_in)
    SELECT DISTINCT r.child_id, txid_current() FROM referrals_referral r WHERE r.triage_officer_id = NEW.user_id AND r.child_id IS NOT NULL
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS changes_figures ON agencies_membership;
CREATE TRIGGER changes_figures AFTER INSERT OR UPDATE ON agencies_membership FOR EACH ROW EXECUTE FUNCTION app.team_changes_figures();
