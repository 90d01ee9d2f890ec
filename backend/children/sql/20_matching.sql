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
$$ SELECT child <> ALL (app.barred_children()) AND EXISTS (
     SELECT 1 FROM agencies_membership m
       JOIN agencies_user u ON u.id = m.user_id AND u.is_active
       JOIN access_involvement i ON i.child_id = child AND i.relation = 'HOLDER' AND i.agency_id = m.agency_id
       JOIN access_scope s ON s.role = m.role AND s.relation = 'HOLDER' AND s.reads_text
      WHERE m.id = app.membership() AND m.ended_at IS NULL
        AND i.starts_at <= app.moment() AND (i.ends_at IS NULL OR i.ends_at > app.moment())) $$;

-- At most ten children of the partnership who may be this one, the surest first, each by the record that stands for it.
-- It looks past row-level security on purpose, and shows names and dates only: never a child whom the actor is barred from.
CREATE OR REPLACE FUNCTION app.likely_children(child uuid)
RETURNS TABLE (id uuid, given_name text, family_name text, date_of_birth date, expected_date date, why text[])
LANGUAGE sql STABLE ROWS 10 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH asked AS (SELECT c.* FROM children_child c WHERE c.id = child AND app.may_match(child)),
   found (id, why, rank) AS (
     SELECT c.id, 'nhs_number', 1 FROM asked JOIN children_child c ON c.nhs_number = asked.nhs_number WHERE asked.nhs_number <> ''
     UNION ALL
     SELECT c.id, 'upn', 2 FROM asked JOIN children_child c ON c.upn = asked.upn WHERE asked.upn <> ''
     UNION ALL
     SELECT c.id, 'name_and_birth', 3 FROM asked JOIN children_child c ON c.partnership_id = asked.partnership_id
        AND c.name_key = asked.name_key AND c.date_of_birth = asked.date_of_birth
     UNION ALL
     SELECT c.id, 'family_name_and_birth', 4 FROM asked JOIN children_child c ON c.partnership_id = asked.partnership_id
        AND c.date_of_birth = asked.date_of_birth AND c.name_key <> asked.name_key
        AND split_part(c.name_key, '|', 1) = split_part(asked.name_key, '|', 1) AND split_part(c.name_key, '|', 1) <> ''),
   same AS (
     SELECT app.canonical_child(f.id) AS id, f.why, min(f.rank) AS rank, bool_or(f.id = ANY (app.barred_children())) AS barred
       FROM found f WHERE f.id NOT IN (SELECT app.child_records(child)) GROUP BY 1, 2)
   SELECT c.id, c.given_name, c.family_name, c.date_of_birth, c.expected_date, array_agg(s.why ORDER BY s.rank)
     FROM same s JOIN children_child c ON c.id = s.id JOIN asked ON asked.partnership_id = c.partnership_id
    GROUP BY c.id, c.given_name, c.family_name, c.date_of_birth, c.expected_date
   HAVING NOT bool_or(s.barred) AND c.id <> ALL (app.barred_children())
    ORDER BY min(s.rank), c.id LIMIT 10 $$;

-- The records an actor may weigh up when deciding about a child: the child's own and the likely ones. Found once, then joined by index.
CREATE OR REPLACE FUNCTION app.children_to_weigh(asked uuid) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 3 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT app.child_records(asked) WHERE app.may_match(asked)
   UNION
   SELECT l.id FROM app.likely_children(asked) l $$;
