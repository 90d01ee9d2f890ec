-- Whether another case has a newer and different word on how the person of a relationship is reached safely, where somebody has said that the
-- two are one person. Only for functions that have decided already that their caller may ask.
CREATE OR REPLACE FUNCTION app.said_otherwise(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM cases_relationship own
       JOIN cases_sameperson s ON (s.one_id = own.id OR s.other_id = own.id) AND s.ended_at IS NULL
       JOIN cases_relationship other ON other.id = CASE WHEN s.one_id = own.id THEN s.other_id ELSE s.one_id END
      WHERE own.id = asked AND own.state = 'stands' AND other.state = 'stands'
        AND other.contact_rule <> '' AND other.contact_rule <> own.contact_rule AND other.written_at > own.written_at) $$;

-- The same for who reads the relationship: that there is such a word, and nothing of it, of its case or of its child.
CREATE OR REPLACE FUNCTION app.is_doubted(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT 1 FROM cases_relationship r WHERE r.id = asked AND app.reads_root(r.root_id)) AND app.said_otherwise(asked) $$;

-- The open cases at which somebody is warned by the word just written of a person, and who answers for each: asked only by who wrote it, to
-- tell them. Each gets its own reference and nothing of this case. A sealed record without a lead practitioner tells nobody: the page warns.
CREATE OR REPLACE FUNCTION app.warned_by(asked uuid)
RETURNS TABLE (root_id uuid, reference text, agency_id uuid, person_id uuid)
LANGUAGE sql STABLE ROWS 3 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT DISTINCT c.id, c.reference::text, c.lead_agency_id, c.lead_practitioner_id
     FROM cases_relationship own
     JOIN cases_sameperson s ON (s.one_id = own.id OR s.other_id = own.id) AND s.ended_at IS NULL
     JOIN cases_relationship other ON other.id = CASE WHEN s.one_id = own.id THEN s.other_id ELSE s.one_id END
     JOIN cases_case c ON c.id = other.root_id AND c.state <> 'closed'
    WHERE own.id = asked AND own.written_by_id = app.actor_user() AND app.reads_root(own.root_id)
      AND own.contact_rule <> '' AND app.said_otherwise(other.id)
      AND c.lead_practitioner_id IS DISTINCT FROM own.written_by_id
      AND (c.lead_practitioner_id IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM access_named n WHERE n.ended_at IS NULL AND n.child_id IN (SELECT app.child_records(c.child_id)))) $$;
