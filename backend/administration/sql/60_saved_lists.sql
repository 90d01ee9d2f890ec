-- A list that is shown to others is still its own person's to name, to narrow and to remove: row security lets a colleague read it only.
CREATE OR REPLACE FUNCTION app.own_saved_list() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS
$$ BEGIN
  IF OLD.owner_id IS DISTINCT FROM app.actor_user() OR (NEW.owner_id, NEW.agency_id) IS DISTINCT FROM (OLD.owner_id, OLD.agency_id) THEN
    RAISE EXCEPTION 'only whoever keeps a list changes it' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS own_saved_list ON administration_savedlist;
CREATE TRIGGER own_saved_list BEFORE UPDATE ON administration_savedlist FOR EACH ROW EXECUTE FUNCTION app.own_saved_list();
