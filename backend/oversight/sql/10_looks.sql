-- Who looked. The access log is read through these functions and in no other way: they judge who asks, and leave out whatever is about a child
-- that whoever asks must not know of.

-- Does the actor answer for the information of the partnership?
CREATE OR REPLACE FUNCTION app.governs() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
                   WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role = 'information_governance') $$;

-- Does the actor manage the agency that leads this case, and may know of the child?
CREATE OR REPLACE FUNCTION app.manages_case(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
       JOIN access_involvement i ON i.root_id = root AND i.relation = 'LEAD' AND i.agency_id = m.agency_id
      WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role = 'manager'
        AND i.starts_at <= app.moment() AND (i.ends_at IS NULL OR i.ends_at > app.moment())
        AND (i.child_id IS NULL OR NOT app.bars(m.user_id, i.child_id))) $$;

-- Everything that is about these children: themselves, their referrals, cases and what hangs on those.
CREATE OR REPLACE FUNCTION app.roots_about(children uuid[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH direct AS (SELECT DISTINCT i.root_id FROM access_involvement i WHERE i.child_id = ANY (children))
   SELECT coalesce(array_agg(root_id), '{}') FROM (
     SELECT unnest(children) AS root_id UNION SELECT root_id FROM direct
     UNION SELECT l.root_id FROM access_link l JOIN direct ON direct.root_id = l.parent_id) found $$;

-- How records are called, at most twelve of them.
CREATE OR REPLACE FUNCTION app.references_of(roots uuid[]) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT coalesce(array_agg(reference ORDER BY reference), '{}') FROM (
     SELECT c.reference FROM cases_case c WHERE c.id = ANY (roots[1:500])
     UNION SELECT r.reference FROM referrals_referral r WHERE r.id = ANY (roots[1:500]) AND r.reference <> ''
     LIMIT 12) named $$;

-- Which children whoever governs the information means: by the reference of a record, or by exact name and date of birth.
CREATE OR REPLACE FUNCTION app.children_meant(wanted text, named text, born date)
RETURNS TABLE (id uuid, given_name text, family_name text, date_of_birth date, records text[])
LANGUAGE sql STABLE ROWS 5 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH found AS (
     SELECT c.child_id AS id FROM cases_case c WHERE wanted <> '' AND c.reference = wanted
     UNION SELECT r.child_id FROM referrals_referral r WHERE wanted <> '' AND r.reference = wanted
     UNION SELECT k.id FROM children_child k
            WHERE named <> '' AND k.name_key = named AND k.date_of_birth = born AND k.partnership_id = app.actor_partnership()),
   whole AS (SELECT DISTINCT app.canonical_child(found.id) AS id FROM found WHERE found.id IS NOT NULL)
   SELECT k.id, k.given_name, k.family_name, k.date_of_birth, app.references_of(app.roots_about(ARRAY(SELECT app.child_records(k.id))))
     FROM whole JOIN children_child k ON k.id = whole.id
    WHERE app.governs() AND k.partnership_id = app.actor_partnership() AND NOT app.is_barred(k.id)
    ORDER BY k.id LIMIT 20 $$;

-- The looks at a case, for who manages it; at a child or by a person, or all of them, for who governs the information. The latest first.
CREATE OR REPLACE FUNCTION app.looks(
  at_case uuid, at_child uuid, by_person uuid, by_agency uuid, of_kind text, only_refused boolean, before timestamptz, before_id uuid, most integer)
RETURNS TABLE (id uuid, at timestamptz, user_id uuid, agency_id uuid, role text, kind text, label text, status integer, records text[], in_emergency boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  governs boolean := app.governs();
  children uuid[] := '{}';
  roots uuid[];
  hidden uuid[];
  wanted text := 'true';
BEGIN
  IF at_case IS NOT NULL THEN
    IF NOT app.manages_case(at_case) THEN RETURN; END IF;
    roots := ARRAY(SELECT at_case UNION SELECT l.root_id FROM access_link l WHERE l.parent_id = at_case);
    wanted := 'l.root_ids && $1 AND l.status < 400';
  ELSIF NOT governs THEN
    RETURN;
  ELSIF at_child IS NOT NULL THEN
    IF app.is_barred(at_child) THEN RETURN; END IF;
    children := ARRAY(SELECT app.child_records(at_child));
    roots := app.roots_about(children);
    wanted := '(l.root_ids && $1 OR l.child_ids && $2)';
  END IF;
  hidden := app.barred_children();
  -- Only what is asked for stands in the statement, so that it is planned by what narrows it.
  RETURN QUERY EXECUTE format(
    $sql$ SELECT l.id, l.recorded_at, l.user_id, l.agency_id, l.role::text, l.kind::text, l.label::text, l.status::integer,
                 app.references_of(CASE WHEN $1 IS NULL THEN l.root_ids ELSE ARRAY(SELECT unnest(l.root_ids) INTERSECT SELECT unnest($1)) END),
                 EXISTS (SELECT 1 FROM oversight_breakglass g
                          WHERE g.user_id = l.user_id AND g.root_ids && l.root_ids
                            AND l.recorded_at BETWEEN g.opened_at AND coalesce(g.ended_at, g.ends_at))
            FROM audit_accesslog l
           WHERE %s %s %s %s %s %s
             AND NOT l.child_ids && $3 AND NOT l.root_ids && $4
             AND (l.agency_id IS NULL OR l.agency_id IN (SELECT a.id FROM agencies_agency a WHERE a.partnership_id = app.actor_partnership()))
           ORDER BY l.recorded_at DESC, l.id DESC LIMIT $10 $sql$,
    wanted,
    CASE WHEN by_person IS NOT NULL THEN 'AND l.user_id = $5' ELSE '' END,
    CASE WHEN by_agency IS NOT NULL THEN 'AND l.agency_id = $6' ELSE '' END,
    CASE WHEN of_kind <> '' THEN 'AND l.kind = $7' ELSE '' END,
    CASE WHEN only_refused THEN 'AND (l.status IN (403, 404) OR (l.label = ''break_glass.open'' AND l.status IN (401, 409)))' ELSE '' END,
    CASE WHEN before IS NOT NULL THEN 'AND (l.recorded_at, l.id) < ($8, $9)' ELSE '' END)
  USING roots, children, hidden, app.roots_about(hidden), by_person, by_agency, of_kind, before, before_id, most;
END $$;
