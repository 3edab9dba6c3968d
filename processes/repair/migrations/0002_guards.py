"""States tied to events; ``completed`` only when every order has its receipt (invariant 4)."""

from django.db import migrations

from workflow.journal.guards import guard_states, keep_rows, tie_facts

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

LINE_OF_COMPLETED = """
CREATE FUNCTION repair_completed_stays_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The lock makes a completion that is not committed yet wait for us, or us for it.
  PERFORM 1 FROM repair_repairitem i WHERE i.id = NEW.item_id FOR SHARE;
  IF EXISTS (
    SELECT 1 FROM repair_removalline l JOIN repair_repairitem i ON i.id = l.item_id
    WHERE l.id = NEW.id AND i.state = 'completed'
      AND l.state NOT IN ('done', 'never_held', 'refusal_accepted')
  ) THEN
    RAISE EXCEPTION 'a completed repair has no open order' USING ERRCODE = 'XF008';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER repair_completed_stays_settled AFTER INSERT OR UPDATE
  ON repair_removalline DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION repair_completed_stays_settled();
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
        tie_facts(
            "repair_repairitem",
            *("case_id", "record_id", "supplement_wanted", "accepted_by_id", "accepted_at"),
            *("proposed_by_id", "proposed_at", "proposed_outcome", "proposal_reasons"),
            *("decided_by_id", "decided_at", "decision", "ended_at", "end_reason"),
        ),
        tie_facts(
            "repair_repairitem",
            *("corrected_on", "duties_performed_on", "duties_complete", "statement"),
            name="guard_stated",
            free_in=("draft", "supplement_requested"),
        ),
        tie_facts(
            "repair_removalline",
            *("item_id", "site_id", "publication_id", "recipient_id", "measure_id", "keeper_id"),
            *("ordered_at", "receipt_by_id", "receipt_at", "receipt_note", "receipt_document_id"),
        ),
        keep_rows("repair_repaircase"),
        migrations.RunSQL(
            COMPLETE_MEANS_RECEIPTS,
            "DROP TRIGGER repair_complete_means_receipts ON repair_repairitem;"
            "DROP FUNCTION repair_complete_means_receipts()",
        ),
        migrations.RunSQL(
            LINE_OF_COMPLETED,
            "DROP TRIGGER repair_completed_stays_settled ON repair_removalline;"
            "DROP FUNCTION repair_completed_stays_settled()",
        ),
    ]
