-- How long records are kept (docs/adr/0070): who answers for it, and what keeps the records of a child.

-- Does the actor answer for what this agency keeps: as its manager, or for the information of the partnership?
CREATE OR REPLACE FUNCTION app.answers_for_keeping(agency uuid, partnership uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT agency = app.managing() OR (partnership = app.actor_partnership() AND app.governs()) $$;

-- Every record of the same child, as one value.
CREATE OR REPLACE FUNCTION app.same_records(child uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT ARRAY(SELECT app.child_records(child)) $$;

-- Whether somebody waits for a copy of what is kept about these children (backend/rights, where that is there).
CREATE OR REPLACE FUNCTION app.waits_for_a_copy(children uuid[]) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  found boolean := false;
BEGIN
  IF to_regclass('public.rights_subjectrequest') IS NOT NULL THEN
    EXECUTE 'SELECT EXISTS (SELECT 1 FROM rights_subjectrequest WHERE child_id = ANY ($1) AND released_at IS NULL AND ended_at IS NULL)' INTO found USING children;
  END IF;
  RETURN found;
END $$;

-- What keeps all that is about a child on this day: codes of retention_obstacles, none when it may be deleted.
CREATE OR REPLACE FUNCTION app.why_kept(child uuid, on_day date) RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  children uuid[] := app.same_records(child);
  found text[] := '{}';
BEGIN
  IF EXISTS (SELECT 1 FROM cases_case c WHERE c.child_id = ANY (children) AND c.state <> 'closed')
     OR EXISTS (SELECT 1 FROM referrals_referral r WHERE r.child_id = ANY (children) AND r.ended_at IS NULL)
     OR EXISTS (SELECT 1 FROM disagreements_disagreement d WHERE d.child_id = ANY (children) AND d.state IN ('raised', 'answered', 'escalated')) THEN
    found := found || 'open_record'::text;
  END IF;
  -- A record without a day is one that nobody has looked at yet, or that is kept for good; a child without records was never judged.
  IF children = '{}' OR NOT EXISTS (SELECT 1 FROM retention_due w WHERE w.child_id = ANY (children))
     OR EXISTS (SELECT 1 FROM cases_case c WHERE c.child_id = ANY (children) AND c.state = 'closed'
                   AND NOT EXISTS (SELECT 1 FROM retention_due w WHERE w.id = c.id AND w.record_version = c.version AND w.due_on <= on_day))
     OR EXISTS (SELECT 1 FROM referrals_referral r WHERE r.child_id = ANY (children) AND r.ended_at IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM retention_due w WHERE w.id = r.id AND w.record_version = r.version AND w.due_on <= on_day)) THEN
    found := found || 'not_due'::text;
  END IF;
  IF EXISTS (SELECT 1 FROM retention_hold h WHERE h.child_id = ANY (children) AND h.state = 'held')
     OR EXISTS (SELECT 1 FROM children_death d WHERE d.child_id = ANY (children) AND d.taken_back_at IS NULL) THEN
    found := found || 'held'::text;
  END IF;
  IF app.waits_for_a_copy(children) THEN
    found := found || 'subject_access'::text;
  END IF;
  IF EXISTS (SELECT 1 FROM referrals_referral own JOIN referrals_referral other ON other.family_id = own.family_id
               LEFT JOIN cases_case c ON c.child_id = other.child_id AND c.state <> 'closed'
              WHERE own.child_id = ANY (children) AND other.child_id <> ALL (children)
                AND (c.id IS NOT NULL OR (other.submitted_at IS NOT NULL AND other.ended_at IS NULL))) THEN
    found := found || 'sibling'::text;
  END IF;
  RETURN found;
END $$;

-- The same of a page of children, for those who may see them in the list.
CREATE OR REPLACE FUNCTION app.why_each_kept(children uuid[], on_day date) RETURNS TABLE (id uuid, kept_by text[]) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT d.id, app.why_kept(d.id, on_day) || CASE WHEN EXISTS (
             SELECT 1 FROM retention_orderchild o WHERE o.about_id = d.id AND o.state IN ('waiting', 'files')) THEN ARRAY['ordered'] ELSE '{}' END
     FROM retention_duechild d
    WHERE d.id = ANY (children[1:200]) AND NOT app.is_barred(d.id)
      AND (app.job() IS NOT NULL OR app.managing() = ANY (d.agency_ids) OR (app.governs() AND d.partnership_id = app.actor_partnership())) $$;
