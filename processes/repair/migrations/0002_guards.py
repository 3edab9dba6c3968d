"""States tied to events; ``completed`` only when every order has its receipt (invariant 4)."""

from django.db import migrations

from workflow.journal.guards import guard_states, keep_rows

COMPLETE_MEANS_RECEIPTS = """
CREATE FUNCTION repair_complete_means_receipts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'completed' AND EXISTS (
    SELECT 1 FROM repair_removalline l WHERE l.item_id = NEW.id
      AND l.state NOT IN ('done', 'never_held', 'refusal_accepted')
  ) THEN
    RAISE EXCEPTION 'a repair is completed only with a receipt for every order'
      USING ERRCODE = 'XF008';
  END IF;
  IF NEW.state = 'completed' AND EXISTS (
    SELECT 1 FROM records_publication p WHERE p.record_id = NEW.record_id AND p.state = 'shown'
  ) THEN
    RAISE EXCEPTION 'a repair is completed only when nothing is shown any more'
      USING ERRCODE = 'XF008';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER repair_complete_means_receipts AFTER INSERT OR UPDATE ON repair_repairitem
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION repair_complete_means_receipts();
"""


class Migration(migrations.Migration):
    """Guards of the repair."""

    dependencies = [
        ("repair", "0001_initial"),
        ("records", "0002_guards"),
        ("journal", "0002_guards"),
    ]
    operations = [
        guard_states("repair_repairitem"),
        guard_states("repair_removalline"),
        keep_rows("repair_repaircase"),
        migrations.RunSQL(
            COMPLETE_MEANS_RECEIPTS,
            "DROP TRIGGER repair_complete_means_receipts ON repair_repairitem;"
            "DROP FUNCTION repair_complete_means_receipts()",
        ),
    ]
