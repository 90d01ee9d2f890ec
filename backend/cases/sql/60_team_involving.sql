-- A colleague named to a case works on it as its lead practitioner does (WORKER) and reads on for ten working days when that ends; somebody
-- of another agency reads the plan and what is shared with the team (TEAM), as long as they are on it.
CREATE OR REPLACE FUNCTION app.team_member_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE stands text := CASE WHEN NEW.is_partner THEN 'TEAM' ELSE 'WORKER' END;
BEGIN
  IF NEW.state = 'on' THEN
    PERFORM app.involve(NEW.id, NEW.root_id, NEW.child_id, stands, NEW.person_agency_id, NULL, NEW.person_id);
  ELSE
    PERFORM app.uninvolve(NEW.id, stands, CASE WHEN NOT NEW.is_partner THEN app.ten_working_days() END);
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON cases_teammember;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF state ON cases_teammember FOR EACH ROW EXECUTE FUNCTION app.team_member_involved();
