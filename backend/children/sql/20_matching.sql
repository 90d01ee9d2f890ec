-- The record that stands for a child where several were made; itself where only one was.
CREATE OR REPLACE FUNCTION app.canonical_child(child uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH RECURSIVE up (id, canonical_id) AS (
     SELECT c.id, c.canonical_id FROM children_child c WHERE c.id = child
     UNION
     SELECT c.id, c.canonical_id FROM children_child c JOIN up ON c.id = up.canonical_id)
   SELECT id FROM up WHERE canonical_id IS NULL $$;

-- Every record of the same child, `child` included.
CREATE OR REPLACE FUNCTION app.child_records(child uuid) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 3 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH RECURSIVE down (id) AS (
     SELECT app.canonical_child(child)
     UNION
     SELECT c.id FROM children_child c JOIN down ON c.canonical_id = down.id)
   SELECT id FROM down $$;

-- May the actor look for other records of this child? Only an agency that holds a referral about it, in a role that decides referrals there.
CREATE OR REPLACE FUNCTION app.may_match(child uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT NOT app.is_barred(child) AND EXISTS (
     SELECT 1 FROM agencies_membership m
       JOIN agencies_user u ON u.id = m.user_id AND u.is_active
       JOIN access_involvement i ON i.child_id = child AND i.relation = 'HOLDER' AND i.agency_id = m.agency_id
       JOIN access_scope s ON s.role = m.role AND s.relation = 'HOLDER' AND s.reads_text
      WHERE m.id = app.membership() AND m.ended_at IS NULL
        AND i.starts_at <= app.moment() AND (i.ends_at IS NULL OR i.ends_at > app.moment())) $$;

-- The children among `wanted` whom the actor may weigh up when deciding about `asked`: the child itself, by any of its records, and
-- those that share a key with it, unless the actor is barred from one of their records. Found once, then joined by index.
DROP FUNCTION IF EXISTS app.likely_children(uuid);
DROP FUNCTION IF EXISTS app.children_to_weigh(uuid);
CREATE OR REPLACE FUNCTION app.children_to_weigh(asked uuid, wanted uuid[])
RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 3 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT r.id FROM app.child_records(asked) AS r (id) WHERE r.id = ANY (wanted) AND app.may_match(asked)
   UNION
   SELECT w.id FROM children_child a, unnest(wanted) AS w (id), LATERAL (
     SELECT bool_or(c.match_keys && a.ask_keys AND c.partnership_id = a.partnership_id) AS shares_a_key,
            bool_or(app.is_barred(c.id)) AS is_barred
       FROM app.child_records(w.id) AS r (id) JOIN children_child c ON c.id = r.id) AS found
    WHERE a.id = asked AND app.may_match(asked) AND found.shares_a_key AND NOT found.is_barred $$;

-- Which of these records the actor sees by itself, as app.sees_child says it of one: for a page of candidates in one go.
CREATE OR REPLACE FUNCTION app.children_seen(wanted uuid[]) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 10 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT DISTINCT i.child_id FROM agencies_membership m
     JOIN agencies_user u ON u.id = m.user_id AND u.is_active
     JOIN access_involvement i ON i.child_id = ANY (wanted)
      AND ((i.user_id = m.user_id AND i.agency_id = m.agency_id)
        OR (i.user_id IS NULL AND i.team_id IS NULL AND i.agency_id = m.agency_id)
        OR (i.user_id IS NULL AND i.team_id = m.team_id))
     JOIN access_scope s ON s.role = m.role AND s.relation = i.relation AND s.sees_child
    WHERE m.id = app.membership() AND m.ended_at IS NULL AND NOT app.is_barred(i.child_id)
      AND i.starts_at <= app.moment() AND (i.ends_at IS NULL OR i.ends_at > app.moment()) $$;

-- The agencies that have work in hand about a child, by any of its records; where none has, the one that recorded it.
CREATE OR REPLACE FUNCTION app.agencies_with(child uuid) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 3 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH records AS (SELECT array_agg(r) AS ids FROM app.child_records(child) r),
   at_work AS (
     SELECT DISTINCT i.agency_id FROM records JOIN access_involvement i ON i.child_id = ANY (records.ids)
      WHERE i.relation IN ('HOLDER', 'LEAD') AND i.starts_at <= app.moment() AND (i.ends_at IS NULL OR i.ends_at > app.moment()))
   SELECT agency_id FROM at_work
   UNION ALL
   SELECT c.recorded_by_agency_id FROM children_child c WHERE c.id = child AND NOT EXISTS (SELECT 1 FROM at_work) $$;
