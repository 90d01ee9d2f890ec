-- What a provider needs that stands elsewhere in the case. All look past row-level security by these facts, and only for who sees the intervention.

-- The place on the waiting list of each of these interventions, and how many wait for the same service: numbers, nobody else's record.
CREATE OR REPLACE FUNCTION app.waiting_places(wanted uuid[]) RETURNS TABLE (id uuid, place bigint, waiting bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT i.id, 1 + count(*) FILTER (WHERE (o.waitlisted_at, o.id) < (i.waitlisted_at, i.id)), count(*)
     FROM interventions_intervention i
     JOIN interventions_intervention o ON o.service_id = i.service_id AND o.state = 'waitlisted'
    WHERE i.id = ANY (wanted) AND i.state = 'waitlisted' AND (app.job() IS NOT NULL OR app.sees_root(i.id))
    GROUP BY i.id $$;

-- A telephone number as it compares: its last ten digits, however it is written.
CREATE OR REPLACE FUNCTION app.bare_number(written text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS
$$ SELECT right(regexp_replace(written, '\D', '', 'g'), 10) $$;

-- The numbers of the family with the rule that makes each safe to use: as the case says them, the child's own first, and from the referrals that
-- it answers. Of a person or a number that the case speaks of its own word counts, as on its page (cases.queries.relationships).
CREATE OR REPLACE FUNCTION app.safe_contacts(asked uuid) RETURNS TABLE (id uuid, whose text, number text, rule text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH seen AS (SELECT i.case_id, i.child_id FROM interventions_intervention i WHERE i.id = asked AND app.sees_root(i.id)),
   theirs AS (SELECT c.id, btrim(c.given_name || ' ' || c.family_name) AS name, c.phone, c.phone_rule,
       ARRAY['the child', 'child', lower(c.given_name), lower(c.known_as), lower(btrim(c.given_name || ' ' || c.family_name)),
         lower(btrim(nullif(c.known_as, '') || ' ' || c.family_name))] AS names
     FROM seen JOIN children_child c ON c.id = seen.child_id AND c.phone <> ''),
   own AS (SELECT r.* FROM cases_relationship r JOIN seen ON seen.case_id = r.root_id WHERE r.state <> 'taken_back'),
   said AS (SELECT DISTINCT ON (c.number) c.id, c.whose, c.number, c.rule
     FROM seen
     JOIN access_link l ON l.parent_id = seen.case_id
     JOIN children_contactpoint c ON c.root_id = l.root_id
    WHERE NOT EXISTS (SELECT 1 FROM own WHERE (own.number <> '' AND app.bare_number(own.number) = app.bare_number(c.number))
       OR (lower(own.name) = lower(c.whose) AND (own.number <> '' OR own.contact_rule <> '' OR own.state = 'ended')))
      AND NOT EXISTS (SELECT 1 FROM theirs WHERE lower(btrim(c.whose)) = ANY (theirs.names) OR app.bare_number(theirs.phone) = app.bare_number(c.number))
    ORDER BY c.number, c.recorded_at DESC)
   SELECT theirs.id, theirs.name, theirs.phone::text, theirs.phone_rule::text FROM theirs
   UNION ALL
   SELECT own.id, coalesce(nullif(own.name, ''), 'Name not known'), own.number,
          CASE WHEN app.said_otherwise(own.id) THEN 'said_otherwise' ELSE own.contact_rule END FROM own WHERE own.state = 'stands' AND own.number <> ''
   UNION ALL SELECT * FROM said $$;

-- What a visitor must know first, whichever record of the child it was written at.
DROP FUNCTION IF EXISTS app.visitor_alerts(uuid);
CREATE FUNCTION app.visitor_alerts(asked uuid) RETURNS TABLE (id uuid, codes text[], note text, disclosure text, review_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT s.id, s.codes::text[], s.note, s.disclosure, s.review_on
     FROM interventions_intervention i
     JOIN children_safetyalert s ON s.ended_at IS NULL AND (s.root_id = i.case_id
       OR s.root_id IN (SELECT l.root_id FROM access_link l WHERE l.parent_id = i.case_id))
    WHERE i.id = asked AND app.sees_root(i.id)
    ORDER BY s.recorded_at DESC, s.id $$;
