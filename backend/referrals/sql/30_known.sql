-- Referrals about children whom the actor may match: what an officer must know to weigh up a third contact or to link, and no
-- more; the referrals themselves stay invisible. Drafts and referrals entered in error never count.
DROP FUNCTION IF EXISTS app.referrals_known(uuid, uuid[]);
CREATE OR REPLACE FUNCTION app.referrals_known(asked uuid, wanted uuid[])
RETURNS TABLE (child_id uuid, id uuid, reference text, state text, holder_id uuid, offered_to_id uuid, submitted_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT w.child, r.id, r.reference, r.state, r.holder_id, (SELECT o.to_agency_id FROM referrals_offer o WHERE o.root_id = r.id AND o.state = 'open'), r.submitted_at
     FROM app.children_to_weigh(asked, wanted) AS w (child) CROSS JOIN LATERAL app.child_records(w.child) AS record (id)
     JOIN referrals_referral r ON r.child_id = record.id
    WHERE NOT app.is_barred(r.child_id)
      AND r.submitted_at IS NOT NULL AND r.state <> 'entered_in_error'
      AND (r.ended_at IS NULL OR r.submitted_at > app.moment() - interval '12 months')
    ORDER BY w.child, r.submitted_at DESC $$;

-- All that deciding about a child needs to know, in one answer: the work there is about it and about each child it may be.
DROP FUNCTION IF EXISTS app.known_about(uuid);
CREATE OR REPLACE FUNCTION app.known_about(asked uuid, likely uuid[]) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT jsonb_build_object(
     'cases', (SELECT coalesce(jsonb_agg(to_jsonb(c)), '[]') FROM app.cases_known(asked, asked || likely) c),
     'referrals', (SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM app.referrals_known(asked, asked || likely) r)) $$;
