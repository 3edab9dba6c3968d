"""The application owns nothing, so that it cannot take the guards of the journal away."""

import psycopg
import pytest
from django.db import connection
from django.db.utils import ProgrammingError

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_tests_run_as_the_application_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("xinfu_app", False)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_event SET kind = 'other'",
        "DELETE FROM journal_event",
        "TRUNCATE journal_event",
        "ALTER TABLE journal_event DISABLE TRIGGER ALL",
        "DROP TRIGGER journal_append ON journal_event",
        "UPDATE journal_chain SET length = 0",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (id int)",
    ],
)
def test_the_application_is_refused(statement):
    refusal = r"permission denied|must be owner"
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match=refusal):
        cursor.execute(statement)


def test_the_reader_reads_and_does_not_write(reader_connection):
    reader_connection.execute("SELECT count(*) FROM journal_event")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader_connection.execute("DELETE FROM journal_event")
