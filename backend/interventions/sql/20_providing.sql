-- What a provider needs that stands elsewhere in the case. All look past row-level security by these facts, and only for who sees the intervention.

-- The place on the waiting list of each of these interventions, and how many wait for the same service: numbers, nobody else's record.
CREATE OR REPLACE FUNCTION app.waiting_places(wanted uuid[]) RETURNS TABLE (id uuid, place bigint, waiting bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT i.id, 1 + count(*) FILTER (WHERE (o.waitlisted_at, o.id) < (i.waitlisted_at, i.id)), count(*)
     FROM interventions_intervention i
     JOIN interventions_intervention o ON o.service_id = i.service_id AND o.state = 'waitlisted'
    WHERE i.id = ANY (wanted) AND i.state = 'waitlisted' AND (app.job() IS NOT NULL OR app.sees_root(i.id))
    GROUP BY i.id $$;

-- The numbers of the family with the rule that makes each safe to use, from the referrals that the case answers.
CREATE OR REPLACE FUNCTION app.safe_contacts(asked uuid) RETURNS TABLE (id uuid, whose text, number text, rule text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT DISTINCT ON (c.number) c.id, c.whose, c.number, c.rule
     FROM interventions_intervention i
     JOIN access_link l ON l.parent_id = i.case_id
     JOIN children_contactpoint c ON c.root_id = l.root_id
    WHERE i.id = asked AND app.sees_root(i.id)
    ORDER BY c.number, c.recorded_at DESC $$;

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
