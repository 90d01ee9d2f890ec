-- The records that share one of these keys and that the actor sees by itself, at most 50, those that share the most first: what a person
-- who is writing a referral may be offered. Of any other record nothing comes back, and nothing tells that it is there: the same rows are
-- read for a key whoever may see them.
DROP FUNCTION IF EXISTS app.own_candidates(text[]);
CREATE OR REPLACE FUNCTION app.own_candidates(asked_keys text[])
RETURNS TABLE (
  id uuid, stands_for_id uuid,
  given_name text, family_name text, known_as text, date_of_birth date, expected_date date, sex text,
  nhs_number text, upn text, address text, postcode text, ward text, phones text[], household text[],
  other_postcodes text[], other_numbers text[])
LANGUAGE sql STABLE ROWS 10 SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS
$$ WITH me AS MATERIALIZED (
     SELECT a.partnership_id FROM agencies_membership m JOIN agencies_agency a ON a.id = m.agency_id
      WHERE m.id = app.membership() AND m.ended_at IS NULL),
   found AS MATERIALIZED (
     SELECT f.id, count(*) AS shared
       FROM me CROSS JOIN unnest(asked_keys) AS k (key)
       CROSS JOIN LATERAL (
         SELECT c.id FROM children_child c
          WHERE c.match_keys @> ARRAY[k.key::varchar] AND c.partnership_id IS NOT DISTINCT FROM me.partnership_id LIMIT 300) f
      GROUP BY f.id ORDER BY shared DESC, f.id LIMIT 200),
   seen AS MATERIALIZED (SELECT s AS id FROM app.children_seen((SELECT array_agg(found.id) FROM found)) s)
   SELECT c.id, stands.id, c.given_name, c.family_name, c.known_as, c.date_of_birth, c.expected_date, c.sex,
          c.nhs_number, c.upn, c.address, c.postcode, c.ward, c.phones::text[], c.household::text[],
          c.other_postcodes::text[], c.other_numbers::text[]
     FROM seen JOIN found ON found.id = seen.id JOIN children_child c ON c.id = seen.id
     CROSS JOIN LATERAL (SELECT app.canonical_child(c.id) AS id) stands
    WHERE NOT app.is_barred(stands.id)
    ORDER BY found.shared DESC, c.id LIMIT 50 $$;
