-- The notes that name the actor and that they have not said to have read; who may read them is asked of each where they are read. Looked up
-- by the owner: what compares JSON is not leakproof, so row security would have every note there is judged before it is compared.
CREATE OR REPLACE FUNCTION app.notes_naming_actor() RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 5 SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT n.id FROM cases_note n
    WHERE n.state = 'written' AND n.named @> jsonb_build_array(jsonb_build_object(
      'user_id', app.actor_user()::text, 'agency_id', app.actor_agency()::text, 'read_at', NULL)) $$;
