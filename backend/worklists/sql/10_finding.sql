-- A session that has not used the extension yet does not know its settings, and may not name one below.
DO $$ BEGIN PERFORM similarity('', ''); END $$;

-- The children whom the actor sees and whose name is nearly what somebody typed, the nearest first, at most 50. GIN indexes are not
-- used under a row policy, so the function looks past it, and lets go of nobody whom the policy would keep (tests compare the two).
-- What is looked through is bounded, however many children there are: of each of the actor's own relations the 100 latest; in the
-- partnership 200 who bear every word that was typed as a whole name, and 200 more whose name is nearly that. Who was born on the day
-- that was typed is looked for among those of that day. IS NOT DISTINCT FROM leaves the planner the names' index alone: a whole
-- partnership by its own would be the whole table. A bound without an order stops reading where it is reached.
CREATE OR REPLACE FUNCTION app.find_children(words text, born date) RETURNS TABLE (id uuid) LANGUAGE sql STABLE ROWS 50 SECURITY DEFINER
SET search_path = public, pg_temp SET pg_trgm.word_similarity_threshold = '0.5' SET pg_trgm.strict_word_similarity_threshold = '1' AS
$$ WITH own AS (
     SELECT latest.child_id FROM agencies_membership m JOIN access_scope s ON s.role = m.role AND s.sees_child CROSS JOIN LATERAL (
       SELECT i.child_id FROM access_involvement i WHERE i.user_id = m.user_id AND i.relation = s.relation AND i.child_id IS NOT NULL
        ORDER BY i.root_id DESC LIMIT 100) latest
      WHERE m.id = app.membership()),
   near AS MATERIALIZED (
     SELECT c.id, c.name_key FROM children_child c
      WHERE c.id IN (SELECT child_id FROM own) AND words <% c.name_key AND (born IS NULL OR c.date_of_birth = born)
     UNION
     SELECT c.id, c.name_key FROM children_child c
      WHERE born IS NOT NULL AND c.partnership_id = app.actor_partnership() AND c.date_of_birth = born AND words <% c.name_key
     UNION
     (SELECT c.id, c.name_key FROM children_child c
       WHERE born IS NULL AND c.partnership_id IS NOT DISTINCT FROM app.actor_partnership() AND words <<% c.name_key LIMIT 200)
     UNION
     (SELECT c.id, c.name_key FROM children_child c
       WHERE born IS NULL AND c.partnership_id IS NOT DISTINCT FROM app.actor_partnership() AND words <% c.name_key LIMIT 200)),
   -- OFFSET 0: the nearest are judged first, and no more of them than are returned.
   nearest AS (SELECT near.id, word_similarity(words, near.name_key) AS likeness FROM near ORDER BY 2 DESC, 1 OFFSET 0)
   SELECT nearest.id FROM nearest WHERE app.sees_child(nearest.id) ORDER BY likeness DESC, nearest.id LIMIT 50 $$;
