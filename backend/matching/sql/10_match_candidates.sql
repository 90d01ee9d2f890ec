-- The records that share a key with a child's, at most 200, those that share the most first; the child's own record comes with them.
-- It looks past row-level security on purpose and is asked only by who may match (app.may_match): the product compares what it
-- returns and shows names and dates of the likely ones. Never a child from whom the actor is barred by any of its records.
-- `is_seen`: the actor sees this record by itself. `is_told`: it does not, but an agency at work with that child was asked about
-- this one and answered. Of any other record the product says only that another agency is involved (ADR 18).
-- `referrer_says`: whether it is a child of an earlier referral, as the person who wrote this one said; NULL for nothing said.
-- A key that more than 300 records share tells little; the limit bounds the work whatever the data. Reading the whole table is never
-- better than the index: a key is always rare, though the planner cannot know it. IS NOT DISTINCT FROM, because no index serves that: a whole
-- partnership by its own index would be the whole table (tests/matching/test_at_a_million.py).
DROP FUNCTION IF EXISTS app.match_candidates(uuid);
CREATE OR REPLACE FUNCTION app.match_candidates(child uuid)
RETURNS TABLE (
  id uuid, stands_for_id uuid, is_asked boolean, is_set_aside boolean, is_seen boolean, is_told boolean, referrer_says boolean,
  given_name text, family_name text, known_as text, date_of_birth date, expected_date date, sex text,
  nhs_number text, upn text, address text, postcode text, ward text, school text, phones text[], household text[],
  other_postcodes text[], other_numbers text[])
LANGUAGE sql STABLE ROWS 50 SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS
$$ WITH asked AS MATERIALIZED (SELECT c.* FROM children_child c WHERE c.id = child AND app.may_match(child)),
   own AS MATERIALIZED (SELECT array_agg(r) AS ids FROM asked, app.child_records(asked.id) r),
   barred AS MATERIALIZED (SELECT app.barred_children() AS ids),
   aside AS MATERIALIZED (
     SELECT coalesce(array_agg(app.canonical_child(CASE WHEN n.child_id = ANY (own.ids) THEN n.other_id ELSE n.child_id END)), '{}') AS ids
       FROM own JOIN matching_notsame n ON n.undone_at IS NULL AND (n.child_id = ANY (own.ids) OR n.other_id = ANY (own.ids))),
   found AS MATERIALIZED (
     SELECT f.id, count(*) AS shared
       FROM asked CROSS JOIN unnest(asked.ask_keys) AS k (key)
       CROSS JOIN LATERAL (
         SELECT c.id FROM children_child c
          WHERE c.match_keys @> ARRAY[k.key] AND c.partnership_id IS NOT DISTINCT FROM asked.partnership_id LIMIT 300) f
      GROUP BY f.id ORDER BY shared DESC, f.id LIMIT 210),
   near AS (
     SELECT f.id, f.shared, CASE WHEN c.canonical_id IS NULL THEN c.id ELSE app.canonical_child(c.id) END AS stands_for_id
       FROM found f JOIN children_child c ON c.id = f.id, own WHERE f.id <> ALL (own.ids)),
   chosen AS MATERIALIZED (
     SELECT near.* FROM near, barred
      WHERE near.id <> ALL (barred.ids) AND near.stands_for_id <> ALL (barred.ids) ORDER BY near.shared DESC, near.id LIMIT 200),
   seen AS MATERIALIZED (SELECT coalesce(array_agg(s), '{}') AS ids FROM app.children_seen((SELECT array_agg(chosen.id) FROM chosen)) s),
   about AS MATERIALIZED (SELECT array_agg(r.id) AS ids FROM own JOIN referrals_referral r ON r.child_id = ANY (own.ids)),
   told AS MATERIALIZED (
     SELECT coalesce(array_agg(q.asked_agency_id), '{}') AS agencies
       FROM about JOIN referrals_informationrequest q ON q.root_id = ANY (about.ids) AND q.state = 'answered'),
   recognised AS MATERIALIZED (
     SELECT app.canonical_child(s.child_id) AS id, bool_and(s.is_same) AS is_same
       FROM about JOIN matching_recognised s ON s.root_id = ANY (about.ids) GROUP BY 1)
   SELECT c.id, n.stands_for_id, n.id = child, n.stands_for_id = ANY (aside.ids), c.id = ANY (seen.ids),
          told.agencies <> '{}' AND EXISTS (SELECT 1 FROM app.agencies_with(n.stands_for_id) a WHERE a = ANY (told.agencies)),
          recognised.is_same,
          c.given_name, c.family_name, c.known_as, c.date_of_birth, c.expected_date, c.sex,
          c.nhs_number, c.upn, c.address, c.postcode, c.ward, c.school, c.phones::text[], c.household::text[],
          c.other_postcodes::text[], c.other_numbers::text[]
     FROM chosen n CROSS JOIN aside CROSS JOIN seen CROSS JOIN told JOIN children_child c ON c.id = n.id
     LEFT JOIN recognised ON recognised.id = n.stands_for_id
   UNION ALL
   SELECT a.id, a.id, true, false, true, false, NULL, a.given_name, a.family_name, a.known_as, a.date_of_birth, a.expected_date, a.sex,
          a.nhs_number, a.upn, a.address, a.postcode, a.ward, a.school, a.phones::text[], a.household::text[],
          a.other_postcodes::text[], a.other_numbers::text[]
     FROM asked a $$;

-- Whom to ask about the children among `wanted` whom the actor may weigh up but does not see: the agencies at work with them.
CREATE OR REPLACE FUNCTION app.agencies_to_ask(asked uuid, wanted uuid[])
RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 3 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT DISTINCT a FROM app.children_to_weigh(asked, wanted) AS w (id) CROSS JOIN LATERAL app.agencies_with(w.id) a
    WHERE a <> app.actor_agency() $$;
