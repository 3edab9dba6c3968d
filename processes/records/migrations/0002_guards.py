"""States tied to events, invariant 1 by key, and what the public can see by view."""

from django.db import migrations

from workflow.journal.guards import guard_states, keep_rows, tie_facts

CONTESTED_KEY = """
ALTER TABLE records_measure ADD CONSTRAINT measure_follows_contested_record
  FOREIGN KEY (record_id, contested) REFERENCES records_creditrecord (id, contested)
  ON UPDATE CASCADE;
"""

PUBLIC_VIEW = """
CREATE VIEW public_publication AS
SELECT p.id, r.id AS record_id, s.name AS subject_name, s.code AS subject_code, s.kind AS subject_kind,
       r.decision_number, r.decided_on, r.severity, r.contested, d.name AS unit_name,
       t.code AS site_code, t.name AS site_name, t.name_en AS site_name_en,
       p.published_from, p.earliest_end, p.latest_end,
       v.fields->'types' AS types, v.fields->>'content' AS content, v.fields->>'facts' AS facts,
       v.fields->>'basis' AS basis, v.fields->>'violation' AS violation
FROM records_publication p
JOIN records_creditrecord r ON r.id = p.record_id
JOIN records_creditsubject s ON s.id = r.subject_id
JOIN offices_department d ON d.id = r.unit_id
JOIN records_site t ON t.id = p.site_id
JOIN records_recordversion v ON v.record_id = r.id AND v.number = r.current_version
WHERE p.state = 'shown' AND r.state = 'current' AND s.kind <> 'person'
  AND p.published_from <= xinfu_today() AND p.latest_end >= xinfu_today();
"""

VERSION_FROZEN = """
CREATE FUNCTION record_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.fields <> OLD.fields OR NEW.digest <> OLD.digest OR NEW.number <> OLD.number
     OR NEW.record_id <> OLD.record_id THEN
    RAISE EXCEPTION 'a version of a record is never overwritten' USING ERRCODE = 'XF007';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER record_version_frozen BEFORE UPDATE ON records_recordversion
  FOR EACH ROW EXECUTE FUNCTION record_version_frozen();
"""


class Migration(migrations.Migration):
    """Guards of the records."""

    dependencies = [
        ("records", "0001_initial"),
        ("journal", "0002_guards"),
        ("clock", "0002_sql_clock"),
        ("offices", "0001_initial"),
    ]
    operations = [
        guard_states("records_creditrecord"),
        guard_states("records_publication"),
        guard_states("records_measure"),
        tie_facts(
            "records_creditrecord",
            *("subject_id", "decision_number", "decision_key", "unit_id", "decided_on", "chain_id"),
            *("severity", "severity_determined_by_id", "severity_determined_at"),
            "restriction_until",
        ),
        tie_facts(
            "records_publication",
            *("record_id", "site_id", "published_from", "earliest_end", "latest_end"),
            *("term_basis", "ended_at", "ended_by_event"),
        ),
        tie_facts("records_measure", "item_id", "record_id", "department_id", "since", "until"),
        keep_rows("records_recordversion"),
        migrations.RunSQL(
            CONTESTED_KEY,
            "ALTER TABLE records_measure DROP CONSTRAINT measure_follows_contested_record",
        ),
        migrations.RunSQL(
            VERSION_FROZEN,
            "DROP TRIGGER record_version_frozen ON records_recordversion;"
            "DROP FUNCTION record_version_frozen()",
        ),
        migrations.RunSQL(PUBLIC_VIEW, "DROP VIEW public_publication"),
    ]
