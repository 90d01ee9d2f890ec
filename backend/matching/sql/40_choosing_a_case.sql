-- Which of two open cases goes on (backend/matching/models.py, CaseChoice). Its leads and the agency that asked stand to the choice itself;
-- no child comes with it, so that it opens none.
CREATE OR REPLACE FUNCTION app.case_choice_involved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  PERFORM app.involve(NEW.id, NEW.id, NULL, 'HOLDER', NEW.agency_id, NULL, NULL);
  PERFORM app.involve(NEW.id, NEW.id, NULL, 'LEAD', NEW.first_lead_id, NULL, NULL);
  PERFORM app.involve(NEW.id, NEW.id, NULL, 'LEAD', NEW.second_lead_id, NULL, NULL);
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS involve ON matching_casechoice;
CREATE TRIGGER involve AFTER INSERT ON matching_casechoice FOR EACH ROW EXECUTE FUNCTION app.case_choice_involved();

-- The second person who joins the two records ends the case that does not go on: from here on the row passes its policy, as a case does
-- that they open, until app.let_go_of_case in the same transaction. Only as both leads have agreed, and only while they still lead.
CREATE OR REPLACE FUNCTION app.take_to_join(choice uuid) RETURNS uuid LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ UPDATE cases_case c SET opened_as_id = app.membership() FROM matching_casechoice m
    WHERE m.id = choice AND m.state = 'agreed' AND m.first_says_id = m.second_says_id
      AND c.id IN (m.first_case_id, m.second_case_id) AND c.id <> m.first_says_id AND c.state <> 'closed'
      AND c.lead_agency_id = CASE c.id WHEN m.first_case_id THEN m.first_lead_id ELSE m.second_lead_id END
      AND NOT app.is_barred(c.child_id) AND app.may_match(m.child_id)
    RETURNING c.id $$;

-- And whoever takes the records apart again opens it, where it stood.
CREATE OR REPLACE FUNCTION app.take_to_restore(choice uuid) RETURNS uuid LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ UPDATE cases_case c SET opened_as_id = app.membership() FROM matching_casechoice m
    WHERE m.id = choice AND m.state = 'joined' AND c.id IN (m.first_case_id, m.second_case_id) AND c.joined_into_id = m.first_says_id
      AND c.state = 'closed' AND NOT app.is_barred(c.child_id) AND app.may_match(m.child_id)
    RETURNING c.id $$;

CREATE OR REPLACE FUNCTION app.let_go_of_case(taken uuid) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ UPDATE cases_case SET opened_as_id = NULL WHERE id = taken AND opened_as_id = app.membership() $$;
