-- Configuration of a partnership: everybody reads it, few write it, and what was published is never written over.

-- May the actor configure what this agency of this partnership keeps? Its administrators and analysts, and the managers of that agency.
CREATE OR REPLACE FUNCTION app.configures(partnership uuid, kept_by uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active JOIN agencies_agency a ON a.id = m.agency_id
      WHERE m.id = app.membership() AND m.ended_at IS NULL AND a.partnership_id = partnership
        AND (m.role IN ('system_administrator', 'partnership_analyst') OR (m.role = 'manager' AND m.agency_id = kept_by))) $$;

CREATE OR REPLACE FUNCTION app.version_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  PERFORM app.involve(NEW.id, NEW.id, NULL, 'KEEPER', NEW.kept_by_id, NULL, NULL);
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON configuration_version;
CREATE TRIGGER involve AFTER INSERT ON configuration_version FOR EACH ROW EXECUTE FUNCTION app.version_involved();

CREATE OR REPLACE FUNCTION app.version_guarded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a version is never deleted' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF app.membership() IS NOT NULL AND NOT app.configures(NEW.partnership_id, NEW.kept_by_id) THEN
    RAISE EXCEPTION 'this membership does not configure the partnership' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'UPDATE' AND (
       (OLD.partnership_id, OLD.kept_by_id, OLD.kind, OLD.number) IS DISTINCT FROM (NEW.partnership_id, NEW.kept_by_id, NEW.kind, NEW.number)
       OR (OLD.state <> 'draft' AND (OLD.entries, OLD.effective_on, OLD.published_at, OLD.published_by_id, OLD.proposed_by_id)
             IS DISTINCT FROM (NEW.entries, NEW.effective_on, NEW.published_at, NEW.published_by_id, NEW.proposed_by_id))) THEN
    RAISE EXCEPTION 'what a version says is not changed once it is published' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS guard ON configuration_version;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON configuration_version FOR EACH ROW EXECUTE FUNCTION app.version_guarded();
