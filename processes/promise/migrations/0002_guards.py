"""A promise changes only with its own event; a signed text stays as it was."""

from django.db import migrations

from workflow.journal.guards import guard_states, keep_rows, tie_facts


class Migration(migrations.Migration):
    """Guards of the promise register."""

    dependencies = [("promise", "0001_initial"), ("journal", "0002_guards")]
    operations = [
        guard_states("promise_promise"),
        tie_facts(
            "promise_promise",
            *("number", "kind", "subject_id", "text_id", "case_table", "case_id"),
            *("signed_by_id", "signed_name", "signed_at", "published_on"),
        ),
        keep_rows("promise_promisetext", frozen=True),
    ]
