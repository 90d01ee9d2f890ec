-- The agency that is asked to lead reads the handover until it has answered, and the outcome for ten working days. So does the one that is
-- asked to name who leads, until it has, or somebody is asked again.
CREATE OR REPLACE FUNCTION app.transfer_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF NEW.state = 'proposed' THEN
    PERFORM app.nobody_names(NEW.root_id);
    PERFORM app.involve(NEW.id, NEW.root_id, NEW.child_id, 'OFFERED_LEAD', NEW.to_agency_id, NULL, NULL);
  ELSE
    PERFORM app.uninvolve(NEW.id, 'OFFERED_LEAD', app.ten_working_days());
    IF NEW.named_at IS NULL THEN
      PERFORM app.involve(NEW.id, NEW.root_id, NEW.child_id, 'OFFERED_LEAD', NEW.escalated_to_id, NULL, NULL);
    END IF;
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON cases_transfer;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF state, named_at ON cases_transfer FOR EACH ROW EXECUTE FUNCTION app.transfer_involved();

-- Who sees a transfer: whoever reads the case; and of the agencies that gave or were offered it (`own`) those who see how it ended.
CREATE OR REPLACE FUNCTION app.sees_transfer(of_case uuid, own boolean) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_membership m
       JOIN agencies_user u ON u.id = m.user_id AND u.is_active
       JOIN access_involvement i ON i.root_id = of_case
        AND ((i.user_id = m.user_id AND i.agency_id = m.agency_id)
          OR (i.user_id IS NULL AND i.team_id IS NULL AND i.agency_id = m.agency_id)
          OR (i.user_id IS NULL AND i.team_id = m.team_id))
       JOIN access_scope s ON s.role = m.role AND s.relation = i.relation AND s.sees_transfer
      WHERE m.id = app.membership() AND m.ended_at IS NULL
        AND (own OR i.relation NOT IN ('OFFERED_LEAD', 'FORMER'))
        AND i.starts_at <= app.moment() AND (i.ends_at IS NULL OR i.ends_at > app.moment())) $$;

-- The cases that the actor's agency is asked to lead, for those of it who answer: the rows that their answer changes, and no part of any.
CREATE OR REPLACE FUNCTION app.asked_to_lead() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT coalesce(array_agg(i.root_id), '{}')
     FROM agencies_membership m
     JOIN agencies_user u ON u.id = m.user_id AND u.is_active
     JOIN access_involvement i ON i.agency_id = m.agency_id AND i.user_id IS NULL AND i.relation = 'OFFERED_LEAD'
     JOIN access_scope s ON s.role = m.role AND s.relation = i.relation AND s.sees_transfer
    WHERE m.id = app.membership() AND m.ended_at IS NULL
      AND i.starts_at <= app.moment() AND (i.ends_at IS NULL OR i.ends_at > app.moment()) $$;

-- Is the actor's agency asked to name who leads a case, and has it not done so? For those of it who answer.
CREATE OR REPLACE FUNCTION app.names_lead(of_case uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT of_case = ANY (app.asked_to_lead()) AND EXISTS (
     SELECT 1 FROM cases_transfer t WHERE t.case_id = of_case AND t.escalated_to_id = app.managed_agency() AND t.named_at IS NULL) $$;

-- May the actor write in the ledger that a handover goes from the lead to this agency? Who did not take a case says that it goes to whoever
-- names the next one, and they that it goes to the one they named.
CREATE OR REPLACE FUNCTION app.hands_over(root uuid, opened uuid, sender uuid, receiver uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM cases_transfer t WHERE t.id = opened AND t.root_id = root AND t.from_agency_id = sender
        AND ((t.to_agency_id = app.managed_agency() AND t.escalated_to_id = receiver)
          OR (t.named_by_id = app.managed_agency() AND t.to_agency_id = receiver AND t.state = 'proposed'))) $$;
