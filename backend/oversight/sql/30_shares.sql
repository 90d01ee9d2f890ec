-- How the record is called that something was shared of; where it has no reference of its own, such as a service, those of its child.
CREATE OR REPLACE FUNCTION app.records_shared(root uuid, child uuid) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT CASE WHEN cardinality(own.names) > 0 OR child IS NULL THEN own.names ELSE app.references_of(app.roots_about(ARRAY[child])) END
     FROM (SELECT app.references_of(ARRAY[root]) AS names) own $$;

-- What was shared with whom, across records: for who governs the information, which reads no record itself. Nothing about a child of whom whoever
-- asks must not know. `only` are lines that were found before, for the next part of a file.
DROP FUNCTION IF EXISTS app.shares(uuid, uuid, text, timestamptz, timestamptz, timestamptz, uuid, integer);
CREATE OR REPLACE FUNCTION app.shares(
  about_child uuid, by_agency uuid, on_basis text, since timestamptz, until timestamptz, before timestamptz, before_id uuid, most integer,
  only_these uuid[] DEFAULT NULL)
RETURNS TABLE (id uuid, at timestamptz, root_id uuid, child_id uuid, records text[], what text, from_agency text, to_agency text, is_outside boolean,
               purpose text, article6 text, condition text, power text, by_name text, expires_on date, withdrawn_at timestamptz, renewed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  hidden uuid[];
BEGIN
  IF NOT app.governs() THEN RETURN; END IF;
  hidden := app.barred_children();
  IF about_child = ANY (hidden) THEN RETURN; END IF;
  -- Only what is asked for stands in the statement, so that it is planned by what narrows it.
  RETURN QUERY EXECUTE format(
    $sql$ SELECT d.id, d.at, d.root_id, d.child_id, app.records_shared(d.root_id, d.child_id), d.what::text, f.name::text,
                 coalesce(t.name, d.to_outside)::text, t.id IS NULL, d.purpose::text, d.article6::text, d.condition::text, d.power::text,
                 d.by_name::text, d.expires_on,
                 (SELECT w.at FROM sharing_withdrawal w WHERE w.disclosure_id = d.id),
                 (SELECT min(r.at) FROM sharing_disclosure r WHERE r.root_id = d.root_id AND r.renews_id = d.id)
            FROM sharing_disclosure d JOIN agencies_agency f ON f.id = d.from_agency_id LEFT JOIN agencies_agency t ON t.id = d.to_agency_id
           WHERE f.partnership_id = app.actor_partnership() AND (d.child_id IS NULL OR d.child_id <> ALL ($1)) %s %s %s %s %s %s %s
           ORDER BY d.at DESC, d.id DESC LIMIT $8 $sql$,
    CASE WHEN about_child IS NOT NULL THEN 'AND d.child_id IN (SELECT app.child_records($9))' ELSE '' END,
    CASE WHEN by_agency IS NOT NULL THEN 'AND $2 IN (d.from_agency_id, d.to_agency_id)' ELSE '' END,
    CASE WHEN on_basis <> '' THEN 'AND d.article6 = $3' ELSE '' END,
    CASE WHEN since IS NOT NULL THEN 'AND d.at >= $4' ELSE '' END,
    CASE WHEN until IS NOT NULL THEN 'AND d.at < $5' ELSE '' END,
    CASE WHEN before IS NOT NULL THEN 'AND (d.at, d.id) < ($6, $7)' ELSE '' END,
    CASE WHEN only_these IS NOT NULL THEN 'AND d.id = ANY ($10)' ELSE '' END)
  USING hidden, by_agency, on_basis, since, until, before, before_id, most, about_child, only_these;
END $$;
