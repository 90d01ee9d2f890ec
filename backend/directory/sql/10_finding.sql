-- The directory: everybody of a partnership reads all of it; the agency that keeps an entry changes it.

CREATE OR REPLACE FUNCTION app.service_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'UPDATE' AND OLD.kept_by_id IS DISTINCT FROM NEW.kept_by_id THEN
    PERFORM app.uninvolve(NEW.id, 'KEEPER');
  END IF;
  PERFORM app.involve(NEW.id, NEW.id, NULL, 'KEEPER', NEW.kept_by_id, NULL, NULL);
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON directory_service;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF kept_by_id ON directory_service FOR EACH ROW EXECUTE FUNCTION app.service_involved();

-- A session that has not used the extension yet does not know its settings, and may not name one below.
DO $$ BEGIN PERFORM similarity('', ''); END $$;

-- The services whose words, or whose name nearly, are what somebody typed, the best first, at most 200: GIN indexes are not used
-- under a row policy, so the function repeats the policy and the product reads the rows by their keys (tests compare the two).
CREATE OR REPLACE FUNCTION app.find_services(words text) RETURNS TABLE (id uuid) LANGUAGE sql STABLE ROWS 50 SECURITY DEFINER
SET search_path = public, pg_temp SET pg_trgm.word_similarity_threshold = '0.4' AS
$$ WITH asked AS (SELECT websearch_to_tsquery('english', words) AS query)
   SELECT s.id FROM directory_service s, asked
    WHERE s.partnership_id = app.actor_partnership() AND s.state IN ('active', 'paused')
      AND (s.search @@ asked.query OR s.name %> words)
    ORDER BY ts_rank(s.search, asked.query) + word_similarity(words, s.name) DESC, s.name, s.id
    LIMIT 200 $$;
