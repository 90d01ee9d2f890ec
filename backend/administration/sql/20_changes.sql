-- Every change to who works where leaves a line, whoever makes it: before and after, and as whom. Passwords are no part of it.
CREATE OR REPLACE FUNCTION app.people_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  INSERT INTO agencies_change (id, of, row_id, at, made_as_id, before, after)
  VALUES (gen_random_uuid(), TG_ARGV[0], NEW.id, app.moment(), app.membership(),
          CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD) - 'password' - 'last_login' END, to_jsonb(NEW) - 'password' - 'last_login');
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS keep_change ON agencies_membership;
CREATE TRIGGER keep_change AFTER INSERT OR UPDATE ON agencies_membership FOR EACH ROW EXECUTE FUNCTION app.people_changed('membership');
DROP TRIGGER IF EXISTS keep_change ON agencies_agency;
CREATE TRIGGER keep_change AFTER INSERT OR UPDATE ON agencies_agency FOR EACH ROW EXECUTE FUNCTION app.people_changed('agency');
DROP TRIGGER IF EXISTS keep_change ON agencies_user;
CREATE TRIGGER keep_change AFTER INSERT OR UPDATE OF name, email, is_active ON agencies_user FOR EACH ROW EXECUTE FUNCTION app.people_changed('user');
