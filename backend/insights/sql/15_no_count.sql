-- Children whose record is sealed, by whichever of their records: they are in no count. Asked with the rights of whoever asks.
CREATE OR REPLACE FUNCTION app.in_no_count() RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$ SELECT n.child_id FROM access_named n WHERE n.ended_at IS NULL
   UNION
   SELECT other.record_id FROM access_named n JOIN access_samechild one ON one.record_id = n.child_id
     JOIN access_samechild other ON other.stands_for_id = one.stands_for_id WHERE n.ended_at IS NULL $$;
