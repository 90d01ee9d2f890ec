-- TRIAGING: the agency that decides about a child reads a summary of the child's past, until its decision and five working days more.
-- One row for each earlier referral and case of the child, by any of the child's records; nothing else opens.

-- What is the past of a referral: read with the caller's own rights, so it tells nobody more than they see.
CREATE OR REPLACE FUNCTION app.past_of(asked uuid) RETURNS TABLE (root_id uuid, child_id uuid)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$ WITH records AS (SELECT app.child_records(r.child_id) AS id FROM referrals_referral r WHERE r.id = asked AND r.child_id IS NOT NULL)
   SELECT c.id, c.child_id FROM records JOIN cases_case c ON c.child_id = records.id
   UNION ALL
   SELECT o.id, o.child_id FROM records JOIN referrals_referral o ON o.child_id = records.id
    WHERE o.id <> asked AND o.submitted_at IS NOT NULL AND o.state <> 'entered_in_error' $$;

-- Bring the rows of one referral in step with what the tables say.
CREATE OR REPLACE FUNCTION app.follow_triaging(asked uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  r referrals_referral;
  until timestamptz;
BEGIN
  SELECT * INTO r FROM referrals_referral WHERE id = asked AND submitted_at IS NOT NULL;
  IF NOT FOUND THEN RETURN; END IF;
  until := CASE r.state WHEN 'entered_in_error' THEN app.moment() ELSE app.after_working_days(r.ended_at, 5) END;
  UPDATE access_involvement i SET ends_at = app.moment()
   WHERE i.source_id = asked AND i.relation = 'TRIAGING' AND (i.ends_at IS NULL OR i.ends_at > app.moment())
     AND (i.agency_id <> r.holder_id OR i.root_id NOT IN (SELECT p.root_id FROM app.past_of(asked) p));
  UPDATE access_involvement i SET ends_at = until, child_id = p.child_id FROM app.past_of(asked) p
   WHERE i.source_id = asked AND i.relation = 'TRIAGING' AND i.agency_id = r.holder_id AND i.root_id = p.root_id
     AND (i.ends_at, i.child_id) IS DISTINCT FROM (until, p.child_id);
  INSERT INTO access_involvement (source_id, root_id, child_id, relation, former_kind, agency_id, starts_at, ends_at)
  SELECT asked, p.root_id, p.child_id, 'TRIAGING', '', r.holder_id, app.moment(), until FROM app.past_of(asked) p
   WHERE (until IS NULL OR until > app.moment()) AND NOT EXISTS (
     SELECT 1 FROM access_involvement i
      WHERE i.source_id = asked AND i.relation = 'TRIAGING' AND i.agency_id = r.holder_id AND i.root_id = p.root_id);
END $$;

-- Something of a child's past is new, or two records became one child or two again: every referral that is weighed follows.
CREATE OR REPLACE FUNCTION app.follow_child(asked uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  PERFORM app.follow_triaging(r.id) FROM app.child_records(asked) AS record (id) JOIN referrals_referral r ON r.child_id = record.id
   WHERE r.submitted_at IS NOT NULL AND (r.ended_at IS NULL OR app.after_working_days(r.ended_at, 5) > app.moment());
END $$;

CREATE OR REPLACE FUNCTION app.referral_triaged() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  -- What follows writes the rows of 'TRIAGING'.
  IF TG_OP = 'INSERT' OR (NEW.submitted_at, NEW.child_id) IS DISTINCT FROM (OLD.submitted_at, OLD.child_id)
     OR (NEW.state = 'entered_in_error') <> (OLD.state = 'entered_in_error') THEN
    -- The referral itself is a part of the others' past.
    PERFORM app.follow_triaging(NEW.id);
    PERFORM app.follow_child(NEW.child_id);
    IF TG_OP = 'UPDATE' AND OLD.child_id IS DISTINCT FROM NEW.child_id THEN
      PERFORM app.follow_child(OLD.child_id);
    END IF;
  ELSIF (NEW.holder_id, NEW.ended_at) IS DISTINCT FROM (OLD.holder_id, OLD.ended_at) THEN
    PERFORM app.follow_triaging(NEW.id);
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS triaging ON referrals_referral;
CREATE TRIGGER triaging AFTER INSERT OR UPDATE OF child_id, holder_id, submitted_at, state, ended_at
  ON referrals_referral FOR EACH ROW WHEN (NEW.submitted_at IS NOT NULL) EXECUTE FUNCTION app.referral_triaged();

CREATE OR REPLACE FUNCTION app.case_triaged() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  -- What follows writes the rows of 'TRIAGING'.
  PERFORM app.follow_child(NEW.child_id);
  IF TG_OP = 'UPDATE' THEN
    PERFORM app.follow_child(OLD.child_id);
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS triaging ON cases_case;
CREATE TRIGGER triaging AFTER INSERT ON cases_case FOR EACH ROW EXECUTE FUNCTION app.case_triaged();
DROP TRIGGER IF EXISTS triaging_moved ON cases_case;
CREATE TRIGGER triaging_moved AFTER UPDATE OF child_id ON cases_case
  FOR EACH ROW WHEN (NEW.child_id IS DISTINCT FROM OLD.child_id) EXECUTE FUNCTION app.case_triaged();

CREATE OR REPLACE FUNCTION app.child_triaged() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  -- What follows writes the rows of 'TRIAGING'.
  PERFORM app.follow_child(NEW.id);
  PERFORM app.follow_child(OLD.canonical_id) WHERE OLD.canonical_id IS NOT NULL;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS triaging ON children_child;
CREATE TRIGGER triaging AFTER UPDATE OF canonical_id ON children_child
  FOR EACH ROW WHEN (NEW.canonical_id IS DISTINCT FROM OLD.canonical_id) EXECUTE FUNCTION app.child_triaged();

-- The roots whose summary the actor may read for one referral that their agency weighs or has just decided.
CREATE OR REPLACE FUNCTION app.triaged_roots(asked uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT i.root_id FROM agencies_membership m
     JOIN agencies_user u ON u.id = m.user_id AND u.is_active
     JOIN access_involvement i ON i.source_id = asked AND i.relation = 'TRIAGING' AND i.agency_id = m.agency_id
     JOIN access_scope s ON s.role = m.role AND s.relation = 'TRIAGING' AND s.reads_summary
    WHERE m.id = app.membership() AND m.ended_at IS NULL
      AND i.starts_at <= app.moment() AND (i.ends_at IS NULL OR i.ends_at > app.moment())
      AND NOT app.is_barred(i.child_id) $$;

-- The summary: which requests and which help there were, when, from and with whom. No words that anybody wrote, and nothing that bears a label.
CREATE OR REPLACE FUNCTION app.history_summary(asked uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH roots AS (SELECT app.triaged_roots(asked) AS id)
   SELECT jsonb_build_object(
     'cases', (SELECT coalesce(jsonb_agg(to_jsonb(found)), '[]') FROM (
        SELECT c.id, c.child_id, c.reference, c.state, c.lead_agency_id, c.theme, c.priority, c.opened_at, c.closed_at,
               c.closing_reason, c.id = (SELECT earlier_case_id FROM referrals_referral WHERE id = asked) AS is_followed,
               (SELECT coalesce(jsonb_object_agg(g.outcome, g.number), '{}') FROM (
                  SELECT g.outcome, count(*) AS number FROM cases_goal g WHERE g.root_id = c.id AND g.state = 'ended' GROUP BY g.outcome) g) AS goals
          FROM roots JOIN cases_case c ON c.id = roots.id ORDER BY c.opened_at DESC LIMIT 50) found),
     'referrals', (SELECT coalesce(jsonb_agg(to_jsonb(found)), '[]') FROM (
        SELECT r.id, r.child_id, r.reference, r.state, r.referrer_agency_id, r.holder_id, r.source, r.level_believed, r.level_decided,
               r.is_urgent, r.submitted_at, r.ended_at
          FROM roots JOIN referrals_referral r ON r.id = roots.id ORDER BY r.submitted_at DESC LIMIT 50) found)) $$;
