"""The access log is kept as written."""

from django.db import migrations

from workflow.journal.guards import keep_rows


class Migration(migrations.Migration):
    """No update, no delete, no truncate."""

    dependencies = [("access", "0001_initial"), ("journal", "0002_guards")]
    operations = [keep_rows("access_accesslog", frozen=True)]
