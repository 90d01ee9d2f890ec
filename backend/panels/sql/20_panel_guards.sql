-- What somebody at the table sees they may not rewrite: an item and an invitation say who hears what, until when, and stay as they were made.
-- A row policy cannot say which columns change; these can. The worker acts without a membership, and only by its jobs.

CREATE OR REPLACE FUNCTION app.panel_item_guarded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'DELETE' THEN
    IF app.membership() IS NOT NULL THEN
      RAISE EXCEPTION 'what a panel was to hear is not deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF app.membership() IS NOT NULL AND NOT app.reads_by_task(NEW.case_id) THEN
      RAISE EXCEPTION 'only who reads a case puts it on an agenda' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM panels_panel p WHERE p.id = NEW.panel_id AND p.chair_agency_id = NEW.chair_agency_id AND p.state = 'planned')
       OR NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = NEW.case_id AND c.lead_agency_id = NEW.lead_agency_id AND c.child_id = NEW.child_id) THEN
      RAISE EXCEPTION 'an item names the chair of its panel, and the lead and the child of its case';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.panel_id, NEW.case_id, NEW.partnership_id, NEW.chair_agency_id, NEW.open_until, NEW.question, NEW.case_reference,
      NEW.child_name, NEW.child_born_on, NEW.put_on_by_id, NEW.put_on_by_name, NEW.put_on_at)
     IS DISTINCT FROM (OLD.panel_id, OLD.case_id, OLD.partnership_id, OLD.chair_agency_id, OLD.open_until, OLD.question, OLD.case_reference,
      OLD.child_name, OLD.child_born_on, OLD.put_on_by_id, OLD.put_on_by_name, OLD.put_on_at) THEN
    RAISE EXCEPTION 'what a panel is to hear stays as it was put to it' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Both follow the case, by triggers of it, and are nobody's to choose: by its child an item is barred or sealed.
  IF (NEW.lead_agency_id, NEW.child_id) IS DISTINCT FROM (OLD.lead_agency_id, OLD.child_id)
     AND NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = NEW.case_id AND c.child_id = NEW.child_id
       AND NEW.lead_agency_id IN (c.lead_agency_id, OLD.lead_agency_id)) THEN
    RAISE EXCEPTION 'an item names the lead and the child of its case' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.state IS NOT DISTINCT FROM OLD.state THEN
    IF (NEW.taken_off_at, NEW.taken_off_why) IS DISTINCT FROM (OLD.taken_off_at, OLD.taken_off_why) THEN
      RAISE EXCEPTION 'why the panel does not hear it stays as it was said' USING ERRCODE = 'insufficient_privilege';
    END IF;
  ELSIF app.membership() IS NOT NULL AND NOT EXISTS (SELECT 1 FROM panels_panel p WHERE p.id = NEW.panel_id AND (
       (OLD.state = 'on_agenda' AND NEW.state = 'taken_off' AND p.state IN ('planned', 'held') AND app.reads_by_task(NEW.case_id))
       OR (OLD.state = 'on_agenda' AND NEW.state = 'decided' AND p.state = 'held' AND NEW.chair_agency_id = app.actor_agency()))) THEN
    RAISE EXCEPTION 'the chair decides, and who reads the case takes it off the agenda' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS guard ON panels_panelitem;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON panels_panelitem FOR EACH ROW EXECUTE FUNCTION app.panel_item_guarded();

-- Whoever reads the case invites, for as long as the item is open and no longer, and takes an invitation back for good.
CREATE OR REPLACE FUNCTION app.invitation_guarded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE item panels_panelitem;
BEGIN
  SELECT * INTO item FROM panels_panelitem i WHERE i.id = coalesce(NEW.root_id, OLD.root_id);
  IF app.membership() IS NOT NULL AND (TG_OP = 'DELETE' OR NOT app.reads_by_task(item.case_id)) AND NOT (
       TG_OP = 'UPDATE' AND (NEW.ended_at, NEW.version) IS NOT DISTINCT FROM (OLD.ended_at, OLD.version)) THEN
    RAISE EXCEPTION 'only who reads the case invites to hear it' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' AND (NEW.open_until, NEW.child_id) IS DISTINCT FROM (item.open_until, item.child_id) THEN
    RAISE EXCEPTION 'an invitation is to hear the item, for as long as that is open';
  END IF;
  IF TG_OP = 'UPDATE' AND app.membership() IS NOT NULL AND NEW.reminded_at IS DISTINCT FROM OLD.reminded_at THEN
    RAISE EXCEPTION 'the worker alone says when somebody was reminded' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.child_id IS DISTINCT FROM OLD.child_id
     AND NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = item.case_id AND c.child_id = NEW.child_id) THEN
    RAISE EXCEPTION 'an invitation names the child of the case' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'UPDATE' AND ((NEW.root_id, NEW.partnership_id, NEW.agency_id, NEW.purpose, NEW.told, NEW.open_until, NEW.by_id, NEW.by_name, NEW.at)
         IS DISTINCT FROM (OLD.root_id, OLD.partnership_id, OLD.agency_id, OLD.purpose, OLD.told, OLD.open_until, OLD.by_id, OLD.by_name, OLD.at)
       OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)) THEN
    RAISE EXCEPTION 'an invitation stays as it was made, until it is taken back for good' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS guard ON panels_invitation;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON panels_invitation FOR EACH ROW EXECUTE FUNCTION app.invitation_guarded();
