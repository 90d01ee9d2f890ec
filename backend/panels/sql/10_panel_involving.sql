-- Panels: who keeps a meeting, and who hears one item of its agenda (docs/adr/0043).

CREATE OR REPLACE FUNCTION app.panel_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'UPDATE' AND NEW.chair_agency_id IS DISTINCT FROM OLD.chair_agency_id THEN
    PERFORM app.uninvolve(NEW.id, 'KEEPER');
  END IF;
  PERFORM app.involve(NEW.id, NEW.id, NULL, 'KEEPER', NEW.chair_agency_id, NULL, NULL);
  IF NEW.ended_at IS NOT NULL THEN
    -- Signed or called off: nobody hears anything of its agenda any more, and nobody becomes FORMER.
    UPDATE access_involvement a SET ends_at = app.moment()
      FROM panels_panelitem i
     WHERE i.panel_id = NEW.id AND a.root_id = i.id AND a.relation IN ('INVITED', 'CHAIRING') AND a.ends_at > app.moment();
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON panels_panel;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF chair_agency_id, ended_at ON panels_panel FOR EACH ROW EXECUTE FUNCTION app.panel_involved();

-- Everybody of the partnership reads a meeting; its chair alone writes it, and nobody once it is over.
CREATE OR REPLACE FUNCTION app.panel_guarded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'DELETE' THEN
    IF app.membership() IS NOT NULL THEN
      RAISE EXCEPTION 'a meeting is not deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
  END IF;
  IF app.membership() IS NOT NULL AND (NEW.chair_agency_id IS DISTINCT FROM app.actor_agency()
       OR (TG_OP = 'UPDATE' AND OLD.chair_agency_id IS DISTINCT FROM app.actor_agency())) THEN
    RAISE EXCEPTION 'only the agency that chairs a meeting writes it' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'a meeting that is over is not changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS guard ON panels_panel;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON panels_panel FOR EACH ROW EXECUTE FUNCTION app.panel_guarded();

-- Whoever leads or works on the case reaches its items as they reach its interventions (access_link); who chairs the panel hears the item
-- from the beginning, until its last day or until it is taken off.
CREATE OR REPLACE FUNCTION app.panel_item_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO access_link (root_id, parent_id) VALUES (NEW.id, NEW.case_id) ON CONFLICT (root_id) DO NOTHING;
    PERFORM app.involve(NEW.id, NEW.id, NEW.child_id, 'CHAIRING', NEW.chair_agency_id, NULL, NULL, NEW.open_until);
  ELSIF NEW.taken_off_at IS NOT NULL THEN
    UPDATE access_involvement SET ends_at = app.moment()
     WHERE root_id = NEW.id AND relation IN ('INVITED', 'CHAIRING') AND ends_at > app.moment();
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON panels_panelitem;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF taken_off_at ON panels_panelitem FOR EACH ROW EXECUTE FUNCTION app.panel_item_involved();

-- An invited agency stands to the item, and to nothing else of the case, until the item's last day or until the invitation is taken back.
CREATE OR REPLACE FUNCTION app.invitation_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF NEW.ended_at IS NULL THEN
    PERFORM app.involve(NEW.id, NEW.root_id, NEW.child_id, 'INVITED', NEW.agency_id, NULL, NULL, NEW.open_until);
  ELSE
    PERFORM app.uninvolve(NEW.id, 'INVITED');
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON panels_invitation;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF ended_at ON panels_invitation FOR EACH ROW EXECUTE FUNCTION app.invitation_involved();

-- A case that is moved to the right child takes its items, their invitations and everybody's relation to them with it.
CREATE OR REPLACE FUNCTION app.panel_items_follow_child() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  UPDATE access_involvement a SET child_id = NEW.child_id FROM panels_panelitem i WHERE i.case_id = NEW.id AND a.root_id = i.id;
  UPDATE panels_invitation n SET child_id = NEW.child_id FROM panels_panelitem i WHERE i.case_id = NEW.id AND n.root_id = i.id;
  UPDATE panels_panelitem SET child_id = NEW.child_id WHERE case_id = NEW.id;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS panel_items_follow_child ON cases_case;
CREATE TRIGGER panel_items_follow_child AFTER UPDATE OF child_id ON cases_case
  FOR EACH ROW WHEN (NEW.child_id IS DISTINCT FROM OLD.child_id) EXECUTE FUNCTION app.panel_items_follow_child();

-- Whoever leads the case from now on reads what is given for its items that are still to be heard, and is named there.
CREATE OR REPLACE FUNCTION app.panel_items_follow_lead() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  UPDATE panels_panelitem i SET lead_agency_id = NEW.lead_agency_id FROM panels_panel p
   WHERE i.case_id = NEW.id AND p.id = i.panel_id AND p.ended_at IS NULL AND i.taken_off_at IS NULL;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS panel_items_follow_lead ON cases_case;
CREATE TRIGGER panel_items_follow_lead AFTER UPDATE OF lead_agency_id ON cases_case
  FOR EACH ROW WHEN (NEW.lead_agency_id IS DISTINCT FROM OLD.lead_agency_id) EXECUTE FUNCTION app.panel_items_follow_lead();

-- The items of a case that is joined to another go on there, and come back when the two are taken apart.
CREATE OR REPLACE FUNCTION app.panel_items_go_on() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  UPDATE access_link l SET parent_id = coalesce(NEW.joined_into_id, NEW.id)
    FROM panels_panelitem i WHERE i.case_id = NEW.id AND l.root_id = i.id;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS panel_items_go_on ON cases_case;
CREATE TRIGGER panel_items_go_on AFTER UPDATE OF joined_into_id ON cases_case
  FOR EACH ROW WHEN (NEW.joined_into_id IS DISTINCT FROM OLD.joined_into_id) EXECUTE FUNCTION app.panel_items_go_on();

-- Does the actor's agency chair or was it invited, in a role that this is open to, and is that still so? The same grants as the product's
-- list, of its own column in access_scope: it opens neither the root, whose events are for the readers of the case, nor the child's record.
CREATE OR REPLACE FUNCTION app.hears(item uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_membership m
       JOIN agencies_user u ON u.id = m.user_id AND u.is_active
       JOIN access_involvement a ON a.root_id = item AND a.agency_id = m.agency_id AND a.user_id IS NULL AND a.team_id IS NULL
        AND a.relation IN ('INVITED', 'CHAIRING')
       JOIN access_scope s ON s.role = m.role AND s.relation = a.relation AND s.hears_item
      WHERE m.id = app.membership() AND m.ended_at IS NULL
        AND a.starts_at <= app.moment() AND a.ends_at > app.moment()
        AND (a.child_id IS NULL OR NOT app.is_barred(a.child_id))) $$;

-- May the actor's agency put this label on what it says? Never one whose very existence is hidden, nor one that is only read when asked for.
CREATE OR REPLACE FUNCTION app.gives_marked(wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT wanted = '' OR (wanted NOT IN ('police', 'location') AND EXISTS (
     SELECT 1 FROM agencies_membership m
       JOIN agencies_agency a ON a.id = m.agency_id
       JOIN access_markscope s ON s.mark = wanted AND s.sets AND (s.kinds = '{}' OR a.kind = ANY (s.kinds))
      WHERE m.id = app.membership() AND m.ended_at IS NULL)) $$;
