-- May the actor end this agency? Their own, as its manager or administrator; any of the partnership, as the front door's administrator.
CREATE OR REPLACE FUNCTION app.ends_agency(target uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_agency a JOIN agencies_partnership p ON p.id = a.partnership_id
       JOIN agencies_membership m ON m.id = app.membership() AND m.ended_at IS NULL
       JOIN agencies_user u ON u.id = m.user_id AND u.is_active
      WHERE a.id = target AND a.ended_at IS NULL AND a.id IS DISTINCT FROM p.front_door_id
        AND ((m.agency_id = a.id AND m.role IN ('manager', 'system_administrator'))
          OR (m.agency_id = p.front_door_id AND m.role = 'system_administrator'))) $$;

-- The question to end it at once that the actor may answer: asked by somebody else, of whoever ends agencies or manages the front door.
CREATE OR REPLACE FUNCTION app.ending_to_answer(target uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT e.id FROM administration_ending e JOIN agencies_agency a ON a.id = e.agency_id AND a.ended_at IS NULL
     JOIN agencies_partnership p ON p.id = a.partnership_id
     JOIN agencies_membership m ON m.id = app.membership() AND m.ended_at IS NULL AND m.user_id <> e.by_id
    WHERE e.agency_id = target AND e.state = 'asked'
      AND (app.ends_agency(target) OR (m.role = 'manager' AND m.agency_id = p.front_door_id)) $$;

-- All open work of an agency, by kind. What ends an agency and what counts it, lists it and hands it over ask this and nothing else.
CREATE OR REPLACE FUNCTION app.work_of(target uuid) RETURNS TABLE (kind text, id uuid, child_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT CASE WHEN r.ended_at IS NULL THEN 'holds' ELSE 'owes' END, r.id, r.child_id FROM referrals_referral r
    WHERE r.holder_id = target AND r.submitted_at IS NOT NULL AND (r.ended_at IS NULL
       OR EXISTS (SELECT 1 FROM deadlines_deadline d WHERE d.root_id = r.id AND d.met_at IS NULL AND d.stopped_at IS NULL)
       OR EXISTS (SELECT 1 FROM disagreements_disagreement g WHERE g.about_id = r.id AND g.ended_at IS NULL))
   UNION ALL
   SELECT CASE WHEN c.state <> 'closed' THEN 'leads' ELSE 'checks' END, c.id, c.child_id FROM cases_case c
    WHERE c.lead_agency_id = target AND (c.state <> 'closed'
       OR EXISTS (SELECT 1 FROM deadlines_deadline d WHERE d.root_id = c.id AND d.met_at IS NULL AND d.stopped_at IS NULL))
   UNION ALL
   SELECT 'works', c.id, c.child_id FROM cases_case c
    WHERE c.practitioner_agency_id = target AND c.lead_agency_id <> target AND c.state <> 'closed'
   UNION ALL
   SELECT 'offered', o.id, o.child_id FROM referrals_offer o WHERE o.to_agency_id = target AND o.state = 'open'
   UNION ALL
   SELECT 'asked_to_lead', t.id, t.child_id FROM cases_transfer t WHERE t.to_agency_id = target AND t.state = 'proposed'
   UNION ALL
   SELECT 'asked', q.id, q.child_id FROM referrals_informationrequest q WHERE q.asked_agency_id = target AND q.state = 'asked'
   UNION ALL
   SELECT 'tasks', t.id, t.child_id FROM cases_task t WHERE t.owner_agency_id = target AND t.state = 'open'
   UNION ALL
   SELECT 'actions', a.id, a.child_id FROM cases_action a WHERE a.owner_agency_id = target AND a.state = 'open'
   UNION ALL
   SELECT 'gives', i.id, i.child_id FROM interventions_intervention i
    WHERE i.provider_agency_id = target AND i.offered_at IS NOT NULL AND i.ended_at IS NULL AND i.provider_until IS NULL
   UNION ALL
   SELECT 'answers', g.id, g.child_id FROM disagreements_disagreement g WHERE g.owner_agency_id = target AND g.ended_at IS NULL
   UNION ALL
   SELECT 'second_person', f.id, f.child_id FROM workflow_confirmation f WHERE f.agency_id = target AND f.state = 'asked'
   UNION ALL
   SELECT 'drafts', r.id, r.child_id FROM referrals_referral r WHERE r.referrer_agency_id = target AND r.state = 'draft'
   UNION ALL
   SELECT 'chairs', p.id, NULL FROM panels_panel p WHERE p.chair_agency_id = target AND p.ended_at IS NULL
   UNION ALL
   SELECT 'provides', s.id, NULL FROM directory_service s WHERE (s.agency_id = target OR s.kept_by_id = target) AND s.state <> 'ended' $$;

-- How much of each kind, for whoever may end the agency: numbers only, and none of a child whom the actor must not know of.
CREATE OR REPLACE FUNCTION app.count_work(target uuid) RETURNS TABLE (kind text, number bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT w.kind, count(*) FROM app.work_of(target) w
    WHERE (SELECT app.ends_agency(target) OR app.ending_to_answer(target) IS NOT NULL)
      AND (w.child_id IS NULL OR w.child_id <> ALL ((SELECT app.barred_children())::uuid[]))
    GROUP BY w.kind $$;

-- Which they are: while they are handed over all of them; else, for the agency's own manager, those that are not hidden from them.
CREATE OR REPLACE FUNCTION app.list_work(target uuid, wanted text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT w.id FROM app.work_of(target) w
    WHERE w.kind = wanted AND (w.child_id IS NULL OR w.child_id <> ALL ((SELECT app.barred_children())::uuid[]))
      AND ((SELECT app.managed_agency()) = target OR EXISTS (
        SELECT 1 FROM access_passage p WHERE p.made_in = txid_current_if_assigned() AND p.made_as_id = app.membership()
           AND p.closed_at IS NULL AND target = ANY (p.agency_ids))) $$;

-- From here to app.keep_ending() what the agency has can be handed over. The row is locked against every write that would give it more.
CREATE OR REPLACE FUNCTION app.begin_handover(target uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF NOT app.ends_agency(target) AND app.ending_to_answer(target) IS NULL THEN
    RETURN false;
  END IF;
  PERFORM 1 FROM agencies_agency a WHERE a.id = target AND a.ended_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM app.open_passage(ARRAY[target], NULL);
  RETURN true;
END $$;

-- Writes down what was handed over in this transaction, and that is that: from here on it is seen as ever.
CREATE OR REPLACE FUNCTION app.keep_handover(key uuid, target uuid, went_to jsonb, how_many jsonb) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF NOT app.is_passing_on() THEN
    RAISE EXCEPTION 'nothing was begun to be handed over';
  END IF;
  INSERT INTO administration_ending (id, agency_id, state, reason, receivers, moved, by_id, by_name, at, answered_by_name)
  VALUES (key, target, 'handed_over', '', went_to, how_many, app.actor_user(), app.actor_name(), app.moment(), '');
  PERFORM app.close_passage();
END $$;

-- Asks a second person to end an agency at once; nothing when it may not be, or when somebody has been asked already.
CREATE OR REPLACE FUNCTION app.ask_to_end(key uuid, target uuid, takes_over uuid, why text) RETURNS uuid LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF NOT app.ends_agency(target) THEN
    RETURN NULL;
  END IF;
  INSERT INTO administration_ending (id, agency_id, state, successor_id, reason, receivers, moved, by_id, by_name, at, answered_by_name)
  VALUES (key, target, 'asked', takes_over, why, '{}', '{}', app.actor_user(), app.actor_name(), app.moment(), '')
  ON CONFLICT (agency_id) WHERE state = 'asked' DO NOTHING;
  RETURN (SELECT e.id FROM administration_ending e WHERE e.id = key);
END $$;

-- The second person does not agree, or who asked takes it back; says whether there was such a question.
CREATE OR REPLACE FUNCTION app.drop_ending(target uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  answering uuid := app.ending_to_answer(target);
BEGIN
  UPDATE administration_ending e
     SET state = CASE WHEN e.id = answering THEN 'refused' ELSE 'withdrawn' END,
         answered_by_id = app.actor_user(), answered_by_name = app.actor_name(), answered_at = app.moment()
   WHERE e.agency_id = target AND e.state = 'asked' AND (e.id = answering OR e.by_id = app.actor_user());
  RETURN FOUND;
END $$;

-- Ends an agency that has no work left, with everybody's role in it; what it was named for falls to the front door.
CREATE OR REPLACE FUNCTION app.end_agency(key uuid, target uuid) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  answering uuid := app.ending_to_answer(target);
  door uuid := (SELECT p.front_door_id FROM agencies_agency a JOIN agencies_partnership p ON p.id = a.partnership_id WHERE a.id = target);
BEGIN
  IF NOT app.is_passing_on() OR (answering IS NULL AND NOT app.ends_agency(target)) THEN
    RAISE EXCEPTION 'this agency was not begun to be ended';
  END IF;
  IF answering IS NOT NULL THEN
    UPDATE administration_ending e SET state = 'ended', answered_by_id = app.actor_user(), answered_by_name = app.actor_name(), answered_at = app.moment()
     WHERE e.id = answering;
  ELSE
    UPDATE administration_ending e SET state = 'withdrawn', answered_by_id = app.actor_user(), answered_by_name = app.actor_name(), answered_at = app.moment()
     WHERE e.agency_id = target AND e.state = 'asked';
    INSERT INTO administration_ending (id, agency_id, state, reason, receivers, moved, by_id, by_name, at, answered_by_name)
    VALUES (key, target, 'ended', '', '{}', '{}', app.actor_user(), app.actor_name(), app.moment(), '');
  END IF;
  UPDATE agencies_escalationstep SET agency_id = door WHERE agency_id = target;
  UPDATE agencies_agency SET ended_at = app.moment(), receives_by_duty = false, can_be_offered = false WHERE id = target;
  PERFORM app.close_passage();
  UPDATE agencies_membership SET ended_at = greatest(app.moment(), started_at), ended_as_id = app.membership(), ended_in = txid_current()
   WHERE agency_id = target AND ended_at IS NULL;
END $$;

-- No agency ends with work, whoever says so.
CREATE OR REPLACE FUNCTION app.ended_agency_has_no_work() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM app.work_of(NEW.id)) THEN
    RAISE EXCEPTION 'an agency with open work cannot end';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS ended_agency_has_no_work ON agencies_agency;
CREATE CONSTRAINT TRIGGER ended_agency_has_no_work AFTER UPDATE OF ended_at ON agencies_agency DEFERRABLE INITIALLY IMMEDIATE
  FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION app.ended_agency_has_no_work();

-- And none gets any once it has ended. Waits for an ending that is under way; then it is as if the two had met, and whoever tries again is
-- told in words. The column, the first of those that are watched, is the trigger's argument.
CREATE OR REPLACE FUNCTION app.agency_is_there() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  PERFORM 1 FROM agencies_agency a WHERE a.id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid AND a.ended_at IS NULL FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this agency has ended' USING ERRCODE = 'serialization_failure';
  END IF;
  RETURN NULL;
END $$;

DO $$ DECLARE
  guarded record;
BEGIN
  FOR guarded IN SELECT * FROM (VALUES
    ('referrals_referral', 'holder_id', 'NEW.ended_at IS NULL'),
    ('interventions_intervention', 'provider_agency_id, offered_at, provider_until',
     'NEW.provider_agency_id IS NOT NULL AND NEW.offered_at IS NOT NULL AND NEW.ended_at IS NULL AND NEW.provider_until IS NULL'),
    ('referrals_offer', 'to_agency_id', 'NEW.state = ''open'''),
    ('referrals_informationrequest', 'asked_agency_id', 'NEW.state = ''asked'''),
    ('cases_case', 'lead_agency_id', 'NEW.state <> ''closed'''),
    ('cases_transfer', 'to_agency_id', 'NEW.state = ''proposed'''),
    ('cases_task', 'owner_agency_id', 'NEW.state = ''open'''),
    ('cases_action', 'owner_agency_id', 'NEW.state = ''open'''),
    ('disagreements_disagreement', 'owner_agency_id', 'NEW.ended_at IS NULL'),
    ('directory_service', 'kept_by_id', 'NEW.state <> ''ended'''),
    ('agencies_membership', 'agency_id', 'NEW.ended_at IS NULL')) AS g (of_table, of_columns, while_open)
  LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS agency_is_there ON %I', guarded.of_table);
    EXECUTE format('CREATE TRIGGER agency_is_there AFTER INSERT OR UPDATE OF %s ON %I FOR EACH ROW WHEN (%s) EXECUTE FUNCTION app.agency_is_there(%L)',
                   guarded.of_columns, guarded.of_table, guarded.while_open, split_part(guarded.of_columns, ',', 1));
  END LOOP;
END $$;
