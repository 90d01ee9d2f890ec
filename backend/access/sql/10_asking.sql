-- Who is asking. Settings are local to the transaction (backend/access/binding.py); nothing set means nobody, and nobody sees nothing.
CREATE SCHEMA IF NOT EXISTS app;
GRANT USAGE ON SCHEMA app TO alongside_web, alongside_worker, alongside_disposal;

CREATE OR REPLACE FUNCTION app.membership() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('app.membership', true), '')::uuid $$;

CREATE OR REPLACE FUNCTION app.job() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('app.job', true), '') $$;

-- The business moment: pinned by tests and the demo city, else the database's clock.
CREATE OR REPLACE FUNCTION app.moment() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT coalesce(nullif(current_setting('app.moment', true), '')::timestamptz, now()) $$;

-- The worker sees a root only inside a named job, and only the root the job was bound to if it was bound to one.
CREATE OR REPLACE FUNCTION app.job_sees(root uuid) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT app.job() IS NOT NULL
      AND coalesce(nullif(current_setting('app.root', true), '')::uuid, root) IS NOT DISTINCT FROM root $$;

CREATE OR REPLACE FUNCTION app.actor_user() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT m.user_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
   WHERE m.id = app.membership() AND m.ended_at IS NULL $$;

CREATE OR REPLACE FUNCTION app.actor_agency() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT m.agency_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
   WHERE m.id = app.membership() AND m.ended_at IS NULL $$;

CREATE OR REPLACE FUNCTION app.actor_partnership() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT a.partnership_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
   JOIN agencies_agency a ON a.id = m.agency_id WHERE m.id = app.membership() AND m.ended_at IS NULL $$;

-- The name under which the actor signs what they say.
CREATE OR REPLACE FUNCTION app.actor_name() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT u.name FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
   WHERE m.id = app.membership() AND m.ended_at IS NULL $$;

-- The name of the agency for which the actor signs.
CREATE OR REPLACE FUNCTION app.actor_agency_name() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT a.name FROM agencies_agency a WHERE a.id = app.actor_agency() $$;

-- Is this who is bound, in every word by which an event says who acted?
CREATE OR REPLACE FUNCTION app.is_actor(person uuid, as_member uuid, of_agency uuid, in_role text, by_name text, of_name text)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active JOIN agencies_agency a ON a.id = m.agency_id
      WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.id = as_member
        AND (m.user_id, m.agency_id, m.role, u.name, a.name) = (person, of_agency, in_role, by_name, of_name)) $$;

-- Is this the person and agency of the bound membership; nobody, when nobody is bound, or a link without an account? Also of one that ends in
-- this very transaction.
CREATE OR REPLACE FUNCTION app.is_bound(person uuid, as_member uuid, of_agency uuid, in_role text)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT CASE WHEN as_member IS NULL THEN app.membership() IS NULL AND person IS NULL AND of_agency IS NULL AND in_role IN ('', 'status_link')
     ELSE EXISTS (SELECT 1 FROM agencies_membership m WHERE m.id = app.membership() AND m.id = as_member
                     AND (m.user_id, m.agency_id, m.role) = (person, of_agency, in_role)) END $$;

-- The actor's agency if the actor's role sees roots at this relation, else nothing: one scalar, so that a policy compares a column with it.
CREATE OR REPLACE FUNCTION app.agency_as(wanted text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT m.agency_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
   JOIN access_scope s ON s.role = m.role AND s.relation = wanted AND s.sees_root
   WHERE m.id = app.membership() AND m.ended_at IS NULL $$;

-- From here to the end of this transaction, or to app.close_passage(), what these agencies have is the actor's to give to others; with a
-- child, only what is about it. Nobody but a function of the owner's that has judged who may calls it.
CREATE OR REPLACE FUNCTION app.open_passage(agencies uuid[], about_child uuid) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ INSERT INTO access_passage (id, made_in, made_as_id, at, agency_ids, child_id)
   VALUES (gen_random_uuid(), txid_current(), app.membership(), clock_timestamp(), agencies, about_child) $$;

CREATE OR REPLACE FUNCTION app.close_passage() RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ UPDATE access_passage SET closed_at = clock_timestamp()
    WHERE made_in = txid_current_if_assigned() AND made_as_id IS NOT DISTINCT FROM app.membership() AND closed_at IS NULL $$;

-- Is this the very transaction in which the actor gives to others what a leaver, or an agency that ends, has?
CREATE OR REPLACE FUNCTION app.is_passing_on() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT txid_current_if_assigned() IS NOT NULL AND EXISTS (
     SELECT 1 FROM access_passage p
      WHERE p.made_in = txid_current_if_assigned() AND p.made_as_id = app.membership() AND p.closed_at IS NULL) $$;

-- Children this actor must never see, whatever else holds: a conflict of interest, or a seal (somebody is named on the child) without being
-- named. Both hold for every record of the child. A sealed record obeys its own seal; one without is seen by those named on any of the others.
-- What somebody leaves behind is passed on unseen, whoever ends their membership.
CREATE OR REPLACE FUNCTION app.barred_children() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH me AS MATERIALIZED (SELECT app.actor_user() AS id),
   conflicting AS (SELECT c.child_id FROM me JOIN access_conflict c ON c.user_id = me.id AND c.ended_at IS NULL),
   named AS MATERIALIZED (
     SELECT n.child_id, coalesce(bool_or(n.user_id = me.id), false) AS is_mine FROM me, access_named n WHERE n.ended_at IS NULL GROUP BY n.child_id)
   SELECT CASE WHEN app.is_passing_on() THEN '{}' ELSE coalesce(array_agg(child_id), '{}') END FROM (
     SELECT child_id FROM conflicting
     UNION
     SELECT other.record_id FROM conflicting JOIN access_samechild one ON one.record_id = child_id
       JOIN access_samechild other ON other.stands_for_id = one.stands_for_id
     UNION
     SELECT child_id FROM named WHERE NOT is_mine
     UNION
     (SELECT other.record_id FROM named JOIN access_samechild one ON one.record_id = child_id
        JOIN access_samechild other ON other.stands_for_id = one.stands_for_id
       WHERE other.record_id NOT IN (SELECT child_id FROM named)
       GROUP BY other.record_id HAVING NOT bool_or(is_mine))) barred $$;

-- The same asked of one child and one person: what it costs hangs on that child's records, and on no other child that is sealed.
CREATE OR REPLACE FUNCTION app.bars(person uuid, child uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH same AS MATERIALIZED (
     SELECT array_append(ARRAY(SELECT other.record_id FROM access_samechild one JOIN access_samechild other ON other.stands_for_id = one.stands_for_id
                                WHERE one.record_id = child), child) AS records),
   named AS MATERIALIZED (
     SELECT n.child_id = child AS is_own, coalesce(n.user_id = person, false) AS is_mine
       FROM same JOIN access_named n ON n.child_id = ANY (same.records) AND n.ended_at IS NULL)
   SELECT NOT app.is_passing_on() AND (
     EXISTS (SELECT 1 FROM same JOIN access_conflict c ON c.child_id = ANY (same.records) AND c.user_id = person AND c.ended_at IS NULL)
     OR coalesce((SELECT NOT bool_or(is_mine) FROM named WHERE is_own), (SELECT NOT bool_or(is_mine) FROM named), false)) $$;

CREATE OR REPLACE FUNCTION app.is_barred(child uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT app.bars(app.actor_user(), child) $$;
