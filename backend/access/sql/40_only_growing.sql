-- What only grows: nothing in it is changed, deleted or emptied, by whoever owns the tables neither (ADR 68). Each table that only grows has these
-- triggers (access/row_security.py). They cost nothing where rows are added.

-- Is this the login that disposes of records? What it may delete is said by an order, row by row.
CREATE OR REPLACE FUNCTION app.is_disposal() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT session_user = 'alongside_disposal' OR pg_has_role(current_user, 'alongside_disposal', 'MEMBER') $$;

-- Does the owner say that this is the demo city, which is thrown away whole and whose past is written afterwards? Only for its own transaction:
-- SET LOCAL app.demo_city = 'on'.
CREATE OR REPLACE FUNCTION app.is_owner_of_demo(of_table oid) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT current_setting('app.demo_city', true) = 'on'
      AND EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = of_table AND pg_has_role(current_user, c.relowner, 'USAGE')) $$;

-- Once a statement. The argument says whether rows of this table can be disposed of at all: access rows and their proof cannot.
CREATE OR REPLACE FUNCTION app.only_grows() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS
$$ BEGIN
  IF app.is_owner_of_demo(TG_RELID) OR (TG_OP = 'DELETE' AND TG_ARGV[0] = 'disposable' AND app.is_disposal()) THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% only grows: nothing in it is changed, deleted or emptied', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- Once a row that disposal deletes. The arguments are the columns that lead from it to a child: a confirmed order must name what one of them says.
CREATE OR REPLACE FUNCTION app.is_disposed_of() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS
$$ DECLARE
  ordered boolean := app.is_owner_of_demo(TG_RELID);
  led_by text;
BEGIN
  FOREACH led_by IN ARRAY TG_ARGV LOOP
    EXIT WHEN ordered;
    ordered := app.disposing((to_jsonb(OLD) ->> led_by)::uuid);
  END LOOP;
  IF ordered IS NOT TRUE THEN
    RAISE EXCEPTION 'no confirmed disposal order names this row of %', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN OLD;
END $$;
