-- Which records are of one child, kept where row security reads: a conflict or a seal on one of them holds for all (app.barred_children).
-- Called when a pointer changes: the records under `moved` now stand with another, or alone.
CREATE OR REPLACE FUNCTION app.keep_same_child(moved uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  stands uuid;
  below uuid[];
BEGIN
  -- Two joins that form a chain, each blind to the other, would leave a record behind: joins are rare and wait for one another.
  PERFORM pg_advisory_xact_lock(hashtextextended('same child', 0));
  stands := app.canonical_child(moved);
  WITH RECURSIVE down (id) AS (
    SELECT moved UNION SELECT c.id FROM children_child c JOIN down ON c.canonical_id = down.id)
  SELECT array_agg(id) INTO below FROM down;
  DELETE FROM access_samechild WHERE record_id = ANY (below);
  INSERT INTO access_samechild (record_id, stands_for_id)
    SELECT DISTINCT id, stands FROM unnest(below || stands) AS r (id) WHERE stands <> moved OR cardinality(below) > 1
    ON CONFLICT (record_id) DO UPDATE SET stands_for_id = EXCLUDED.stands_for_id;
  -- Where the record was before, one may be left that stands for nobody but itself.
  DELETE FROM access_samechild s WHERE s.record_id = s.stands_for_id
    AND NOT EXISTS (SELECT 1 FROM access_samechild o WHERE o.stands_for_id = s.stands_for_id AND o.record_id <> s.record_id);
END $$;

CREATE OR REPLACE FUNCTION app.child_joined() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  PERFORM app.keep_same_child(NEW.id);
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS joined ON children_child;
CREATE TRIGGER joined AFTER UPDATE OF canonical_id ON children_child
  FOR EACH ROW WHEN (NEW.canonical_id IS DISTINCT FROM OLD.canonical_id) EXECUTE FUNCTION app.child_joined();

-- What was joined before this was kept.
INSERT INTO access_samechild (record_id, stands_for_id)
  SELECT r.id, app.canonical_child(c.id) FROM children_child c CROSS JOIN LATERAL (VALUES (c.id), (app.canonical_child(c.id))) AS r (id)
   WHERE c.canonical_id IS NOT NULL
  ON CONFLICT (record_id) DO NOTHING;
