-- Copies of a record that were released: given to whoever asked, on their right and on no basis of ours, and so no share (docs/adr/0069). They stand
-- beside the shares. For who governs the information: those of the partnership, about no child of whom they must not know.
CREATE OR REPLACE FUNCTION app.copies_given(
  about_child uuid, by_agency uuid, since timestamptz, until timestamptz, before timestamptz, before_id uuid, most integer, only_these uuid[])
RETURNS TABLE (id uuid, at timestamptz, root_id uuid, child_id uuid, records text[], from_agency text, to_whom text, by_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT r.id, r.released_at, r.id, r.child_id, app.references_of(app.roots_about(ARRAY(SELECT app.child_records(r.child_id)))), a.name::text, r.asker::text,
          r.released_by_name::text
     FROM rights_subjectrequest r JOIN agencies_agency a ON a.id = r.agency_id
    WHERE app.governs() AND r.state = 'released' AND r.partnership_id = app.actor_partnership() AND r.child_id <> ALL (app.barred_children())
      AND (about_child IS NULL OR (r.child_id IN (SELECT app.child_records(about_child)) AND NOT app.is_barred(about_child)))
      AND (by_agency IS NULL OR r.agency_id = by_agency)
      AND (since IS NULL OR r.released_at >= since) AND (until IS NULL OR r.released_at < until)
      AND (before IS NULL OR (r.released_at, r.id) < (before, before_id))
      AND (only_these IS NULL OR r.id = ANY (only_these))
    ORDER BY r.released_at DESC, r.id DESC LIMIT most $$;

-- Those of the child of one record, for whoever reads the record: when, by which agency, and to whom in a word.
CREATE OR REPLACE FUNCTION app.copies_given_of(root uuid) RETURNS TABLE (id uuid, at timestamptz, from_agency text, to_whom text, by_name text)
LANGUAGE sql STABLE ROWS 2 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT r.id, r.released_at, a.name::text, r.asker::text, r.released_by_name::text
     FROM rights_subjectrequest r JOIN agencies_agency a ON a.id = r.agency_id
    WHERE r.state = 'released' AND app.reads_root(root)
      AND r.child_id IN (SELECT app.child_records(coalesce((SELECT c.child_id FROM cases_case c WHERE c.id = root),
                                                           (SELECT f.child_id FROM referrals_referral f WHERE f.id = root))))
    ORDER BY r.released_at DESC, r.id DESC LIMIT 50 $$;
