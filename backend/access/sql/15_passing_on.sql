-- A root that somebody of the agency that is passed on works on, holds, leads, began, gives, was offered or asked, or has a task about, up to
-- this instant; where only one child's records are passed on, a root about that child.
CREATE OR REPLACE FUNCTION app.is_agencys(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM access_passage p JOIN access_involvement i ON i.root_id = root AND i.agency_id = ANY (p.agency_ids)
        AND i.relation IN ('CREATOR', 'HOLDER', 'LEAD', 'WORKER', 'TEAM', 'PROVIDER', 'OWNER', 'OFFERED', 'OFFERED_LEAD', 'ASKED', 'ANSWERING')
        AND (i.ends_at IS NULL OR i.ends_at >= app.moment())
      WHERE p.made_in = txid_current_if_assigned() AND p.made_as_id = app.membership() AND p.closed_at IS NULL
        AND (p.child_id IS NULL OR i.child_id = p.child_id OR EXISTS (
          SELECT 1 FROM access_samechild one JOIN access_samechild other ON other.stands_for_id = one.stands_for_id
           WHERE one.record_id = p.child_id AND other.record_id = i.child_id))) $$;
