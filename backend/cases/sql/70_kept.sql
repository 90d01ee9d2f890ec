-- A case of a child who has died is kept for review (children/sql/40_death.sql).
DROP TRIGGER IF EXISTS kept ON cases_case;
CREATE TRIGGER kept BEFORE DELETE ON cases_case FOR EACH ROW EXECUTE FUNCTION app.kept_for_review();
