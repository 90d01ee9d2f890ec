-- Seeing, decided from the projection alone: these functions read access_* and agencies_* tables, which carry no policies, so they never recurse.

-- Once listed all that somebody stands at, for the policies; they ask of each row instead (app.root_open). With it goes what used it: the
-- policies, which are made after this.
DROP FUNCTION IF EXISTS app.rare_roots() CASCADE;

-- One root: `depth` is 'root' (its status), 'text' (what was written), 'by_task' (the same, and not by an emergency alone: documents, what panels heard), 'plan' (what a team shares), 'concerns' (peers and places of concern) or 'add' (anything at all; nothing by break-glass). Who led a case, or was asked to, sees
-- how that ended (app.sees_transfer) and nothing more of the case. A case's lead, workers and their team reach the referrals it answers.
-- The root and its case are rows to join with, and no condition on involvements: one with OR was looked up by relation, in the whole table.
-- Who asks is looked up once, before anything else: between the relations of a root and the scopes of roles it was looked up for each.
-- Whether they are barred is a function of its own and costs most: it names the scope, so that only what opens something is asked.
CREATE OR REPLACE FUNCTION app.root_open(root uuid, depth text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH me AS MATERIALIZED (
     SELECT m.user_id, m.agency_id, m.team_id, m.role FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
      WHERE m.id = (SELECT app.membership()) AND m.ended_at IS NULL)
   SELECT EXISTS (
     SELECT 1 FROM me
       CROSS JOIN (SELECT root AS id, true AS is_own UNION ALL SELECT l.parent_id, false FROM access_link l WHERE l.root_id = root) AS here
       JOIN access_involvement i ON i.root_id = here.id AND (here.is_own OR i.relation IN ('LEAD', 'WORKER', 'UNIT'))
        AND ((i.user_id = me.user_id AND i.agency_id = me.agency_id)
          OR (i.user_id IS NULL AND i.team_id IS NULL AND i.agency_id = me.agency_id)
          OR (i.user_id IS NULL AND i.team_id = me.team_id))
       JOIN access_scope s ON s.role = me.role AND s.relation = i.relation AND (CASE WHEN depth IN ('text', 'by_task') THEN s.reads_text WHEN depth = 'plan' THEN s.reads_plan WHEN depth = 'concerns' THEN s.reads_concerns WHEN depth = 'add' THEN true ELSE s.sees_root END)
      WHERE (depth = 'add' OR i.relation <> 'FORMER' OR i.former_kind NOT IN ('LEAD', 'OFFERED_LEAD'))
        AND (depth NOT IN ('add', 'by_task') OR i.relation <> 'BREAK_GLASS')
        AND i.starts_at <= app.moment() AND (i.ends_at IS NULL OR i.ends_at > app.moment())
        AND (CASE WHEN s.role IS NULL THEN false ELSE i.child_id IS NULL OR NOT app.bars(me.user_id, i.child_id) END))
   OR (app.is_passing_on() AND app.is_agencys(root)) $$;

CREATE OR REPLACE FUNCTION app.sees_root(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT app.root_open(root, 'root') $$;

CREATE OR REPLACE FUNCTION app.reads_root(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT app.root_open(root, 'text') $$;

-- What an emergency does not open with the text: documents, what panels heard (docs/adr/0065).
CREATE OR REPLACE FUNCTION app.reads_by_task(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT app.root_open(root, 'by_task') $$;

-- The plan of a case: whoever reads the case, and those of other agencies who are on the team around the child.
CREATE OR REPLACE FUNCTION app.reads_plan(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT app.root_open(root, 'plan') $$;

-- The peers and places of concern of a case: its workers and the lead agency's managers, and fewer than read the case.
CREATE OR REPLACE FUNCTION app.reads_concerns(case_id uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT app.root_open(case_id, 'concerns') $$;

-- A child, whoever is barred from it: by a relation to a record about it, or by leading, working on or covering the case that a referral
-- about it belongs to, where that referral describes it in a record of its own. For policies that have looked among app.barred_children()
-- already: asking of each row again took as long as all the rest.
CREATE OR REPLACE FUNCTION app.stands_by_child(child uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH me AS MATERIALIZED (
     SELECT m.user_id, m.agency_id, m.team_id, m.role FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
      WHERE m.id = (SELECT app.membership()) AND m.ended_at IS NULL)
   SELECT (
     EXISTS (
       SELECT 1 FROM me
         JOIN access_involvement i ON i.child_id = child
          AND ((i.user_id = me.user_id AND i.agency_id = me.agency_id)
            OR (i.user_id IS NULL AND i.team_id IS NULL AND i.agency_id = me.agency_id)
            OR (i.user_id IS NULL AND i.team_id = me.team_id))
         JOIN access_scope s ON s.role = me.role AND s.relation = i.relation AND s.sees_child
        WHERE i.starts_at <= app.moment() AND (i.ends_at IS NULL OR i.ends_at > app.moment()))
     OR EXISTS (
       SELECT 1 FROM me
         JOIN access_link l ON l.root_id = ANY (ARRAY(SELECT DISTINCT r.root_id FROM access_involvement r WHERE r.child_id = child))
         JOIN access_involvement i ON i.root_id = l.parent_id AND i.relation IN ('LEAD', 'WORKER', 'UNIT')
          AND ((i.user_id = me.user_id AND i.agency_id = me.agency_id)
            OR (i.user_id IS NULL AND i.team_id IS NULL AND i.agency_id = me.agency_id)
            OR (i.user_id IS NULL AND i.team_id = me.team_id))
         JOIN access_scope s ON s.role = me.role AND s.relation = i.relation AND s.sees_child
        WHERE (CASE WHEN s.role IS NULL THEN false ELSE i.child_id IS NULL OR NOT app.bars(me.user_id, i.child_id) END)
          AND i.starts_at <= app.moment() AND (i.ends_at IS NULL OR i.ends_at > app.moment()))) $$;

-- The same, of somebody who is not barred. That is asked last: of most children that somebody names they know nothing to begin with.
CREATE OR REPLACE FUNCTION app.sees_child(child uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT app.stands_by_child(child) AND NOT app.is_barred(child) $$;

-- Has the actor a part in this root? Whoever stands at it in a role that opens anything there: also an agency that was asked about it,
-- whose answer is an event that it will not see again. A child is a root too, known through the referrals about it.
CREATE OR REPLACE FUNCTION app.stands_at(root uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT app.root_open(root, 'add') OR app.sees_child(root) $$;

-- May the actor share something of this root in the name of this agency? Of their own, of the one that leads the case they work on, or of
-- one that ends and whose work they pass on.
CREATE OR REPLACE FUNCTION app.shares_for(root uuid, agency uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT agency = app.actor_agency() OR (app.is_passing_on() AND app.is_agencys(root)) OR (app.reads_root(root) AND EXISTS (
     SELECT 1 FROM access_involvement i WHERE i.root_id = root AND i.relation = 'LEAD' AND i.agency_id = agency AND i.ends_at IS NULL)) $$;

-- What an agency that ends gives within a case may be shared with who gives it next, in the ledger of the case: it stands to the service,
-- and to nothing else there.
CREATE OR REPLACE FUNCTION app.hands_on(root uuid, opened uuid, agency uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT app.is_passing_on() AND app.is_agencys(opened)
   AND EXISTS (SELECT 1 FROM access_link l WHERE l.root_id = opened AND l.parent_id = root)
   AND EXISTS (SELECT 1 FROM access_involvement i WHERE i.root_id = opened AND i.relation = 'PROVIDER' AND i.agency_id = agency AND i.ends_at IS NULL) $$;
