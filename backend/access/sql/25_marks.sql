-- Labels on what was said (backend/access/marks.py): who reads a marked row at a root, and who of the agency it comes from may write one.
CREATE OR REPLACE FUNCTION app.mark_open(root uuid, wanted text, setting boolean) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_membership m
       JOIN agencies_user u ON u.id = m.user_id AND u.is_active
       JOIN agencies_agency a ON a.id = m.agency_id
       CROSS JOIN (SELECT root AS id, true AS is_own UNION ALL SELECT l.parent_id, false FROM access_link l WHERE l.root_id = root) AS here
       JOIN access_involvement i ON i.root_id = here.id AND (here.is_own OR i.relation IN ('LEAD', 'WORKER', 'UNIT'))
        AND ((i.user_id = m.user_id AND i.agency_id = m.agency_id)
          OR (i.user_id IS NULL AND i.team_id IS NULL AND i.agency_id = m.agency_id)
          OR (i.user_id IS NULL AND i.team_id = m.team_id))
       JOIN access_markscope s ON s.mark = wanted AND s.sets = setting AND s.role = m.role AND s.relation = i.relation
        AND (s.kinds = '{}' OR a.kind = ANY (s.kinds))
      WHERE m.id = (SELECT app.membership()) AND m.ended_at IS NULL
        AND i.starts_at <= app.moment() AND (i.ends_at IS NULL OR i.ends_at > app.moment())
        AND (CASE WHEN s.role IS NULL THEN false ELSE i.child_id IS NULL OR NOT app.bars(m.user_id, i.child_id) END)) $$;

-- What bears no mark is read with the text.
CREATE OR REPLACE FUNCTION app.reads_marked(root uuid, wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT CASE WHEN wanted = '' THEN app.reads_root(root) ELSE app.mark_open(root, wanted, false) END $$;

-- Some answers bear their mark by the form, whoever puts them right; the others only the agency they come from may mark.
CREATE OR REPLACE FUNCTION app.writes_marked(root uuid, wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT CASE WHEN wanted IN ('', 'third_party', 'not_for_family') THEN app.reads_marked(root, wanted) ELSE app.mark_open(root, wanted, true) END $$;

-- What somebody writes at a case, a note or a document: a label is of the kinds that their own agency may set, and that they read there.
CREATE OR REPLACE FUNCTION app.gives_marked(root uuid, wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT wanted = '' OR (app.mark_open(root, wanted, false) AND EXISTS (
     SELECT 1 FROM access_markscope s JOIN agencies_agency a ON a.id = app.actor_agency()
      WHERE s.mark = wanted AND s.sets AND (s.kinds = '{}' OR a.kind = ANY (s.kinds)))) $$;

-- Is it the actor's to say anew who reads what an agency wrote: from one label to another, both of those that they may give there, and of what
-- others wrote only the labels that every agency may set?
CREATE OR REPLACE FUNCTION app.relabels(root uuid, was text, wanted text, written_by uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT app.membership() IS NULL OR (
     app.gives_marked(root, was) AND app.gives_marked(root, wanted)
     AND (written_by = app.actor_agency() OR NOT EXISTS (
       SELECT 1 FROM access_markscope s WHERE s.mark IN (was, wanted) AND s.sets AND s.kinds <> '{}'))) $$;

-- The label of what happened to a row follows the one that the row bears now, so that nobody learns from a chronology what they may no longer
-- read, and its readers find all of it: of an event nothing but that is ever changed. The trigger names the table of the row's history.
CREATE OR REPLACE FUNCTION app.label_anew() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.mark = OLD.mark THEN
    RETURN NEW;
  END IF;
  IF NOT app.relabels(NEW.root_id, OLD.mark, NEW.mark, NEW.agency_id) THEN
    RAISE EXCEPTION 'this label is not theirs to change' USING ERRCODE = 'insufficient_privilege';
  END IF;
  EXECUTE format('UPDATE audit_event SET mark = $1 WHERE id IN (SELECT h.event_id FROM %I h WHERE h.id = $2)', TG_ARGV[0]) USING NEW.mark, NEW.id;
  RETURN NEW;
END $$;
