"""The journal becomes evidence: see workflow.journal.guards."""

from django.db import migrations

from workflow.journal.guards import APPEND_SQL, APPEND_UNDO


class Migration(migrations.Migration):
    """Append, keep and truth triggers."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(APPEND_SQL, APPEND_UNDO)]
