-- Who may read a note can be said anew (access/sql/25_marks.sql).
DROP TRIGGER IF EXISTS label_anew ON cases_note;
CREATE TRIGGER label_anew BEFORE UPDATE OF mark ON cases_note FOR EACH ROW EXECUTE FUNCTION app.label_anew('cases_historicalnote');
