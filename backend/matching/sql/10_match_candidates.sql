-- The records that share a key with a child's, at most 200, those that share the most first; the child's own record comes with them.
-- It looks past row-level security on purpose and is asked only by who may match (app.may_match): the product compares what it
-- returns and shows names and dates of the likely ones. Never a child from whom the actor is barred by any of its records.
-- A key that more than 300 records share tells little; the limit bounds the work whatever the data. Reading the whole table is never
-- better than the index: a key is always rare, though the planner cannot know it.
CREATE OR REPLACE FUNCTION app.match_candidates(child uuid)
RETURNS TABLE (
  id uuid, stands_for_id uuid, is_asked boolean, is_set_aside boolean,
  given_name text, family_name text, known_as text, date_of_birth date, expected_date date, sex text,
  nhs_number text, upn text, address text, postcode text, ward text,
  shown_given_name text, shown_family_name text, shown_date_of_birth date, shown_expected_date date)
LANGUAGE sql STABLE ROWS 50 SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS
$$ WITH asked AS MATERIALIZED (SELECT c.* FROM children_child c WHERE c.id = child AND app.may_match(child)),
   own AS MATERIALIZED (SELECT array_agg(r) AS ids FROM asked, app.child_records(asked.id) r),
   barred AS MATERIALIZED (
     SELECT coalesce(array_agg(b.id), '{}') AS ids FROM (
       SELECT c.id FROM children_child c WHERE c.id = ANY ((SELECT app.barred_children())::uuid[])
       UNION
       SELECT app.canonical_child(c.id) FROM children_child c
        WHERE c.id = ANY ((SELECT app.barred_children())::uuid[]) AND c.canonical_id IS NOT NULL) b),
   aside AS MATERIALIZED (
     SELECT coalesce(array_agg(app.canonical_child(CASE WHEN n.child_id = ANY (own.ids) THEN n.other_id ELSE n.child_id END)), '{}') AS ids
       FROM own JOIN matching_notsame n ON n.undone_at IS NULL AND (n.child_id = ANY (own.ids) OR n.other_id = ANY (own.ids))),
   found AS MATERIALIZED (
     SELECT f.id, count(*) AS shared
       FROM asked CROSS JOIN unnest(asked.ask_keys) AS k (key)
       CROSS JOIN LATERAL (
         SELECT c.id FROM children_child c
          WHERE c.match_keys @> ARRAY[k.key] AND c.partnership_id = asked.partnership_id LIMIT 300) f
      GROUP BY f.id ORDER BY shared DESC, f.id LIMIT 210),
   near AS (
     SELECT f.id, f.shared, CASE WHEN c.canonical_id IS NULL THEN c.id ELSE app.canonical_child(c.id) END AS stands_for_id
       FROM found f JOIN children_child c ON c.id = f.id, own WHERE f.id <> ALL (own.ids))
   SELECT c.id, n.stands_for_id, n.id = child, n.stands_for_id = ANY (aside.ids),
          c.given_name, c.family_name, c.known_as, c.date_of_birth, c.expected_date, c.sex,
          c.nhs_number, c.upn, c.address, c.postcode, c.ward,
          s.given_name, s.family_name, s.date_of_birth, s.expected_date
     FROM barred, aside,
          (SELECT near.* FROM near, barred
            WHERE near.id <> ALL (barred.ids) AND near.stands_for_id <> ALL (barred.ids) ORDER BY near.shared DESC, near.id LIMIT 200) n
     JOIN children_child c ON c.id = n.id JOIN children_child s ON s.id = n.stands_for_id
   UNION ALL
   SELECT a.id, a.id, true, false, a.given_name, a.family_name, a.known_as, a.date_of_birth, a.expected_date, a.sex,
          a.nhs_number, a.upn, a.address, a.postcode, a.ward, a.given_name, a.family_name, a.date_of_birth, a.expected_date
     FROM asked a $$;
