-- The goals of the plan that a service works towards: whoever sees the service reads their words, and nothing else of the plan.
DROP FUNCTION IF EXISTS app.tied_goals(uuid);
CREATE FUNCTION app.tied_goals(asked uuid) RETURNS TABLE (id uuid, words text, is_open boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT g.id, g.words, g.state = 'open'
     FROM interventions_intervention i
     JOIN cases_case c ON c.id = i.case_id
     JOIN cases_goal g ON g.id = ANY (i.goals) AND g.root_id IN (c.id, c.joined_into_id)
    WHERE i.id = asked AND app.sees_root(i.id)
    ORDER BY g.made_at, g.id $$;

-- A goal is tied by whoever reads the plan it belongs to: a provider, who reads what is tied, cannot open a goal for itself.
CREATE OR REPLACE FUNCTION app.goals_are_of_the_plan() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'UPDATE' AND NEW.goals <@ OLD.goals THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT 1 FROM unnest(NEW.goals) AS wanted WHERE NOT EXISTS (
       SELECT 1 FROM cases_goal g JOIN cases_case c ON c.id = NEW.case_id
        WHERE g.id = wanted AND g.root_id IN (c.id, c.joined_into_id) AND (app.job() IS NOT NULL OR app.reads_plan(g.root_id)))) THEN
    RAISE EXCEPTION 'a service is tied to goals of the plan by whoever reads it';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS goals_are_of_the_plan ON interventions_intervention;
CREATE TRIGGER goals_are_of_the_plan AFTER INSERT OR UPDATE OF goals ON interventions_intervention
  FOR EACH ROW WHEN (NEW.goals <> '{}') EXECUTE FUNCTION app.goals_are_of_the_plan();

-- A session names none but the goals that its service is tied to.
CREATE OR REPLACE FUNCTION app.session_goals_are_tied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM interventions_intervention i WHERE i.id = NEW.root_id AND NEW.goals <@ i.goals) THEN
    RAISE EXCEPTION 'a session works on goals that its service is tied to';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS session_goals_are_tied ON interventions_session;
CREATE TRIGGER session_goals_are_tied AFTER INSERT OR UPDATE OF goals ON interventions_session
  FOR EACH ROW WHEN (NEW.goals <> '{}') EXECUTE FUNCTION app.session_goals_are_tied();
