"""Letters and documents are write-once in the database itself, for every role and raw SQL."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION documents_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is never allowed', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER document_immutable BEFORE UPDATE OR DELETE ON documents_document
  FOR EACH ROW EXECUTE FUNCTION documents_refuse();
CREATE TRIGGER letter_kept BEFORE DELETE ON documents_letter
  FOR EACH ROW EXECUTE FUNCTION documents_refuse();
CREATE TRIGGER letter_serial_kept BEFORE DELETE ON documents_letterserial
  FOR EACH ROW EXECUTE FUNCTION documents_refuse();
CREATE TRIGGER message_kept BEFORE DELETE ON documents_message
  FOR EACH ROW EXECUTE FUNCTION documents_refuse();
CREATE TRIGGER document_not_truncated BEFORE TRUNCATE ON documents_document
  FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse();
CREATE TRIGGER letter_not_truncated BEFORE TRUNCATE ON documents_letter
  FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse();
CREATE TRIGGER letter_serial_not_truncated BEFORE TRUNCATE ON documents_letterserial
  FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse();
CREATE TRIGGER message_not_truncated BEFORE TRUNCATE ON documents_message
  FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse();

CREATE FUNCTION documents_guard_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.pdf_id IS NOT NULL THEN
    RAISE EXCEPTION 'letter % is issued and never changes', OLD.number
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF (OLD.id, OLD.template, OLD.template_version, OLD.department_id, OLD.year, OLD.serial,
      OLD.number, OLD.check_code, OLD.verify_url, OLD.snapshot, OLD.addressee, OLD.case_table, OLD.case_id,
      OLD.case_number, OLD.reserved_at, OLD.reserved_by_id)
     IS DISTINCT FROM
     (NEW.id, NEW.template, NEW.template_version, NEW.department_id, NEW.year, NEW.serial,
      NEW.number, NEW.check_code, NEW.verify_url, NEW.snapshot, NEW.addressee, NEW.case_table, NEW.case_id,
      NEW.case_number, NEW.reserved_at, NEW.reserved_by_id) THEN
    RAISE EXCEPTION 'number and content of letter % are frozen', OLD.number
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.pdf_id IS NOT NULL AND NEW.sha256 IS DISTINCT FROM
     (SELECT sha256 FROM documents_document WHERE id = NEW.pdf_id) THEN
    RAISE EXCEPTION 'the digest of letter % is not that of its file', OLD.number
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER letter_write_once BEFORE UPDATE ON documents_letter
  FOR EACH ROW EXECUTE FUNCTION documents_guard_letter();

CREATE FUNCTION documents_guard_new_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.pdf_id IS NOT NULL THEN
    RAISE EXCEPTION 'a letter is reserved first and issued later'
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.serial IS DISTINCT FROM (SELECT last FROM documents_letterserial
      WHERE department_id = NEW.department_id AND year = NEW.year) THEN
    RAISE EXCEPTION 'letter number % was not given out by its department', NEW.number
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER letter_has_given_number BEFORE INSERT ON documents_letter
  FOR EACH ROW EXECUTE FUNCTION documents_guard_new_letter();

CREATE FUNCTION documents_guard_serial() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.last <> 0 THEN
    RAISE EXCEPTION 'letter numbers begin at 1' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.last <> OLD.last + 1 OR NEW.department_id <> OLD.department_id
      OR NEW.year <> OLD.year OR NEW.id <> OLD.id) THEN
    RAISE EXCEPTION 'letter numbers grow by one' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER letter_serial_grows_by_one BEFORE INSERT OR UPDATE ON documents_letterserial
  FOR EACH ROW EXECUTE FUNCTION documents_guard_serial();

-- A number given out in a transaction that commits has its letter: no gap can be left behind.
CREATE FUNCTION documents_serial_is_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM documents_letter WHERE department_id = NEW.department_id
      AND year = NEW.year AND serial = NEW.last) THEN
    RAISE EXCEPTION 'letter number % of % was given out and not used', NEW.last, NEW.year
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER letter_serial_is_used AFTER UPDATE ON documents_letterserial
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION documents_serial_is_used();

CREATE FUNCTION documents_guard_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.read_at IS NOT NULL OR
     (OLD.id, OLD.user_id, OLD.subject_id, OLD.kind, OLD.snapshot, OLD.letter_id, OLD.case_table,
      OLD.case_id, OLD.case_number, OLD.created_at)
     IS DISTINCT FROM
     (NEW.id, NEW.user_id, NEW.subject_id, NEW.kind, NEW.snapshot, NEW.letter_id, NEW.case_table,
      NEW.case_id, NEW.case_number, NEW.created_at) THEN
    RAISE EXCEPTION 'a message changes only by being read, once'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER message_read_once BEFORE UPDATE ON documents_message
  FOR EACH ROW EXECUTE FUNCTION documents_guard_message();
"""

BACKWARD = """
DROP TRIGGER message_read_once ON documents_message;
DROP TRIGGER letter_serial_is_used ON documents_letterserial;
DROP TRIGGER letter_serial_grows_by_one ON documents_letterserial;
DROP TRIGGER letter_has_given_number ON documents_letter;
DROP TRIGGER letter_write_once ON documents_letter;
DROP TRIGGER message_not_truncated ON documents_message;
DROP TRIGGER letter_serial_not_truncated ON documents_letterserial;
DROP TRIGGER letter_not_truncated ON documents_letter;
DROP TRIGGER document_not_truncated ON documents_document;
DROP TRIGGER message_kept ON documents_message;
DROP TRIGGER letter_serial_kept ON documents_letterserial;
DROP TRIGGER letter_kept ON documents_letter;
DROP TRIGGER document_immutable ON documents_document;
DROP FUNCTION documents_guard_message();
DROP FUNCTION documents_serial_is_used();
DROP FUNCTION documents_guard_serial();
DROP FUNCTION documents_guard_new_letter();
DROP FUNCTION documents_guard_letter();
DROP FUNCTION documents_refuse();
"""


class Migration(migrations.Migration):
    """Triggers over documents, letters, serials and messages."""

    dependencies = [("documents", "0002_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
