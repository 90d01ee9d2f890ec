-- Who may read a document can be said anew (access/sql/25_marks.sql).
DROP TRIGGER IF EXISTS label_anew ON documents_document;
CREATE TRIGGER label_anew BEFORE UPDATE OF mark ON documents_document FOR EACH ROW EXECUTE FUNCTION app.label_anew('documents_historicaldocument');
