-- One wake-up call per statement, however many rows it wrote; PostgreSQL sends it at commit and folds repeats into one.
CREATE OR REPLACE FUNCTION app.outbox_notify() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    PERFORM pg_notify('alongside_outbox', '');
    RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS outbox_notify ON notifications_outbox;
CREATE TRIGGER outbox_notify AFTER INSERT ON notifications_outbox FOR EACH STATEMENT EXECUTE FUNCTION app.outbox_notify();
