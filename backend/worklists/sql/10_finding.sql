-- A session that has not used the extension yet does not know its settings, and may not name one below.
DO $$ BEGIN PERFORM similarity('', ''); END $$;

-- The children whom the actor sees and whose name is nearly what somebody typed, the nearest first, at most 50. GIN indexes are not
-- used under a row policy, so the function looks past it, and lets go of nobody whom the policy would keep (tests compare the two).
-- IS NOT DISTINCT FROM leaves the planner the names' index alone: a whole partnership by its own would be the whole table.
-- Looked through: the children of the actor's own records, and the 500 nearest of the partnership; the bound holds however many there are.
CREATE OR REPLACE FUNCTION app.find_children(words text, born date) RETURNS TABLE (id uuid) LANGUAGE sql STABLE ROWS 50 SECURITY DEFINER
SET search_path = public, pg_temp SET pg_trgm.word_similarity_threshold = '0.5' AS
$$ WITH mine AS (
     SELECT i.child_id FROM access_involvement i WHERE i.user_id = app.actor_user() AND i.child_id IS NOT NULL
      ORDER BY i.id DESC LIMIT 2000),
   near AS (
     SELECT c.id, word_similarity(words, c.name_key) AS likeness FROM children_child c
      WHERE c.id IN (SELECT child_id FROM mine) AND words <% c.name_key AND (born IS NULL OR c.date_of_birth = born)
     UNION
     (SELECT c.id, word_similarity(words, c.name_key) FROM children_child c
       WHERE c.partnership_id IS NOT DISTINCT FROM app.actor_partnership() AND words <% c.name_key AND (born IS NULL OR c.date_of_birth = born)
       ORDER BY 2 DESC, 1 LIMIT 500))
   SELECT near.id FROM near WHERE app.sees_child(near.id) ORDER BY likeness DESC, near.id LIMIT 50 $$;
