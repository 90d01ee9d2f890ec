-- Orders. Each step belongs to somebody, and none of it is taken twice or another way: three people, seven days, and then the worker.
CREATE OR REPLACE FUNCTION app.order_is_fair() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  me uuid := app.actor_user();
  steps text[] := ARRAY['state', 'version', 'approved_by_id', 'approved_by_name', 'confirmed_by_id', 'confirmed_by_name', 'confirmed_at', 'due_at', 'agreed_at', 'ended_at', 'end_reason'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'proposed' OR NEW.agency_id IS DISTINCT FROM app.managing() OR NEW.proposed_by_id IS DISTINCT FROM me OR NEW.confirmed_at IS NOT NULL THEN
      RAISE EXCEPTION 'a manager proposes an order' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.agreed_at := NULL;
    RETURN NEW;
  END IF;
  -- When two people agreed is what this clock says, and nobody else's; only the past of a demo city is written afterwards, by its owner.
  IF NOT (coalesce(current_setting('app.demo_city', true), '') = 'on'
          AND pg_has_role(session_user, (SELECT c.relowner FROM pg_class c WHERE c.oid = TG_RELID), 'USAGE')) THEN
    NEW.agreed_at := CASE WHEN (OLD.state, NEW.state) = ('proposed', 'confirmed') THEN clock_timestamp() ELSE OLD.agreed_at END;
  END IF;
  IF to_jsonb(NEW) - steps IS DISTINCT FROM to_jsonb(OLD) - steps
     OR ((NEW.approved_by_id, NEW.confirmed_by_id, NEW.confirmed_at, NEW.due_at) IS DISTINCT FROM (OLD.approved_by_id, OLD.confirmed_by_id, OLD.confirmed_at, OLD.due_at)
         AND (OLD.state, NEW.state) <> ('proposed', 'confirmed')) THEN
    RAISE EXCEPTION 'who ordered and agreed to what stays as it was' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT (CASE
    WHEN NEW.state = OLD.state THEN true
    WHEN (OLD.state, NEW.state) = ('proposed', 'confirmed') THEN
      NEW.confirmed_by_id IS NOT DISTINCT FROM me AND me <> NEW.proposed_by_id AND NEW.approved_by_id NOT IN (me, NEW.proposed_by_id)
      AND app.answers_for_keeping(NEW.agency_id, NEW.partnership_id)
      AND NEW.confirmed_at >= NEW.proposed_at AND NEW.confirmed_at <= clock_timestamp() + interval '1 minute' AND NEW.due_at >= NEW.confirmed_at + interval '7 days'
      AND EXISTS (SELECT 1 FROM workflow_confirmation q WHERE q.target_id = NEW.id AND q.edge = 'approve' AND q.state = 'asked' AND q.asked_by_id = NEW.approved_by_id)
      AND EXISTS (SELECT 1 FROM agencies_membership m JOIN agencies_agency a ON a.id = m.agency_id
                   WHERE m.user_id = NEW.approved_by_id AND m.role = 'information_governance' AND a.partnership_id = NEW.partnership_id)
    WHEN NEW.state IN ('refused', 'withdrawn') THEN OLD.state IN ('proposed', 'confirmed') AND app.answers_for_keeping(NEW.agency_id, NEW.partnership_id)
    -- By the database's own clock, whatever anybody says the time is, or was when they agreed.
    WHEN (OLD.state, NEW.state) = ('confirmed', 'running') THEN app.membership() IS NULL AND OLD.due_at <= now()
      AND OLD.agreed_at IS NOT NULL AND OLD.agreed_at + interval '7 days' <= now()
    WHEN (OLD.state, NEW.state) = ('running', 'done') THEN app.membership() IS NULL
      AND NOT EXISTS (SELECT 1 FROM retention_orderchild c WHERE c.order_id = NEW.id AND c.state IN ('waiting', 'files'))
    ELSE false END) THEN
    RAISE EXCEPTION 'an order is agreed by information governance and a second person, and carried out a week later' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS fair ON retention_order;
CREATE TRIGGER fair BEFORE INSERT OR UPDATE ON retention_order FOR EACH ROW EXECUTE FUNCTION app.order_is_fair();

-- The owner of a demo city writes its past: an order was agreed to when it says so. To anybody else the trigger leaves it as it was.
CREATE OR REPLACE FUNCTION app.agreed_as_said(wanted uuid) RETURNS void LANGUAGE sql VOLATILE SET search_path = public, pg_temp AS
$$ UPDATE retention_order SET agreed_at = confirmed_at WHERE id = wanted $$;

-- Which children: only what is due, that the proposer's agency answers for and nothing keeps; what belongs to each is found here.
CREATE OR REPLACE FUNCTION app.order_child_filled() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  due record;
BEGIN
  SELECT d.* INTO due FROM retention_duechild d
    JOIN retention_order o ON o.id = NEW.order_id AND o.state = 'proposed' AND o.proposed_by_id = app.actor_user() AND o.agency_id = ANY (d.agency_ids)
   WHERE d.id = NEW.about_id AND d.id = app.canonical_child(d.id) AND NOT app.is_barred(d.id);
  IF NOT FOUND OR app.why_kept(NEW.about_id, (app.moment() AT TIME ZONE 'Europe/London')::date) <> '{}' THEN
    RAISE EXCEPTION 'only what is due and not kept is put on an order' USING ERRCODE = 'insufficient_privilege';
  END IF;
  NEW.child_ids := app.same_records(NEW.about_id);
  NEW.root_ids := app.everything_about(NEW.child_ids);
  NEW."references" := due."references";
  NEW.due_on := due.due_on;
  NEW.state := 'waiting'; NEW.kept_by := '{}'; NEW.counts := '{}'; NEW.files := '[]'; NEW.file_count := 0; NEW.deleting_in := NULL; NEW.deleted_at := NULL;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS filled ON retention_orderchild;
CREATE TRIGGER filled BEFORE INSERT ON retention_orderchild FOR EACH ROW EXECUTE FUNCTION app.order_child_filled();

-- When an order has ended, nothing in it says any more who was on it.
CREATE OR REPLACE FUNCTION app.order_ended() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
  UPDATE retention_orderchild SET about_id = NULL, child_ids = '{}', root_ids = '{}', "references" = '{}', deleting_in = NULL,
         state = CASE WHEN state = 'waiting' THEN 'left' ELSE state END
   WHERE order_id = NEW.id;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS ended ON retention_order;
CREATE TRIGGER ended AFTER UPDATE OF state ON retention_order FOR EACH ROW
  WHEN (NEW.state IN ('done', 'refused', 'withdrawn') AND OLD.state <> NEW.state) EXECUTE FUNCTION app.order_ended();

-- Every root that is about these children, themselves included.
CREATE OR REPLACE FUNCTION app.everything_about(children uuid[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT coalesce(array_agg(DISTINCT r), '{}') FROM (
     SELECT unnest(app.roots_about(children))
     UNION ALL SELECT id FROM cases_case WHERE child_id = ANY (children)
     UNION ALL SELECT id FROM referrals_referral WHERE child_id = ANY (children)
     UNION ALL SELECT id FROM interventions_intervention WHERE child_id = ANY (children)
     UNION ALL SELECT id FROM disagreements_disagreement WHERE child_id = ANY (children)
     UNION ALL SELECT id FROM cases_concern WHERE child_id = ANY (children)
     UNION ALL SELECT id FROM panels_panelitem WHERE child_id = ANY (children)
     UNION ALL SELECT id FROM matching_casechoice WHERE child_id = ANY (children) OR into_id = ANY (children)
     UNION ALL SELECT id FROM rights_subjectrequest WHERE child_id = ANY (children)
     UNION ALL SELECT id FROM retention_hold WHERE child_id = ANY (children)) found (r) $$;

-- May a row of this root or child be deleted now? Inside the one transaction in which the disposal login carries out a confirmed order whose
-- days are over, and only what is about the child of that order it has begun with. Policies and append-only triggers ask it.
CREATE OR REPLACE FUNCTION app.disposing(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT session_user = 'alongside_disposal' AND EXISTS (
     SELECT 1 FROM retention_order o JOIN retention_orderchild c ON c.order_id = o.id
      WHERE o.id = nullif(current_setting('app.disposal_order', true), '')::uuid AND o.state = 'running' AND o.due_at <= now()
        AND c.state = 'waiting' AND c.deleting_in = txid_current_if_assigned() AND root = ANY (c.root_ids)) $$;

-- Begins with one child of an order: returns what keeps it, in which case it is left; or nothing, and then the rows of these roots may go in this
-- transaction.
CREATE OR REPLACE FUNCTION app.begin_disposal(wanted uuid, line uuid, OUT kept text[], OUT roots uuid[]) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  one record;
  children uuid[];
  stored jsonb;
BEGIN
  PERFORM set_config('app.moment', '', true), set_config('app.membership', '', true), set_config('app.job', '', true);
  PERFORM 1 FROM retention_order o WHERE o.id = wanted AND o.state = 'running' AND o.due_at <= now() FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this order is not one that may be carried out now' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT * INTO one FROM retention_orderchild c WHERE c.id = line AND c.order_id = wanted AND c.state = 'waiting' FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this child is not one that waits on the order' USING ERRCODE = 'insufficient_privilege';
  END IF;
  kept := app.why_kept(one.about_id, (now() AT TIME ZONE 'Europe/London')::date);
  IF kept <> '{}' THEN
    UPDATE retention_orderchild SET state = 'left', kept_by = kept WHERE id = line;
    RETURN;
  END IF;
  children := app.same_records(one.about_id);
  roots := app.everything_about(children);
  SELECT coalesce(jsonb_agg(file), '[]') INTO stored FROM (
    SELECT jsonb_build_array('documents', name) FROM documents_document d CROSS JOIN LATERAL unnest(ARRAY[d.storage_name, d.preview_name]) name
     WHERE d.root_id = ANY (roots) AND name <> ''
    UNION ALL
    SELECT jsonb_build_array('exports', e.storage_name) FROM exports_export e WHERE e.child_ids && children AND e.storage_name <> '') files (file);
  UPDATE retention_orderchild SET child_ids = children, root_ids = roots, files = stored, file_count = jsonb_array_length(stored),
         deleting_in = txid_current() WHERE id = line;
  PERFORM set_config('app.disposal_order', wanted::text, true);
END $$;

-- Ends the rows of one child: what stands in tables that carry no policy goes here, and sums of figures are counted again without it.
CREATE OR REPLACE FUNCTION app.end_disposal(wanted uuid, line uuid, counted jsonb) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  one record;
  named text[];
BEGIN
  SELECT * INTO one FROM retention_orderchild c
   WHERE c.id = line AND c.order_id = wanted AND c.state = 'waiting' AND c.deleting_in = txid_current_if_assigned() FOR UPDATE;
  IF NOT FOUND OR EXISTS (SELECT 1 FROM children_child k WHERE k.id = ANY (one.child_ids)) THEN
    RAISE EXCEPTION 'this child was not deleted in this transaction' USING ERRCODE = 'insufficient_privilege';
  END IF;
  named := one."references";
  DELETE FROM notifications_message m WHERE m.outbox_id IN (SELECT o.id FROM notifications_outbox o WHERE o.root_id = ANY (one.root_ids))
     OR substring(m.path FROM '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}')::uuid = ANY (one.root_ids)
     OR EXISTS (SELECT 1 FROM unnest(named) r WHERE strpos(m.subject, r) > 0 OR strpos(m.body, r) > 0);
  DELETE FROM notifications_outbox o WHERE o.root_id = ANY (one.root_ids)
     OR substring(o.path FROM '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}')::uuid = ANY (one.root_ids)
     OR EXISTS (SELECT 1 FROM unnest(named) r WHERE strpos(o.fields::text, r) > 0);
  DELETE FROM deadlines_deadline WHERE root_id = ANY (one.root_ids) OR child_id = ANY (one.child_ids);
  DELETE FROM access_conflict WHERE child_id = ANY (one.child_ids);
  DELETE FROM access_named WHERE child_id = ANY (one.child_ids);
  DELETE FROM access_passage WHERE child_id = ANY (one.child_ids);
  DELETE FROM access_samechild WHERE record_id = ANY (one.child_ids) OR stands_for_id = ANY (one.child_ids);
  DELETE FROM access_link WHERE root_id = ANY (one.root_ids) OR parent_id = ANY (one.root_ids);
  DELETE FROM access_involvement WHERE root_id = ANY (one.root_ids) OR child_id = ANY (one.child_ids);
  DELETE FROM workflow_idempotencykey WHERE result_id = ANY (one.root_ids);
  DELETE FROM oversight_breakglass WHERE child_ids && one.child_ids;
  -- That somebody was asked about what they read outlives the child, as the log does: with ids, and without what people wrote about it.
  UPDATE oversight_unusualreading SET look = '', decision = '' WHERE subject_ids && one.child_ids AND (look <> '' OR decision <> '');
  DELETE FROM administration_declaration WHERE child_ids && one.child_ids;
  UPDATE exports_export SET state = CASE WHEN state = 'ready' THEN 'deleted' ELSE state END, storage_name = '', ended_at = coalesce(ended_at, now()),
         child_ids = ARRAY(SELECT c FROM unnest(child_ids) c WHERE c <> ALL (one.child_ids)),
         root_ids = ARRAY(SELECT r FROM unnest(root_ids) r WHERE r <> ALL (one.root_ids)) WHERE child_ids && one.child_ids OR root_ids && one.root_ids;
  DELETE FROM retention_due WHERE about_id = ANY (one.child_ids) OR child_id = ANY (one.child_ids);
  DELETE FROM retention_duechild WHERE id = ANY (one.child_ids);
  INSERT INTO insights_changed (child_id, made_in) SELECT c, txid_current() FROM unnest(one.child_ids) c ON CONFLICT DO NOTHING;
  -- The one row of the access log that no request writes.
  INSERT INTO audit_accesslog (id, agency_id, role, kind, label, status, root_ids, child_ids)
  SELECT gen_random_uuid(), o.agency_id, 'system', 'erasure', 'disposal.erase', 200, one.root_ids, one.child_ids FROM retention_order o WHERE o.id = wanted;
  UPDATE retention_orderchild SET state = 'files', counts = counted WHERE id = line;
END $$;

-- The files of one child are gone too.
CREATE OR REPLACE FUNCTION app.files_gone(wanted uuid, line uuid) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ UPDATE retention_orderchild SET state = 'deleted', files = '[]', deleted_at = now() WHERE id = line AND order_id = wanted AND state = 'files' $$;
